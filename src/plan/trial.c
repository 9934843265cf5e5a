#include "plan/trial.h"

#include "base/clock.h"
#include "solver/lane.h"

enum status trial_prepare(const struct sweep *sweep, const struct plan_bundle *bundle,
                          struct trial *trial, struct error *error) {
    *trial = (struct trial){.count = (size_t)bundle->count};
    for (size_t k = 0; k < trial->count; k++) {
        sweep_job(sweep, bundle->jobs[k], &trial->jobs[k]);
        TRY(lane_prepare(&trial->jobs[k], &trial->arena, &trial->data[k], &trial->shape,
                         &trial->lanes[k], error));
    }
    trial->kernel = bundle_kernel(&trial->shape, &trial->lanes[0]);
    return STATUS_OK;
}

enum status trial_time(struct trial *trial, int64_t steps, double *seconds, struct error *error) {
    const struct poll poll = {poll_continue, NULL, NULL};
    SCOPED(arena_free) struct arena arena = {0};
    size_t lanes = trial->kernel->lanes;
    double start = clock_seconds();
    for (size_t k = 0; k < trial->count; k++) {
        trial->jobs[k].train.steps = steps;
    }
    for (size_t k = 0; k < trial->count; k += lanes) {
        size_t left = trial->count - k;
        TRY(train_bundle(trial->kernel, &trial->shape, trial->lanes + k,
                         left < lanes ? left : lanes, &poll, &arena, trial->trained + k, error));
    }
    *seconds = clock_seconds() - start;
    return STATUS_OK;
}

void trial_free(struct trial *trial) {
    arena_free(&trial->arena);
}
