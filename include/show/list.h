/**
 * @file
 * What a sweep may name, told from the tables: `modsweep list`.
 */
#pragma once

#include "base/error.h"

#include <stdbool.h>

/**
 * Prints to standard output. kind: "networks", "distributions", "solvers", "scores", "train",
 * "loss" or "sweep", NULL for the first four; name: one of the kind, NULL for all. json: as one
 * JSON object instead of a text. STATUS_BAD_INPUT, with the nearest name, for an unknown one.
 */
enum status list_show(const char *kind, const char *name, bool json, struct error *error) CHECKED;
