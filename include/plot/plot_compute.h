/**
 * @file
 * Computes a plot from a results file: chooses columns, forms points and joins them to lines.
 */
#pragma once

#include "plot/plot.h"

/**
 * Fills the plot. Call plot_free in every case. Names belong to the reader, which must outlive the
 * plot. STATUS_BAD_INPUT if a name is unknown (names the nearest), and if there is nothing to plot.
 */
enum status plot_compute(const struct results_reader *reader, const struct plot_request *request,
                         struct plot *plot, struct error *error) CHECKED;
