/**
 * @file
 * Speed of the theory, for `make bench`.
 */
#pragma once

#include "base/error.h"

/** Prints a line for each kind of data set: median time of one core, from points to answer. */
enum status bench_theory(struct error *error) CHECKED;
