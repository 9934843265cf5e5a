/**
 * @file
 * `modsweep table`: means as a document.
 */
#pragma once

#include "aggregate/table.h"
#include "document/document.h"

/** Appends the rows, one a group. The table must outlive the document. */
enum status table_rows(const struct table *table, struct document *document,
                       struct error *error) CHECKED;

/** Appends the rows, with what it says of all its jobs. */
enum status table_document(const struct table *table, struct document *document,
                           struct error *error) CHECKED;
