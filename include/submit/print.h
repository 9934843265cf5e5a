/**
 * @file
 * What a submission asks for, what became of it, and how to watch it.
 */
#pragma once

#include "submit/submission.h"

#include <stdio.h>

/** For people. `sent` is NULL when the script was only shown. */
enum status submission_print(FILE *file, const struct submission *submission,
                             const struct submission_sent *sent, struct error *error) CHECKED;

/** As JSON, to standard output, with the script when it was only shown. */
enum status submission_print_json(const struct submission *submission,
                                  const struct submission_sent *sent, const char *script,
                                  struct error *error) CHECKED;
