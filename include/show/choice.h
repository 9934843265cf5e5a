/**
 * @file
 * Which columns a table shows. For the room show only.
 */
#pragma once

#include "show/table.h"

/** Fills the table's keys and scores from the request or the defaults. STATUS_BAD_INPUT names an
 * unknown one and the nearest. */
enum status table_choose(const struct results_reader *reader, const struct table_request *request,
                         struct table *table, struct error *error) CHECKED;
