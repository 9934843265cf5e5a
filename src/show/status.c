#include "show/status.h"

#include "base/clock.h"
#include "base/order.h"
#include "store/lock.h"
#include "store/runs.h"
#include "store/states.h"

#include <errno.h>
#include <math.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { HOST_BYTES = 256, NUMBER_BYTES = 32 };

/* Where locks do not reach, on another node, a run counts as running if its last sign of life is
 * this recent, or within so many of its own intervals. */
static const double quiet_seconds = 60;
static const double quiet_intervals = 3;
static const double nanosecond = 1e-9; /* seconds */

/* Keeps the job if it is one of the first that failed. */
static enum status status_note_failure(const struct results_reader *reader, int64_t row,
                                       uint8_t state, struct status_report *report,
                                       struct error *error) {
    bool failed = state == ROW_DIVERGED || state == ROW_QUARANTINED;
    if (!failed || report->failure_count == STATUS_FAILURES_NAMED) {
        return STATUS_OK;
    }
    struct status_failure *failure = &report->failures[report->failure_count++];
    *failure =
        (struct status_failure){.job = reader_job(reader, row), .state = (enum row_state)state};
    return reader_column(reader, VARIABLE_STEPS, HDF_INT64, row, 1, &failure->steps, error);
}

static enum status status_count_rows(const struct results_reader *reader,
                                     struct status_report *report, struct error *error) {
    SCOPED(arena_free) struct arena arena = {0};
    uint8_t *states;
    TRY(ARENA_NEW(&arena, states, reader->job_count, error));
    TRY(states_read(reader, states, &report->torn, error));
    for (int64_t i = 0; i < reader->job_count; i++) {
        report->done += states[i] == ROW_DONE;
        report->diverged += states[i] == ROW_DIVERGED;
        report->quarantined += states[i] == ROW_QUARANTINED;
        report->missing += states[i] == ROW_MISSING;
        TRY(status_note_failure(reader, i, states[i], report, error));
    }
    return STATUS_OK;
}

/* Hosts are listed as "name*ranks,…", that of the lock's holder first. */
static enum status_lock status_lock_of(const struct status_report *report) {
    char host[HOST_BYTES] = "";
    if (results_locked(report->path)) {
        return LOCK_HELD;
    }
    if (report->run_count == 0 || gethostname(host, sizeof host - 1) != 0) {
        return LOCK_UNKNOWN;
    }
    const char *hosts = report->runs[report->run_count - 1].hosts;
    size_t length = strcspn(hosts, "*");
    return strlen(host) == length && strncmp(host, hosts, length) == 0 ? LOCK_FREE : LOCK_UNKNOWN;
}

/* The value of a column in a row as text; "" when the job has no such key. */
static enum status status_value_text(const struct results_reader *reader,
                                     const struct results_axis *axis, int64_t row,
                                     struct arena *arena, const char **text, struct error *error) {
    const struct results_axis letters = {.storage = HDF_LETTER,
                                         .letters = axis->letters + NUMBER_BYTES};
    char *value;
    char *converted;
    TRY(ARENA_NEW(arena, value, results_axis_bytes(axis), error));
    TRY(ARENA_NEW(arena, converted, letters.letters + 1, error));
    TRY(reader_column(reader, axis->key, axis->storage, row, 1, value, error));
    results_axis_convert(axis, value, 1, &letters, converted);
    *text = converted;
    return STATUS_OK;
}

/* "data.amount=0.3 replicate=2" of a row. */
static enum status status_cell_text(struct results_reader *reader, int64_t row, const char **cell,
                                    struct error *error) {
    static const struct results_axis replicate = {.key = VARIABLE_REPLICATE, .storage = HDF_INT64};
    struct arena *arena = &reader->arena;
    const char *text;
    *cell = "";
    for (size_t k = 0; k < reader->axis_count; k++) {
        const struct results_axis *axis = &reader->axes[k];
        TRY(status_value_text(reader, axis, row, arena, &text, error));
        if (text[0] != '\0') {
            TRY(arena_printf(arena, cell, error, "%s%s=%s ", *cell, axis->key, text));
        }
    }
    TRY(status_value_text(reader, &replicate, row, arena, &text, error));
    return arena_printf(arena, cell, error, "%s%s=%s", *cell, VARIABLE_REPLICATE, text);
}

double status_rate(const struct live *live, const struct live_rank *rank) {
    double seconds = live->written - live->started;
    return seconds > 0 ? (double)(rank->done + rank->failed) / seconds : 0;
}

/* Fills report->ranks. */
static enum status status_survey_ranks(struct status_report *report, struct arena *arena,
                                       struct error *error) {
    const struct live *live = report->live;
    struct status_ranks *ranks = &report->ranks;
    size_t count = (size_t)live->rank_count;
    double *keys;
    uint32_t *order;
    if (count == 0) {
        return STATUS_OK;
    }
    TRY(ARENA_NEW(arena, keys, count, error));
    TRY(ARENA_NEW(arena, order, count, error));
    for (size_t k = 0; k < count; k++) {
        ranks->jobs += live->ranks[k].jobs;
        ranks->idle += live->ranks[k].jobs == 0;
        keys[k] = status_rate(live, &live->ranks[k]);
    }
    TRY(order_reals(keys, order, count, arena, error));
    ranks->rate_least = keys[0];
    ranks->rate_median = keys[count / 2];
    ranks->rate_most = keys[count - 1];
    bool all = count <= STATUS_RANKS_LISTED;
    for (size_t k = 0; k < count; k++) {
        double since = live->ranks[k].jobs > 0 ? live->ranks[k].since : (double)INFINITY;
        keys[k] = all ? 0 : since;
        order[k] = (uint32_t)k;
    }
    TRY(order_reals(keys, order, count, arena, error));
    ranks->listed_count = all ? count : STATUS_RANKS_LISTED;
    for (size_t k = 0; k < ranks->listed_count; k++) {
        ranks->listed[k] = order[k];
    }
    return STATUS_OK;
}

/* What the last run said last, unless it ended or that was said by a run before it. */
static enum status status_read_live(struct results_reader *reader, struct status_report *report,
                                    struct error *error) {
    struct live *live;
    TRY(live_read(reader->path, &reader->arena, &live, error));
    const struct run_note *last =
        report->run_count > 0 ? &report->runs[report->run_count - 1] : NULL;
    if (live == NULL || last == NULL || last->ended != 0 || live->run_epoch != last->run_epoch) {
        return STATUS_OK;
    }
    report->live = live;
    report->written = fmax(report->written, live->written);
    for (size_t k = 0; k < live->slow_count; k++) {
        int64_t job = live->slow[k].job;
        report->slow_cells[k] = "";
        if (job >= 0 && job < reader->shard.jobs && shard_has(&reader->shard, job)) {
            TRY(status_cell_text(reader, shard_row(&reader->shard, job), &report->slow_cells[k],
                                 error));
        }
    }
    return status_survey_ranks(report, &reader->arena, error);
}

enum status status_read(struct results_reader *reader, struct status_report *report,
                        struct error *error) {
    struct stat found;
    *report = (struct status_report){.reader = reader,
                                     .path = reader->path,
                                     .name = reader->name,
                                     .shard = reader->shard,
                                     .job_count = reader->job_count};
    TRY(status_count_rows(reader, report, error));
    TRY(runs_read(reader->file, reader->version, report->runs, &report->run_count, error));
    if (stat(reader->path, &found) != 0) {
        return error_set(error, STATUS_STORAGE, "%s: %s", reader->path, strerror(errno));
    }
    report->written = (double)found.st_mtim.tv_sec + nanosecond * (double)found.st_mtim.tv_nsec;
    TRY(status_read_live(reader, report, error));
    status_judge(report, status_lock_of(report), clock_of_day());
    return STATUS_OK;
}

/* Seconds left by what the run said of its costs, NaN when it said nothing of use. */
static double status_seconds_left_of(const struct live *live, double now) {
    double elapsed = live->written - live->started;
    int64_t all = live->total - live->before;
    double part = live->all_cost > 0 ? live->cost / live->all_cost
                  : all > 0          ? (double)(live->done + live->failed) / (double)all
                                     : 0;
    return part > 0 ? fmax(0, elapsed * fmax(0, 1 - part) / part - (now - live->written))
                    : (double)NAN;
}

void status_judge(struct status_report *report, enum status_lock lock, double now) {
    const struct live *live = report->live;
    report->now = now;
    report->running = false;
    report->rate = 0;
    report->seconds_left = (double)NAN;
    if (report->run_count == 0) {
        return;
    }
    const struct run_note *last = &report->runs[report->run_count - 1];
    bool open = last->ended == 0;
    double end = open ? report->written : last->ended;
    int64_t finished = report->job_count - report->missing - last->finished_before;
    double quiet = fmax(quiet_seconds, live == NULL ? 0 : quiet_intervals * live->interval);
    bool fresh = now - report->written < quiet;
    report->running = open && (lock == LOCK_HELD || (lock == LOCK_UNKNOWN && fresh));
    if (finished > 0 && end > last->started) {
        report->rate = (double)finished / (end - last->started);
    }
    if (report->running && live != NULL) {
        report->seconds_left = status_seconds_left_of(live, now);
    }
    if (report->running && isnan(report->seconds_left) && report->rate > 0) {
        report->seconds_left = (double)report->missing / report->rate;
    }
}

double status_end_of_run(const struct status_report *report, size_t run) {
    const struct run_note *note = &report->runs[run];
    return note->ended > 0                ? note->ended
           : run + 1 == report->run_count ? report->written
                                          : (double)NAN;
}
