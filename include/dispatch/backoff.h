/**
 * @file
 * How often ranks look for messages. Each nap of a waiting rank is longer than the one before, up
 * to a limit; rank 0 looks at a fixed pace. All times are seconds.
 */
#pragma once

/** The first nap of a rank that waits. */
double backoff_first(void);

/** The nap after one of `nap`. */
double backoff_next(double wait_once);

/** When a rank that waits since `since` sees a message that comes at `arrival`. */
double backoff_seen(double since, double arrival);

/** Between two looks of rank 0, which trains meanwhile or waits for the last workers. */
double backoff_poll_interval(void);
