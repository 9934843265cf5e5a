/**
 * @file
 * Names of output files by default. Names belong to the arena.
 */
#pragma once

#include "base/arena.h"
#include "sweep/shard.h"

/** "dir/quickstart.yaml" becomes "quickstart.h5", or "quickstart.shard-1-of-4.h5". */
enum status output_name(const char *sweep, const struct shard *shard, struct arena *arena,
                        const char **name, struct error *error) CHECKED;

/** "dir/results.h5" becomes "dir/results.svg" with the ending ".svg". */
enum status output_beside(const char *results, const char *ending, struct arena *arena,
                          const char **name, struct error *error) CHECKED;

/**
 * STATUS_BAD_INPUT when the output file is the results file itself, by whatever name. `what` is in
 * the message: "a picture".
 */
enum status output_check(const char *results, const char *output, const char *what,
                         struct error *error) CHECKED;
