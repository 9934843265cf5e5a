/**
 * @file
 * Warnings about a submission, of what a user may not expect.
 */
#pragma once

#include "submit/schedule.h"
#include "submit/submission.h"

/** Adds a warning for each such point of the schedule, which is made already. STATUS_NO_MEMORY. */
enum status warnings_of_schedule(struct submission *submission,
                                 const struct schedule_request *request, struct arena *arena,
                                 struct error *error) CHECKED;
