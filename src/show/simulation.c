#include "show/simulation.h"

#include "show/duration.h"

#include <stdio.h>

static const double percent = 100.0;

void simulations_print(const struct simulation *simulations, size_t count) {
    if (count == 0) {
        return;
    }
    printf("\n%8s  %10s  %10s  %7s  %11s  %14s  %12s  %9s  %6s\n", "ranks", "time", "at least",
           "busy", "idlest rank", "bundles a rank", "longest wait", "answers/s", "rank 0");
    for (size_t k = 0; k < count; k++) {
        const struct simulation *own = &simulations[k];
        char texts[4][DURATION_BYTES];
        char bundles[DURATION_BYTES];
        (void)snprintf(bundles, sizeof bundles, "%lld to %lld", (long long)own->bundles_fewest,
                       (long long)own->bundles_most);
        printf("%8d  %10s  %10s  %5.1f %%  %11s  %14s  %12s  %9.0f  %4.1f %%\n", own->ranks,
               duration_figures(own->makespan, texts[0]), duration_figures(own->bound, texts[1]),
               percent * simulation_utilisation(own), duration_figures(own->idle_most, texts[2]),
               bundles, duration_figures(own->wait_most, texts[3]),
               own->makespan > 0.0 ? (double)own->answers / own->makespan : 0.0,
               percent * simulation_load(own));
    }
    puts("\nSimulated: 'busy' is the ranks' time in bundles, 'at least' what no order of the same\n"
         "bundles ends before, 'rank 0' the share of its time that goes into answers to others.");
}

static enum status simulation_fill(const struct simulation *own, struct json_object *object,
                                   struct error *error) {
    TRY(json_add_integer(object, "ranks", own->ranks, error));
    TRY(json_add_real(object, "seconds", own->makespan, error));
    TRY(json_add_real(object, "seconds_at_least", own->bound, error));
    TRY(json_add_real(object, "busy_seconds", own->busy, error));
    TRY(json_add_real(object, "utilisation", simulation_utilisation(own), error));
    TRY(json_add_real(object, "idle_seconds_most", own->idle_most, error));
    TRY(json_add_real(object, "wait_seconds_most", own->wait_most, error));
    TRY(json_add_integer(object, "bundles", own->bundles, error));
    TRY(json_add_integer(object, "bundles_fewest", own->bundles_fewest, error));
    TRY(json_add_integer(object, "bundles_most", own->bundles_most, error));
    TRY(json_add_integer(object, "answers", own->answers, error));
    return json_add_real(object, "load", simulation_load(own), error);
}

enum status simulations_add_json(const struct simulation *simulations, size_t count,
                                 struct json_object *object, struct error *error) {
    struct json_object *array;
    if (count == 0) {
        return STATUS_OK;
    }
    TRY(json_add_array(object, "simulations", &array, error));
    for (size_t k = 0; k < count; k++) {
        struct json_object *child;
        TRY(json_append_object(array, &child, error));
        TRY(simulation_fill(&simulations[k], child, error));
    }
    return STATUS_OK;
}
