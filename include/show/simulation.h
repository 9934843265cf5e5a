/**
 * @file
 * Simulated runs.
 */
#pragma once

#include "dispatch/simulate.h"
#include "document/document.h"

/** Appends a table, a row each; nothing without simulations. */
enum status simulations_document(const struct simulation *simulations, size_t count,
                                 struct document *document, struct error *error) CHECKED;
