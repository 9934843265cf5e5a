#include "plot/plot_legend.h"

#include "plot/plot_curves.h"
#include "plot/plot_frame.h"
#include "plot/plot_text.h"

/* Lengths in pixels of the page. */
enum {
    SAMPLE = 30, /* of a line */
    GAP = 10,
    LINE = 25,       /* from one name to the next */
    LINE_UNDER = 18, /* where they stand under the panels */
    LINE_MIN = 9,
    EDGE = 20,
    TITLE_AT = 14, /* of the bar, from the edge of the page */
    BAR_ROOM = 92,
    BAR_HEIGHT = 220,
};

static bool plot_legend_is_shown(const struct plot *plot) {
    return plot->line_title[0] != '\0' && plot->line_count > 1;
}

/* Lines that the legend names. */
static int plot_legend_count_named(const struct plot *plot) {
    int count = 0;
    for (size_t l = 0; l < plot->line_count; l++) {
        count += plot_curves_drawn(plot, l);
    }
    return count;
}

static int plot_legend_widest_label(const struct plot *plot) {
    int most = 0;
    for (size_t l = 0; l < plot->line_count; l++) {
        if (!plot_curves_drawn(plot, l)) {
            continue;
        }
        int width = plot_text_width(PLOT_FONT, plot_text_letters(plot->lines[l].label));
        most = width > most ? width : most;
    }
    return most;
}

static int plot_legend_entry_width(const struct plot *plot) {
    return SAMPLE + GAP + plot_legend_widest_label(plot) + GAP;
}

static int plot_legend_columns_under(const struct plot *plot, int width) {
    int count = (width - EDGE) / plot_legend_entry_width(plot);
    return count < 1 ? 1 : count;
}

static int plot_legend_rows_under(const struct plot *plot, int width) {
    int columns = plot_legend_columns_under(plot, width);
    return (plot_legend_count_named(plot) + columns - 1) / columns;
}

void plot_legend_reserve(const struct plot *plot, struct plot_page *page) {
    if (!plot_legend_is_shown(plot)) {
        return;
    }
    int title = plot_text_width(PLOT_FONT, plot_text_letters(plot->line_title));
    if (plot->graded) {
        page->side = BAR_ROOM;
        page->side_height = BAR_HEIGHT;
        return;
    }
    page->side =
        plot_legend_entry_width(plot) > title + GAP ? plot_legend_entry_width(plot) : title + GAP;
    page->side_height = LINE * (plot_legend_count_named(plot) + 1);
    page->under_height =
        page->style.width > 0
            ? LINE_UNDER * (1 + plot_legend_rows_under(plot, page->style.width)) + GAP
            : 0;
}

static void plot_legend_write_entry(FILE *script, const struct plot *plot,
                                    const struct plot_page *page, size_t line, int x, int y,
                                    int line_height) {
    enum { LOOKS_BYTES = 64 };
    char looks[LOOKS_BYTES];
    (void)snprintf(looks, sizeof looks, "center point ls %zu", line + 1);
    if (plot_curves_joined(plot)) {
        (void)fprintf(script, "set arrow from screen %.6f,%.6f to screen %.6f,%.6f nohead ls %zu\n",
                      plot_page_across(page, x), plot_page_up(page, y),
                      plot_page_across(page, x + SAMPLE), plot_page_up(page, y), line + 1);
    }
    plot_frame_write_text(script, page, x + SAMPLE / 2, y, SAMPLE, "", looks);
    int room = page->width - (x + SAMPLE + GAP);
    int letters = plot_text_letters(plot->lines[line].label);
    int fitting = line_height * letters * 2 / 3; /* lower lines, smaller letters */
    plot_frame_write_text(script, page, x + SAMPLE + GAP, y, fitting < room ? fitting : room,
                          plot->lines[line].label, "left");
}

static void plot_legend_write_side(FILE *script, const struct plot *plot,
                                   const struct plot_page *page) {
    int x = page->right + EDGE;
    int line = LINE;
    int lines = plot_legend_count_named(plot) + 1; /* with the title */
    int room = page->height - page->top - GAP;
    line = line * lines > room ? room / lines : line;
    line = line < LINE_MIN ? LINE_MIN : line;
    plot_frame_write_text(script, page, x, page->top + line / 2, page->width - x, plot->line_title,
                          "tc rgb '#444444'");
    int y = page->top + line / 2;
    for (size_t l = 0; l < plot->line_count; l++) {
        if (plot_curves_drawn(plot, l)) {
            y += line;
            plot_legend_write_entry(script, plot, page, l, x, y, line);
        }
    }
}

static void plot_legend_write_under(FILE *script, const struct plot *plot,
                                    const struct plot_page *page) {
    int columns = plot_legend_columns_under(plot, page->width);
    int place = 0;
    plot_frame_write_text(script, page, GAP, page->under + LINE_UNDER / 2, page->width,
                          plot->line_title, "tc rgb '#444444'");
    for (size_t l = 0; l < plot->line_count; l++) {
        if (plot_curves_drawn(plot, l)) {
            int column = place % columns;
            int row = place++ / columns;
            plot_legend_write_entry(
                script, plot, page, l, GAP + column * plot_legend_entry_width(plot),
                page->under + LINE_UNDER * (row + 1) + LINE_UNDER / 2, LINE_UNDER);
        }
    }
}

static void plot_legend_write_bar(FILE *script, const struct plot *plot,
                                  const struct plot_page *page) {
    int bottom = page->top + BAR_HEIGHT;
    int lowest = plot_page_panel_bottom(page, page->panel_count - 1);
    int x = page->right + EDGE;
    bottom = bottom < lowest ? bottom : lowest;
    (void)fputs("set style fill solid 1\n", script);
    plot_frame_write_bar(script, page, x, page->top, bottom);
    plot_frame_write_text(script, page, page->width - TITLE_AT, (page->top + bottom) / 2,
                          bottom - page->top, plot->line_title, "rotate by 90 center");
}

void plot_legend_write(FILE *script, const struct plot *plot, const struct plot_page *page) {
    if (plot_legend_is_shown(plot) && plot->graded) {
        plot_legend_write_bar(script, plot, page);
        (void)fputs("plot [0:1] [0:1] NaN with points lc palette\n", script);
        return;
    }
    if (plot_legend_is_shown(plot) && page->under > 0) {
        plot_legend_write_under(script, plot, page);
    } else if (plot_legend_is_shown(plot)) {
        plot_legend_write_side(script, plot, page);
    }
    (void)fputs("plot [0:1] [0:1] NaN\n", script);
}
