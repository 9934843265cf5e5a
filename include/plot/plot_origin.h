/**
 * @file
 * Values of a key over the cells of a plot, and the cells that have one of them. For the room show
 * only.
 */
#pragma once

#include "aggregate/table.h"

#include <stdbool.h>

/** The distinct values of a key as texts[*count], in the order of their first cells. Unless it is
 * NULL, numbers[group_count] says which of them each cell has. Texts belong to the arena. */
enum status plot_values(const struct table *table, size_t key, struct arena *arena,
                        const char ***texts, size_t *count, size_t *numbers,
                        struct error *error) CHECKED;

/** Sets joins[group_count]: whether a cell's value of a key is the one written, a number in any
 * spelling. STATUS_BAD_INPUT, with the nearest value, when no cell's is. */
enum status plot_origin_find(const struct table *table, size_t key, const char *written,
                             bool *joins, struct error *error) CHECKED;
