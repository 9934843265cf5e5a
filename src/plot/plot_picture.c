#include "plot/plot_picture.h"

#include "aggregate/totals.h"
#include "plot/gnuplot.h"
#include "plot/plot_colours.h"
#include "plot/plot_curves.h"
#include "plot/plot_legend.h"
#include "plot/plot_theory.h"

#include <math.h>
#include <stdio.h>

/* With more lines than this bands are fainter, with more points these are. */
enum { LINES_FEW = 6, POINTS_FEW = 150 };

/* What is drawn, and where. */
struct picture {
    const struct plot *plot;
    struct plot_page page;
};

static void picture_write_panel(FILE *script, const struct picture *picture, size_t panel) {
    const struct plot *plot = picture->plot;
    const struct plot_page *page = &picture->page;
    plot_axis_write(script, "y", plot_curves_y_range(plot, panel), page->panel_height);
    plot_page_write_panel(script, page, panel);
    if (panel == 0) {
        plot_curves_write_grades(script, plot, page->panel_height);
        plot_legend_write_bar(script, plot, page);
    }
    plot_curves_write(script, plot, panel);
    (void)fputs("unset label\nunset arrow\nunset colorbox\n", script);
}

static enum status picture_write_script(FILE *script, const void *data, struct error *error) {
    (void)error;
    const struct picture *picture = data;
    const struct plot *plot = picture->plot;
    const struct plot_page *page = &picture->page;
    bool faint = plot->kind != PLOT_LINE && plot->point_count > POINTS_FEW;
    plot_colours_write(script, plot->line_count, plot->ordered, faint);
    plot_colours_write_palette(script, false);
    if (plot_is_joined(plot)) {
        (void)fprintf(script, "set style fill transparent solid %g noborder\n",
                      plot->line_count > LINES_FEW ? 0.07 : 0.16);
    }
    plot_page_begin(script, page);
    plot_axis_write(script, "x", plot_curves_x_range(plot), page->right - page->left);
    for (size_t s = 0; s < plot->panel_count; s++) {
        picture_write_panel(script, picture, s);
    }
    plot_page_write_texts(script, page);
    plot_legend_write(script, plot, page);
    return STATUS_OK;
}

static enum status picture_word_panel(struct picture *picture, size_t panel, struct arena *arena,
                                      struct error *error) {
    const struct plot *plot = picture->plot;
    const struct table_score *score = &plot->table.scores[panel];
    const char *help = plot->helps[panel];
    const char *relation;
    TRY(totals_heading(arena, score->name, score->unit, &picture->page.y_titles[panel], error));
    picture->page.headings[panel] = help;
    if (plot->relations == NULL) {
        return STATUS_OK;
    }
    TRY(plot_theory_text(&plot->relations[panel], score->unit, arena, &relation, error));
    return arena_printf(arena, &picture->page.headings[panel], error, "%s%s%s", relation,
                        help[0] == '\0' ? "" : " · ", help);
}

/* The shortest range along y, whose numbers need most digits. */
static void picture_find_widest_scale(struct picture *picture) {
    double finest = (double)INFINITY;
    for (size_t s = 0; s < picture->plot->panel_count; s++) {
        struct plot_range range = plot_curves_y_range(picture->plot, s);
        if (range.high - range.low < finest) {
            finest = range.high - range.low;
            picture->page.widest = range;
        }
    }
}

/* The titles of the axes, and the account. */
static enum status picture_word(struct picture *picture, struct arena *arena, struct error *error) {
    const struct plot *plot = picture->plot;
    struct plot_page *page = &picture->page;
    const char *spread;
    TRY(ARENA_NEW(arena, page->y_titles, plot->panel_count, error));
    TRY(ARENA_NEW(arena, page->headings, plot->panel_count, error));
    TRY(plot_spread(plot, arena, &spread, error));
    const char *totals;
    TRY(totals_text(&plot->table, arena, &totals, error));
    TRY(arena_printf(arena, &page->account, error, "%s; %s", totals, spread));
    TRY(totals_undefined(&plot->table, arena, &page->account, error));
    TRY(totals_heading(arena, plot->x, plot->x_unit, &page->x_title, error));
    for (size_t s = 0; s < plot->panel_count; s++) {
        TRY(picture_word_panel(picture, s, arena, error));
    }
    picture_find_widest_scale(picture);
    return STATUS_OK;
}

enum status plot_picture(const struct plot *plot, const struct plot_style *style, const char *path,
                         struct error *error) {
    SCOPED(arena_free) struct arena arena = {0};
    struct picture picture = {.plot = plot,
                              .page = {.style = *style,
                                       .panel_count = plot->panel_count,
                                       .x_help = plot->x_help,
                                       .columns = {plot->category_count, plot->categories}}};
    TRY(picture_word(&picture, &arena, error));
    plot_legend_reserve(plot, &picture.page);
    TRY(plot_page_lay_out(&picture.page, &arena, error));
    const struct gnuplot_page size = {picture.page.width, picture.page.height};
    return gnuplot_draw(path, size, picture_write_script, &picture, error);
}
