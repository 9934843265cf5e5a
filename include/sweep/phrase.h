/**
 * @file
 * How a parameter says what it takes, for messages and for `modsweep list`.
 */
#pragma once

#include "sweep/schema.h"

#include <stddef.h>

/** What a parameter takes: "an integer", "a number", "a, b or c", … */
const char *parameter_expects(const struct parameter *parameter, char *buffer, size_t size);

/** "from 0 to 1", "above 0", …, or "" when any value is allowed. */
const char *parameter_range(const struct parameter *parameter, char *buffer, size_t size);
