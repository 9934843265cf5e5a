#include "solver/train.h"

#include "base/clock.h"
#include "kernel/denormals.h"
#include "solver/evaluate.h"
#include "solver/optimise.h"
#include "solver/snapshot.h"
#include "solver/update.h"

#include <math.h>
#include <string.h>

/* About a millisecond of one core. */
static const double flops_between_polls = 5e7;

static void train_keep_best(struct training *training, const struct trained *trained) {
    const struct bundle *bundle = &training->bundle;
    bool any = false;
    for (size_t lane = 0; lane < bundle->count; lane++) {
        bool better = !trained[lane].stopped && training->loss[lane] < training->best_loss[lane];
        training->chosen[lane] = better ? 1.0f : 0.0f;
        training->best_loss[lane] = better ? training->loss[lane] : training->best_loss[lane];
        any = any || better;
    }
    if (any) {
        bundle->kernel->copy_lanes(bundle->shape.parameter_count, training->chosen, bundle->weights,
                                   bundle->best);
    }
}

/* The step of history point `point`: the last one at or before its share of the steps. */
static int64_t train_history_step(int64_t point, int64_t steps) {
    const int64_t intervals = HISTORY_POINTS - 1;
    return steps / intervals * point + steps % intervals * point / intervals;
}

static void train_fill_history(struct trained *result, int64_t point, float loss) {
    for (int64_t k = point; k < HISTORY_POINTS; k++) {
        result->history[k] = loss;
    }
}

/* Records losses in the history from `point` on, and lanes that have just diverged. Whether any
 * lane continues. */
static bool train_note_losses(const struct training *training, int64_t step, int64_t point,
                              struct trained *trained) {
    bool alive = false;
    for (size_t lane = 0; lane < training->bundle.count; lane++) {
        struct trained *result = &trained[lane];
        if (result->diverged || result->stopped) {
            continue;
        }
        result->steps = step;
        result->diverged = !isfinite(training->loss[lane]);
        alive = alive || !result->diverged;
        /* Padded samples of weight 0 can turn an infinite loss into NaN: both are recorded as NaN.
         */
        train_fill_history(result, point, result->diverged ? NAN : training->loss[lane]);
    }
    return alive;
}

/* Stops converged lanes, whose history keeps their last loss. Whether any stops. */
static bool train_stop_converged(struct training *training, struct stopping *stopping, int64_t step,
                                 int64_t point, struct trained *trained) {
    if (!stopping_check(stopping, training, step, trained)) {
        return false;
    }
    for (size_t lane = 0; lane < training->bundle.count; lane++) {
        if (trained[lane].stopped && trained[lane].steps == step) {
            train_fill_history(&trained[lane], point, (float)training->whole_loss[lane]);
        }
    }
    return true;
}

/* Computes the loss of a step and records it where the history has a point; whether to continue. */
static bool train_begin_step(struct training *training, struct stopping *stopping, int64_t step,
                             int64_t *point, struct trained *trained) {
    int64_t steps = training->settings->steps;
    bool stops = step < steps && train_stop_converged(training, stopping, step, *point, trained);
    bool finite = training_loss(training);
    bool goes_on = stops || !finite || step >= train_history_step(*point, steps)
                       ? train_note_losses(training, step, *point, trained)
                       : true;
    while (*point < HISTORY_POINTS && train_history_step(*point, steps) <= step) {
        (*point)++;
    }
    return goes_on;
}

/* One call of train_bundle. */
struct train_run {
    struct training training;
    struct stopping stopping;
    struct train_place place;
    struct trained *trained;
    struct snapshot snapshot;
    struct arena *arena;
    int64_t first_step;
    double started; /* clock_seconds */
};

/* Extrapolates from the steps so far. */
static double train_seconds_left(const struct train_run *run) {
    double seconds = clock_seconds() - run->started;
    int64_t left = run->training.settings->steps - run->place.step;
    return seconds * (double)left / (double)(run->place.step - run->first_step);
}

/* Asks, between two steps, whether to continue. */
static enum status train_ask(struct train_run *run, const struct poll *poll, struct error *error) {
    enum poll_action action = poll->call(poll->context, train_seconds_left(run));
    if (action != ACTION_CONTINUE && poll->checkpoint != NULL) {
        TRY(snapshot_take(&run->training, &run->stopping, run->place, run->trained, run->arena,
                          &run->snapshot, error));
        TRY(poll->checkpoint(poll->context, &run->snapshot, error));
    }
    return action == ACTION_STOP ? poll_stopped(error) : STATUS_OK;
}

static enum status train_run_steps(struct train_run *run, const struct poll *poll,
                                   struct error *error) {
    struct training *training = &run->training;
    const struct bundle *bundle = &training->bundle;
    double flops =
        network_step_flops(&bundle->shape, bundle->samples) * (double)bundle->kernel->lanes;
    int64_t between_polls = 1 + (int64_t)(flops_between_polls / flops);
    struct train_place *place = &run->place;
    while (train_begin_step(training, &run->stopping, place->step, &place->point, run->trained)) {
        if (training->settings->keep == KEEP_BEST) {
            train_keep_best(training, run->trained);
        }
        if (place->step == training->settings->steps) {
            break;
        }
        training_update(training, place->step++);
        if (place->step % between_polls == 0) {
            TRY(train_ask(run, poll, error));
        }
    }
    return STATUS_OK;
}

/* The weights that each lane keeps become those of the bundle. */
static void train_restore_kept(struct training *training, const struct stopping *stopping,
                               const struct trained *trained) {
    const struct bundle *bundle = &training->bundle;
    bool best = training->settings->keep == KEEP_BEST;
    if (!best && !stopping->any) {
        return;
    }
    for (size_t lane = 0; lane < bundle->count; lane++) {
        training->chosen[lane] = best || trained[lane].stopped ? 1.0f : 0.0f;
    }
    bundle->kernel->copy_lanes(bundle->shape.parameter_count, training->chosen, bundle->best,
                               bundle->weights);
}

static void train_note_gradients(struct training *training, struct trained *trained) {
    training_measure(training);
    for (size_t lane = 0; lane < training->bundle.count; lane++) {
        trained[lane].gradient = training->gradient_norm[lane];
    }
}

static enum status train_begin(struct train_run *run, const struct kernel *kernel,
                               const struct network_shape *shape, const struct lane *lanes,
                               size_t count, struct error *error) {
    struct training *training = &run->training;
    TRY(training_make(kernel, shape, lanes, count, run->arena, training, error));
    TRY(stopping_make(training, run->arena, &run->stopping, error));
    memset(run->trained, 0, count * sizeof *run->trained);
    TRY(snapshot_restore(training, &run->stopping, &run->place, run->trained, error));
    run->first_step = run->place.step;
    run->started = clock_seconds();
    return STATUS_OK;
}

static enum status train_without_denormals(struct train_run *run, const struct poll *poll,
                                           struct error *error) {
    SCOPED(denormals_restore) uint64_t saved = denormals_to_zero();
    TRY(train_run_steps(run, poll, error));
    train_restore_kept(&run->training, &run->stopping, run->trained);
    train_note_gradients(&run->training, run->trained);
    return STATUS_OK;
}

enum status train_bundle(const struct kernel *kernel, const struct network_shape *shape,
                         const struct lane *lanes, size_t count, const struct poll *poll,
                         struct arena *arena, struct trained *trained, struct error *error) {
    struct train_run run = {.trained = trained, .arena = arena};
    if (lanes[0].job->solver->exact) {
        return optimise_bundle(shape, lanes, count, poll, arena, trained, error);
    }
    TRY(train_begin(&run, kernel, shape, lanes, count, error));
    TRY(train_without_denormals(&run, poll, error));
    return evaluate_bundle(&run.training.bundle, arena, trained, error);
}
