/**
 * @file
 * Tables of numbers in CSV; use points_file_read unless the format is known.
 */
#pragma once

#include "base/arena.h"
#include "data/points.h"

/** Reads a CSV file, as points_file_read describes it. */
enum status csv_read(const char *path, struct arena *arena, struct points *points,
                     struct error *error) CHECKED;
