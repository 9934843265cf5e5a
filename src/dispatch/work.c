#include "dispatch/work.h"

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

static enum status batch_make(struct workshop *workshop, const int64_t *indices, size_t count,
                              struct batch *batch, struct error *error) {
    struct arena *arena = &workshop->arena;
    batch->count = count;
    TRY(ARENA_NEW(arena, batch->jobs, count, error));
    TRY(ARENA_NEW(arena, batch->data, count, error));
    TRY(ARENA_NEW(arena, batch->lanes, count, error));
    TRY(ARENA_NEW(arena, batch->trained, count, error));
    for (size_t k = 0; k < count; k++) {
        sweep_job(workshop->sweep, indices[k], &batch->jobs[k]);
    }
    return STATUS_OK;
}

static enum status score_lane(struct workshop *workshop, const struct batch *batch, size_t k,
                              void *record, struct error *error) {
    const struct sweep *sweep = workshop->sweep;
    struct arena *arena = &workshop->scoring;
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
    record_fill(workshop->map, &outcome, record);
    return STATUS_OK;
}

static void *record_of(const struct workshop *workshop, void *records, size_t k) {
    return (unsigned char *)records + k * workshop->map->layout.record_bytes;
}

/* Draws data and weights; there is nothing to keep yet. */
static enum status prepare(struct workshop *workshop, struct batch *batch, struct error *error) {
    for (size_t k = 0; k < batch->count; k++) {
        const struct job *job = &batch->jobs[k];
        if (lane_prepare(job, &workshop->arena, &batch->data[k], &batch->shape, &batch->lanes[k],
                         error) != STATUS_OK) {
            return sweep_blame(workshop->sweep, job->index, "data.kind", error);
        }
        TRY(record_check(workshop->map, job->index, &batch->data[k].size, &batch->shape, error));
        if (workshop->poll.call(workshop->poll.context, (double)NAN) == WISH_LEAVE) {
            return poll_left(error);
        }
    }
    return STATUS_OK;
}

static enum status make_rows(struct workshop *workshop, const struct batch *batch,
                             const struct under_way *under_way, size_t first, void *records,
                             struct row *rows, struct error *error) {
    for (size_t k = first; k < first + under_way->count; k++) {
        TRY(score_lane(workshop, batch, k, record_of(workshop, records, k), error));
        (void)workshop->poll.call(workshop->poll.context, (double)NAN);
        rows[k] = (struct row){.job = batch->jobs[k].index,
                               .state = batch->trained[k].diverged ? ROW_DIVERGED : ROW_DONE,
                               .steps = batch->trained[k].steps,
                               .record = record_of(workshop, records, k)};
    }
    double spent = clock_seconds() - under_way->started;
    for (size_t k = first; k < first + under_way->count; k++) {
        rows[k].seconds = under_way->seconds + spent / (double)under_way->count;
    }
    return STATUS_OK;
}

/* Trains lanes first … first + under_way->count − 1, from their checkpoint where that fits. */
static enum status train_lanes(struct workshop *workshop, struct under_way *under_way,
                               const struct batch *batch, const struct kernel *kernel, size_t first,
                               struct error *error) {
    struct poll poll = under_way_poll(under_way);
    struct lane *lanes = batch->lanes + first;
    enum status status = train(kernel, &batch->shape, lanes, under_way->count, &poll,
                               &workshop->arena, batch->trained + first, error);
    if (status == STATUS_BAD_INPUT && lanes[0].from != NULL) {
        for (size_t k = 0; k < under_way->count; k++) {
            lanes[k].from = NULL;
        }
        under_way->seconds = 0.0;
        status = train(kernel, &batch->shape, lanes, under_way->count, &poll, &workshop->arena,
                       batch->trained + first, error);
    }
    if (status == STATUS_STOPPED) {
        under_way_left(under_way);
    }
    return status;
}

static enum status train_batch(struct workshop *workshop, const struct plan_bundle *bundle,
                               struct batch *batch, double start, void *records, struct row *rows,
                               size_t *finished, struct error *error) {
    TRY(prepare(workshop, batch, error));
    const struct kernel *kernel = bundle_kernel(&batch->shape, &batch->lanes[0]);
    for (size_t k = 0; k < batch->count; k += kernel->lanes) {
        size_t left = batch->count - k;
        struct under_way under_way = {.keeping = &workshop->keeping,
                                      .poll = &workshop->poll,
                                      .jobs = batch->jobs + k,
                                      .count = left < kernel->lanes ? left : kernel->lanes,
                                      .cost = bundle->cost,
                                      .started = k == 0 ? start : clock_seconds()};
        if (bundle->resumed) {
            TRY(under_way_resume(&under_way, bundle->checkpoint, &workshop->arena, batch->lanes + k,
                                 error));
        }
        TRY(train_lanes(workshop, &under_way, batch, kernel, k, error));
        TRY(make_rows(workshop, batch, &under_way, k, records, rows, error));
        *finished += under_way.count;
    }
    return STATUS_OK;
}

static enum status perform_batch(struct workshop *workshop, const struct batch *batch, double start,
                                 void *records, struct row *rows, size_t *finished,
                                 struct error *error) {
    enum status status = STATUS_OK;
    for (size_t k = 0; k < batch->count && status == STATUS_OK; k++) {
        const struct job *job = &batch->jobs[k];
        void *record = record_of(workshop, records, k);
        status = job->network->perform(&job->network_settings, &workshop->poll, error);
        layout_clear(&workshop->map->layout, record);
        rows[k] = (struct row){.job = job->index, .state = ROW_DONE, .record = record};
        *finished += status == STATUS_OK;
    }
    double spent = clock_seconds() - start;
    for (size_t k = 0; k < *finished; k++) {
        rows[k].seconds = spent / (double)*finished;
    }
    return status;
}

enum status work_on(struct workshop *workshop, const struct plan_bundle *bundle, void *records,
                    struct row *rows, size_t *finished, struct error *error) {
    double start = clock_seconds();
    struct batch batch;
    *finished = 0;
    workshop->keeping.kept_jobs = 0;
    workshop->keeping.superfluous_count = 0;
    arena_reset(&workshop->arena);
    TRY(batch_make(workshop, bundle->jobs, (size_t)bundle->count, &batch, error));
    return batch.jobs[0].network->trains
               ? train_batch(workshop, bundle, &batch, start, records, rows, finished, error)
               : perform_batch(workshop, &batch, start, records, rows, finished, error);
}

void workshop_free(struct workshop *workshop) {
    arena_free(&workshop->arena);
    arena_free(&workshop->scoring);
}
