/**
 * @file
 * Simulated runs, a line or an object each.
 */
#pragma once

#include "base/json.h"
#include "dispatch/simulate.h"

/** A table to standard output; nothing without simulations. */
void simulations_print(const struct simulation *simulations, size_t count);

/** Adds the array "simulations" to an object; nothing without simulations. */
enum status simulations_add_json(const struct simulation *simulations, size_t count,
                                 struct json_object *object, struct error *error) CHECKED;
