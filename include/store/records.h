/**
 * @file
 * Rows of a file as records of a layout that may be another: of an older or wider grid. Serial.
 */
#pragma once

#include "store/reader.h"

/**
 * Whether records of `layout` can be filled from this file: it has every variable that is not
 * optional, of the same type and number of dimensions. STATUS_BAD_INPUT, saying why, if not.
 */
enum status records_cover(const struct results_reader *reader, const struct results_layout *layout,
                          struct error *error) CHECKED;

/** Bytes of one row of the widest variable, at least of a number. */
size_t records_widest(const struct results_layout *layout);

/**
 * Reads rows first … first+count−1 into records[count] of `layout`, which the file covers. Shorter
 * dimensions are padded as by layout_clear; what is longer in the file is padding there. scratch
 * has room for `count` rows of the file's widest variable.
 */
enum status records_read(const struct results_reader *reader, const struct results_layout *layout,
                         int64_t first, int64_t count, void *scratch, void *records,
                         struct error *error) CHECKED;
