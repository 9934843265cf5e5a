/**
 * @file
 * Choosing columns of a table.
 */
#pragma once

#include "base/arena.h"
#include "data/points.h"

/**
 * Keeps the columns that `text` lists, in its order: numbers from 1, ranges, and names from the
 * table's header, separated by commas ("1,3-5", "x,y"). `name` is the table's for messages.
 * STATUS_BAD_INPUT names a column that is not there, or is there twice. Memory belongs to the
 * arena.
 */
enum status points_select(const char *text, const char *name, struct arena *arena,
                          struct points *points, struct error *error) CHECKED;
