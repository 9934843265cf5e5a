/**
 * @file
 * Pictures of gnuplot's in a report. For the room show only.
 */
#pragma once

#include "plot/plot_page.h"

#include "base/error.h"

#include <stdbool.h>
#include <stdio.h>

/** What is drawn, how, and what is said about it. */
struct report_picture {
    const void *data;
    enum status (*draw)(const void *data, const struct plot_style *style, const char *path,
                        struct error *error);
    const char *caption;
    bool graded; /**< colours tell values, and must stay what they are in a dark scheme too */
};

/** Writes figure `number` with its caption; in place of a picture that cannot be drawn a sentence
 * that says why. Errors of writing stay in the stream. */
void report_picture_write(const struct report_picture *picture, size_t number, FILE *page);
