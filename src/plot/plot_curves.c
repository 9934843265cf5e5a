#include "plot/plot_curves.h"

#include <math.h>
#include <stdint.h>

static const double padding = 0.04; /* of an axis at both ends, relative to the points' range */
static const double category_half = 0.5;  /* of the distance of categories */
static const double decades_from = 100.0; /* from this ratio on a bar of colours is logarithmic */
static const double beyond_modular =
    0.08; /* of the axis of margins above 0, relative to their range */

static bool curves_is_shown(const struct plot_line *line, size_t point, size_t panel) {
    return line->points[point].group->cells[panel].count > 0;
}

static bool curves_has_deviation(const struct plot_line *line, size_t point, size_t panel) {
    return !isnan(table_deviation(&line->points[point].group->cells[panel]));
}

/* Whether the point after (step 1) or before (−1) has a standard deviation. */
static bool curves_reaches(const struct plot_line *line, size_t point, int step, size_t panel) {
    size_t next = point + (size_t)step; /* before the first wraps around, past the last */
    while (next < line->point_count && !curves_is_shown(line, next, panel)) {
        next += (size_t)step;
    }
    return next < line->point_count && curves_has_deviation(line, next, panel);
}

/* x, mean, ends of the band, and lower end and length of the bar where no band shows the standard
 * deviation; NaN where there is none. */
static void curves_write_point(FILE *script, const struct plot *plot, const struct plot_line *line,
                               size_t index, size_t panel) {
    const struct plot_point *point = &line->points[index];
    double low = plot_reach(point, panel, -1);
    double high = plot_reach(point, panel, 1);
    bool band = plot_is_joined(plot) &&
                (curves_reaches(line, index, 1, panel) || curves_reaches(line, index, -1, panel));
    (void)fprintf(script, "%.12g %.12g ", point->x + point->shift, plot_reach(point, panel, 0));
    if (!curves_has_deviation(line, index, panel)) {
        (void)fputs("NaN NaN NaN NaN\n", script);
    } else if (band) {
        (void)fprintf(script, "%.12g %.12g NaN NaN\n", low, high);
    } else {
        (void)fprintf(script, "NaN NaN %.12g %.12g\n", low, high - low);
    }
}

/* A block for each line. None is empty, since gnuplot does not count empty ones. */
static void curves_write_lines(FILE *script, const struct plot *plot, size_t panel) {
    for (size_t l = 0; l < plot->line_count; l++) {
        const struct plot_line *line = &plot->lines[l];
        (void)fputs(l == 0 ? "" : "\n\n", script);
        (void)fputs("NaN NaN NaN NaN NaN NaN\n", script);
        for (size_t p = 0; p < line->point_count; p++) {
            if (curves_is_shown(line, p, panel)) {
                curves_write_point(script, plot, line, p, panel);
            }
        }
    }
}

static size_t curves_longest_line(const struct plot *plot) {
    size_t most = 0;
    for (size_t l = 0; l < plot->line_count; l++) {
        most = plot->lines[l].point_count > most ? plot->lines[l].point_count : most;
    }
    return most;
}

/* x, mean, the number that its colour shows, and whether the jobs have none. Lines alternate, so
 * that none hides the others. */
static void curves_write_graded(FILE *script, const struct plot *plot, size_t panel) {
    size_t longest = curves_longest_line(plot);
    for (size_t p = 0; p < longest; p++) {
        for (size_t l = 0; l < plot->line_count; l++) {
            const struct plot_line *line = &plot->lines[l];
            if (p < line->point_count && curves_is_shown(line, p, panel)) {
                bool absent = isnan(line->value);
                (void)fprintf(script, "%.12g %.12g %.12g %d\n", line->points[p].x,
                              plot_reach(&line->points[p], panel, 0), absent ? 0.0 : line->value,
                              absent);
            }
        }
    }
}

struct plot_range plot_curves_x_range(const struct plot *plot) {
    struct plot_range range = plot_axis_nothing(plot->logarithmic);
    if (plot->category_count > 0) {
        return (struct plot_range){-category_half, (double)plot->category_count - category_half,
                                   false};
    }
    for (size_t p = 0; p < plot->point_count; p++) {
        plot_axis_include(&range, plot->points[p].x);
    }
    if (plot->marks_modular && !plot->logarithmic) {
        plot_axis_include(&range, 0.0);
        plot_axis_include(&range, -beyond_modular * range.low);
    }
    plot_axis_widen(&range, padding);
    return range;
}

/* If both axes are of the same quantity, y is as logarithmic as x. Then only means are included,
 * since only these are known to be positive. */
struct plot_range plot_curves_y_range(const struct plot *plot, size_t panel) {
    const struct plot_relation *relation = plot->relations == NULL ? NULL : &plot->relations[panel];
    bool logarithmic =
        plot->logarithmic && relation != NULL && relation->same && relation->positive;
    struct plot_range range = plot_axis_nothing(logarithmic);
    for (size_t p = 0; p < plot->point_count; p++) {
        plot_axis_include(&range, plot_reach(&plot->points[p], panel, logarithmic ? 0 : -1));
        plot_axis_include(&range, plot_reach(&plot->points[p], panel, 1));
    }
    plot_axis_widen(&range, padding);
    return range;
}

void plot_curves_write_grades(FILE *script, const struct plot *plot, int length) {
    struct plot_range range = plot_axis_nothing(false);
    if (!plot->graded) {
        return;
    }
    for (size_t l = 0; l < plot->line_count; l++) {
        plot_axis_include(&range, plot->lines[l].value);
    }
    range.logarithmic = range.low > 0 && range.high / range.low >= decades_from;
    plot_axis_write(script, "cb", range, length);
}

/* Lines where score and prediction agree, and where data are modular. */
static void curves_write_guides(FILE *script, const struct plot *plot, size_t panel) {
    if (plot->marks_modular) {
        (void)fputs("set arrow 1 from first 0, graph 0 to first 0, graph 1 nohead back lw 1.5 "
                    "lc rgb '#888888' dt (6,4)\n"
                    "set label 1 'modular' at first 0, graph 0.98 right rotate by 90 "
                    "offset 0.9,0 font ',11' tc rgb '#666666'\n",
                    script);
    }
    (void)fputs("plot ", script);
    if (plot->relations != NULL && plot->relations[panel].same) {
        (void)fputs("x with lines lw 1.5 lc rgb '#888888' dt (6,4), ", script);
    }
}

/* Bands come first, so that they hide no line. */
void plot_curves_write(FILE *script, const struct plot *plot, size_t panel) {
    size_t count = plot->line_count;
    (void)fprintf(script, "$panel_%zu << EOD\n", panel);
    if (plot->graded) {
        curves_write_graded(script, plot, panel);
    } else {
        curves_write_lines(script, plot, panel);
    }
    (void)fputs("EOD\n", script);
    curves_write_guides(script, plot, panel);
    if (plot->graded) {
        (void)fprintf(
            script,
            "$panel_%zu using 1:($4 > 0 ? $2 : NaN) with points pt 7 ps 0.6 lc rgb "
            "'#bbbbbb', '' using 1:($4 > 0 ? NaN : $2):3 with points pt 7 ps 0.6 lc palette\n",
            panel);
        return;
    }
    if (plot_is_joined(plot)) {
        (void)fprintf(script,
                      "for [l=1:%zu] $panel_%zu index l-1 using 1:3:4 with filledcurves ls l, ",
                      count, panel);
    }
    (void)fprintf(script,
                  "for [l=1:%zu] $panel_%zu index l-1 using 1:5:(0):6 with vectors nohead ls l, "
                  "for [l=1:%zu] $panel_%zu index l-1 using 1:2 with %s ls l\n",
                  count, panel, count, panel, plot_is_joined(plot) ? "linespoints" : "points");
}
