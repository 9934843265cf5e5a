/**
 * @file
 * Numbers in YAML.
 */
#pragma once

#include "parameter/node.h"

#include <stdint.h>

/** A number from plain YAML; refuses NaN, infinities, and what a double cannot hold. */
enum status scalar_real(const char *key, const struct node *node, double *number,
                        struct error *error) CHECKED;

/** An integer from plain YAML; 1e6 is one too. */
enum status scalar_integer(const char *key, const struct node *node, int64_t *number,
                           struct error *error) CHECKED;

/** Sets "place: KEY: expected EXPECTED, got what is there"; returns STATUS_BAD_INPUT. */
enum status scalar_unexpected(const char *key, const struct node *node, const char *expected,
                              struct error *error);
