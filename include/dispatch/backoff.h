/**
 * @file
 * How often ranks probe for messages. A waiting rank sleeps between probes, each time longer up to
 * a limit; rank 0 probes at a fixed interval. All times are seconds.
 */
#pragma once

/** A waiting rank's first sleep. */
extern const double backoff_first;

/** The sleep after one of `interval`. */
double backoff_next(double interval);

/** When a rank that waits since `since` sees a message that arrives at `arrival`. */
double backoff_receive_time(double since, double arrival);

/** Between two probes of rank 0, which trains meanwhile or waits for the last workers. */
extern const double backoff_poll_interval;
