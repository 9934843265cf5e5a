#include "show/plot_picture.h"

#include "show/gnuplot.h"
#include "show/plot_colours.h"
#include "show/plot_curves.h"
#include "show/totals.h"

#include <stdio.h>
#include <string.h>

/* Lengths in pixels of the page. */
enum {
    PANEL_WIDTH = 480,
    LONE_PANEL_HEIGHT = 320,
    PANEL_HEIGHT = 210,
    PANEL_LEAST = 60,
    LEFT = 88, /* of a panel, for its scale and title */
    Y_TITLE_AT = 16,
    RIGHT = 20,
    TOP = 16,
    TITLE = 26,
    HEADING = 24, /* over a panel, for the long name of its score */
    SCALE = 34,   /* under the last panel, for its numbers */
    X_TITLE = 22,
    X_HELP = 16,
    ACCOUNT = 16, /* a line of it */
    BOTTOM = 10,
    LEGEND_SAMPLE = 50,
    LEGEND_LINE = 25,
    LETTER = 8,
    SMALL_LETTER = 6,
};

/* More lines than these have fainter bands. */
enum { LINES_FEW = 6 };

static const char looks[] = "set border 3 lc rgb '#777777' lw 1\n"
                            "set tics nomirror out scale 0.6 tc rgb '#444444'\n"
                            "set grid lt 1 lw 0.8 lc rgb '#e8e8e8'\n"
                            "set xtics offset 0,0.3\nunset key\n";

#define SMALL "font ',11' tc rgb '#666666'"
#define SMALLEST "font ',10' tc rgb '#777777'"

/* Where everything is. */
struct page {
    const struct plot *plot;
    const struct plot_style *style;
    const char *x_title;
    const char *account[2]; /* its lines; the second may be "" */
    const char **y_titles;  /* [panel_count] */
    int width, height;
    int left, right; /* edges of all panels */
    int top;         /* of the first panel */
    int panel_height;
    int scale;   /* height of the common scale */
    bool turned; /* categories are written upwards */
};

static int letters(const char *text) {
    int count = 0;
    for (; *text != '\0'; text++) {
        count += ((unsigned char)*text & 0xC0u) != 0x80u;
    }
    return count;
}

static bool has_legend(const struct plot *plot) {
    return plot->line_title[0] != '\0' && plot->line_count > 1;
}

static int legend_width(const struct plot *plot) {
    int most = letters(plot->line_title);
    for (size_t l = 0; l < plot->line_count; l++) {
        int width = letters(plot->lines[l].label) + LEGEND_SAMPLE / LETTER;
        most = width > most ? width : most;
    }
    return has_legend(plot) ? LETTER * most + RIGHT : 0;
}

static int legend_height(const struct plot *plot) {
    return has_legend(plot) ? LEGEND_LINE * ((int)plot->line_count + 1) : 0;
}

/* Turns the names of categories where they would run into each other. */
static void fit_categories(struct page *page) {
    const struct plot *plot = page->plot;
    int longest = 0;
    page->scale = SCALE;
    for (size_t c = 0; c < plot->category_count; c++) {
        int width = LETTER * letters(plot->categories[c]);
        longest = width > longest ? width : longest;
    }
    page->turned = (int)plot->category_count * (longest + LETTER) > page->right - page->left;
    page->scale = page->turned ? SCALE + longest / 2 : SCALE;
}

/* Without a size asked for, panels have one that suits them, and the page follows. */
static void lay_out(struct page *page) {
    const struct plot *plot = page->plot;
    int count = (int)plot->panel_count;
    int legend = legend_width(plot);
    page->width = page->style->width > 0 ? page->style->width : LEFT + PANEL_WIDTH + RIGHT + legend;
    page->left = LEFT;
    page->right = page->width - RIGHT - legend;
    page->right = page->right > LEFT + PANEL_LEAST ? page->right : LEFT + PANEL_LEAST;
    page->top = TOP + (page->style->title[0] == '\0' ? 0 : TITLE) + HEADING;
    fit_categories(page);
    int below = page->scale + X_TITLE + (plot->x_help[0] == '\0' ? 0 : X_HELP) + BOTTOM +
                ACCOUNT * (page->account[1][0] == '\0' ? 1 : 2);
    int others = page->top + (count - 1) * HEADING + below;
    page->panel_height = count == 1 ? LONE_PANEL_HEIGHT : PANEL_HEIGHT;
    page->height = others + count * page->panel_height;
    if (page->style->height > 0) {
        page->height = page->style->height;
    } else if (page->height < page->top + legend_height(plot) + BOTTOM) {
        page->height = page->top + legend_height(plot) + BOTTOM;
    }
    page->panel_height = (page->height - others) / count;
    page->panel_height = page->panel_height > PANEL_LEAST ? page->panel_height : PANEL_LEAST;
}

/* Places as gnuplot has them: shares of the page, from its lower left corner. */
static double across(const struct page *page, int pixels) {
    return (double)pixels / page->width;
}

static double up(const struct page *page, int pixels) {
    return 1.0 - (double)pixels / page->height;
}

/* A text at a place; gnuplot keeps it until labels are unset. */
static void write_label(FILE *script, const struct page *page, int x, int y, const char *text,
                        const char *looks_of_it) {
    (void)fputs("set label ", script);
    gnuplot_text(script, text);
    (void)fprintf(script, " at screen %.6f,%.6f %s\n", across(page, x), up(page, y), looks_of_it);
}

static void write_margins(FILE *script, const struct page *page, int left, int right, int top,
                          int bottom) {
    (void)fprintf(script, "set lmargin at screen %.6f\nset rmargin at screen %.6f\n",
                  across(page, left), across(page, right));
    (void)fprintf(script, "set tmargin at screen %.6f\nset bmargin at screen %.6f\n", up(page, top),
                  up(page, bottom));
}

/* Names under the last panel, marks alone under the others. */
static void write_categories(FILE *script, const struct page *page, bool named) {
    const struct plot *plot = page->plot;
    (void)fprintf(script, "set grid noxtics\nset xtics %s (",
                  page->turned ? "rotate by 30 right" : "norotate");
    for (size_t c = 0; c < plot->category_count; c++) {
        const char *text = plot->categories[c][0] == '\0' ? "–" : plot->categories[c];
        (void)fputs(c == 0 ? "" : ", ", script);
        gnuplot_text(script, named ? text : "");
        (void)fprintf(script, " %zu", c);
    }
    (void)fputs(")\n", script);
}

static void write_x_axis(FILE *script, const struct page *page, int bottom) {
    int middle = (page->left + page->right) / 2;
    int title = bottom + page->scale + X_TITLE / 2;
    (void)fputs("set format x '%g'\n", script);
    write_label(script, page, middle, title, page->x_title, "center");
    write_label(script, page, middle, title + (X_TITLE + X_HELP) / 2, page->plot->x_help,
                "center " SMALL);
}

static void write_panel(FILE *script, const struct page *page, size_t panel) {
    const struct plot *plot = page->plot;
    bool last = panel + 1 == plot->panel_count;
    int top = page->top + (int)panel * (page->panel_height + HEADING);
    int bottom = top + page->panel_height;
    write_margins(script, page, page->left, page->right, top, bottom);
    write_label(script, page, Y_TITLE_AT, (top + bottom) / 2, page->y_titles[panel],
                "rotate by 90 center");
    write_label(script, page, page->left, top - HEADING / 2, plot->helps[panel], SMALL);
    if (plot->category_count > 0) {
        write_categories(script, page, last);
    }
    if (last) {
        write_x_axis(script, page, bottom);
    }
    plot_curves_write(script, plot, panel);
    (void)fputs("unset label\n", script);
}

/* Title, account and legend: a panel without axes, as high as the page. */
static void write_rest(FILE *script, const struct page *page) {
    int x = page->right + RIGHT;
    write_label(script, page, page->left, TOP + TITLE / 2, page->style->title, "font ',15'");
    for (int line = 0; line < 2; line++) {
        int lines_below = page->account[1][0] == '\0' ? 0 : 1 - line;
        write_label(script, page, LETTER, page->height - BOTTOM - ACCOUNT * lines_below,
                    page->account[line], SMALLEST);
    }
    if (!has_legend(page->plot)) {
        (void)fputs("unset border\nunset tics\nplot [0:1] [0:1] NaN\n", script);
        return;
    }
    write_margins(script, page, x, page->width, page->top, page->height);
    write_label(script, page, x, page->top + LEGEND_LINE / 2, page->plot->line_title,
                "tc rgb '#444444'");
    (void)fprintf(script,
                  "set key at screen %.6f,%.6f left top Left reverse samplen 1.6 spacing 1.25\n"
                  "unset border\nunset tics\nunset logscale\nset xrange [0:1]\nset yrange [0:1]\n",
                  across(page, x), up(page, page->top + LEGEND_LINE));
    plot_curves_write_legend(script, page->plot);
}

static enum status write_script(FILE *script, const void *data, struct error *error) {
    (void)error;
    const struct page *page = data;
    const struct plot *plot = page->plot;
    (void)fprintf(script, "%sset style fill transparent solid %g noborder\n", looks,
                  plot->line_count > LINES_FEW ? 0.07 : 0.16);
    plot_colours_write(script, plot->line_count, plot->ordered);
    plot_curves_write_data(script, plot);
    plot_curves_write_x_range(script, plot);
    (void)fputs("set multiplot\nset format x ''\n", script);
    for (size_t s = 0; s < plot->panel_count; s++) {
        write_panel(script, page, s);
    }
    write_rest(script, page);
    (void)fputs("unset multiplot\n", script);
    return STATUS_OK;
}

/* The titles of the axes, and the account in a line or two. */
static enum status word(struct page *page, struct arena *arena, struct error *error) {
    const struct plot *plot = page->plot;
    TRY(ARENA_NEW(arena, page->y_titles, plot->panel_count, error));
    page->x_title = totals_heading(arena, plot->x, plot->x_unit, error);
    page->account[0] = totals_text(&plot->table, arena, error);
    page->account[1] = plot_spread(plot, arena, error);
    if (page->x_title == NULL || page->account[0] == NULL || page->account[1] == NULL) {
        return error_status(error);
    }
    for (size_t s = 0; s < plot->panel_count; s++) {
        const struct table_score *score = &plot->table.scores[s];
        page->y_titles[s] = totals_heading(arena, score->name, score->unit, error);
        if (page->y_titles[s] == NULL) {
            return error_status(error);
        }
    }
    const char *joined = arena_format(arena, error, "%s; %s", page->account[0], page->account[1]);
    if (joined == NULL) {
        return error_status(error);
    }
    int width = page->style->width > 0 ? page->style->width : LEFT + PANEL_WIDTH;
    if (SMALL_LETTER * letters(joined) < width) {
        page->account[0] = joined;
        page->account[1] = "";
    }
    return STATUS_OK;
}

enum status plot_picture(const struct plot *plot, const struct plot_style *style, const char *path,
                         struct error *error) {
    struct arena arena = {0};
    struct page page = {.plot = plot, .style = style};
    enum status status = word(&page, &arena, error);
    if (status == STATUS_OK) {
        lay_out(&page);
        const struct gnuplot_page size = {page.width, page.height};
        status = gnuplot_draw(path, size, write_script, &page, error);
    }
    arena_free(&arena);
    return status;
}
