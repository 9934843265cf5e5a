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
