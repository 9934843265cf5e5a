/**
 * @file
 * What would change whether data are modular, for people and for programs.
 */
#pragma once

#include "base/json.h"
#include "theory/additions.h"
#include "theory/removals.h"

/** A prescription for one table of points; nothing is owned. */
struct prescription {
    size_t sources;
    const char *const *names;   /**< [sources], or NULL */
    const double *points;       /**< [samples][sources] as given to the theory */
    const size_t *rows;         /**< [samples], where each stands in the table, from 0 */
    struct additions additions; /**< for mixed data */
    struct removals removals;   /**< for modular data */
};

/** Prints it to standard output. */
void prescription_print(const struct prescription *prescription);

/** Adds an object "prescription" to the parent. */
enum status prescription_fill_json(const struct prescription *prescription,
                                   struct json_object *parent, struct error *error) CHECKED;
