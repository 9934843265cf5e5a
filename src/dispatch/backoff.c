#include "dispatch/backoff.h"

#include <math.h>

static const double shortest_sleep = 20e-6;
static const double longest_sleep = 2e-3; /* keeps an idle rank well under 5% of a core */
static const double poll_interval = 1e-3; /* as often as solvers poll */

double backoff_first(void) {
    return shortest_sleep;
}

double backoff_next(double interval) {
    return fmin(2.0 * interval, longest_sleep);
}

double backoff_receive_time(double since, double arrival) {
    double interval = shortest_sleep;
    double probe = since;
    while (probe < arrival && interval < longest_sleep) {
        probe += interval;
        interval = backoff_next(interval);
    }
    return probe < arrival ? probe + ceil((arrival - probe) / longest_sleep) * longest_sleep
                           : probe;
}

double backoff_poll_interval(void) {
    return poll_interval;
}
