#include "solver/stopping.h"

#include <math.h>

enum status stopping_make(const struct training *training, struct arena *arena,
                          struct stopping *stopping, struct error *error) {
    *stopping = (struct stopping){0};
    TRY(ARENA_NEW(arena, stopping->last_loss, training->bundle.count, error));
    for (size_t lane = 0; lane < training->bundle.count; lane++) {
        stopping->last_loss[lane] = NAN;
    }
    return STATUS_OK;
}

static bool stopping_is_flat(const struct train_settings *settings, double loss, double last_loss,
                             double gradient_norm) {
    return fabs(loss - last_loss) <= settings->stop_loss * fabs(loss) &&
           gradient_norm <= settings->stop_gradient;
}

/* The present weights may be better than all before, which the step's own loss would note only
 * later. */
static bool stopping_is_kept(const struct training *training, size_t lane) {
    return training->settings->keep == KEEP_LAST ||
           training->whole_loss[lane] < (double)training->best_loss[lane];
}

bool stopping_check(struct stopping *stopping, struct training *training, int64_t step,
                    struct trained *trained) {
    const struct bundle *bundle = &training->bundle;
    int64_t every = training->settings->stop_every;
    bool now = false;
    if (every == 0 || step % every != 0) {
        return false;
    }
    training_measure(training);
    for (size_t lane = 0; lane < bundle->count; lane++) {
        double loss = training->whole_loss[lane];
        bool stops = !trained[lane].stopped && !trained[lane].diverged &&
                     stopping_is_flat(&bundle->lanes[lane].job->train, loss,
                                      stopping->last_loss[lane], training->gradient_norm[lane]);
        training->chosen[lane] = stops && stopping_is_kept(training, lane) ? 1.0f : 0.0f;
        stopping->last_loss[lane] = loss;
        trained[lane].steps = stops ? step : trained[lane].steps;
        trained[lane].stopped = trained[lane].stopped || stops;
        now = now || stops;
    }
    if (now) {
        bundle->kernel->copy_lanes(bundle->shape.parameter_count, training->chosen, bundle->weights,
                                   bundle->best);
    }
    stopping->any = stopping->any || now;
    return now;
}
