/**
 * @file
 * Speed of the information scores, for `make bench`.
 */
#pragma once

#include "base/error.h"

/** Prints a line for each score and data set: median time of one core. */
enum status bench_scores(struct error *error) CHECKED;
