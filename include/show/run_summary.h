/**
 * @file
 * What `modsweep run` says when it ends.
 */
#pragma once

#include "dispatch/run_request.h"
#include "document/document.h"

/** Appends what a run did and what it left in the results file `output`. STATUS_NO_MEMORY. */
enum status run_summary_document(const struct run_summary *summary, const char *output,
                                 struct document *document, struct error *error) CHECKED;
