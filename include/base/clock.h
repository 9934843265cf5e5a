/**
 * @file
 * Time, for progress and for the seconds that a job takes; no result depends on it.
 */
#pragma once

/** Seconds since some fixed moment; never decreases. */
double clock_seconds(void);

/** Seconds since 1970, UTC. */
double clock_of_day(void);

/** Sleeps for about so many seconds, or until a signal arrives. */
void clock_sleep(double seconds);
