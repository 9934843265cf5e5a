/**
 * @file
 * Pictures drawn by gnuplot, in a report.
 */
#pragma once

#include "plot/plot_page.h"

#include "base/error.h"

#include <stdbool.h>
#include <stdio.h>

/** A picture and its caption. */
struct report_picture {
    const void *data;
    enum status (*draw)(const void *data, const struct plot_style *style, const char *path,
                        struct error *error);
    const char *caption;
    bool graded; /**< colours show values, so that a dark scheme must not change them */
};

/** Writes figure `number` with its caption. If the picture cannot be drawn, a sentence says why.
 * Errors of writing stay in the stream. */
void report_picture_write(const struct report_picture *picture, size_t number, FILE *page);
