#include "dispatch/pace.h"

#include <math.h>

static const double shortest_nap = 20e-6;
static const double longest_nap = 2e-3; /* keeps an idle rank well under 5% of a core */
static const double poll = 1e-3;        /* as often as solvers call */

double pace_first_nap(void) {
    return shortest_nap;
}

double pace_next_nap(double nap) {
    return fmin(2.0 * nap, longest_nap);
}

double pace_seen(double since, double arrival) {
    double nap = shortest_nap;
    double look = since;
    while (look < arrival && nap < longest_nap) {
        look += nap;
        nap = pace_next_nap(nap);
    }
    return look < arrival ? look + ceil((arrival - look) / longest_nap) * longest_nap : look;
}

double pace_poll(void) {
    return poll;
}
