/**
 * @file
 * From a results file and a request to a plot: its columns, points and lines.
 */
#pragma once

#include "plot/plot.h"

/**
 * Finds the points; plot_free in every case. Names belong to the reader, which must outlive the
 * plot. STATUS_BAD_INPUT for unknown names, with the nearest, and where there is nothing to plot.
 */
enum status plot_compute(const struct results_reader *reader, const struct plot_request *request,
                         struct plot *plot, struct error *error) CHECKED;
