#include "report/summary.h"

#include "base/order.h"
#include "document/html.h"

#include <math.h>
#include <stdlib.h>

/* Of the bars, in units of the picture. */
enum { BAR_WIDTH = 8, BAR_GAP = 1, BARS_HEIGHT = 48, MARK_HEIGHT = 6 };

static const double quarter = 0.25;
static const double half = 0.5;
static const double least_bar = 1.5; /* high enough to be seen */

static double summary_deviation_of(const double *values, size_t count, double mean) {
    double squares = 0;
    for (size_t i = 0; i < count; i++) {
        squares += (values[i] - mean) * (values[i] - mean);
    }
    return count < 2 ? (double)NAN : sqrt(squares / (double)(count - 1));
}

/* Where a value lies between the least and the most, from 0 to 1; all equal lie in the middle. */
static double summary_place_of(const struct summary *summary, double value) {
    double range = summary->most - summary->least;
    return range > 0 ? (value - summary->least) / range : half;
}

static size_t summary_bin_of(const struct summary *summary, double value) {
    size_t bin = (size_t)(summary_place_of(summary, value) * SUMMARY_BINS);
    return bin < SUMMARY_BINS ? bin : SUMMARY_BINS - 1;
}

struct summary summary_of(double *values, size_t count) {
    const double nothing = (double)NAN;
    struct summary summary = {.mean = nothing,
                              .deviation = nothing,
                              .least = nothing,
                              .quarter = nothing,
                              .median = nothing,
                              .three_quarters = nothing,
                              .most = nothing};
    if (count == 0) {
        return summary;
    }
    qsort(values, count, sizeof *values, order_compare);
    summary.count = count;
    for (size_t i = 0; i < count; i++) {
        summary.total += values[i];
    }
    summary.mean = summary.total / (double)count;
    summary.deviation = summary_deviation_of(values, count, summary.mean);
    summary.least = values[0];
    summary.quarter = order_quantile(values, count, quarter);
    summary.median = order_quantile(values, count, half);
    summary.three_quarters = order_quantile(values, count, half + quarter);
    summary.most = values[count - 1];
    for (size_t i = 0; i < count; i++) {
        summary.bins[summary_bin_of(&summary, values[i])]++;
    }
    return summary;
}

void summary_write_bars(FILE *page, const struct summary *summary, const char *label) {
    size_t highest = 0;
    if (summary->count == 0) {
        return;
    }
    for (size_t bin = 0; bin < SUMMARY_BINS; bin++) {
        highest = summary->bins[bin] > highest ? summary->bins[bin] : highest;
    }
    (void)fprintf(page, "<svg class=\"bars\" role=\"img\" viewBox=\"0 0 %d %d\" aria-label=\"",
                  SUMMARY_BINS * BAR_WIDTH, BARS_HEIGHT + MARK_HEIGHT);
    html_text(page, label);
    (void)fputs("\" preserveAspectRatio=\"none\">", page);
    for (size_t bin = 0; bin < SUMMARY_BINS; bin++) {
        double height = BARS_HEIGHT * (double)summary->bins[bin] / (double)highest;
        height = height > 0 ? fmax(height, least_bar) : 0;
        if (height > 0) {
            (void)fprintf(page, "<rect x=\"%zu\" y=\"%.2f\" width=\"%d\" height=\"%.2f\"/>",
                          bin * BAR_WIDTH, BARS_HEIGHT - height, BAR_WIDTH - BAR_GAP, height);
        }
    }
    double middle = summary_place_of(summary, summary->median) * (SUMMARY_BINS * BAR_WIDTH);
    (void)fprintf(page, "<path d=\"M%.2f %d l-4 %d h8 z\"/></svg>\n", middle, BARS_HEIGHT,
                  MARK_HEIGHT);
}
