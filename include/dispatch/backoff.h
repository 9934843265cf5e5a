/**
 * @file
 * How often ranks probe for messages. A waiting rank sleeps between probes, each time longer up to
 * a limit; rank 0 probes at a fixed interval. All times are seconds.
 */
#pragma once

/** A waiting rank's first sleep. */
double backoff_first(void);

/** The sleep after one of `interval`. */
double backoff_next(double interval);

/** When a rank that waits since `since` sees a message that arrives at `arrival`. */
double backoff_receive_time(double since, double arrival);

/** Between two probes of rank 0, which trains meanwhile or waits for the last workers. */
double backoff_poll_interval(void);
