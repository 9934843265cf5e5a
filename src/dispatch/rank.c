#include "dispatch/rank.h"

#include "base/clock.h"
#include "dispatch/signals.h"
#include "store/results.h"

#include <string.h>

enum { ROWS_KEPT_BYTES = 4 << 20, ROWS_KEPT_MOST = 4096 };

static const double write_interval = 5e-3; /* seconds of work that a killed rank may lose */
static const double sync_interval = 60.0;  /* seconds between two fsync of a rank */
static const double look_interval = 2.0;   /* seconds between two looks for a later run */

enum status rank_prepare(struct rank *rank, struct arena *arena, struct error *error) {
    size_t bytes = rank->workshop.map->layout.record_bytes;
    size_t fit = ROWS_KEPT_BYTES / (bytes + 1);
    rank->capacity = fit > ROWS_KEPT_MOST ? ROWS_KEPT_MOST : fit;
    rank->capacity = rank->capacity < PLAN_WIDTH_MOST ? PLAN_WIDTH_MOST : rank->capacity;
    rank->last_write = clock_seconds();
    rank->last_sync = rank->last_write;
    rank->last_look = rank->last_write;
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

/* Checkpoints go once the rows that replace them are on the disk. */
static enum status remove_checkpoints(struct rank *rank, struct error *error) {
    const struct keeping *keeping = &rank->workshop.keeping;
    if (keeping->superfluous_count == 0) {
        return STATUS_OK;
    }
    rank_flush(rank);
    if (rank->cannot_write) {
        return STATUS_OK; /* told in the report */
    }
    TRY(results_sync(rank->results, error));
    for (size_t k = 0; k < keeping->superfluous_count; k++) {
        TRY(checkpoint_remove(keeping->output, keeping->superfluous[k], error));
    }
    return STATUS_OK;
}

/* Jobs of the bundle just left that can go on: where nothing later was kept, from the checkpoint
 * that it came with. */
static int64_t kept_of(const struct keeping *keeping, const struct plan_bundle *bundle,
                       size_t finished) {
    return keeping->kept_jobs == 0 && bundle->resumed ? bundle->count - (int64_t)finished
                                                      : keeping->kept_jobs;
}

/* Does a bundle and keeps the rows of what was finished. */
static enum status do_together(struct rank *rank, const struct plan_bundle *bundle,
                               struct error *error) {
    size_t bytes = rank->workshop.map->layout.record_bytes;
    size_t finished;
    blame_begin(rank->blame, bundle->jobs, (size_t)bundle->count);
    enum status status = work_on(&rank->workshop, bundle, rank->records + rank->pending * bytes,
                                 rank->rows + rank->pending, &finished, error);
    blame_end(rank->blame);
    if (status != STATUS_OK && status != STATUS_STOPPED) {
        return status;
    }
    rank->pending += finished;
    rank->report.kept += kept_of(&rank->workshop.keeping, bundle, finished);
    TRY(remove_checkpoints(rank, error));
    return status;
}

static struct plan_bundle one_of(const struct plan_bundle *bundle, int k) {
    struct plan_bundle one = *bundle;
    one.count = 1;
    one.jobs[0] = bundle->jobs[k];
    return one;
}

/* What together does not fit into memory is done one by one; what alone does not is given up. */
static enum status do_jobs(struct rank *rank, const struct plan_bundle *bundle,
                           struct error *error) {
    enum status status = do_together(rank, bundle, error);
    if (status != STATUS_SYSTEM) {
        return status;
    }
    for (int k = 0; k < bundle->count; k++) {
        struct plan_bundle one = one_of(bundle, k);
        status = do_together(rank, &one, error);
        if (status == STATUS_SYSTEM) {
            give_up(rank, one.jobs[0]);
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

static void do_timed(struct rank *rank, const struct plan_bundle *bundle) {
    double start = clock_seconds();
    stop_begin_bundle(&rank->stop, start);
    /* Not the report's: polls and writing note there why all ends, which leaving off is not. */
    struct error error = {.status = STATUS_OK};
    enum status status = do_jobs(rank, bundle, &error);
    if (status != STATUS_OK) {
        if (status != STATUS_STOPPED && rank->report.error.status == STATUS_OK) {
            rank->report.error = error;
        }
        return;
    }
    double end = clock_seconds();
    rank->report.bundles++;
    rank->report.cost += bundle->cost * (double)bundle->count;
    rank->bundle_seconds = end - start;
    note_slowest(&rank->report, bundle, end - start);
    rank->report.seconds += end - start;
    if (end - rank->last_write > write_interval) {
        rank_flush(rank);
    }
}

void rank_do(struct rank *rank, const struct plan_bundle *bundle) {
    size_t count = (size_t)bundle->count;
    if (rank->stop.on) {
        rank->report.kept += bundle->resumed ? bundle->count : 0; /* goes on from there later */
        return;
    }
    /* A bundle of one may be a job that kills its process, as it did before. */
    if (rank->capacity - rank->pending < count || count == 1) {
        rank_flush(rank);
    }
    if (rank->report.error.status == STATUS_OK) {
        do_timed(rank, bundle);
    }
}

/* Another run has taken over: nothing that this one does counts any more. */
static bool is_taken_over(struct rank *rank) {
    struct error error;
    enum status status = results_current(rank->results, &error);
    if (status != STATUS_OK && rank->report.error.status == STATUS_OK) {
        rank->report.error = error;
    }
    rank->cannot_write = rank->cannot_write || status != STATUS_OK;
    return status != STATUS_OK;
}

/* The run that was taken over may have ended since. */
static void take_lock(struct rank *rank) {
    struct error error;
    if (rank->lock != NULL && *rank->lock < 0) {
        enum status status = results_lock(rank->workshop.keeping.output, rank->lock, &error);
        (void)status; /* there is a next look */
    }
}

/* Looks now and then what other runs do with the results file. */
static bool has_lost_file(struct rank *rank, double now) {
    if (now - rank->last_look < look_interval) {
        return false;
    }
    rank->last_look = now;
    bool lost = is_taken_over(rank);
    if (!lost) {
        take_lock(rank);
    }
    return lost;
}

bool rank_heed(struct rank *rank, double *notice) {
    double now = clock_seconds();
    if (rank->stop.on) {
        return false;
    }
    bool lost = has_lost_file(rank, now);
    *notice = lost ? 0.0 : rank->notice;
    if (lost || signals_seen() != 0) {
        stop_now(&rank->stop, *notice, now);
    }
    return rank->stop.on;
}
