#include "solver/optimise.h"

#include "solver/costs.h"
#include "solver/evaluate.h"

#include <math.h>

static void optimise_mark_diverged(struct trained *result) {
    *result =
        (struct trained){.diverged = true, .loss = {NAN, NAN, NAN, NAN, NAN, NAN}, .gradient = NAN};
    for (size_t k = 0; k < HISTORY_POINTS; k++) {
        result->history[k] = NAN;
    }
}

static enum status optimise_lane(const struct network_shape *shape, const struct lane *lane,
                                 struct arena *arena, struct trained *result, struct error *error) {
    size_t samples = lane->data->size.samples;
    double *exact;
    double *latents;
    double *outputs;
    float *weights;
    TRY(ARENA_NEW(arena, exact, shape->parameter_count, error));
    TRY(ARENA_NEW(arena, weights, shape->parameter_count, error));
    TRY(ARENA_NEW(arena, latents, samples * shape->latents, error));
    TRY(ARENA_NEW(arena, outputs, samples * shape->outputs, error));
    const struct loss_settings *loss = &lane->job->loss;
    struct costs costs = costs_of_loss(loss, shape->outputs);
    enum status status = lane->job->network->optimal(shape, lane->data, &costs,
                                                     costs_threshold(loss, shape->outputs), arena,
                                                     exact, latents, outputs, error);
    if (status == STATUS_BAD_INPUT) { /* data without an optimum get a row, and the run continues */
        optimise_mark_diverged(result);
        return STATUS_OK;
    }
    TRY(status);
    for (size_t k = 0; k < shape->parameter_count; k++) {
        weights[k] = (float)exact[k];
    }
    *result = (struct trained){.weights = weights, .latents = latents, .gradient = NAN};
    result->loss = evaluate_loss(shape, lane, exact, latents, outputs);
    for (size_t k = 0; k < HISTORY_POINTS; k++) {
        result->history[k] = (float)result->loss.total;
    }
    return STATUS_OK;
}

enum status optimise_bundle(const struct network_shape *shape, const struct lane *lanes,
                            size_t count, const struct poll *poll, struct arena *arena,
                            struct trained *trained, struct error *error) {
    for (size_t k = 0; k < count; k++) {
        TRY(optimise_lane(shape, &lanes[k], arena, &trained[k], error));
        if (poll->call(poll->context, (double)NAN) == ACTION_STOP && k + 1 < count) {
            return poll_stopped(error);
        }
    }
    return STATUS_OK;
}
