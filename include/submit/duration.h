/**
 * @file
 * Times as SLURM writes them.
 */
#pragma once

#include "base/error.h"

enum { DURATION_BYTES = 32 };

/**
 * Seconds of "MINUTES", "MINUTES:SECONDS", "HOURS:MINUTES:SECONDS", "DAYS-HOURS",
 * "DAYS-HOURS:MINUTES" or "DAYS-HOURS:MINUTES:SECONDS"; infinity of "infinite" and "UNLIMITED".
 * STATUS_BAD_INPUT when it is none of these, or not above 0.
 */
enum status duration_parse(const char *text, double *seconds, struct error *error) CHECKED;

/** "HH:MM:SS" or "D-HH:MM:SS", in full seconds; returns the buffer. */
const char *duration_text(double seconds, char buffer[static DURATION_BYTES]);
