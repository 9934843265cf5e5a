#include "dispatch/backoff.h"

#include <math.h>

const double backoff_first = 20e-6;
static const double longest_sleep = 2e-3;  /* keeps an idle rank well under 5% of a core */
const double backoff_poll_interval = 1e-3; /* as often as solvers poll */

double backoff_next(double interval) {
    return fmin(2.0 * interval, longest_sleep);
}

double backoff_receive_time(double since, double arrival) {
    double interval = backoff_first;
    double probe = since;
    while (probe < arrival && interval < longest_sleep) {
        probe += interval;
        interval = backoff_next(interval);
    }
    return probe < arrival ? probe + ceil((arrival - probe) / longest_sleep) * longest_sleep
                           : probe;
}
