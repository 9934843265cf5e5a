/**
 * @file
 * What a submission asks for, whether it was sent, and how to watch it.
 */
#pragma once

#include "document/document.h"
#include "submit/sbatch.h"
#include "submit/submission.h"

/**
 * Appends all that to a document, whose margin it sets. `sent` is NULL when the script was only
 * shown; programs then get its text.
 */
enum status submission_document(const struct submission *submission, const struct sbatch_jobs *sent,
                                const char *script, struct document *document,
                                struct error *error) CHECKED;
