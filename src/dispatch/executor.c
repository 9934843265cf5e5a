#include "dispatch/executor.h"

#include "base/clock.h"
#include "dispatch/signals.h"
#include "store/checkpoint.h"
#include "store/lock.h"
#include "store/results.h"

#include <string.h>

enum { ROWS_KEPT_BYTES = 4 << 20, ROWS_KEPT_MAX = 4096 };

static const double write_interval = 5e-3; /* seconds of work that a killed rank may lose */
static const double sync_interval = 60.0;  /* seconds between two fsync of a rank */
static const double look_interval = 2.0;   /* seconds between two looks for a later run */

enum status executor_prepare(struct executor *executor, struct arena *arena, struct error *error) {
    size_t bytes = executor->runner.map->layout.record_bytes;
    size_t fit = ROWS_KEPT_BYTES / (bytes + 1);
    executor->capacity = fit > ROWS_KEPT_MAX ? ROWS_KEPT_MAX : fit;
    executor->capacity = executor->capacity < PLAN_WIDTH_MAX ? PLAN_WIDTH_MAX : executor->capacity;
    executor->last_write = clock_seconds();
    executor->last_sync = executor->last_write;
    executor->last_look = executor->last_write;
    TRY(ARENA_NEW(arena, executor->rows, executor->capacity, error));
    return ARENA_NEW(arena, executor->records, executor->capacity * (bytes + 1), error);
}

static bool executor_is_failure(const struct row *row) {
    return row->state != ROW_DONE;
}

void executor_flush(struct executor *executor) {
    if (executor->pending == 0 || executor->cannot_write) {
        return;
    }
    struct error error = {.status = STATUS_OK};
    error.status = results_write(executor->results, executor->rows, executor->pending, &error);
    executor->last_write = clock_seconds();
    if (error.status == STATUS_OK && executor->last_write - executor->last_sync > sync_interval) {
        error.status = results_sync(executor->results, &error);
        executor->last_sync = executor->last_write;
    }
    for (size_t k = 0; error.status == STATUS_OK && k < executor->pending; k++) {
        executor->report.done += !executor_is_failure(&executor->rows[k]);
        executor->report.failed += executor_is_failure(&executor->rows[k]);
    }
    executor->pending = 0;
    executor->cannot_write = error.status != STATUS_OK;
    if (executor->cannot_write && executor->report.error.status == STATUS_OK) {
        executor->report.error = error;
    }
}

/* A row for a job that this machine cannot do. */
static void executor_give_up(struct executor *executor, int64_t job) {
    const struct results_layout *layout = &executor->runner.map->layout;
    void *record = executor->records + executor->pending * layout->record_bytes;
    layout_clear(layout, record);
    executor->rows[executor->pending] =
        (struct row){.job = job, .state = ROW_QUARANTINED, .record = record};
}

/* Checkpoints go once the rows that replace them are on the disk. */
static enum status executor_remove_checkpoints(struct executor *executor, struct error *error) {
    const struct checkpointing *checkpointing = &executor->runner.checkpointing;
    if (checkpointing->superfluous_count == 0) {
        return STATUS_OK;
    }
    executor_flush(executor);
    if (executor->cannot_write) {
        return STATUS_OK; /* told in the report */
    }
    TRY(results_sync(executor->results, error));
    for (size_t k = 0; k < checkpointing->superfluous_count; k++) {
        TRY(checkpoint_remove(checkpointing->output, checkpointing->superfluous[k], error));
    }
    return STATUS_OK;
}

/* Jobs of the bundle just left that can go on: where nothing later was kept, from the checkpoint
 * that it came with. */
static int64_t executor_kept_of(const struct checkpointing *checkpointing,
                                const struct plan_bundle *bundle, size_t finished) {
    return checkpointing->kept_jobs == 0 && bundle->resumed ? bundle->count - (int64_t)finished
                                                            : checkpointing->kept_jobs;
}

/* Does a bundle and keeps the rows of what was finished. */
static enum status executor_do_together(struct executor *executor, const struct plan_bundle *bundle,
                                        struct error *error) {
    size_t bytes = executor->runner.map->layout.record_bytes;
    size_t finished;
    crash_counter_begin(executor->crash_counter, bundle->jobs, (size_t)bundle->count);
    enum status status =
        bundle_runner_run(&executor->runner, bundle, executor->records + executor->pending * bytes,
                          executor->rows + executor->pending, &finished, error);
    crash_counter_end(executor->crash_counter);
    if (status != STATUS_OK && status != STATUS_STOPPED) {
        return status;
    }
    executor->pending += finished;
    executor->report.kept += executor_kept_of(&executor->runner.checkpointing, bundle, finished);
    TRY(executor_remove_checkpoints(executor, error));
    return status;
}

static struct plan_bundle executor_one_of(const struct plan_bundle *bundle, int k) {
    struct plan_bundle one = *bundle;
    one.count = 1;
    one.jobs[0] = bundle->jobs[k];
    return one;
}

/* What together does not fit into memory is done one by one; what alone does not is given up. */
static enum status executor_do_jobs(struct executor *executor, const struct plan_bundle *bundle,
                                    struct error *error) {
    enum status status = executor_do_together(executor, bundle, error);
    if (status != STATUS_NO_MEMORY) {
        return status;
    }
    for (int k = 0; k < bundle->count; k++) {
        struct plan_bundle one = executor_one_of(bundle, k);
        status = executor_do_together(executor, &one, error);
        if (status == STATUS_NO_MEMORY) {
            executor_give_up(executor, one.jobs[0]);
            executor->pending++;
        } else if (status != STATUS_OK) {
            return status;
        }
    }
    *error = (struct error){.status = STATUS_OK};
    return STATUS_OK;
}

static void executor_note_slowest(struct work_report *report, const struct plan_bundle *bundle,
                                  double seconds) {
    if (seconds > report->slowest_seconds) {
        report->slowest_seconds = seconds;
        report->slowest_job = bundle->jobs[0];
        report->slowest_jobs = bundle->count;
    }
}

static void executor_do_timed(struct executor *executor, const struct plan_bundle *bundle) {
    double start = clock_seconds();
    stop_begin_bundle(&executor->stop, start);
    /* Not the report's: polls and writing note there why all ends, which leaving off is not. */
    struct error error = {.status = STATUS_OK};
    enum status status = executor_do_jobs(executor, bundle, &error);
    if (status != STATUS_OK) {
        if (status != STATUS_STOPPED && executor->report.error.status == STATUS_OK) {
            executor->report.error = error;
        }
        return;
    }
    double end = clock_seconds();
    executor->report.bundles++;
    executor->report.cost += bundle->cost * (double)bundle->count;
    executor->bundle_seconds = end - start;
    executor_note_slowest(&executor->report, bundle, end - start);
    executor->report.seconds += end - start;
    if (end - executor->last_write > write_interval) {
        executor_flush(executor);
    }
}

void executor_run_bundle(struct executor *executor, const struct plan_bundle *bundle) {
    size_t count = (size_t)bundle->count;
    if (executor->stop.on) {
        executor->report.kept += bundle->resumed ? bundle->count : 0; /* goes on from there later */
        return;
    }
    /* A bundle of one may be a job that kills its process, as it did before. */
    if (executor->capacity - executor->pending < count || count == 1) {
        executor_flush(executor);
    }
    if (executor->report.error.status == STATUS_OK) {
        executor_do_timed(executor, bundle);
    }
}

/* Another run has taken over: nothing that this one does counts any more. */
static bool executor_is_taken_over(struct executor *executor) {
    struct error error;
    enum status status = results_current(executor->results, &error);
    if (status != STATUS_OK && executor->report.error.status == STATUS_OK) {
        executor->report.error = error;
    }
    executor->cannot_write = executor->cannot_write || status != STATUS_OK;
    return status != STATUS_OK;
}

/* The run that was taken over may have ended since. */
static void executor_take_lock(struct executor *executor) {
    struct error error;
    if (executor->lock != NULL && *executor->lock < 0) {
        enum status status =
            results_lock(executor->runner.checkpointing.output, executor->lock, &error);
        (void)status; /* there is a next look */
    }
}

/* Looks now and then what other runs do with the results file. */
static bool executor_has_lost_file(struct executor *executor, double now) {
    if (now - executor->last_look < look_interval) {
        return false;
    }
    executor->last_look = now;
    bool lost = executor_is_taken_over(executor);
    if (!lost) {
        executor_take_lock(executor);
    }
    return lost;
}

bool executor_poll(struct executor *executor, double *notice) {
    double now = clock_seconds();
    if (executor->stop.on) {
        return false;
    }
    bool lost = executor_has_lost_file(executor, now);
    *notice = lost ? 0.0 : executor->notice;
    if (lost || signals_seen() != 0) {
        stop_now(&executor->stop, *notice, now);
    }
    return executor->stop.on;
}
