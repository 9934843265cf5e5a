/**
 * @file
 * Where results go when nobody says so.
 */
#pragma once

#include "base/arena.h"
#include "sweep/shard.h"

/**
 * "dir/quickstart.yaml" becomes "quickstart.h5", or "quickstart.shard-1-of-4.h5", owned by the
 * arena; NULL with the error set when there is no memory.
 */
char *output_name(const char *sweep, const struct shard *shard, struct arena *arena,
                  struct error *error) CHECKED;

/** "dir/results.h5" becomes "dir/results.svg" with the ending ".svg"; ownership and errors
 * likewise.
 */
char *output_beside(const char *results, const char *ending, struct arena *arena,
                    struct error *error) CHECKED;
