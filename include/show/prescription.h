/**
 * @file
 * What would change whether data are modular.
 */
#pragma once

#include "document/document.h"
#include "theory/additions.h"
#include "theory/removals.h"

/** A prescription for one table of points; nothing is owned. */
struct prescription {
    size_t sources;
    const char *const *names;   /**< [sources] */
    const double *points;       /**< [samples][sources] as given to the theory */
    const size_t *rows;         /**< [samples], the row of each in the table, from 0 */
    struct additions additions; /**< for mixed data */
    struct removals removals;   /**< for modular data */
};

/** Appends an object "prescription". The prescription must outlive the document. */
enum status prescription_document(const struct prescription *prescription,
                                  struct document *document, struct error *error) CHECKED;
