/**
 * @file
 * Time, for progress and for the seconds that a job took; no result depends on it.
 */
#pragma once

/** Seconds from some fixed point on; never goes backwards. */
double clock_seconds(void);

/** Seconds since 1970, UTC. */
double clock_of_day(void);

/** Sleeps for about that long, or until a signal. */
void clock_sleep(double seconds);
