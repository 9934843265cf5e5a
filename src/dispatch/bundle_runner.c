#include "dispatch/bundle_runner.h"

#include "base/clock.h"
#include "score/score.h"
#include "solver/lane.h"

#include <math.h>
#include <string.h>

/* A bundle in hand. */
struct batch {
    size_t count;
    struct job *jobs;
    struct dataset *data;
    struct lane *lanes;
    struct trained *trained;
    struct network_shape shape;
};

static enum status bundle_runner_batch_make(struct bundle_runner *runner, const int64_t *indices,
                                            size_t count, struct batch *batch,
                                            struct error *error) {
    struct arena *arena = &runner->arena;
    batch->count = count;
    TRY(ARENA_NEW(arena, batch->jobs, count, error));
    TRY(ARENA_NEW(arena, batch->data, count, error));
    TRY(ARENA_NEW(arena, batch->lanes, count, error));
    TRY(ARENA_NEW(arena, batch->trained, count, error));
    for (size_t k = 0; k < count; k++) {
        sweep_job(runner->sweep, indices[k], &batch->jobs[k]);
    }
    return STATUS_OK;
}

static enum status bundle_runner_score_lane(struct bundle_runner *runner, const struct batch *batch,
                                            size_t k, void *record, struct error *error) {
    const struct sweep *sweep = runner->sweep;
    struct arena *arena = &runner->scoring;
    const struct dataset *data = &batch->data[k];
    struct job_outcome outcome = {
        .shape = &batch->shape, .data = data, .trained = &batch->trained[k]};
    if (!batch->trained[k].diverged) {
        struct score_input input = {
            .samples = data->size.samples,
            .sources = data->size.sources,
            .latents = batch->shape.latents,
            .source = data->sources,
            .latent = batch->trained[k].latents,
            .weights = data->weights,
            .frequencies = data->frequencies,
            .time_step = data->time_step,
            .loss = &batch->jobs[k].loss,
            .scoring = &batch->jobs[k].scoring,
            .hash = batch->jobs[k].hash,
            .trained_loss =
                batch->jobs[k].network->optimal == NULL ? NAN : batch->trained[k].loss.total,
        };
        double *values;
        const double **matrices;
        arena_reset(arena);
        TRY(ARENA_NEW(arena, values, sweep->score_count, error));
        TRY(ARENA_NEW(arena, matrices, sweep->score_count, error));
        TRY(score_all(sweep->scores, sweep->score_count, &input, arena, values, matrices, error));
        outcome.scores = values;
        outcome.matrices = matrices;
    }
    record_fill(runner->map, &outcome, record);
    return STATUS_OK;
}

static void *bundle_runner_record_of(const struct bundle_runner *runner, void *records, size_t k) {
    return (unsigned char *)records + k * runner->map->layout.record_bytes;
}

/* Draws data and weights; there is nothing to keep yet. */
static enum status bundle_runner_prepare(struct bundle_runner *runner, struct batch *batch,
                                         struct error *error) {
    for (size_t k = 0; k < batch->count; k++) {
        const struct job *job = &batch->jobs[k];
        if (lane_prepare(job, &runner->arena, &batch->data[k], &batch->shape, &batch->lanes[k],
                         error) != STATUS_OK) {
            return sweep_prefix_place(runner->sweep, job->index, "data.kind", error);
        }
        TRY(record_check(runner->map, job->index, &batch->data[k].size, &batch->shape, error));
        if (runner->poll.call(runner->poll.context, (double)NAN) == ACTION_STOP) {
            return poll_stopped(error);
        }
    }
    return STATUS_OK;
}

static enum status bundle_runner_make_rows(struct bundle_runner *runner, const struct batch *batch,
                                           const struct active_training *active_training,
                                           size_t first, void *records, struct row *rows,
                                           struct error *error) {
    for (size_t k = first; k < first + active_training->count; k++) {
        TRY(bundle_runner_score_lane(runner, batch, k, bundle_runner_record_of(runner, records, k),
                                     error));
        (void)runner->poll.call(runner->poll.context, (double)NAN);
        rows[k] = (struct row){.job = batch->jobs[k].index,
                               .state = batch->trained[k].diverged ? ROW_DIVERGED : ROW_DONE,
                               .steps = batch->trained[k].steps,
                               .record = bundle_runner_record_of(runner, records, k)};
    }
    double spent = clock_seconds() - active_training->started;
    for (size_t k = first; k < first + active_training->count; k++) {
        rows[k].seconds = active_training->seconds + spent / (double)active_training->count;
    }
    return STATUS_OK;
}

/* Trains lanes first … first + active_training->count − 1, from their checkpoint where that fits.
 */
static enum status bundle_runner_train_lanes(struct bundle_runner *runner,
                                             struct active_training *active_training,
                                             const struct batch *batch, const struct kernel *kernel,
                                             size_t first, struct error *error) {
    struct poll poll = active_training_poll(active_training);
    struct lane *lanes = batch->lanes + first;
    enum status status = train(kernel, &batch->shape, lanes, active_training->count, &poll,
                               &runner->arena, batch->trained + first, error);
    if (status == STATUS_BAD_INPUT && lanes[0].from != NULL) {
        for (size_t k = 0; k < active_training->count; k++) {
            lanes[k].from = NULL;
        }
        active_training->seconds = 0.0;
        status = train(kernel, &batch->shape, lanes, active_training->count, &poll, &runner->arena,
                       batch->trained + first, error);
    }
    if (status == STATUS_STOPPED) {
        active_training_left(active_training);
    }
    return status;
}

static enum status bundle_runner_train_batch(struct bundle_runner *runner,
                                             const struct plan_bundle *bundle, struct batch *batch,
                                             double start, void *records, struct row *rows,
                                             size_t *finished, struct error *error) {
    TRY(bundle_runner_prepare(runner, batch, error));
    const struct kernel *kernel = bundle_kernel(&batch->shape, &batch->lanes[0]);
    for (size_t k = 0; k < batch->count; k += kernel->lanes) {
        size_t left = batch->count - k;
        struct active_training active_training = {.checkpointing = &runner->checkpointing,
                                                  .poll = &runner->poll,
                                                  .jobs = batch->jobs + k,
                                                  .count =
                                                      left < kernel->lanes ? left : kernel->lanes,
                                                  .cost = bundle->cost,
                                                  .started = k == 0 ? start : clock_seconds()};
        if (bundle->resumed) {
            TRY(active_training_resume(&active_training, bundle->checkpoint, &runner->arena,
                                       batch->lanes + k, error));
        }
        TRY(bundle_runner_train_lanes(runner, &active_training, batch, kernel, k, error));
        TRY(bundle_runner_make_rows(runner, batch, &active_training, k, records, rows, error));
        *finished += active_training.count;
    }
    return STATUS_OK;
}

static enum status bundle_runner_perform_batch(struct bundle_runner *runner,
                                               const struct batch *batch, double start,
                                               void *records, struct row *rows, size_t *finished,
                                               struct error *error) {
    enum status status = STATUS_OK;
    for (size_t k = 0; k < batch->count && status == STATUS_OK; k++) {
        const struct job *job = &batch->jobs[k];
        void *record = bundle_runner_record_of(runner, records, k);
        status = job->network->perform(&job->network_settings, &runner->poll, error);
        layout_clear(&runner->map->layout, record);
        rows[k] = (struct row){.job = job->index, .state = ROW_DONE, .record = record};
        *finished += status == STATUS_OK;
    }
    double spent = clock_seconds() - start;
    for (size_t k = 0; k < *finished; k++) {
        rows[k].seconds = spent / (double)*finished;
    }
    return status;
}

enum status bundle_runner_run(struct bundle_runner *runner, const struct plan_bundle *bundle,
                              void *records, struct row *rows, size_t *finished,
                              struct error *error) {
    double start = clock_seconds();
    struct batch batch;
    *finished = 0;
    runner->checkpointing.kept_jobs = 0;
    runner->checkpointing.superfluous_count = 0;
    arena_reset(&runner->arena);
    TRY(bundle_runner_batch_make(runner, bundle->jobs, (size_t)bundle->count, &batch, error));
    return batch.jobs[0].network->trains
               ? bundle_runner_train_batch(runner, bundle, &batch, start, records, rows, finished,
                                           error)
               : bundle_runner_perform_batch(runner, &batch, start, records, rows, finished, error);
}

void bundle_runner_free(struct bundle_runner *runner) {
    arena_free(&runner->arena);
    arena_free(&runner->scoring);
}
