#include "plot/heat_picture.h"

#include "aggregate/totals.h"
#include "plot/gnuplot.h"
#include "plot/plot_colours.h"
#include "plot/plot_frame.h"

#include <math.h>

/* Lengths in pixels of the page. */
enum {
    ROW = 30,
    PANEL_MIN = 110,
    PANEL_MAX = 420,
    BAR_AT = 18, /* beside the panel */
    BAR_ROOM = 106,
    BAR_TITLE_AT = 14, /* from the edge of the page */
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
    const char *y_title;
    const char **bar_titles; /* [score] */
};

static int heat_picture_cell_width(const struct picture *picture) {
    int width = (picture->page.right - picture->page.left) / (int)picture->heat->x.count;
    return width > 0 ? width : 1;
}

static int heat_picture_cell_height(const struct picture *picture) {
    int height = picture->page.panel_height / (int)picture->heat->y.count;
    return height > 0 ? height : 1;
}

/* The colours of a panel. */
struct range {
    double low, high;
    bool logarithmic;
};

static struct range heat_picture_range_of(const struct heat *heat, size_t score) {
    struct range range = {(double)INFINITY, -(double)INFINITY, false};
    for (size_t g = 0; g < heat->table.group_count; g++) {
        double mean = table_mean(&heat->table.groups[g].cells[score]);
        range.low = fmin(range.low, mean); /* fmin passes over NaN */
        range.high = fmax(range.high, mean);
    }
    if (range.low > range.high) {
        return (struct range){0.0, 1.0, false};
    }
    if (range.low == range.high) {
        double room = range.low == 0.0 ? 1.0 : half * fabs(range.low);
        return (struct range){range.low - room, range.high + room, false};
    }
    range.logarithmic = range.low > 0.0 && range.high / range.low >= decades_from;
    return range;
}

static double heat_picture_share_of(const struct range *range, double value) {
    return range->logarithmic ? log(value / range->low) / log(range->high / range->low)
                              : (value - range->low) / (range->high - range->low);
}

/* Strokes over a cell of width x height pixels, upwards to the right. */
static void heat_picture_write_hatch(FILE *script, double x, double y, int width, int height) {
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

/* A block of coloured cells, with their letters' colour, and one of hatched ones. */
static void heat_picture_write_data(FILE *script, const struct picture *picture, size_t score) {
    const struct heat *heat = picture->heat;
    struct range range = heat_picture_range_of(heat, score);
    (void)fprintf(script, "$cells_%zu << EOD\n", score);
    for (size_t row = 0; row < heat->y.count; row++) {
        for (size_t column = 0; column < heat->x.count; column++) {
            double mean = heat_mean(heat, row, column, score);
            if (!isnan(mean)) {
                (void)fprintf(script, "%zu %zu %.12g %.3g %s\n", column, row, mean, mean,
                              heat_picture_share_of(&range, mean) < light_from ? "0xffffff"
                                                                               : "0x222222");
            }
        }
    }
    (void)fprintf(script, "EOD\n$hatched_%zu << EOD\n", score);
    for (size_t row = 0; row < heat->y.count; row++) {
        for (size_t column = 0; column < heat->x.count; column++) {
            bool has_job = heat->cells[row * heat->x.count + column] != NULL;
            if (has_job && isnan(heat_mean(heat, row, column, score))) {
                heat_picture_write_hatch(script, (double)column, (double)row,
                                         heat_picture_cell_width(picture),
                                         heat_picture_cell_height(picture));
            }
        }
    }
    (void)fputs("EOD\n", script);
}

static size_t heat_picture_count_hatched(const struct heat *heat, size_t score) {
    size_t count = 0;
    for (size_t g = 0; g < heat->table.group_count; g++) {
        count += heat->table.groups[g].cells[score].count == 0;
    }
    return count;
}

static void heat_picture_write_cells(FILE *script, const struct picture *picture, size_t score) {
    const struct heat *heat = picture->heat;
    int width = heat_picture_cell_width(picture);
    int height = heat_picture_cell_height(picture);
    bool gaps = width >= GAPS_FROM && height >= GAPS_FROM;
    (void)fprintf(
        script, "plot $cells_%zu using 1:2:(0.5):(0.5):3 with boxxyerror lc palette fs solid 1 %s",
        score, gaps ? "border lc rgb '#ffffff'" : "border");
    if (heat_picture_count_hatched(heat, score) > 0) {
        (void)fprintf(script, ", $hatched_%zu using 1:2 with lines lw 1 lc rgb '#aaaaaa'", score);
    }
    if (width >= NUMBER_WIDTH && height >= NUMBER_HEIGHT) {
        (void)fprintf(script,
                      ", $cells_%zu using 1:2:(sprintf('%%.3g', $3)):5 with labels font ',11' "
                      "tc rgb variable",
                      score);
    }
    (void)fputc('\n', script);
}

static void heat_picture_write_panel(FILE *script, const struct picture *picture, size_t score) {
    const struct plot_page *page = &picture->page;
    struct range range = heat_picture_range_of(picture->heat, score);
    int top = plot_page_panel_top(page, score);
    int bottom = plot_page_panel_bottom(page, score);
    plot_frame_write_panel(script, page, score, picture->y_title, picture->heat->helps[score]);
    plot_frame_write_bar(script, page, page->right + BAR_AT, top, bottom);
    plot_frame_write_text(script, page, page->width - BAR_TITLE_AT, (top + bottom) / 2,
                          bottom - top, picture->bar_titles[score], "rotate by 90 center");
    (void)fprintf(script, "%s logscale cb\nset cbrange [%.12g:%.12g]\n",
                  range.logarithmic ? "set" : "unset", range.low, range.high);
    if (range.logarithmic) {
        (void)fputs("set cbtics autofreq\n", script);
    } else {
        plot_frame_write_marks(script, "cb", range.low, range.high, page->panel_height);
    }
    heat_picture_write_cells(script, picture, score);
    (void)fputs("unset label\n", script);
}

static enum status heat_picture_write_script(FILE *script, const void *data, struct error *error) {
    (void)error;
    const struct picture *picture = data;
    const struct heat *heat = picture->heat;
    plot_frame_write_looks(script, &picture->page);
    plot_colours_write_palette(script, true);
    for (size_t s = 0; s < heat->table.score_count; s++) {
        heat_picture_write_data(script, picture, s);
    }
    (void)fprintf(script, "unset grid\nset xrange [%g:%g]\nset yrange [%g:%g]\nset multiplot\n",
                  -half, (double)heat->x.count - half, -half, (double)heat->y.count - half);
    for (size_t s = 0; s < heat->table.score_count; s++) {
        heat_picture_write_panel(script, picture, s);
    }
    plot_frame_write_rest(script, &picture->page);
    (void)fputs("unset colorbox\nplot [0:1] [0:1] NaN\nunset multiplot\n", script);
    return STATUS_OK;
}

static enum status heat_picture_word(struct picture *picture, struct arena *arena,
                                     struct error *error) {
    const struct heat *heat = picture->heat;
    picture->page.x_title = totals_heading(arena, heat->x.name, heat->x.unit, error);
    picture->y_title = totals_heading(arena, heat->y.name, heat->y.unit, error);
    const char *account = heat_account(heat, arena, error);
    picture->page.account =
        account == NULL ? NULL : totals_undefined(&heat->table, account, arena, error);
    if (picture->page.x_title == NULL || picture->y_title == NULL ||
        picture->page.account == NULL) {
        return error_status(error);
    }
    TRY(ARENA_NEW(arena, picture->bar_titles, heat->table.score_count, error));
    for (size_t s = 0; s < heat->table.score_count; s++) {
        const struct table_score *score = &heat->table.scores[s];
        picture->bar_titles[s] = totals_heading(arena, score->name, score->unit, error);
        if (picture->bar_titles[s] == NULL) {
            return error_status(error);
        }
    }
    return STATUS_OK;
}

static int heat_picture_wanted_height(const struct heat *heat) {
    int height = ROW * (int)heat->y.count;
    return height < PANEL_MIN ? PANEL_MIN : height > PANEL_MAX ? PANEL_MAX : height;
}

enum status heat_picture(const struct heat *heat, const struct plot_style *style, const char *path,
                         struct error *error) {
    struct arena arena = {0};
    struct picture picture = {.heat = heat,
                              .page = {.style = *style,
                                       .panel_count = heat->table.score_count,
                                       .x_help = heat->x.help,
                                       .category_count = heat->x.count,
                                       .categories = heat->x.texts,
                                       .row_count = heat->y.count,
                                       .rows = heat->y.texts,
                                       .side = BAR_ROOM,
                                       .panel_height = heat_picture_wanted_height(heat)}};
    enum status status = heat_picture_word(&picture, &arena, error);
    status = status == STATUS_OK ? plot_page_lay_out(&picture.page, &arena, error) : status;
    if (status == STATUS_OK) {
        const struct gnuplot_page size = {picture.page.width, picture.page.height};
        status = gnuplot_draw(path, size, heat_picture_write_script, &picture, error);
    }
    arena_free(&arena);
    return status;
}
