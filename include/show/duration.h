/**
 * @file
 * Durations and times of day as people read them.
 */
#pragma once

enum { DURATION_BYTES = 64 };

/** "0.25 s", "75 s", "12 min", "3 h 05 min", "2 days 4 h"; "–" for NaN. Returns the buffer. */
const char *duration_text(double seconds, char text[static DURATION_BYTES]);

/** "0.00854 s", "626 s", from 10 000 s on "3.502 h": for columns whose numbers are compared.
 * Returns the buffer. */
const char *duration_figures(double seconds, char text[static DURATION_BYTES]);

/** "0:12", "1:02:03", rounded to seconds, as clocks show it. Returns the buffer. */
const char *duration_clock(double seconds, char text[static DURATION_BYTES]);

/** "2026-03-01 10:00:00 UTC" of seconds since 1970. Returns the buffer. */
const char *duration_time_of_day(double seconds, char text[static DURATION_BYTES]);

/** "2026-03-01T10:00:00Z", likewise. */
const char *duration_iso_time(double seconds, char text[static DURATION_BYTES]);
