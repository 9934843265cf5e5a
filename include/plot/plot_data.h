/**
 * @file
 * A plot in words and numbers.
 */
#pragma once

#include "document/document.h"
#include "plot/plot.h"

/** Appends, for programs, a row for each point in the order of drawing; for people, how many jobs
 * are in the means, and a line for everything that is not drawn. */
enum status plot_document(const struct plot *plot, struct document *document,
                          struct error *error) CHECKED;
