/**
 * @file
 * `modsweep status` as a document.
 */
#pragma once

#include "document/document.h"
#include "show/status.h"

/** Appends what the status says. It must outlive the document. */
enum status status_document(const struct status_report *report, struct document *document,
                            struct error *error) CHECKED;

/** Appends a table of the runs, which text leaves out. */
enum status status_runs(const struct status_report *report, struct document *document,
                        struct error *error) CHECKED;
