#include "plot/heat_picture.h"

#include "aggregate/totals.h"
#include "plot/gnuplot.h"
#include "plot/plot_colours.h"
#include "plot/plot_text.h"

#include <math.h>

/* Lengths in pixels of the page. */
enum {
    ROW = 30,
    PANEL_MIN = 110,
    PANEL_MAX = 420,
    BAR_ROOM = 106,
    NUMBER_WIDTH = 46, /* of a mean in a cell */
    NUMBER_HEIGHT = 17,
    STROKE_GAP = 9, /* of hatched cells, at least */
    GAPS_FROM = 12, /* smaller cells have no gap between them */
};

enum { STROKES = 14 }; /* in a cell, at most */

static const double decades_from = 1000.0; /* colours over that ratio are logarithmic */
static const double light_from = 0.6;      /* of the colours' range: dark letters on light cells */
static const double half = 0.5;            /* of a cell */

/* What is drawn, and where. */
struct picture {
    const struct heat *heat;
    struct plot_page page;
    const char **bar_titles; /* [score] */
};

static int heat_cell_width(const struct picture *picture) {
    int width = (picture->page.right - picture->page.left) / (int)picture->heat->x.count;
    return width > 0 ? width : 1;
}

static int heat_cell_height(const struct picture *picture) {
    int height = picture->page.panel_height / (int)picture->heat->y.count;
    return height > 0 ? height : 1;
}

/* The colours of a panel. */
static struct plot_range heat_range(const struct heat *heat, size_t score) {
    struct plot_range range = plot_axis_nothing(false);
    for (size_t g = 0; g < heat->table.group_count; g++) {
        plot_axis_include(&range, table_mean(&heat->table.groups[g].cells[score]));
    }
    range.logarithmic = range.low > 0.0 && range.high / range.low >= decades_from;
    plot_axis_widen(&range, 0.0);
    return range;
}

/* Cells with a larger mean are light. */
static double heat_light_mean(const struct plot_range *range) {
    return range->logarithmic ? range->low * pow(range->high / range->low, light_from)
                              : range->low + light_from * (range->high - range->low);
}

/* Strokes over a cell of width x height pixels, upwards to the right. gnuplot's own fill patterns
 * differ between SVG and PNG. */
static void heat_write_hatch(FILE *script, double x, double y, int width, int height) {
    int gap = (width + height) / STROKES;
    gap = gap > STROKE_GAP ? gap : STROKE_GAP;
    for (int sum = gap / 2; sum < width + height; sum += gap) {
        int left = sum > height ? sum - height : 0;
        int right = sum < width ? sum : width;
        (void)fprintf(script, "%.6g %.6g\n%.6g %.6g\n\n", x - half + (double)left / width,
                      y + half - (double)(sum - left) / height, x - half + (double)right / width,
                      y + half - (double)(sum - right) / height);
    }
}

/* A block of coloured cells and one of hatched ones. */
static void heat_write_data(FILE *script, const struct picture *picture, size_t score) {
    const struct heat *heat = picture->heat;
    (void)fprintf(script, "$cells_%zu << EOD\n", score);
    for (size_t row = 0; row < heat->y.count; row++) {
        for (size_t column = 0; column < heat->x.count; column++) {
            double mean = heat_mean(heat, row, column, score);
            if (!isnan(mean)) {
                (void)fprintf(script, "%zu %zu %.12g\n", column, row, mean);
            }
        }
    }
    (void)fprintf(script, "EOD\n$hatched_%zu << EOD\n", score);
    for (size_t row = 0; row < heat->y.count; row++) {
        for (size_t column = 0; column < heat->x.count; column++) {
            bool has_job = heat->cells[row * heat->x.count + column] != NULL;
            if (has_job && isnan(heat_mean(heat, row, column, score))) {
                heat_write_hatch(script, (double)column, (double)row, heat_cell_width(picture),
                                 heat_cell_height(picture));
            }
        }
    }
    (void)fputs("EOD\n", script);
}

static void heat_write_cells(FILE *script, const struct picture *picture, size_t score,
                             const struct plot_range *range) {
    int width = heat_cell_width(picture);
    int height = heat_cell_height(picture);
    bool gaps = width >= GAPS_FROM && height >= GAPS_FROM;
    (void)fprintf(script,
                  "plot $cells_%zu using 1:2:(0.5):(0.5):3 with boxxyerror lc palette fs solid 1 "
                  "border%s, $hatched_%zu using 1:2 with lines lw 1 lc rgb '#aaaaaa'",
                  score, gaps ? " lc rgb '#ffffff'" : "", score);
    if (width >= NUMBER_WIDTH && height >= NUMBER_HEIGHT) {
        (void)fprintf(script,
                      ", $cells_%zu using 1:2:(sprintf('%%.3g', $3)):"
                      "($3 < %.12g ? 0xffffff : 0x222222) with labels font ',%d' tc rgb variable",
                      score, heat_light_mean(range), PLOT_FONT_SMALL);
    }
    (void)fputc('\n', script);
}

static void heat_write_panel(FILE *script, const struct picture *picture, size_t score) {
    const struct plot_page *page = &picture->page;
    const struct plot_range range = heat_range(picture->heat, score);
    plot_page_write_panel(script, page, score);
    plot_page_write_bar(script, page, picture->bar_titles[score]);
    plot_axis_write(script, "cb", range, page->panel_height);
    heat_write_data(script, picture, score);
    heat_write_cells(script, picture, score, &range);
}

static enum status heat_write_script(FILE *script, const void *data, struct error *error) {
    (void)error;
    const struct picture *picture = data;
    const struct heat *heat = picture->heat;
    plot_colours_write_palette(script, true);
    plot_page_begin(script, &picture->page);
    (void)fprintf(script, "unset grid\nset xrange [%g:%g]\nset yrange [%g:%g]\n", -half,
                  (double)heat->x.count - half, -half, (double)heat->y.count - half);
    for (size_t s = 0; s < heat->table.score_count; s++) {
        heat_write_panel(script, picture, s);
    }
    plot_page_write_texts(script, &picture->page);
    (void)fputs("plot NaN notitle\n", script);
    return STATUS_OK;
}

static enum status heat_word(struct picture *picture, struct arena *arena, struct error *error) {
    const struct heat *heat = picture->heat;
    struct plot_page *page = &picture->page;
    TRY(ARENA_NEW(arena, page->y_titles, page->panel_count, error));
    TRY(ARENA_NEW(arena, page->headings, page->panel_count, error));
    TRY(ARENA_NEW(arena, picture->bar_titles, page->panel_count, error));
    TRY(heat_account(heat, arena, &page->account, error));
    TRY(totals_undefined(&heat->table, arena, &page->account, error));
    TRY(totals_heading(arena, heat->x.key->name, heat->x.key->unit, &page->x_title, error));
    for (size_t s = 0; s < page->panel_count; s++) {
        const struct table_score *score = &heat->table.scores[s];
        page->headings[s] = score->help;
        TRY(totals_heading(arena, heat->y.key->name, heat->y.key->unit, &page->y_titles[s], error));
        TRY(totals_heading(arena, score->name, score->unit, &picture->bar_titles[s], error));
    }
    return STATUS_OK;
}

static int heat_wanted_height(const struct heat *heat) {
    int height = ROW * (int)heat->y.count;
    return height < PANEL_MIN ? PANEL_MIN : height > PANEL_MAX ? PANEL_MAX : height;
}

enum status heat_picture(const struct heat *heat, const struct plot_style *style, const char *path,
                         struct error *error) {
    SCOPED(arena_free) struct arena arena = {0};
    struct picture picture = {.heat = heat,
                              .page = {.style = *style,
                                       .panel_count = heat->table.score_count,
                                       .x_help = heat->x.key->help,
                                       .columns = {heat->x.count, heat->x.texts},
                                       .rows = {heat->y.count, heat->y.texts},
                                       .side = BAR_ROOM,
                                       .panel_height = heat_wanted_height(heat)}};
    TRY(heat_word(&picture, &arena, error));
    TRY(plot_page_lay_out(&picture.page, &arena, error));
    return gnuplot_draw(path, picture.page.width, picture.page.height, heat_write_script, &picture,
                        error);
}
