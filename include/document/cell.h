/**
 * @file
 * Cells of tables, as the writers of documents need them.
 */
#pragma once

#include "document/document.h"

/** How many columns of a table are for people. */
size_t cell_columns_shown(const struct document_table *table);

/** The heading of a column with its unit, "NAME [UNIT]". */
enum status cell_heading(const struct document_column *column, struct arena *arena,
                         const char **heading, struct error *error) CHECKED;

/** What people read of a value; "" where it is absent. Of a mean: without the deviation. */
enum status cell_text(const struct document_value *value, const char *format, struct arena *arena,
                      const char **text, struct error *error) CHECKED;

/** Makes the cells of a row; empties the arena first. */
enum status cell_row(const struct document_table *table, size_t row, struct document_value *cells,
                     struct arena *arena, struct error *error) CHECKED;
