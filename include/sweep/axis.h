/**
 * @file
 * The tags that turn one value of a sweep into an axis: !grid, !linspace, !logspace, !range, !zip
 * and !uniform.
 */
#pragma once

#include "parameter/node.h"
#include "parameter/value.h"

#include <stdbool.h>
#include <stdint.h>

enum axis_kind { AXIS_NONE, AXIS_LIST, AXIS_LINSPACE, AXIS_LOGSPACE, AXIS_RANGE, AXIS_UNIFORM };

/** An axis before the type of its key is known. */
struct axis {
    enum axis_kind kind; /**< AXIS_NONE: a single value */
    const struct node *node;
    const char *group; /**< axes of one group advance together; NULL: a dimension of its own */
    size_t length;
    double first, last; /**< the end values; low and high of !uniform */
    double step;        /**< of !range */
};

/**
 * Reads the tag of a key's value. `samples` is the sweep's `samples`, 0 when not given.
 * STATUS_BAD_INPUT, with the place, for an unknown tag, wrong or missing numbers, no values, and
 * more than 10^7 values.
 */
enum status axis_read(const char *key, const struct node *node, int64_t samples, struct axis *axis,
                      struct error *error) CHECKED;

/**
 * Fills values[length] with the axis as values of a parameter. Inner values of !linspace, !logspace
 * and !range are rounded to 15 significant digits, as a person would write them. Value i of
 * !uniform is draw i of the stream RANDOM_AXIS of (seed, key), whatever the length.
 * STATUS_BAD_INPUT, with the place, as value_read.
 */
enum status axis_values(const struct axis *axis, struct value_reader *reader,
                        const struct parameter *parameter, const char *key, int64_t seed,
                        struct value *values, struct error *error) CHECKED;

/** Where value i of the axis is written: an element of a list, else the axis itself. */
const struct node *axis_place(const struct axis *axis, size_t i);
