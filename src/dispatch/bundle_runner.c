#include "dispatch/bundle_runner.h"

#include "base/clock.h"
#include "score/score.h"
#include "solver/lane.h"

#include <math.h>
#include <string.h>

/* The current bundle. */
struct bundle_run {
    struct bundle_runner *runner;
    const struct plan_bundle *bundle;
    double started; /* clock_seconds */
    size_t count;
    struct job *jobs;
    struct dataset *data;
    struct lane *lanes;
    struct trained *trained;
    struct network_shape shape;
    unsigned char *records; /* [count], and so the rows: the caller's */
    struct row *rows;
    size_t finished;
};

static enum status bundle_run_make(struct bundle_run *run, struct error *error) {
    struct arena *arena = &run->runner->arena;
    run->count = (size_t)run->bundle->count;
    arena_reset(arena);
    TRY(ARENA_NEW(arena, run->jobs, run->count, error));
    TRY(ARENA_NEW(arena, run->data, run->count, error));
    TRY(ARENA_NEW(arena, run->lanes, run->count, error));
    TRY(ARENA_NEW(arena, run->trained, run->count, error));
    for (size_t k = 0; k < run->count; k++) {
        sweep_job(run->runner->sweep, run->bundle->jobs[k], &run->jobs[k]);
    }
    return STATUS_OK;
}

static enum poll_action bundle_run_poll(const struct bundle_run *run) {
    return run->runner->poll.call(run->runner->poll.context, (double)NAN);
}

static void *bundle_run_record(const struct bundle_run *run, size_t k) {
    return run->records + k * run->runner->map->layout.record_bytes;
}

static enum status bundle_run_score(struct bundle_run *run, size_t k, struct job_outcome *outcome,
                                    struct error *error) {
    const struct sweep *sweep = run->runner->sweep;
    struct arena *arena = &run->runner->scoring;
    const struct job *job = &run->jobs[k];
    const struct dataset *data = &run->data[k];
    const struct trained *trained = &run->trained[k];
    struct score_input input = {
        .samples = data->size.samples,
        .sources = data->size.sources,
        .latents = run->shape.latents,
        .source = data->sources,
        .latent = trained->latents,
        .weights = data->weights,
        .frequencies = data->frequencies,
        .time_step = data->time_step,
        .loss = &job->loss,
        .scoring = &job->scoring,
        .hash = job->hash,
        .trained_loss = job->network->optimal == NULL ? NAN : trained->loss.total,
    };
    double *values;
    const double **matrices;
    arena_reset(arena);
    TRY(ARENA_NEW(arena, values, sweep->score_count, error));
    TRY(ARENA_NEW(arena, matrices, sweep->score_count, error));
    TRY(score_all(sweep->scores, sweep->score_count, &input, arena, values, matrices, error));
    outcome->scores = values;
    outcome->matrices = matrices;
    return STATUS_OK;
}

static enum status bundle_run_make_row(struct bundle_run *run, size_t k, struct error *error) {
    const struct trained *trained = &run->trained[k];
    struct job_outcome outcome = {.shape = &run->shape, .data = &run->data[k], .trained = trained};
    if (!trained->diverged) {
        TRY(bundle_run_score(run, k, &outcome, error));
    }
    record_fill(run->runner->map, &outcome, bundle_run_record(run, k));
    run->rows[k] = (struct row){.job = run->jobs[k].index,
                                .state = trained->diverged ? ROW_DIVERGED : ROW_DONE,
                                .steps = trained->steps,
                                .record = bundle_run_record(run, k)};
    return STATUS_OK;
}

/* Draws data and initial weights; so far there is nothing to checkpoint. */
static enum status bundle_run_prepare(struct bundle_run *run, struct error *error) {
    struct bundle_runner *runner = run->runner;
    for (size_t k = 0; k < run->count; k++) {
        const struct job *job = &run->jobs[k];
        if (lane_prepare(job, &runner->arena, &run->data[k], &run->shape, &run->lanes[k], error) !=
            STATUS_OK) {
            return sweep_prefix_place(runner->sweep, job->index, "data.kind", error);
        }
        TRY(record_check(runner->map, job->index, &run->data[k].size, &run->shape, error));
        if (bundle_run_poll(run) == ACTION_STOP) {
            return poll_stopped(error);
        }
    }
    return STATUS_OK;
}

/* Trains lanes first … first + training->count − 1, from their checkpoint if that is usable. */
static enum status bundle_run_train(struct bundle_run *run, struct active_training *training,
                                    const struct kernel *kernel, size_t first,
                                    struct error *error) {
    struct arena *arena = &run->runner->arena;
    struct poll poll = active_training_poll(training);
    struct lane *lanes = run->lanes + first;
    struct trained *trained = run->trained + first;
    enum status status =
        train_bundle(kernel, &run->shape, lanes, training->count, &poll, arena, trained, error);
    if (status == STATUS_BAD_INPUT && lanes[0].from != NULL) { /* the checkpoint does not fit */
        for (size_t k = 0; k < training->count; k++) {
            lanes[k].from = NULL;
        }
        training->seconds = 0.0;
        status =
            train_bundle(kernel, &run->shape, lanes, training->count, &poll, arena, trained, error);
    }
    if (status == STATUS_STOPPED) {
        active_training_stopped(training);
    }
    return status;
}

/* Trains and scores as many lanes as the kernel takes, from lane `first` on. */
static enum status bundle_run_lanes(struct bundle_run *run, const struct kernel *kernel,
                                    size_t first, struct error *error) {
    size_t left = run->count - first;
    struct active_training training = {.checkpointing = &run->runner->checkpointing,
                                       .poll = &run->runner->poll,
                                       .jobs = run->jobs + first,
                                       .count = left < kernel->lanes ? left : kernel->lanes,
                                       .cost = run->bundle->cost,
                                       .started = first == 0 ? run->started : clock_seconds()};
    size_t end = first + training.count;
    if (run->bundle->resumed) {
        TRY(active_training_resume(&training, run->bundle->checkpoint, &run->runner->arena,
                                   run->lanes + first, error));
    }
    TRY(bundle_run_train(run, &training, kernel, first, error));
    for (size_t k = first; k < end; k++) {
        TRY(bundle_run_make_row(run, k, error));
        (void)bundle_run_poll(run);
    }
    double spent = clock_seconds() - training.started;
    for (size_t k = first; k < end; k++) {
        run->rows[k].seconds = training.seconds + spent / (double)training.count;
    }
    run->finished = end;
    return STATUS_OK;
}

static enum status bundle_run_train_all(struct bundle_run *run, struct error *error) {
    TRY(bundle_run_prepare(run, error));
    const struct kernel *kernel = bundle_kernel(&run->shape, &run->lanes[0]);
    while (run->finished < run->count) {
        TRY(bundle_run_lanes(run, kernel, run->finished, error));
    }
    return STATUS_OK;
}

/* Jobs of networks that do not train. */
static enum status bundle_run_perform_all(struct bundle_run *run, struct error *error) {
    enum status status = STATUS_OK;
    while (run->finished < run->count && status == STATUS_OK) {
        const struct job *job = &run->jobs[run->finished];
        void *record = bundle_run_record(run, run->finished);
        layout_clear(&run->runner->map->layout, record);
        run->rows[run->finished] =
            (struct row){.job = job->index, .state = ROW_DONE, .record = record};
        status = job->network->perform(&job->network_settings, &run->runner->poll, error);
        run->finished += status == STATUS_OK;
    }
    double spent = clock_seconds() - run->started;
    for (size_t k = 0; k < run->finished; k++) {
        run->rows[k].seconds = spent / (double)run->finished;
    }
    return status;
}

enum status bundle_runner_run(struct bundle_runner *runner, const struct plan_bundle *bundle,
                              void *records, struct row *rows, size_t *finished,
                              struct error *error) {
    struct bundle_run run = {.runner = runner,
                             .bundle = bundle,
                             .started = clock_seconds(),
                             .records = records,
                             .rows = rows};
    *finished = 0;
    runner->checkpointing.checkpointed_jobs = 0;
    runner->checkpointing.obsolete_count = 0;
    TRY(bundle_run_make(&run, error));
    enum status status = run.jobs[0].network->trains ? bundle_run_train_all(&run, error)
                                                     : bundle_run_perform_all(&run, error);
    *finished = run.finished;
    return status;
}

void bundle_runner_free(struct bundle_runner *runner) {
    arena_free(&runner->arena);
    arena_free(&runner->scoring);
}
