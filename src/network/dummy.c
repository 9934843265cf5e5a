/*
 * Trains nothing: lets dispatch be measured without training, and failures be rehearsed.
 */
#include "network/network.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <time.h>

enum fault { FAULT_NONE, FAULT_ABORT };

struct dummy_settings {
    double seconds;
    int fault;
};

static const char *const faults[] = {[FAULT_NONE] = "none", [FAULT_ABORT] = "abort", NULL};

static const struct parameter parameters[] = {
    {.name = "seconds",
     .type = PARAMETER_REAL,
     .offset = offsetof(struct dummy_settings, seconds),
     .unit = "s",
     .minimum = 0,
     .maximum = 86400,
     .fallback = "0",
     .help = "time that the job takes, asleep"},
    {.name = "fault",
     .type = PARAMETER_CHOICE,
     .offset = offsetof(struct dummy_settings, fault),
     .unit = "",
     .fallback = "none",
     .choices = faults,
     .help = "what goes wrong: nothing, or the process aborts"},
};

static enum status shape(const void *settings, const struct dataset_size *data,
                         struct network_shape *result, struct error *error) {
    (void)settings;
    (void)data;
    (void)error;
    *result = (struct network_shape){0};
    return STATUS_OK;
}

static double now(void) {
    struct timespec time;
    (void)clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}

static enum status perform(const void *settings, void (*poll)(void *context), void *context,
                           struct error *error) {
    static const double longest_nap = 1e-3; /* seconds between two polls */
    const struct dummy_settings *own = settings;
    if (own->fault == FAULT_ABORT) {
        abort();
    }
    double end = own->seconds > 0.0 ? now() + own->seconds : 0.0;
    double left = own->seconds;
    while (left > 0.0) {
        double nap = fmin(left, longest_nap);
        struct timespec time = {0, (long)(nap * 1e9)};
        if (nanosleep(&time, NULL) != 0 && errno != EINTR) {
            return error_set(error, STATUS_SYSTEM, "the clock refuses to sleep %g s", nap);
        }
        poll(context);
        left = end - now();
    }
    return STATUS_OK;
}

static double cost(const void *settings) {
    return ((const struct dummy_settings *)settings)->seconds;
}

extern const struct network network_dummy;

const struct network network_dummy = {
    .component = {.name = "dummy",
                  .help = "trains nothing, for measuring dispatch",
                  .parameters = parameters,
                  .parameter_count = sizeof parameters / sizeof parameters[0],
                  .settings_size = sizeof(struct dummy_settings)},
    .trains = false,
    .shape = shape,
    .perform = perform,
    .cost = cost,
};
