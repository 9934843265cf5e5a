/**
 * @file
 * Values of a table of means, as cells of a document.
 */
#pragma once

#include "aggregate/table.h"
#include "document/document.h"

/** How the means of a score are written, over all groups. */
struct number_format cells_format(const struct table *table, size_t score);

/** The column of a key. */
struct document_column cells_column(const struct table_key *key);

/** The group's value of a key; null where jobs have no such key. */
enum status cells_key(const struct table *table, const struct table_group *group, size_t key,
                      struct arena *arena, struct document_value *value,
                      struct error *error) CHECKED;

/** A mean over the group's jobs. */
struct document_value cells_mean(const struct table_group *group, size_t score,
                                 struct number_format format);

/** Appends what there is to say of the jobs of a table besides their number. */
enum status cells_remarks(const struct table *table, struct document *document,
                          struct error *error) CHECKED;
