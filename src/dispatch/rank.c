#include "dispatch/rank.h"

#include "base/clock.h"
#include "store/results.h"

#include <string.h>

enum { ROWS_KEPT_BYTES = 4 << 20, ROWS_KEPT_MOST = 4096 };

static const double write_interval = 5e-3; /* seconds of work that a killed rank may lose */
static const double sync_interval = 60.0;  /* seconds between two fsync of a rank */

enum status rank_prepare(struct rank *rank, struct arena *arena, struct error *error) {
    size_t bytes = rank->workshop.map->layout.record_bytes;
    size_t fit = ROWS_KEPT_BYTES / (bytes + 1);
    rank->capacity = fit > ROWS_KEPT_MOST ? ROWS_KEPT_MOST : fit;
    rank->capacity = rank->capacity < PLAN_WIDTH_MOST ? PLAN_WIDTH_MOST : rank->capacity;
    rank->last_write = clock_seconds();
    rank->last_sync = rank->last_write;
    TRY(ARENA_NEW(arena, rank->rows, rank->capacity, error));
    return ARENA_NEW(arena, rank->records, rank->capacity * (bytes + 1), error);
}

static bool is_failure(const struct row *row) {
    return row->state != ROW_DONE;
}

void rank_flush(struct rank *rank) {
    if (rank->pending == 0 || rank->cannot_write) {
        return;
    }
    struct error error = {.status = STATUS_OK};
    error.status = results_write(rank->results, rank->rows, rank->pending, &error);
    rank->last_write = clock_seconds();
    if (error.status == STATUS_OK && rank->last_write - rank->last_sync > sync_interval) {
        error.status = results_sync(rank->results, &error);
        rank->last_sync = rank->last_write;
    }
    for (size_t k = 0; error.status == STATUS_OK && k < rank->pending; k++) {
        rank->report.done += !is_failure(&rank->rows[k]);
        rank->report.failed += is_failure(&rank->rows[k]);
    }
    rank->pending = 0;
    rank->cannot_write = error.status != STATUS_OK;
    if (rank->cannot_write && rank->report.error.status == STATUS_OK) {
        rank->report.error = error;
    }
}

/* A row for a job that this machine cannot do. */
static void give_up(struct rank *rank, int64_t job) {
    const struct results_layout *layout = &rank->workshop.map->layout;
    void *record = rank->records + rank->pending * layout->record_bytes;
    layout_clear(layout, record);
    rank->rows[rank->pending] =
        (struct row){.job = job, .state = ROW_QUARANTINED, .record = record};
}

/* Does jobs side by side and keeps their rows. */
static enum status do_together(struct rank *rank, const int64_t *jobs, size_t count,
                               struct error *error) {
    size_t bytes = rank->workshop.map->layout.record_bytes;
    blame_begin(rank->blame, jobs, count);
    enum status status =
        work_on(&rank->workshop, jobs, count, rank->records + rank->pending * bytes,
                rank->rows + rank->pending, error);
    blame_end(rank->blame);
    rank->pending += status == STATUS_OK ? count : 0;
    return status;
}

/* What together does not fit into memory is done one by one; what alone does not is given up. */
static enum status do_jobs(struct rank *rank, const int64_t *jobs, size_t count,
                           struct error *error) {
    enum status status = do_together(rank, jobs, count, error);
    if (status != STATUS_SYSTEM) {
        return status;
    }
    for (size_t k = 0; k < count; k++) {
        status = do_together(rank, jobs + k, 1, error);
        if (status == STATUS_SYSTEM) {
            give_up(rank, jobs[k]);
            rank->pending++;
        } else if (status != STATUS_OK) {
            return status;
        }
    }
    *error = (struct error){.status = STATUS_OK};
    return STATUS_OK;
}

static void note_slowest(struct report *report, const struct plan_bundle *bundle, double seconds) {
    if (seconds > report->slowest_seconds) {
        report->slowest_seconds = seconds;
        report->slowest_job = bundle->jobs[0];
        report->slowest_jobs = bundle->count;
    }
}

void rank_do(struct rank *rank, const struct plan_bundle *bundle) {
    size_t count = (size_t)bundle->count;
    /* A bundle of one may be a job that kills its process, as it did before. */
    if (rank->capacity - rank->pending < count || count == 1) {
        rank_flush(rank);
    }
    if (rank->report.error.status != STATUS_OK) {
        return;
    }
    double start = clock_seconds();
    if (do_jobs(rank, bundle->jobs, count, &rank->report.error) != STATUS_OK) {
        return;
    }
    double end = clock_seconds();
    rank->report.bundles++;
    rank->report.cost += bundle->cost * (double)count;
    rank->bundle_seconds = end - start;
    note_slowest(&rank->report, bundle, end - start);
    rank->report.seconds += end - start;
    if (end - rank->last_write > write_interval) {
        rank_flush(rank);
    }
}
