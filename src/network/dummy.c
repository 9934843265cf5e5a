/*
 * Trains nothing, so that dispatch can be measured and failures rehearsed without training.
 */
#include "base/clock.h"
#include "network/network.h"

#include <math.h>
#include <stdlib.h>

enum fault { FAULT_NONE, FAULT_ABORT };

struct dummy_settings {
    double seconds;
    int fault;
};

static const char *const faults[] = {[FAULT_NONE] = "none", [FAULT_ABORT] = "abort", NULL};

static const struct parameter parameters[] = {
    {.type = PARAMETER_REAL,
     PARAMETER_FIELD(struct dummy_settings, seconds),
     .unit = "s",
     PARAMETER_RANGE(0, 86400),
     .fallback = "0",
     .flags = PARAMETER_SHAPES, /* costs differ, so that the longest can come first */
     .help = "time that the job takes, sleeping"},
    {.type = PARAMETER_CHOICE,
     PARAMETER_FIELD(struct dummy_settings, fault),
     .fallback = "none",
     .choices = faults,
     .help = "what fails: nothing, or the process aborts"},
};

static enum status dummy_shape(const void *settings, const struct dataset_size *data,
                               struct network_shape *result, struct error *error) {
    (void)settings;
    (void)data;
    (void)error;
    *result = (struct network_shape){0};
    return STATUS_OK;
}

static enum status dummy_perform(const void *settings, const struct poll *poll,
                                 struct error *error) {
    static const double longest_wait = 1e-3; /* seconds between two polls */
    const struct dummy_settings *own = settings;
    if (own->fault == FAULT_ABORT) {
        abort();
    }
    if (own->seconds == 0.0) {
        return STATUS_OK;
    }
    double end = clock_seconds() + own->seconds;
    double left = own->seconds;
    while (left > 0.0) {
        clock_sleep(fmin(left, longest_wait));
        left = end - clock_seconds();
        if (poll->call(poll->context, fmax(left, 0.0)) == ACTION_STOP) {
            return poll_stopped(error);
        }
    }
    return STATUS_OK;
}

static double dummy_cost(const void *settings) {
    return ((const struct dummy_settings *)settings)->seconds;
}

const struct network dummy_network = {
    .component = {.name = "dummy",
                  .help = "trains nothing, for measuring dispatch",
                  COMPONENT_PARAMETERS(parameters),
                  .settings_size = sizeof(struct dummy_settings)},
    .shape = dummy_shape,
    .perform = dummy_perform,
    .cost = dummy_cost,
};
