#include "plot/plot_picture.h"

#include "aggregate/totals.h"
#include "plot/gnuplot.h"
#include "plot/plot_colours.h"
#include "plot/plot_curves.h"
#include "plot/plot_frame.h"
#include "plot/plot_legend.h"
#include "plot/plot_theory.h"

#include <math.h>
#include <stdio.h>

/* More lines than these have fainter bands, more points are fainter. */
enum { LINES_FEW = 6, POINTS_FEW = 150 };

/* What is drawn, and where. */
struct picture {
    const struct plot *plot;
    struct plot_page page;
    const char **y_titles; /* [panel] */
    const char **headings; /* [panel] */
};

static void plot_picture_write_panel(FILE *script, const struct picture *picture, size_t panel) {
    plot_frame_write_panel(script, &picture->page, panel, picture->y_titles[panel],
                           picture->headings[panel]);
    plot_curves_write(script, picture->plot, panel, picture->page.panel_height);
    (void)fputs("unset label\nunset arrow\n", script);
}

static enum status plot_picture_write_script(FILE *script, const void *data, struct error *error) {
    (void)error;
    const struct picture *picture = data;
    const struct plot *plot = picture->plot;
    bool faint = plot->kind != PLOT_LINE && plot->point_count > POINTS_FEW;
    plot_frame_write_looks(script, &picture->page);
    (void)fprintf(script, "set style fill transparent solid %g noborder\n",
                  plot->line_count > LINES_FEW ? 0.07 : 0.16);
    plot_colours_write(script, plot->line_count, plot->ordered, faint);
    plot_colours_write_palette(script, false);
    plot_curves_write_data(script, plot);
    plot_curves_write_x_range(script, plot, picture->page.right - picture->page.left);
    (void)fputs("unset colorbox\nset multiplot\nset format x ''\n", script);
    for (size_t s = 0; s < plot->panel_count; s++) {
        plot_picture_write_panel(script, picture, s);
    }
    plot_frame_write_rest(script, &picture->page);
    plot_legend_write(script, plot, &picture->page);
    (void)fputs("unset multiplot\n", script);
    return STATUS_OK;
}

static enum status plot_picture_word_panel(struct picture *picture, size_t panel,
                                           struct arena *arena, struct error *error) {
    const struct plot *plot = picture->plot;
    const struct table_score *score = &plot->table.scores[panel];
    picture->y_titles[panel] = totals_heading(arena, score->name, score->unit, error);
    picture->headings[panel] = plot->helps[panel];
    if (plot->relations != NULL) {
        const char *relation = plot_theory_text(&plot->relations[panel], score->unit, arena, error);
        picture->headings[panel] =
            relation == NULL
                ? NULL
                : arena_format(arena, error, "%s%s%s", relation,
                               plot->helps[panel][0] == '\0' ? "" : " · ", plot->helps[panel]);
    }
    return picture->y_titles[panel] == NULL || picture->headings[panel] == NULL
               ? error_status(error)
               : STATUS_OK;
}

/* The range along y whose numbers need most letters: that of the finest steps for its size. */
static void plot_picture_find_widest_scale(struct picture *picture) {
    double finest = (double)INFINITY;
    for (size_t s = 0; s < picture->plot->panel_count; s++) {
        double low;
        double high;
        plot_curves_y_range(picture->plot, s, &low, &high);
        if (high - low < finest) {
            finest = high - low;
            picture->page.y_low = low;
            picture->page.y_high = high;
        }
    }
}

/* The titles of the axes, and the account. */
static enum status plot_picture_word(struct picture *picture, struct arena *arena,
                                     struct error *error) {
    const struct plot *plot = picture->plot;
    TRY(ARENA_NEW(arena, picture->y_titles, plot->panel_count, error));
    TRY(ARENA_NEW(arena, picture->headings, plot->panel_count, error));
    const char *totals = totals_text(&plot->table, arena, error);
    const char *spread = plot_spread(plot, arena, error);
    if (totals == NULL || spread == NULL) {
        return error_status(error);
    }
    picture->page.x_title = totals_heading(arena, plot->x, plot->x_unit, error);
    const char *account = arena_format(arena, error, "%s; %s", totals, spread);
    picture->page.account =
        account == NULL ? NULL : totals_undefined(&plot->table, account, arena, error);
    if (picture->page.x_title == NULL || picture->page.account == NULL) {
        return error_status(error);
    }
    for (size_t s = 0; s < plot->panel_count; s++) {
        TRY(plot_picture_word_panel(picture, s, arena, error));
    }
    plot_picture_find_widest_scale(picture);
    return STATUS_OK;
}

enum status plot_picture(const struct plot *plot, const struct plot_style *style, const char *path,
                         struct error *error) {
    struct arena arena = {0};
    struct picture picture = {.plot = plot,
                              .page = {.style = *style,
                                       .panel_count = plot->panel_count,
                                       .x_help = plot->x_help,
                                       .category_count = plot->category_count,
                                       .categories = plot->categories}};
    enum status status = plot_picture_word(&picture, &arena, error);
    if (status == STATUS_OK) {
        plot_legend_reserve(plot, &picture.page);
        status = plot_page_lay_out(&picture.page, &arena, error);
    }
    if (status == STATUS_OK) {
        const struct gnuplot_page size = {picture.page.width, picture.page.height};
        status = gnuplot_draw(path, size, plot_picture_write_script, &picture, error);
    }
    arena_free(&arena);
    return status;
}
