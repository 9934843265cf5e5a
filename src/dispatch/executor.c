#include "dispatch/executor.h"

#include "base/clock.h"
#include "dispatch/signals.h"
#include "store/checkpoint.h"
#include "store/lock.h"
#include "store/results.h"

#include <string.h>

enum { BUFFER_BYTES = 4 << 20, BUFFER_ROWS_MAX = 4096 };

static const double write_interval = 5e-3; /* seconds of work that a killed rank may lose */
static const double sync_interval = 60.0;  /* seconds between two fsync of a rank */
static const double check_interval = 2.0;  /* seconds between two checks for a later run */

enum status executor_prepare(struct executor *executor, struct arena *arena, struct error *error) {
    size_t bytes = executor->runner.map->layout.record_bytes;
    size_t fit = BUFFER_BYTES / (bytes + 1);
    executor->capacity = fit > BUFFER_ROWS_MAX ? BUFFER_ROWS_MAX : fit;
    executor->capacity = executor->capacity < PLAN_WIDTH_MAX ? PLAN_WIDTH_MAX : executor->capacity;
    executor->last_write = clock_seconds();
    executor->last_sync = executor->last_write;
    executor->last_check = executor->last_write;
    TRY(ARENA_NEW(arena, executor->rows, executor->capacity, error));
    return ARENA_NEW(arena, executor->records, executor->capacity * (bytes + 1), error);
}

/* The rank's first error counts; a request to stop is none. */
static void executor_record_error(struct executor *executor, enum status status,
                                  const struct error *error) {
    if (status != STATUS_OK && status != STATUS_STOPPED &&
        executor->report.error.status == STATUS_OK) {
        executor->report.error = *error;
    }
}

static enum status executor_write_rows(struct executor *executor, struct error *error) {
    TRY(results_write(executor->results, executor->rows, executor->buffered, error));
    executor->last_write = clock_seconds();
    if (executor->last_write - executor->last_sync > sync_interval) {
        TRY(results_sync(executor->results, error));
        executor->last_sync = executor->last_write;
    }
    for (size_t k = 0; k < executor->buffered; k++) {
        bool done = executor->rows[k].state == ROW_DONE;
        executor->report.done += done;
        executor->report.failed += !done;
    }
    return STATUS_OK;
}

void executor_flush(struct executor *executor) {
    struct error error;
    if (executor->buffered == 0 || executor->cannot_write) {
        return;
    }
    enum status status = executor_write_rows(executor, &error);
    executor->buffered = 0;
    executor->cannot_write = status != STATUS_OK;
    executor_record_error(executor, status, &error);
}

static void *executor_next_record(const struct executor *executor) {
    return executor->records + executor->buffered * executor->runner.map->layout.record_bytes;
}

/* Buffers a row for a job that does not fit into this machine's memory. The row is counted as
 * failed when it is written. */
static void executor_give_up(struct executor *executor, int64_t job) {
    void *record = executor_next_record(executor);
    layout_clear(&executor->runner.map->layout, record);
    executor->rows[executor->buffered++] =
        (struct row){.job = job, .state = ROW_QUARANTINED, .record = record};
}

/* A checkpoint is removed once the rows that replace it are on the disk. */
static enum status executor_remove_checkpoints(struct executor *executor, struct error *error) {
    const struct checkpointing *checkpointing = &executor->runner.checkpointing;
    if (checkpointing->obsolete_count == 0) {
        return STATUS_OK;
    }
    executor_flush(executor);
    if (executor->cannot_write) {
        return STATUS_OK; /* the report has the error */
    }
    TRY(results_sync(executor->results, error));
    for (size_t k = 0; k < checkpointing->obsolete_count; k++) {
        TRY(checkpoint_remove(checkpointing->output, checkpointing->obsolete[k], error));
    }
    return STATUS_OK;
}

/* Jobs of the bundle just stopped that can be resumed: from the checkpoint with which it came where
 * none was written since. */
static int64_t executor_checkpointed_jobs(const struct checkpointing *checkpointing,
                                          const struct plan_bundle *bundle, size_t finished) {
    return checkpointing->checkpointed_jobs == 0 && bundle->resumed
               ? bundle->count - (int64_t)finished
               : checkpointing->checkpointed_jobs;
}

/* Runs jobs side by side and buffers the rows of those that finished. */
static enum status executor_run_together(struct executor *executor,
                                         const struct plan_bundle *bundle, struct error *error) {
    size_t finished;
    crash_counter_begin(executor->crash_counter, bundle->jobs, (size_t)bundle->count);
    enum status status =
        bundle_runner_run(&executor->runner, bundle, executor_next_record(executor),
                          executor->rows + executor->buffered, &finished, error);
    crash_counter_end(executor->crash_counter);
    if (status != STATUS_OK && status != STATUS_STOPPED) {
        return status;
    }
    executor->buffered += finished;
    executor->report.checkpointed +=
        executor_checkpointed_jobs(&executor->runner.checkpointing, bundle, finished);
    TRY(executor_remove_checkpoints(executor, error));
    return status;
}

static enum status executor_run_one_by_one(struct executor *executor,
                                           const struct plan_bundle *bundle, struct error *error) {
    for (int k = 0; k < bundle->count; k++) {
        struct plan_bundle one = *bundle;
        one.count = 1;
        one.jobs[0] = bundle->jobs[k];
        enum status status = executor_run_together(executor, &one, error);
        if (status == STATUS_NO_MEMORY) {
            executor_give_up(executor, one.jobs[0]);
        } else if (status != STATUS_OK) {
            return status;
        }
    }
    return STATUS_OK;
}

static void executor_count_bundle(struct work_report *report, const struct plan_bundle *bundle,
                                  double seconds) {
    report->bundles++;
    report->cost += bundle->cost * (double)bundle->count;
    report->seconds += seconds;
    if (seconds > report->slowest_seconds) {
        report->slowest_seconds = seconds;
        report->slowest_job = bundle->jobs[0];
        report->slowest_jobs = bundle->count;
    }
}

static void executor_run_timed(struct executor *executor, const struct plan_bundle *bundle) {
    struct error error;
    double start = clock_seconds();
    stop_policy_begin_bundle(&executor->stop, start);
    enum status status = executor_run_together(executor, bundle, &error);
    if (status == STATUS_NO_MEMORY) {
        status = executor_run_one_by_one(executor, bundle, &error);
    }
    if (status != STATUS_OK) {
        executor_record_error(executor, status, &error);
        return;
    }
    double end = clock_seconds();
    executor->bundle_seconds = end - start;
    executor_count_bundle(&executor->report, bundle, end - start);
    if (end - executor->last_write > write_interval) {
        executor_flush(executor);
    }
}

void executor_run_bundle(struct executor *executor, const struct plan_bundle *bundle) {
    size_t count = (size_t)bundle->count;
    if (executor->stop.requested) {
        executor->report.checkpointed += bundle->resumed ? bundle->count : 0; /* they still are */
        return;
    }
    /* A bundle of one may be a job that crashed its process before, and may do so again. */
    if (executor->capacity - executor->buffered < count || count == 1) {
        executor_flush(executor);
    }
    if (executor->report.error.status == STATUS_OK) {
        executor_run_timed(executor, bundle);
    }
}

/* Whether another run has taken over, after which this one may write nothing. */
static bool executor_is_superseded(struct executor *executor) {
    struct error error;
    enum status status = results_current(executor->results, &error);
    executor_record_error(executor, status, &error);
    executor->cannot_write = executor->cannot_write || status != STATUS_OK;
    return status != STATUS_OK;
}

/* The run from which this one took over may have ended. */
static void executor_try_lock(struct executor *executor) {
    struct error error;
    if (executor->lock != NULL && *executor->lock < 0) {
        enum status status =
            results_lock(executor->runner.checkpointing.output, executor->lock, &error);
        (void)status; /* tried again at the next check */
    }
}

static bool executor_check_file(struct executor *executor, double now) {
    if (now - executor->last_check < check_interval) {
        return false;
    }
    executor->last_check = now;
    bool superseded = executor_is_superseded(executor);
    if (!superseded) {
        executor_try_lock(executor);
    }
    return superseded;
}

bool executor_poll(struct executor *executor, double *notice) {
    double now = clock_seconds();
    if (executor->stop.requested) {
        return false;
    }
    bool superseded = executor_check_file(executor, now);
    *notice = superseded ? 0.0 : executor->notice;
    if (superseded || signals_received() != 0) {
        stop_policy_request(&executor->stop, *notice, now);
    }
    return executor->stop.requested;
}

void executor_free(struct executor *executor) {
    bundle_runner_free(&executor->runner);
    crash_counter_remove(executor->crash_counter);
}
