#include "plot/plot_curves.h"

#include "plot/plot_frame.h"

#include <math.h>
#include <stdint.h>

static const double padding = 0.04;        /* of an axis beyond its points, over its length */
static const double lone_padding = 0.1;    /* where all points are one value, over that */
static const double lone_factor = 2.0;     /* and on a logarithmic axis */
static const double category_half = 0.5;   /* of the distance of categories */
static const double decades_from = 100.0;  /* a bar of colours over that ratio is logarithmic */
static const double beyond_modular = 0.08; /* the axis of margins beyond 0, over their range */
static const double dodge = 0.6;           /* of the distance of categories, for their lines */

static bool plot_curves_is_shown(const struct plot_line *line, size_t point, size_t panel) {
    return line->points[point].group->cells[panel].count > 0;
}

static bool plot_curves_has_deviation(const struct plot_line *line, size_t point, size_t panel) {
    return !isnan(table_deviation(&line->points[point].group->cells[panel]));
}

/* Whether the point after (step 1) or before (−1) has a standard deviation. */
static bool plot_curves_reaches(const struct plot_line *line, size_t point, int step,
                                size_t panel) {
    size_t next = point + (size_t)step; /* before the first wraps around, past the last */
    while (next < line->point_count && !plot_curves_is_shown(line, next, panel)) {
        next += (size_t)step;
    }
    return next < line->point_count && plot_curves_has_deviation(line, next, panel);
}

bool plot_curves_drawn(const struct plot *plot, size_t line) {
    for (size_t p = 0; p < plot->lines[line].point_count; p++) {
        for (size_t s = 0; s < plot->panel_count; s++) {
            if (plot_curves_is_shown(&plot->lines[line], p, s)) {
                return true;
            }
        }
    }
    return false;
}

bool plot_curves_joined(const struct plot *plot) {
    return plot->category_count == 0 && !plot->apart;
}

static const char *plot_curves_style_of(const struct plot *plot) {
    return plot_curves_joined(plot) ? "linespoints" : "points";
}

/* Whether a bar shows the standard deviation, since no band does. */
static bool plot_curves_has_bar(const struct plot *plot, const struct plot_line *line, size_t point,
                                size_t panel) {
    return plot_curves_has_deviation(line, point, panel) &&
           (!plot_curves_joined(plot) || !(plot_curves_reaches(line, point, 1, panel) ||
                                           plot_curves_reaches(line, point, -1, panel)));
}

/* The first of a line's points that is not before a place. */
static size_t plot_curves_first_at(const struct plot_line *line, double x) {
    size_t low = 0;
    size_t high = line->point_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (line->points[middle].x < x) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

/* Whether a line has a mark at a place, in any panel. */
static bool plot_curves_has_mark_at(const struct plot *plot, const struct plot_line *line,
                                    double x) {
    for (size_t p = plot_curves_first_at(line, x); p < line->point_count && line->points[p].x == x;
         p++) {
        for (size_t s = 0; s < plot->panel_count; s++) {
            if (plot_curves_is_shown(line, p, s)) {
                return true;
            }
        }
    }
    return false;
}

/* How far a line's marks stand from the middle of a category, around which all lines with marks
 * there are spread. */
static double plot_curves_shift_of(const struct plot *plot, size_t line, double x) {
    size_t before = 0;
    size_t count = 0;
    if (plot->category_count == 0 || plot->graded) {
        return 0.0;
    }
    for (size_t l = 0; l < plot->line_count; l++) {
        bool there = plot_curves_has_mark_at(plot, &plot->lines[l], x);
        before += there && l < line;
        count += there;
    }
    double place = (double)before + category_half - category_half * (double)count;
    return dodge * place / (double)plot->line_count;
}

/* x, mean, ends of the band, and lower end and length of the bar; NaN where there is none. */
static void plot_curves_write_point(FILE *script, const struct plot *plot, size_t line,
                                    size_t index, size_t panel) {
    const struct plot_point *point = &plot->lines[line].points[index];
    double low = plot_reach(point, panel, -1);
    double high = plot_reach(point, panel, 1);
    (void)fprintf(script, "%.12g %.12g ", point->x + plot_curves_shift_of(plot, line, point->x),
                  plot_reach(point, panel, 0));
    if (plot_curves_has_bar(plot, &plot->lines[line], index, panel)) {
        (void)fprintf(script, "NaN NaN %.12g %.12g\n", low, high - low);
    } else if (plot_curves_has_deviation(&plot->lines[line], index, panel)) {
        (void)fprintf(script, "%.12g %.12g NaN NaN\n", low, high);
    } else {
        (void)fputs("NaN NaN NaN NaN\n", script);
    }
}

static size_t plot_curves_longest_line(const struct plot *plot) {
    size_t most = 0;
    for (size_t l = 0; l < plot->line_count; l++) {
        most = plot->lines[l].point_count > most ? plot->lines[l].point_count : most;
    }
    return most;
}

/* Points of a panel with the number that their colour tells, or those whose jobs have none; lines
 * in turns, so that none hides the others. */
static void plot_curves_write_graded_data(FILE *script, const struct plot *plot, size_t panel,
                                          bool absent) {
    size_t longest = plot_curves_longest_line(plot);
    (void)fprintf(script, "$%s_%zu << EOD\n", absent ? "absent" : "graded", panel);
    for (size_t p = 0; p < longest; p++) {
        for (size_t l = 0; l < plot->line_count; l++) {
            const struct plot_line *line = &plot->lines[l];
            if (p < line->point_count && (isnan(line->value) != 0) == absent &&
                plot_curves_is_shown(line, p, panel)) {
                (void)fprintf(script, "%.12g %.12g %.12g\n", line->points[p].x,
                              plot_reach(&line->points[p], panel, 0), absent ? 0.0 : line->value);
            }
        }
    }
    (void)fputs("EOD\n", script);
}

/* Whether a panel has points whose jobs have no such axis. */
static bool plot_curves_has_absent(const struct plot *plot, size_t panel) {
    for (size_t l = 0; l < plot->line_count; l++) {
        const struct plot_line *line = &plot->lines[l];
        for (size_t p = 0; p < line->point_count && isnan(line->value); p++) {
            if (plot_curves_is_shown(line, p, panel)) {
                return true;
            }
        }
    }
    return false;
}

void plot_curves_write_data(FILE *script, const struct plot *plot) {
    for (size_t s = 0; s < plot->panel_count && plot->graded; s++) {
        plot_curves_write_graded_data(script, plot, s, false);
        plot_curves_write_graded_data(script, plot, s, true);
    }
    for (size_t s = 0; s < plot->panel_count && !plot->graded; s++) {
        for (size_t l = 0; l < plot->line_count; l++) {
            (void)fprintf(script, "$panel_%zu_line_%zu << EOD\n", s, l);
            for (size_t p = 0; p < plot->lines[l].point_count; p++) {
                if (plot_curves_is_shown(&plot->lines[l], p, s)) {
                    plot_curves_write_point(script, plot, l, p, s);
                }
            }
            (void)fputs("EOD\n", script);
        }
    }
}

/* Widens a range, so that no point is at its end. */
static void plot_curves_pad(double *low, double *high, bool logarithmic) {
    double room = *high > *low ? padding * (*high - *low)
                  : *low == 0  ? 1
                               : lone_padding * fabs(*low);
    double factor = *high > *low ? pow(*high / *low, padding) : lone_factor;
    *low = logarithmic ? *low / factor : *low - room;
    *high = logarithmic ? *high * factor : *high + room;
}

void plot_curves_write_x_range(FILE *script, const struct plot *plot, int width) {
    double low = (double)INFINITY;
    double high = -(double)INFINITY;
    if (plot->category_count > 0) {
        (void)fprintf(script, "set xrange [%g:%g]\n", -category_half,
                      (double)plot->category_count - category_half);
        return;
    }
    for (size_t l = 0; l < plot->line_count; l++) {
        const struct plot_line *line = &plot->lines[l];
        low = fmin(low, line->points[0].x);
        high = fmax(high, line->points[line->point_count - 1].x);
    }
    if (plot->marks_modular && !plot->logarithmic) {
        low = fmin(low, 0.0);
        high = fmax(high, -beyond_modular * low);
    }
    plot_curves_pad(&low, &high, plot->logarithmic);
    (void)fprintf(script, "%sset xrange [%.12g:%.12g]\n",
                  plot->logarithmic ? "set logscale x\n" : "", low, high);
    if (plot->logarithmic) {
        plot_frame_write_log_marks(script, "x", low, high, width);
    } else {
        plot_frame_write_marks(script, "x", low, high, width);
    }
}

/* Where both axes are of the same quantity they have the same scale. */
static bool plot_curves_is_logarithmic(const struct plot *plot, size_t panel) {
    const struct plot_relation *relation = plot->relations == NULL ? NULL : &plot->relations[panel];
    return plot->logarithmic && relation != NULL && relation->same && relation->positive;
}

void plot_curves_y_range(const struct plot *plot, size_t panel, double *low, double *high) {
    *low = (double)INFINITY;
    *high = -(double)INFINITY;
    for (size_t l = 0; l < plot->line_count; l++) {
        for (size_t p = 0; p < plot->lines[l].point_count; p++) {
            const struct plot_point *point = &plot->lines[l].points[p];
            int sign = plot_curves_is_logarithmic(plot, panel)
                           ? 0
                           : -1; /* only means are sure to be positive */
            *low = fmin(*low, plot_reach(point, panel, sign)); /* fmin passes over NaN */
            *high = fmax(*high, plot_reach(point, panel, 1));
        }
    }
    if (*low > *high) {
        *low = 0.0;
        *high = 1.0;
    }
    plot_curves_pad(low, high, plot_curves_is_logarithmic(plot, panel));
}

static void plot_curves_write_y_range(FILE *script, const struct plot *plot, size_t panel,
                                      int height) {
    double low;
    double high;
    plot_curves_y_range(plot, panel, &low, &high);
    (void)fprintf(script, "set yrange [%.12g:%.12g]\n", low, high);
    if (plot_curves_is_logarithmic(plot, panel)) {
        (void)fputs("set logscale y\nset format y\n", script);
        plot_frame_write_log_marks(script, "y", low, high, height);
    } else {
        (void)fputs("unset logscale y\n", script);
        plot_frame_write_marks(script, "y", low, high, height);
    }
}

static size_t plot_curves_count_bars(const struct plot *plot, size_t line, size_t panel) {
    size_t count = 0;
    for (size_t p = 0; p < plot->lines[line].point_count; p++) {
        count += plot_curves_has_bar(plot, &plot->lines[line], p, panel);
    }
    return count;
}

/* Where score and prediction agree, and where data are modular. */
static void plot_curves_write_guides(FILE *script, const struct plot *plot, size_t panel) {
    if (plot->marks_modular) {
        (void)fputs("set arrow from first 0, graph 0 to first 0, graph 1 nohead back lw 1.5 "
                    "lc rgb '#888888' dt (6,4)\n"
                    "set label 'modular' at first 0, graph 0.98 right rotate by 90 "
                    "offset 0.9,0 font ',11' tc rgb '#666666'\n",
                    script);
    }
    (void)fputs("plot ", script);
    if (plot->relations != NULL && plot->relations[panel].same) {
        (void)fputs("x with lines lw 1.5 lc rgb '#888888' dt (6,4), ", script);
    }
}

/* The range of the bar of colours. */
static void plot_curves_write_grades(FILE *script, const struct plot *plot) {
    double low = (double)INFINITY;
    double high = -(double)INFINITY;
    for (size_t l = 0; l < plot->line_count; l++) {
        low = fmin(low, plot->lines[l].value); /* fmin passes over NaN */
        high = fmax(high, plot->lines[l].value);
    }
    bool decades = low > 0 && high / low >= decades_from;
    (void)fprintf(script, "%s logscale cb\nset cbrange [%.12g:%.12g]\n", decades ? "set" : "unset",
                  low, high);
}

/* Bands first, so that no line is under one. */
void plot_curves_write(FILE *script, const struct plot *plot, size_t panel, int height) {
    plot_curves_write_y_range(script, plot, panel, height);
    if (plot->graded) {
        plot_curves_write_grades(script, plot);
    }
    plot_curves_write_guides(script, plot, panel);
    if (plot->graded) {
        if (plot_curves_has_absent(plot, panel)) {
            (void)fprintf(
                script, "$absent_%zu using 1:2 with points pt 7 ps 0.6 lc rgb '#bbbbbb', ", panel);
        }
        (void)fprintf(script, "$graded_%zu using 1:2:3 with points pt 7 ps 0.6 lc palette\n",
                      panel);
        return;
    }
    for (size_t l = 0; l < plot->line_count && plot_curves_joined(plot); l++) {
        (void)fprintf(script, "$panel_%zu_line_%zu using 1:3:4 with filledcurves ls %zu, ", panel,
                      l, l + 1);
    }
    for (size_t l = 0; l < plot->line_count; l++) {
        if (plot_curves_count_bars(plot, l, panel) > 0) {
            (void)fprintf(script,
                          "$panel_%zu_line_%zu using 1:5:(0):6 with vectors nohead ls %zu, ", panel,
                          l, l + 1);
        }
        (void)fprintf(script, "$panel_%zu_line_%zu using 1:2 with %s ls %zu%s", panel, l,
                      plot_curves_style_of(plot), l + 1, l + 1 < plot->line_count ? ", " : "\n");
    }
}
