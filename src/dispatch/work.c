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

static enum status train_batch(struct workshop *workshop, struct batch *batch, void *records,
                               struct row *rows, struct error *error) {
    for (size_t k = 0; k < batch->count; k++) {
        const struct job *job = &batch->jobs[k];
        if (lane_prepare(job, &workshop->arena, &batch->data[k], &batch->shape, &batch->lanes[k],
                         error) != STATUS_OK) {
            return sweep_blame(workshop->sweep, job->index, "data.kind", error);
        }
        TRY(record_check(workshop->map, job->index, &batch->data[k].size, &batch->shape, error));
        workshop->poll.call(workshop->poll.context);
    }
    const struct kernel *kernel = bundle_kernel(&batch->shape, &batch->lanes[0]);
    for (size_t k = 0; k < batch->count; k += kernel->lanes) {
        size_t left = batch->count - k;
        TRY(train(kernel, &batch->shape, batch->lanes + k,
                  left < kernel->lanes ? left : kernel->lanes, &workshop->poll, &workshop->arena,
                  batch->trained + k, error));
    }
    for (size_t k = 0; k < batch->count; k++) {
        void *record = (unsigned char *)records + k * workshop->map->layout.record_bytes;
        TRY(score_lane(workshop, batch, k, record, error));
        workshop->poll.call(workshop->poll.context);
        rows[k] = (struct row){.job = batch->jobs[k].index,
                               .state = batch->trained[k].diverged ? ROW_DIVERGED : ROW_DONE,
                               .steps = batch->trained[k].steps,
                               .record = record};
    }
    return STATUS_OK;
}

static enum status perform_batch(struct workshop *workshop, const struct batch *batch,
                                 void *records, struct row *rows, struct error *error) {
    for (size_t k = 0; k < batch->count; k++) {
        const struct job *job = &batch->jobs[k];
        void *record = (unsigned char *)records + k * workshop->map->layout.record_bytes;
        TRY(job->network->perform(&job->network_settings, workshop->poll.call,
                                  workshop->poll.context, error));
        layout_clear(&workshop->map->layout, record);
        rows[k] = (struct row){.job = job->index, .state = ROW_DONE, .record = record};
    }
    return STATUS_OK;
}

enum status work_on(struct workshop *workshop, const int64_t *jobs, size_t count, void *records,
                    struct row *rows, struct error *error) {
    double start = clock_seconds();
    struct batch batch;
    arena_reset(&workshop->arena);
    TRY(batch_make(workshop, jobs, count, &batch, error));
    if (batch.jobs[0].network->trains) {
        TRY(train_batch(workshop, &batch, records, rows, error));
    } else {
        TRY(perform_batch(workshop, &batch, records, rows, error));
    }
    double share = (clock_seconds() - start) / (double)count;
    for (size_t k = 0; k < count; k++) {
        rows[k].seconds = share;
    }
    return STATUS_OK;
}

void workshop_free(struct workshop *workshop) {
    arena_free(&workshop->arena);
    arena_free(&workshop->scoring);
}
