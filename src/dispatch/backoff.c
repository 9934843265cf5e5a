#include "dispatch/backoff.h"

#include <math.h>

static const double shortest_wait = 20e-6;
static const double longest_wait = 2e-3; /* keeps an idle rank well under 5% of a core */
static const double poll = 1e-3;         /* as often as solvers call */

double backoff_first(void) {
    return shortest_wait;
}

double backoff_next(double wait_once) {
    return fmin(2.0 * wait_once, longest_wait);
}

double backoff_seen(double since, double arrival) {
    double wait_once = shortest_wait;
    double look = since;
    while (look < arrival && wait_once < longest_wait) {
        look += wait_once;
        wait_once = backoff_next(wait_once);
    }
    return look < arrival ? look + ceil((arrival - look) / longest_wait) * longest_wait : look;
}

double backoff_poll_interval(void) {
    return poll;
}
