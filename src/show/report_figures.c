/* Figures of a report, drawn by gnuplot as SVG and put into the page. */
#include "show/report_parts.h"

#include "show/html.h"
#include "show/plot_picture.h"
#include "show/svg.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
    PANELS_MOST = 3,       /* scores in a figure */
    AXIS_FIGURES_MOST = 4, /* figures along an axis */
    NUMBERS_LEAST = 3,     /* along an axis: two are read off a table */
    CATEGORIES_MOST = 16,  /* along an axis of texts */
    LINES_MOST = 8,        /* of a figure along an axis */
    NAME_BYTES = 64,
};

static const double decades_apart = 50; /* from this ratio on a scale is logarithmic */

#define OVERVIEW_SCORE "multiinformation"

/* A figure to be drawn. */
struct figure {
    struct plot_request request;
    const char *keys[2];
    const char *scores[PANELS_MOST];
    const char *averaged; /* axes that are averaged over, as part of the caption; or "" */
};

/* A file's text with a final zero, owned by the arena. */
static enum status read_file(const char *path, struct arena *arena, char **text,
                             struct error *error) {
    FILE *file = fopen(path, "rb");
    if (file == NULL) {
        return error_set(error, STATUS_STORAGE, "cannot read '%s': %s", path, strerror(errno));
    }
    enum status status = STATUS_OK;
    long size = fseek(file, 0, SEEK_END) == 0 ? ftell(file) : -1;
    if (size < 0 || fseek(file, 0, SEEK_SET) != 0) {
        status = error_set(error, STATUS_STORAGE, "cannot read '%s': %s", path, strerror(errno));
    }
    status = status == STATUS_OK ? ARENA_NEW(arena, *text, size + 1, error) : status;
    if (status == STATUS_OK && fread(*text, 1, (size_t)size, file) != (size_t)size) {
        status = error_set(error, STATUS_STORAGE, "cannot read '%s'", path);
    }
    (void)fclose(file); /* was only read */
    return status;
}

/* Lets gnuplot draw into a file of its own, which is gone afterwards. */
static enum status draw(const struct plot *plot, struct arena *arena, char **svg,
                        struct error *error) {
    const char *folder = getenv("TMPDIR");
    const struct plot_style style = {.title = ""};
    char *path = arena_format(arena, error, "%s/modsweep-figure-XXXXXX.svg",
                              folder == NULL || folder[0] == '\0' ? "/tmp" : folder);
    if (path == NULL) {
        return error_status(error);
    }
    int file = mkstemps(path, (int)strlen(".svg"));
    if (file < 0) {
        return error_set(error, STATUS_SYSTEM, "cannot make a temporary file '%s': %s", path,
                         strerror(errno));
    }
    enum status status = plot_picture(plot, &style, path, error);
    status = status == STATUS_OK ? read_file(path, arena, svg, error) : status;
    (void)close(file); /* nothing was written through it */
    (void)unlink(path);
    return status;
}

static const char *caption_of(const struct plot *plot, const struct figure *figure,
                              struct arena *arena, struct error *error) {
    const char *names = plot->table.scores[0].name;
    for (size_t s = 1; s < plot->panel_count && names != NULL; s++) {
        names =
            arena_format(arena, error, "%s%s%s", names, s + 1 == plot->panel_count ? " and " : ", ",
                         plot->table.scores[s].name);
    }
    bool lines = plot->line_title[0] != '\0';
    return names == NULL ? NULL
                         : arena_format(arena, error, "%s against %s%s%s%s.", names, plot->x,
                                        lines ? ", a line for each " : "",
                                        lines ? plot->line_title : "", figure->averaged);
}

static enum status write_drawn(const struct figure *figure, const struct plot *plot, size_t number,
                               struct arena *arena, FILE *page, struct error *error) {
    char *svg = NULL;
    struct error why = {0};
    char prefix[NAME_BYTES];
    const char *caption = caption_of(plot, figure, arena, error);
    if (caption == NULL) {
        return error_status(error);
    }
    enum status status = draw(plot, arena, &svg, &why);
    (void)snprintf(prefix, sizeof prefix, "figure-%zu-", number);
    html_begin(page, "figure", NULL);
    if (status == STATUS_OK) {
        (void)fputs("<div class=\"drawn\" tabindex=\"0\">", page);
        svg_write(page, svg, prefix, caption);
        html_end(page, "div");
    } else {
        html_element_format(page, "p", "notice", "This figure could not be drawn: %s.",
                            why.message);
    }
    html_begin(page, "figcaption", NULL);
    html_format(page, "Figure %zu. ", number);
    html_text(page, caption);
    html_end(page, "figcaption");
    html_end(page, "figure");
    return STATUS_OK;
}

/* Draws a figure and counts it, unless it makes no sense for these results. */
static enum status write_figure(const struct report *report, const struct figure *figure,
                                size_t *number, FILE *page, struct error *error) {
    struct plot plot;
    struct arena arena = {0};
    struct error why = {0};
    enum status status = plot_compute(report->reader, &figure->request, &plot, &why);
    if (status == STATUS_OK) {
        ++*number;
        status = write_drawn(figure, &plot, *number, &arena, page, error);
    } else if (status == STATUS_BAD_INPUT) {
        status = STATUS_OK;
    } else {
        *error = why;
    }
    plot_free(&plot);
    arena_free(&arena);
    return status;
}

/* Whether a score is worth a panel of a figure along x. What the data are stands along x, not y. */
static bool is_shown(const struct report *report, size_t score, const char *x) {
    const char *name = report->table.scores[score].name;
    return strcmp(name, x) != 0 && strcmp(name, OVERVIEW_SCORE) != 0 &&
           report->summaries[score].count > 0;
}

/* The sweep's first scores; without any the loss, and without that the seconds. */
static void choose_scores(const struct report *report, const char *x, struct figure *figure) {
    size_t count = 0;
    for (size_t s = 0; s + 1 < report->score_count && count < PANELS_MOST; s++) {
        if (is_shown(report, s, x)) {
            figure->scores[count++] = report->table.scores[s].name;
        }
    }
    if (count == 0) {
        size_t last = report->score_count; /* the seconds */
        bool has_loss = last > 0 && report->summaries[last - 1].count > 0;
        figure->scores[count++] = report->table.scores[has_loss ? last - 1 : last].name;
    }
    figure->request.scores = figure->scores;
    figure->request.score_count = count;
}

static bool is_text(const struct report *report, size_t key) {
    return report->table.keys[key].storage == HDF_LETTER;
}

/* Whether a figure along this axis can be read. */
static bool suits_x(const struct report *report, size_t key) {
    const struct report_values *axis = &report->axes[key];
    return is_text(report, key) ? axis->count <= CATEGORIES_MOST
                                : !axis->more && axis->count >= NUMBERS_LEAST;
}

/* The axis whose values make the lines of a figure along x: one of texts first, else that of fewest
 * values; key_count where none has few enough. */
static size_t choose_lines(const struct report *report, size_t x) {
    size_t best = report->table.key_count;
    for (size_t k = 0; k < report->table.key_count; k++) {
        const struct report_values *axis = &report->axes[k];
        if (k == x || axis->more || axis->count > LINES_MOST) {
            continue;
        }
        bool better =
            best == report->table.key_count || (is_text(report, k) && !is_text(report, best)) ||
            (is_text(report, k) == is_text(report, best) && axis->count < report->axes[best].count);
        best = better ? k : best;
    }
    return best;
}

static enum status name_averaged(const struct report *report, struct figure *figure,
                                 struct arena *arena, struct error *error) {
    figure->averaged = "";
    for (size_t k = 0; k < report->table.key_count; k++) {
        const char *name = report->table.keys[k].name;
        bool kept = false;
        for (size_t i = 0; i < figure->request.key_count; i++) {
            kept = kept || strcmp(figure->keys[i], name) == 0;
        }
        if (!kept) {
            figure->averaged =
                arena_format(arena, error, "%s%s%s", figure->averaged,
                             figure->averaged[0] == '\0' ? ", averaged over " : " and ", name);
        }
        if (figure->averaged == NULL) {
            return error_status(error);
        }
    }
    return STATUS_OK;
}

/* Scores along an axis, averaged over all axes but that and the lines'. */
static enum status write_along(const struct report *report, size_t x, size_t *number, FILE *page,
                               struct error *error) {
    const struct report_values *axis = &report->axes[x];
    size_t lines = choose_lines(report, x);
    struct arena arena = {0};
    struct figure figure = {
        .request = {.x = report->table.keys[x].name,
                    .logarithmic = axis->least > 0 && axis->most / axis->least > decades_apart}};
    figure.keys[0] = figure.request.x;
    figure.request.keys = figure.keys;
    figure.request.key_count = 1;
    if (lines < report->table.key_count) {
        figure.keys[1] = report->table.keys[lines].name;
        figure.request.key_count = 2;
        figure.request.lines = figure.keys + 1;
        figure.request.line_count = 1;
    }
    choose_scores(report, figure.request.x, &figure);
    enum status status = name_averaged(report, &figure, &arena, error);
    status = status == STATUS_OK ? write_figure(report, &figure, number, page, error) : status;
    arena_free(&arena);
    return status;
}

/* Scores against how much the sources depend on each other, where the sweep tells. */
static enum status write_overview(const struct report *report, size_t *number, FILE *page,
                                  struct error *error) {
    struct figure figure = {.request = {.x = OVERVIEW_SCORE}, .averaged = ""};
    for (size_t s = 0; s < report->score_count; s++) {
        const struct summary *summary = &report->summaries[s];
        if (strcmp(report->table.scores[s].name, OVERVIEW_SCORE) == 0 &&
            summary->most > summary->least) {
            choose_scores(report, OVERVIEW_SCORE, &figure);
            return write_figure(report, &figure, number, page, error);
        }
    }
    return STATUS_OK;
}

enum status report_figures(const struct report *report, FILE *page, struct error *error) {
    size_t number = 0;
    size_t along = 0;
    if (report->table.rows.done > 0) {
        TRY(write_overview(report, &number, page, error));
    }
    for (size_t k = 0; k < report->table.key_count && along < AXIS_FIGURES_MOST; k++) {
        if (report->table.rows.done > 0 && suits_x(report, k)) {
            TRY(write_along(report, k, &number, page, error));
            along++;
        }
    }
    if (number == 0) {
        html_element(page, "p", NULL,
                     report->table.rows.done == 0
                         ? "Nothing to draw: no job is done."
                         : "Nothing to draw: every axis has too few or too many values.");
        return STATUS_OK;
    }
    (void)fputs("<p>Others: <code>modsweep plot --help</code></p>\n", page);
    return STATUS_OK;
}
