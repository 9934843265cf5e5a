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
    struct error *error = &rank->report.error;
    if (rank->pending == 0 || error->status != STATUS_OK) {
        return;
    }
    enum status status = results_write(rank->results, rank->rows, rank->pending, error);
    rank->last_write = clock_seconds();
    if (status == STATUS_OK && rank->last_write - rank->last_sync > sync_interval) {
        status = results_sync(rank->results, error);
        rank->last_sync = rank->last_write;
    }
    for (size_t k = 0; status == STATUS_OK && k < rank->pending; k++) {
        rank->report.done += !is_failure(&rank->rows[k]);
        rank->report.failed += is_failure(&rank->rows[k]);
    }
    rank->pending = 0;
}

void rank_do(struct rank *rank, const struct plan_bundle *bundle) {
    size_t count = (size_t)bundle->count;
    struct error *error = &rank->report.error;
    /* A bundle of one may be a job that kills its process, as it did before. */
    if (rank->capacity - rank->pending < count || count == 1) {
        rank_flush(rank);
    }
    if (error->status != STATUS_OK) {
        return;
    }
    double start = clock_seconds();
    size_t bytes = rank->workshop.map->layout.record_bytes;
    blame_begin(rank->blame, bundle->jobs, count);
    enum status status =
        work_on(&rank->workshop, bundle->jobs, count, rank->records + rank->pending * bytes,
                rank->rows + rank->pending, error);
    blame_end(rank->blame);
    if (status != STATUS_OK) {
        return;
    }
    double end = clock_seconds();
    rank->pending += count;
    rank->report.bundles++;
    rank->report.cost += bundle->cost * (double)count;
    rank->bundle_seconds = end - start;
    rank->report.seconds += end - start;
    if (end - rank->last_write > write_interval) {
        rank_flush(rank);
    }
}
