/**
 * @file
 * Where results go when nobody says so.
 */
#pragma once

#include "base/arena.h"

/**
 * "dir/quickstart.yaml" becomes "quickstart.h5", owned by the arena; NULL with the error set when
 * there is no memory.
 */
char *output_name(const char *sweep, struct arena *arena, struct error *error) CHECKED;
