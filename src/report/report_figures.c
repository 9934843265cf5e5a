/* Figures of a report: chosen here, drawn by gnuplot as SVG, and put into the page. */
#include "report/report_parts.h"

#include "base/file.h"
#include "document/html.h"
#include "plot/heat_picture.h"
#include "plot/plot_compute.h"
#include "plot/plot_picture.h"
#include "report/svg.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
    PANELS_MAX = 3,       /* scores in a figure */
    AXIS_FIGURES_MAX = 4, /* figures along an axis */
    VALUES_MIN = 3,       /* along an axis: a table shows two as well */
    CATEGORIES_MAX = 16,  /* along an axis of texts */
    LINES_MAX = 8,        /* of a figure along an axis */
    MAPS_MAX = 2,         /* scores in a heat map */
    POINTS_MAX = 4000,    /* in a figure */
    PREFIX_BYTES = 64,
    PATH_BYTES = 4096,
};

static const double decades_apart = 50; /* an axis over a larger ratio is logarithmic */

#define OVERVIEW_SCORE "multiinformation"

/* A figure to be drawn. */
struct figure {
    struct plot_request request;
    const char **keys; /* [axes of the report], of which the request takes the first ones */
    const char *scores[PANELS_MAX];
};

/* The figures of a report, under way. */
struct figures {
    const struct report *report;
    FILE *page;
    size_t count;
};

/* A picture that gnuplot draws, and its caption. */
struct picture {
    const struct plot *plot; /* or NULL */
    const struct heat *heat; /* or NULL */
    const char *caption;
    bool graded; /* colours show values, so that a dark scheme must not change them */
};

/* Draws into a temporary file, and reads it. */
static enum status figures_draw_into(const struct picture *picture, const char *path,
                                     struct arena *arena, const char **svg, struct error *error) {
    const struct plot_style style = {.title = ""};
    TRY(picture->plot != NULL ? plot_picture(picture->plot, &style, path, error)
                              : heat_picture(picture->heat, &style, path, error));
    return file_text(path, arena, svg, error);
}

static enum status figures_draw(const struct picture *picture, struct arena *arena,
                                const char **svg, struct error *error) {
    char path[PATH_BYTES];
    const char *folder = getenv("TMPDIR");
    (void)snprintf(path, sizeof path, "%s/modsweep-figure-XXXXXX.svg",
                   folder == NULL || folder[0] == '\0' ? "/tmp" : folder);
    int file = mkstemps(path, (int)strlen(".svg"));
    if (file < 0) {
        return error_set(error, STATUS_SYSTEM, "cannot make a temporary file '%s': %s", path,
                         strerror(errno));
    }
    (void)close(file);
    enum status status = figures_draw_into(picture, path, arena, svg, error);
    (void)unlink(path);
    return status;
}

/* Writes the next figure with its caption. If it cannot be drawn, a sentence says why. */
static void figures_write_picture(struct figures *figures, const struct picture *picture) {
    const size_t number = ++figures->count;
    FILE *page = figures->page;
    const char *svg = NULL;
    SCOPED(arena_free) struct arena arena = {0};
    struct error why = {0};
    char prefix[PREFIX_BYTES];
    enum status status = figures_draw(picture, &arena, &svg, &why);
    (void)snprintf(prefix, sizeof prefix, "figure-%zu-", number);
    html_begin(page, "figure", NULL);
    if (status == STATUS_OK) {
        (void)fprintf(page, "<div class=\"%s\" tabindex=\"0\">",
                      picture->graded ? "drawn sheet" : "drawn");
        svg_write(page, svg, prefix, picture->caption);
        html_end(page, "div");
    } else {
        html_element_format(page, "p", "notice", "This figure could not be drawn: %s.",
                            why.message);
    }
    html_begin(page, "figcaption", NULL);
    html_format(page, "Figure %zu. ", number);
    html_text(page, picture->caption);
    html_end(page, "figcaption");
    html_end(page, "figure");
}

/* "a, b and c against x, a line for each d, averaged over e." */
static enum status figures_caption(const struct plot *plot, struct arena *arena,
                                   const char **caption, struct error *error) {
    const char *names = plot->table.scores[0].name;
    for (size_t s = 1; s < plot->panel_count; s++) {
        TRY(arena_append(arena, &names, s + 1 == plot->panel_count ? " and " : ", ", error, "%s",
                         plot->table.scores[s].name));
    }
    const char *each = plot->line_title[0] == '\0' ? ""
                       : plot->kind == PLOT_LINE   ? ", a line for each "
                                                   : ", colours for each ";
    return arena_printf(arena, caption, error, "%s against %s%s%s%s%s.", names, plot->x, each,
                        plot->line_title, plot->averaged[0] == '\0' ? "" : ", averaged over ",
                        plot->averaged);
}

static bool figures_is_readable(const struct plot *plot) {
    return plot->point_count <= POINTS_MAX &&
           (plot->kind != PLOT_LINE || plot->line_count <= LINES_MAX);
}

/* Draws a plot, unless nobody could read it or it makes no sense for these results. */
static enum status figures_write(struct figures *figures, const struct figure *figure,
                                 struct error *error) {
    SCOPED(plot_free) struct plot plot = {0};
    SCOPED(arena_free) struct arena arena = {0};
    struct picture picture = {.plot = &plot};
    enum status status = plot_compute(figures->report->reader, &figure->request, &plot, error);
    if (status != STATUS_OK || !figures_is_readable(&plot)) {
        return status == STATUS_BAD_INPUT ? STATUS_OK : status;
    }
    TRY(figures_caption(&plot, &arena, &picture.caption, error));
    picture.graded = plot.graded;
    figures_write_picture(figures, &picture);
    return STATUS_OK;
}

/* Whether a score is worth a panel of a figure along x. The overview's score describes the data, so
 * that it is never along y. */
static bool figures_is_shown(const struct report *report, size_t score, const char *x) {
    const char *name = report->table.scores[score].name;
    return strcmp(name, x) != 0 && strcmp(name, OVERVIEW_SCORE) != 0 &&
           report->summaries[score].count > 0;
}

/* The sweep's first scores, else the loss, else the seconds. */
static void figures_choose_scores(const struct report *report, const char *x,
                                  struct figure *figure) {
    size_t count = 0;
    for (size_t s = 0; s + 1 < report->score_count && count < PANELS_MAX; s++) {
        if (figures_is_shown(report, s, x)) {
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

static bool figures_is_text(const struct report *report, size_t key) {
    return report->table.keys[key].storage == HDF_LETTER;
}

/* Whether a figure along this axis is readable, and says more than a table of `least` lines. */
static bool figures_suits_x(const struct report *report, size_t key, size_t least) {
    const struct report_values *axis = &report->axes[key];
    bool few = figures_is_text(report, key) ? axis->count <= CATEGORIES_MAX : !axis->more;
    return few && axis->count >= least;
}

/* The axis whose values make the lines of a figure along x: preferably one of texts, then that with
 * fewest values; key_count if none has few enough. */
static size_t figures_choose_lines(const struct report *report, size_t x) {
    size_t best = report->table.key_count;
    for (size_t k = 0; k < report->table.key_count; k++) {
        const struct report_values *axis = &report->axes[k];
        if (k == x || axis->more || axis->count > LINES_MAX) {
            continue;
        }
        bool better = best == report->table.key_count ||
                      (figures_is_text(report, k) && !figures_is_text(report, best)) ||
                      (figures_is_text(report, k) == figures_is_text(report, best) &&
                       axis->count < report->axes[best].count);
        best = better ? k : best;
    }
    return best;
}

/* Scores along an axis, averaged over all axes but that and the lines'. */
static enum status figures_write_along(struct figures *figures, size_t x, struct arena *arena,
                                       struct error *error) {
    const struct report *report = figures->report;
    const struct report_values *axis = &report->axes[x];
    size_t lines = figures_choose_lines(report, x);
    struct figure figure = {
        .request = {.x = report->table.keys[x].name,
                    .logarithmic = axis->least > 0 && axis->most / axis->least > decades_apart}};
    TRY(ARENA_NEW(arena, figure.keys, report->table.key_count, error));
    figure.keys[0] = figure.request.x;
    figure.request.keys = figure.keys;
    figure.request.key_count = 1;
    if (lines < report->table.key_count) {
        figure.keys[1] = report->table.keys[lines].name;
        figure.request.key_count = 2; /* being the only one besides x, it makes lines */
    }
    figures_choose_scores(report, figure.request.x, &figure);
    return figures_write(figures, &figure, error);
}

static enum status figures_write_axes(struct figures *figures, size_t least, struct arena *arena,
                                      struct error *error) {
    size_t along = 0;
    for (size_t k = 0; k < figures->report->table.key_count && along < AXIS_FIGURES_MAX; k++) {
        if (figures_suits_x(figures->report, k, least)) {
            TRY(figures_write_along(figures, k, arena, error));
            along++;
        }
    }
    return STATUS_OK;
}

/* Makes cells by the axes whose names begin in this way, and averages over the others. */
static enum status figures_keep_keys(const struct report *report, const char *beginning,
                                     struct figure *figure, struct arena *arena,
                                     struct error *error) {
    TRY(ARENA_NEW(arena, figure->keys, report->table.key_count, error));
    for (size_t k = 0; k < report->table.key_count; k++) {
        const char *name = report->table.keys[k].name;
        if (strncmp(name, beginning, strlen(beginning)) == 0) {
            figure->keys[figure->request.key_count++] = name;
        }
    }
    figure->request.keys = figure->keys;
    return STATUS_OK;
}

static bool figures_varies(const struct report *report, const char *score) {
    for (size_t s = 0; s < report->score_count; s++) {
        if (strcmp(report->table.scores[s].name, score) == 0) {
            return report->summaries[s].most > report->summaries[s].least;
        }
    }
    return false;
}

/* Scores against how much the sources depend on each other, if the sweep has that score. There is a
 * line for each value of all other axes, or if these are too many, of those of the data. */
static enum status figures_write_overview(struct figures *figures, struct arena *arena,
                                          struct error *error) {
    const struct report *report = figures->report;
    struct figure figure = {.request = {.x = OVERVIEW_SCORE}};
    if (!figures_varies(report, OVERVIEW_SCORE)) {
        return STATUS_OK;
    }
    figures_choose_scores(report, OVERVIEW_SCORE, &figure);
    if (report->table.group_count <= POINTS_MAX) {
        TRY(figures_write(figures, &figure, error));
    }
    if (figures->count == 0) {
        TRY(figures_keep_keys(report, "data.", &figure, arena, error));
        if (figure.request.key_count > 0) {
            TRY(figures_write(figures, &figure, error));
        }
    }
    return STATUS_OK;
}

/* Results of training against predictions of the theory: a point for each job, or if these are too
 * many, for each cell. */
static enum status figures_write_theory(struct figures *figures, struct arena *arena,
                                        struct error *error) {
    const struct report *report = figures->report;
    struct figure figure = {.request = {.kind = PLOT_THEORY}};
    if (report->table.rows.done > POINTS_MAX) {
        if (report->table.group_count > POINTS_MAX || report->table.key_count == 0) {
            return STATUS_OK;
        }
        TRY(figures_keep_keys(report, "", &figure, arena, error));
    }
    return figures_write(figures, &figure, error);
}

/* Scores over the two longest axes. If one of them is short, a figure with lines says as much. */
static enum status figures_write_heat(struct figures *figures, struct error *error) {
    SCOPED(heat_free) struct heat heat = {0};
    SCOPED(arena_free) struct arena arena = {0};
    struct figure figure = {0};
    struct picture picture = {.heat = &heat, .graded = true};
    figures_choose_scores(figures->report, "", &figure);
    size_t most = figure.request.score_count;
    const struct heat_request request = {.score_count = most < MAPS_MAX ? most : MAPS_MAX,
                                         .scores = figure.scores};
    enum status status = heat_compute(figures->report->reader, &request, &heat, error);
    if (status != STATUS_OK || heat.x.count < VALUES_MIN || heat.y.count < VALUES_MIN) {
        return status == STATUS_BAD_INPUT ? STATUS_OK : status;
    }
    bool two = request.score_count > 1;
    TRY(arena_printf(&arena, &picture.caption, error, "%s%s%s over %s and %s, shown by colours.",
                     figure.scores[0], two ? " and " : "", two ? figure.scores[1] : "",
                     heat.x.key->name, heat.y.key->name));
    figures_write_picture(figures, &picture);
    return STATUS_OK;
}

static enum status figures_write_all(struct figures *figures, struct arena *arena,
                                     struct error *error) {
    TRY(figures_write_overview(figures, arena, error));
    TRY(figures_write_axes(figures, VALUES_MIN, arena, error));
    TRY(figures_write_heat(figures, error));
    TRY(figures_write_theory(figures, arena, error));
    return figures->count > 0 ? STATUS_OK : figures_write_axes(figures, 2, arena, error);
}

enum status report_figures(const struct report *report, FILE *page, struct error *error) {
    struct figures figures = {.report = report, .page = page};
    SCOPED(arena_free) struct arena arena = {0};
    if (report->table.rows.done > 0) {
        TRY(figures_write_all(&figures, &arena, error));
    }
    html_element(page, "p", NULL,
                 report->table.rows.done == 0 ? "Nothing to draw: no job is done."
                 : figures.count == 0
                     ? "Nothing to draw: every axis has too few or too many values."
                     : "For other figures see modsweep plot --help.");
    return STATUS_OK;
}
