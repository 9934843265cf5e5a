/**
 * @file
 * Numbers of YAML.
 */
#pragma once

#include "parameter/node.h"

#include <stdint.h>

/** Reads a number. Refuses quotes, tags, NaN, infinities, and what a double cannot hold. */
enum status scalar_real(const char *key, const struct node *node, double *number,
                        struct error *error) CHECKED;

/** Reads an integer, as 1000000 or 1e6. */
enum status scalar_integer(const char *key, const struct node *node, int64_t *number,
                           struct error *error) CHECKED;

/** Refuses a tag, which would make an axis: STATUS_BAD_INPUT, with the place. */
enum status scalar_untagged(const char *key, const struct node *node, struct error *error) CHECKED;

/** Sets "place: KEY: expected EXPECTED, got TEXT"; returns STATUS_BAD_INPUT. */
enum status scalar_unexpected(const char *key, const struct node *node, const char *expected,
                              struct error *error);
