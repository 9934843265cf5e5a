/**
 * @file
 * The values that a key has over the cells of a plot.
 */
#pragma once

#include "aggregate/table.h"

#include <stdbool.h>

/** The distinct values of a key as texts[*count], in the order of their first cells.
 * numbers[group_count], unless NULL, says which of them each cell has. Texts belong to the arena.
 */
enum status plot_values_list(const struct table *table, size_t key, struct arena *arena,
                             const char ***texts, size_t *count, size_t *numbers,
                             struct error *error) CHECKED;

/** How many pairs of values two keys have; for twice the same key, how many values. The arena holds
 * intermediate results. */
enum status plot_values_count(const struct table *table, size_t first, size_t second,
                              struct arena *arena, size_t *count, struct error *error) CHECKED;

/** Sets cells[group_count]: whether a cell's value of a key is the one written, a number in any
 * spelling. STATUS_BAD_INPUT, with the nearest value, when no cell's is. */
enum status plot_values_find(const struct table *table, size_t key, const char *written,
                             bool *cells, struct error *error) CHECKED;
