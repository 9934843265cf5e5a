#include "plot/plot_legend.h"

#include "plot/plot_text.h"

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

static bool legend_is_shown(const struct plot *plot) {
    return plot->line_title[0] != '\0' && plot->line_count > 1;
}

/* How many lines the legend names, and the width of the widest name. */
static int legend_count(const struct plot *plot, int font, int *widest) {
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
static int legend_rows_under(const struct plot *plot, int width) {
    int widest;
    int count = legend_count(plot, PLOT_FONT, &widest);
    int columns = (width - EDGE) / (SAMPLE + widest + GAP);
    columns = columns < 1 ? 1 : columns;
    return (count + columns - 1) / columns;
}

void plot_legend_reserve(const struct plot *plot, struct plot_page *page) {
    int widest;
    if (!legend_is_shown(plot)) {
        return;
    }
    if (plot->graded) {
        page->side = BAR_ROOM;
        return;
    }
    int count = legend_count(plot, PLOT_FONT, &widest);
    int title = plot_text_width(plot->line_title, PLOT_FONT);
    page->side = GAP + (SAMPLE + widest > title ? SAMPLE + widest : title);
    page->side_height = LINE * (count + 1);
    if (page->style.width > 0) {
        page->under_height = LINE_UNDER * (1 + legend_rows_under(plot, page->style.width)) + GAP;
    }
}

void plot_legend_write_bar(FILE *script, const struct plot *plot, const struct plot_page *page) {
    if (legend_is_shown(plot) && plot->graded) {
        plot_page_write_bar(script, page, plot->line_title);
    }
}

/* The largest font for rows so high in which all names fit. */
static int legend_font(const struct plot *plot, int line, int room) {
    int widest;
    int font = line * 3 / 4 < PLOT_FONT ? line * 3 / 4 : PLOT_FONT;
    (void)legend_count(plot, font, &widest);
    while (font > PLOT_FONT_MIN && widest > room) {
        (void)legend_count(plot, --font, &widest);
    }
    return font < PLOT_FONT_MIN ? PLOT_FONT_MIN : font;
}

/* gnuplot's key at the side of the panels or under them. Its title is a label, which shrinks where
 * it has little room. The height of a row is `spacing` times what gnuplot takes for that of a
 * letter. */
static void legend_write_key(FILE *script, const struct plot *plot, const struct plot_page *page,
                             int *room, int *font) {
    int widest;
    bool under = page->under > 0;
    int x = under ? GAP : page->right + EDGE;
    int y = under ? page->under : page->top;
    int rows =
        under ? legend_rows_under(plot, page->width) : legend_count(plot, PLOT_FONT, &widest);
    int usual = under ? LINE_UNDER : LINE;
    int fitting = (page->height - y - GAP) / (rows + 1); /* with the title */
    int line = fitting > usual ? usual : fitting < LINE_MIN ? LINE_MIN : fitting;
    *room = page->width - x - SAMPLE;
    *font = legend_font(plot, line, *room);
    plot_page_write_text(script, plot->line_title, page->width - x, PLOT_FONT, x, y + line / 2,
                         "tc rgb '#444444'");
    (void)fprintf(script,
                  "set key at %d,%d left top Left reverse samplen 2 maxrows %d font ',%d' spacing "
                  "%d.0/%d*%d/%d*GPVAL_TERM_YSIZE/GPVAL_TERM_VCHAR\n",
                  x - INDENT, y + line, rows, *font, line, page->height, PLOT_FONT, *font);
}

void plot_legend_write(FILE *script, const struct plot *plot, const struct plot_page *page) {
    bool named = legend_is_shown(plot) && !plot->graded;
    int room = 0;
    int font = PLOT_FONT;
    if (named) {
        legend_write_key(script, plot, page, &room, &font);
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
