/**
 * @file
 * A column of numbers in a few: mean, deviation, quartiles, and how many lie where.
 */
#pragma once

#include <stddef.h>
#include <stdio.h>

enum { SUMMARY_BINS = 32 };

/** All NaN where there are no numbers. */
struct summary {
    size_t count;
    double total, mean;
    double deviation; /**< of the sample (n − 1); NaN of fewer than two */
    double least, quarter, median, three_quarters, most;
    size_t bins[SUMMARY_BINS]; /**< numbers in equal parts of least…most */
};

/** Summarises finite values[count], which it sorts. Quartiles lie between neighbours in proportion
 * (Hyndman and Fan's type 7). */
struct summary summary_of(double *values, size_t count);

/** Writes the bins as an SVG element of HTML, with a mark at the median; nothing without numbers.
 * `label` is for those who do not see it. */
void summary_write_bars(FILE *page, const struct summary *summary, const char *label);
