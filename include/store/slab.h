/**
 * @file
 * Going through the rows of a file slab by slab, so that memory stays bounded:
 * for (struct slab slab = slab_first(rows, SLAB_ROWS); slab.count > 0; slab_next(&slab)) …
 */
#pragma once

#include <stdint.h>

/** Rows of one number each that are read or written together. */
enum { SLAB_ROWS = 1 << 14 };

/** Rows first … first+count−1 of `rows`; count is 0 after the last. */
struct slab {
    int64_t first, count, room, rows;
};

/** The first `room` (1 or more) of `rows` rows, or all. */
struct slab slab_first(int64_t rows, int64_t room);

/** Moves on by `room` rows. */
void slab_next(struct slab *slab);
