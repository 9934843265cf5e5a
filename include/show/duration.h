/**
 * @file
 * Durations and times of day as people read them.
 */
#pragma once

enum { DURATION_BYTES = 64 };

/** "0.25 s", "75 s", "12 min", "3 h 05 min", "2 days 4 h"; "–" for NaN. Returns the buffer. */
const char *duration_text(double seconds, char text[static DURATION_BYTES]);

/** "2026-03-01 10:00:00 UTC" of seconds since 1970. Returns the buffer. */
const char *duration_time_of_day(double seconds, char text[static DURATION_BYTES]);

/** "2026-03-01T10:00:00Z", likewise. */
const char *duration_iso_time(double seconds, char text[static DURATION_BYTES]);
