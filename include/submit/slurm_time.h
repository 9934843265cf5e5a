/**
 * @file
 * Times as SLURM writes them.
 */
#pragma once

#include "base/error.h"

enum { SLURM_TIME_BYTES = 32 };

/**
 * Seconds of "MINUTES", "MINUTES:SECONDS", "HOURS:MINUTES:SECONDS", "DAYS-HOURS",
 * "DAYS-HOURS:MINUTES" or "DAYS-HOURS:MINUTES:SECONDS"; infinity of "infinite" and "UNLIMITED".
 * STATUS_BAD_INPUT for anything else, and for 0.
 */
enum status slurm_time_parse(const char *text, double *seconds, struct error *error) CHECKED;

/** "HH:MM:SS" or "D-HH:MM:SS", in full seconds; returns the buffer. */
const char *slurm_time_text(double seconds, char buffer[static SLURM_TIME_BYTES]);
