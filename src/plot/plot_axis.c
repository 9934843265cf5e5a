#include "plot/plot_axis.h"

#include <math.h>

/* Pixels of the page from one number to the next, along x and upwards. */
enum { MARK_WIDTH = 52, MARK_HEIGHT = 24 };

static const double lone_share = 0.1;  /* around a single value, over it */
static const double lone_factor = 2.0; /* and on a logarithmic axis */

struct plot_range plot_axis_nothing(bool logarithmic) {
    return (struct plot_range){(double)INFINITY, -(double)INFINITY, logarithmic};
}

void plot_axis_include(struct plot_range *range, double value) {
    range->low = fmin(range->low, value); /* fmin passes over NaN */
    range->high = fmax(range->high, value);
}

void plot_axis_widen(struct plot_range *range, double share) {
    if (range->low > range->high) {
        range->low = range->logarithmic ? lone_share : 0.0;
        range->high = 1.0;
    }
    bool lone = range->low == range->high;
    if (range->logarithmic) {
        double factor = lone ? lone_factor : pow(range->high / range->low, share);
        range->low /= factor;
        range->high *= factor;
        return;
    }
    double room = !lone               ? share * (range->high - range->low)
                  : range->low == 0.0 ? 1.0
                                      : lone_share * fabs(range->low);
    range->low -= room;
    range->high += room;
}

/* The least of 1, 2 and 5 times a power of ten that is not below a length. */
static double axis_round_step(double length) {
    double power = pow(10.0, floor(log10(length)));
    double share = length / power;
    return power * (share <= 1.0 ? 1.0 : share <= 2.0 ? 2.0 : share <= 5.0 ? 5.0 : 10.0);
}

/* How many numbers fit along an axis. */
static int axis_fitting(const char *axis, int length) {
    enum { MOST = 8 };
    int fitting = length / (axis[0] == 'x' ? MARK_WIDTH : MARK_HEIGHT);
    return fitting < 1 ? 1 : fitting > MOST ? MOST : fitting;
}

/* The distance of about so many marks: a round number that makes at least two. */
static double axis_step(struct plot_range range, int count) {
    enum { LEAST = 2 };
    double step = axis_round_step((range.high - range.low) / count);
    while (floor(range.high / step) - ceil(range.low / step) + 1.0 < LEAST) {
        step /= 2.0;
    }
    return step;
}

/* gnuplot chooses equally many linear marks for axes of any length, so that numbers of small panels
 * overlap. Its format has six digits, in which marks of a short range are equal. */
static void axis_write_linear(FILE *script, const char *axis, struct plot_range range,
                              int fitting) {
    enum { USUAL_DIGITS = 6 };
    double step = axis_step(range, fitting);
    int decimals = (int)ceil(-log10(step));
    double digits = log10(fmax(fabs(range.low), fabs(range.high)) / step);
    (void)fprintf(script, "set %stics %.12g\n", axis, step);
    if (axis[0] == 'y' && digits > USUAL_DIGITS - 1 && decimals > 0) {
        (void)fprintf(script, "set format y '%%.%df'\n", decimals);
    }
}

enum { MARKS_MAX = 16 };

/* The powers of ten in a range, or also 2 and 5 times these. */
static int axis_find_decades(struct plot_range range, bool powers_alone, double *marks) {
    static const double digits[] = {1.0, 2.0, 5.0};
    const int used = powers_alone ? 1 : (int)(sizeof digits / sizeof *digits);
    int count = 0;
    int last = (int)floor(log10(range.high));
    for (int power = (int)floor(log10(range.low)); power <= last; power++) {
        for (int d = 0; d < used; d++) {
            double mark = digits[d] * pow(10.0, power);
            if (mark >= range.low && mark <= range.high && count < MARKS_MAX) {
                marks[count++] = mark;
            }
        }
    }
    return count;
}

/* Marks at equal distances; at least two. */
static int axis_find_even(struct plot_range range, int wanted, double *marks) {
    double step = axis_step(range, wanted);
    double first = ceil(range.low / step);
    int count = (int)(floor(range.high / step) - first) + 1;
    count = count < MARKS_MAX ? count : MARKS_MAX;
    for (int k = 0; k < count; k++) {
        marks[k] = (first + k) * step;
    }
    return count;
}

/* gnuplot marks powers of ten only, of which a short axis has at most one. Here marks are 1, 2 and
 * 5 times these, or at equal distances if that makes only a few. */
static void axis_write_logarithmic(FILE *script, const char *axis, struct plot_range range,
                                   int fitting) {
    enum { LEAST = 2, FEW = 3, EVEN = 5 };
    double marks[MARKS_MAX];
    if (axis_find_decades(range, true, marks) >= FEW) {
        (void)fprintf(script, "set %stics autofreq\n", axis);
        return;
    }
    fitting = fitting < LEAST ? LEAST : fitting;
    int count = axis_find_decades(range, false, marks);
    if (count < (fitting < FEW ? fitting : FEW)) {
        count = axis_find_even(range, fitting < EVEN ? fitting : EVEN, marks);
    }
    int stride = (count + fitting - 1) / fitting;
    (void)fprintf(script, "set %stics (", axis);
    for (int k = 0; k < count; k += stride) {
        (void)fprintf(script, "%s%.12g", k == 0 ? "" : ", ", marks[k]);
    }
    (void)fputs(")\n", script);
}

void plot_axis_write(FILE *script, const char *axis, struct plot_range range, int length) {
    int fitting = axis_fitting(axis, length);
    (void)fprintf(script, "%s logscale %s\nset %srange [%.12g:%.12g]\n",
                  range.logarithmic ? "set" : "unset", axis, axis, range.low, range.high);
    if (axis[0] == 'y') {
        (void)fputs("set format y\n", script);
    }
    if (range.logarithmic) {
        axis_write_logarithmic(script, axis, range, fitting);
    } else {
        axis_write_linear(script, axis, range, fitting);
    }
}
