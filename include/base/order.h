/**
 * @file
 * Sorting numbers together with what belongs to them.
 */
#pragma once

#include "base/arena.h"

#include <stddef.h>
#include <stdint.h>

/**
 * Sorts values[count] into ascending order and takes the numbers in carried[count] along. Equal
 * values (−0 and 0 among them) stay in the order they came in. Scratch memory comes from the arena.
 */
enum status order_reals(double *values, uint32_t *carried, size_t count, struct arena *arena,
                        struct error *error) CHECKED;
