#include "plot/plot_picture.h"

#include "aggregate/totals.h"
#include "plot/gnuplot.h"
#include "plot/plot_colours.h"
#include "plot/plot_curves.h"
#include "plot/plot_text.h"
#include "plot/plot_theory.h"

#include <math.h>
#include <stdio.h>

/* With more lines than this bands are fainter, with more points these are. */
enum { LINES_FEW = 6, POINTS_FEW = 150 };

/* Lengths in pixels of the page. */
enum {
    SAMPLE = 40, /* of a line, with the gap after it */
    GAP = 10,
    EDGE = 20,
    LINE = 25,       /* from one name to the next */
    LINE_UNDER = 18, /* where they stand under the panels */
    LINE_MIN = 9,
    INDENT = 9, /* of gnuplot's key */
    BAR_ROOM = 92,
};

static bool picture_has_legend(const struct plot *plot) {
    return plot->line_title[0] != '\0' && plot->line_count > 1;
}

/* How many lines the legend names, and the width of the widest name. */
static int picture_count_names(const struct plot *plot, int font, int *widest) {
    int count = 0;
    *widest = 0;
    for (size_t l = 0; l < plot->line_count; l++) {
        int width = plot_text_width(plot->lines[l].label, font);
        count += plot->lines[l].drawn;
        *widest = plot->lines[l].drawn && width > *widest ? width : *widest;
    }
    return count;
}

/* Rows of names if they are under the panels of a page. */
static int picture_rows_under(const struct plot *plot, int width) {
    int widest;
    int count = picture_count_names(plot, PLOT_FONT, &widest);
    int columns = (width - EDGE) / (SAMPLE + widest + GAP);
    columns = columns < 1 ? 1 : columns;
    return (count + columns - 1) / columns;
}

/* Sets the space that the page keeps for the names of lines, or for a bar of colours. */
static void picture_reserve_legend(const struct plot *plot, struct plot_page *page) {
    int widest;
    if (!picture_has_legend(plot)) {
        return;
    }
    if (plot->graded) {
        page->side = BAR_ROOM;
        return;
    }
    int count = picture_count_names(plot, PLOT_FONT, &widest);
    int title = plot_text_width(plot->line_title, PLOT_FONT);
    page->side = GAP + (SAMPLE + widest > title ? SAMPLE + widest : title);
    page->side_height = LINE * (count + 1);
    if (page->style.width > 0) {
        page->under_height = LINE_UNDER * (1 + picture_rows_under(plot, page->style.width)) + GAP;
    }
}

/* The bar of colours, if there is one, for the panel that is plotted next. */
static void picture_write_bar(FILE *script, const struct plot *plot, const struct plot_page *page) {
    if (picture_has_legend(plot) && plot->graded) {
        plot_page_write_bar(script, page, plot->line_title);
    }
}

/* The largest font for rows so high in which all names fit. */
static int picture_legend_font(const struct plot *plot, int line, int room) {
    int widest;
    int font = line * 3 / 4 < PLOT_FONT ? line * 3 / 4 : PLOT_FONT;
    (void)picture_count_names(plot, font, &widest);
    while (font > PLOT_FONT_MIN && widest > room) {
        (void)picture_count_names(plot, --font, &widest);
    }
    return font < PLOT_FONT_MIN ? PLOT_FONT_MIN : font;
}

/* gnuplot's key at the side of the panels or under them. Its title is a label, which shrinks where
 * it has little room. The height of a row is `spacing` times what gnuplot takes for that of a
 * letter. */
static void picture_write_key(FILE *script, const struct plot *plot, const struct plot_page *page,
                              int *room, int *font) {
    int widest;
    bool under = page->under > 0;
    int x = under ? GAP : page->right + EDGE;
    int y = under ? page->under : page->top;
    int rows = under ? picture_rows_under(plot, page->width)
                     : picture_count_names(plot, PLOT_FONT, &widest);
    int usual = under ? LINE_UNDER : LINE;
    int fitting = (page->height - y - GAP) / (rows + 1); /* with the title */
    int line = fitting > usual ? usual : fitting < LINE_MIN ? LINE_MIN : fitting;
    *room = page->width - x - SAMPLE;
    *font = picture_legend_font(plot, line, *room);
    plot_page_write_text(script, plot->line_title, page->width - x, PLOT_FONT, x, y + line / 2,
                         "tc rgb '#444444'");
    (void)fprintf(script,
                  "set key at %d,%d left top Left reverse samplen 2 maxrows %d font ',%d' spacing "
                  "%d.0/%d*%d/%d*GPVAL_TERM_YSIZE/GPVAL_TERM_VCHAR\n",
                  x - INDENT, y + line, rows, *font, line, page->height, PLOT_FONT, *font);
}

/* Plots the page's texts, with the names of lines if there are any. */
static void picture_write_legend(FILE *script, const struct plot *plot,
                                 const struct plot_page *page) {
    bool named = picture_has_legend(plot) && !plot->graded;
    int room = 0;
    int font = PLOT_FONT;
    if (named) {
        picture_write_key(script, plot, page, &room, &font);
    }
    (void)fputs("plot NaN notitle", script);
    for (size_t l = 0; l < plot->line_count && named; l++) {
        if (plot->lines[l].drawn) {
            (void)fprintf(script, ", keyentry with %s ls %zu title ",
                          plot_is_joined(plot) ? "linespoints" : "points", l + 1);
            plot_text_write(script, plot->lines[l].label, room, font);
        }
    }
    (void)fputc('\n', script);
}

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
        picture_write_bar(script, plot, page);
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
    picture_write_legend(script, plot, page);
    return STATUS_OK;
}

static enum status picture_word_panel(struct picture *picture, size_t panel, struct arena *arena,
                                      struct error *error) {
    const struct plot *plot = picture->plot;
    const struct table_score *score = &plot->table.scores[panel];
    const char *help = score->help;
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
    TRY(ARENA_NEW(arena, page->y_titles, plot->panel_count, error));
    TRY(ARENA_NEW(arena, page->headings, plot->panel_count, error));
    TRY(plot_account(plot, arena, &page->account, error));
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
    picture_reserve_legend(plot, &picture.page);
    TRY(plot_page_lay_out(&picture.page, &arena, error));
    return gnuplot_draw(path, picture.page.width, picture.page.height, picture_write_script,
                        &picture, error);
}
