#include "show/status_document.h"

#include "base/text.h"
#include "show/duration.h"
#include "show/merge.h"

#include <math.h>

enum { MARGIN = 10 };

static const double percent = 100;

/* A time of day for programs; null where there is none. */
static enum status status_time(double seconds, struct arena *arena, struct document_value *value,
                               struct error *error) {
    char text[DURATION_BYTES];
    const char *copy = NULL;
    if (seconds > 0) {
        TRY(arena_strdup(arena, duration_iso_time(seconds, text), &copy, error));
    }
    *value = document_text(copy);
    return STATUS_OK;
}

/* --- runs ------------------------------------------------------------------------------------ */

static const struct document_column run_columns[] = {
    {.heading = "run"},
    {.key = "started", .heading = "began", .left = true},
    {.key = "ended"},
    {.heading = "took"},
    {.key = "ranks", .heading = "ranks"},
    {.heading = "jobs"},
    {.heading = "jobs/s", .format = "%.3g"},
    {.heading = "end", .left = true},
    {.key = "hosts", .heading = "hosts, with ranks", .class = "long", .left = true},
};

static const char *status_end(const struct status_report *report, size_t run) {
    return report->runs[run].ended > 0                       ? "ended"
           : run + 1 == report->run_count && report->running ? "running"
                                                             : "killed, or its machine failed";
}

static enum status status_run(const struct status_report *report, size_t run,
                              struct document_table *table, struct error *error) {
    const struct run_note *note = &report->runs[run];
    const int64_t after = run + 1 == report->run_count ? report->job_count - report->missing
                                                       : report->runs[run + 1].finished_before;
    const int64_t jobs = after - note->finished_before;
    const double seconds = status_end_of_run(report, run) - note->started;
    char text[DURATION_BYTES];
    const char *began;
    const char *took;
    struct document_value started;
    struct document_value ended;
    struct document_value *cells;
    TRY(arena_strdup(table->arena, duration_time_of_day(note->started, text), &began, error));
    TRY(arena_strdup(table->arena, duration_text(seconds, text), &took, error));
    TRY(status_time(note->started, table->arena, &started, error));
    TRY(status_time(note->ended, table->arena, &ended, error));
    TRY(document_row(table, &cells, error));
    DOCUMENT_CELLS(cells, document_integer((int64_t)run + 1), document_shown(started, began), ended,
                   document_text(took), document_integer(note->ranks), document_integer(jobs),
                   seconds > 0 ? document_real((double)jobs / seconds) : document_null(),
                   document_text(status_end(report, run)), document_text(note->hosts));
    return STATUS_OK;
}

enum status status_runs(const struct status_report *report, struct document *document,
                        struct error *error) {
    const struct document_table runs = {
        .key = "runs", .label = "runs", DOCUMENT_COLUMNS(run_columns), .hidden = true};
    struct document_table *table;
    TRY(document_table(document, &runs, &table, error));
    for (size_t run = 0; run < report->run_count; run++) {
        TRY(status_run(report, run, table, error));
    }
    return STATUS_OK;
}

static enum status status_add_sign(const struct status_report *report, struct document *document,
                                   struct error *error) {
    char text[DURATION_BYTES];
    return document_continue(document, error, "; last sign of life %s ago",
                             duration_text(fmax(0, report->now - report->written), text));
}

static enum status status_run_line(const struct status_report *report, size_t run,
                                   struct document *document, struct error *error) {
    const struct run_note *note = &report->runs[run];
    const bool last = run + 1 == report->run_count;
    char label[DURATION_BYTES];
    char text[DURATION_BYTES];
    (void)snprintf(label, sizeof label, "run %zu", run + 1);
    TRY(document_line(document, label, error, "%s, %lld rank%s on %s, ",
                      duration_time_of_day(note->started, text), (long long)note->ranks,
                      TEXT_PLURAL(note->ranks), note->hosts));
    if (note->ended > 0) {
        return document_continue(document, error, "took %s",
                                 duration_text(note->ended - note->started, text));
    }
    TRY(document_continue(document, error, "%s", status_end(report, run)));
    return last && !report->running ? status_add_sign(report, document, error) : STATUS_OK;
}

/* --- failures -------------------------------------------------------------------------------- */

static enum status status_add_failure(const struct status_report *report, size_t number,
                                      struct document *document, struct error *error) {
    const struct status_failure *failure = &report->failures[number];
    const bool diverged = failure->state == ROW_DIVERGED;
    struct document *element;
    TRY(document_element(document, "failures", &element, error));
    TRY(DOCUMENT_FIELDS(element, error, {"job", document_integer(failure->job)},
                        {"state", document_text(diverged ? "diverged" : "quarantined")},
                        {"steps", document_integer(failure->steps)}));
    TRY(document_line(document, number == 0 ? "failed" : "", error, "job %lld ",
                      (long long)failure->job));
    return diverged
               ? document_continue(document, error, "diverged at step %lld",
                                   (long long)failure->steps)
               : document_continue(document, error,
                                   "was given up: it killed its process, or ran out of memory");
}

static enum status status_add_failures(const struct status_report *report,
                                       struct document *document, struct error *error) {
    const int64_t others = report->diverged + report->quarantined - (int64_t)report->failure_count;
    TRY(DOCUMENT_FIELDS(document, error, {"failures", document_list()}));
    for (size_t i = 0; i < report->failure_count; i++) {
        TRY(status_add_failure(report, i, document, error));
    }
    return others <= 0
               ? STATUS_OK
               : document_line(document, "", error, "and %lld more: see the variable `state`",
                               (long long)others);
}

/* --- the ranks of a run ---------------------------------------------------------------------- */

static enum status status_add_slow(const struct status_report *report, size_t number,
                                   struct document *object, struct error *error) {
    const struct live_slow *slow = &report->live->slow[number];
    struct document *element;
    TRY(document_element(object, "slowest", &element, error));
    return DOCUMENT_FIELDS(element, error, {"seconds", document_real(slow->seconds)},
                           {"rank", document_integer(slow->rank)},
                           {"job", document_integer(slow->job)},
                           {"jobs", document_integer(slow->jobs)},
                           {"cell", document_text(report->slow_cells[number])});
}

static enum status status_add_rank(const struct live *live, int64_t number, struct document *object,
                                   struct error *error) {
    const struct live_rank *rank = &live->ranks[number];
    struct document *element;
    struct document *in_hand;
    struct document_value since;
    TRY(document_element(object, "ranks", &element, error));
    TRY(DOCUMENT_FIELDS(element, error, {"rank", document_integer(number)},
                        {"host", document_text(rank->host)}, {"done", document_integer(rank->done)},
                        {"failed", document_integer(rank->failed)},
                        {"busy_seconds", document_real(rank->busy)},
                        {"rate", document_real(status_rate(live, rank))}));
    if (rank->jobs == 0) {
        return DOCUMENT_FIELDS(element, error, {"in_hand", document_null()});
    }
    TRY(document_object(element, "in_hand", &in_hand, error));
    TRY(status_time(rank->since, object->arena, &since, error));
    return DOCUMENT_FIELDS(in_hand, error, {"job", document_integer(rank->job)},
                           {"jobs", document_integer(rank->jobs)}, {"since", since});
}

/* What the last run said of itself, also when it was killed since; null when it ended. */
static enum status status_add_live(const struct status_report *report, struct document *document,
                                   struct error *error) {
    const struct live *live = report->live;
    struct document *object;
    struct document_value started;
    struct document_value written;
    if (live == NULL) {
        return DOCUMENT_FIELDS(document, error, {"live", document_null()});
    }
    TRY(document_object(document, "live", &object, error));
    TRY(status_time(live->started, document->arena, &started, error));
    TRY(status_time(live->written, document->arena, &written, error));
    TRY(DOCUMENT_FIELDS(object, error, {"incarnation", document_integer(live->run_epoch)},
                        {"host", document_text(live->host)},
                        {"process", document_integer(live->process)}, {"started", started},
                        {"written", written}, {"in_hand", document_integer(report->ranks.jobs)},
                        {"idle", document_integer(report->ranks.idle)},
                        {"slowest", document_list()}));
    for (size_t k = 0; k < live->slow_count; k++) {
        TRY(status_add_slow(report, k, object, error));
    }
    TRY(DOCUMENT_FIELDS(object, error, {"ranks", document_list()}));
    for (int64_t k = 0; k < live->rank_count; k++) {
        TRY(status_add_rank(live, k, object, error));
    }
    return STATUS_OK;
}

/* Percent of the run that a rank has spent in bundles, that in hand among them. */
static double status_busy(const struct live *live, const struct live_rank *rank) {
    double elapsed = live->written - live->started;
    double in_hand = rank->jobs > 0 ? fmax(0, live->written - rank->since) : 0;
    return elapsed > 0 ? fmin(percent, percent * (rank->busy + in_hand) / elapsed) : 0;
}

static enum status status_rank_line(const struct status_report *report, int64_t number,
                                    struct document *document, struct error *error) {
    const struct live *live = report->live;
    const struct live_rank *rank = &live->ranks[number];
    char text[DURATION_BYTES];
    TRY(document_line(document, "", error, "rank %lld on %s: %lld done, ", (long long)number,
                      rank->host, (long long)rank->done));
    if (rank->failed > 0) {
        TRY(document_continue(document, error, "%lld failed, ", (long long)rank->failed));
    }
    TRY(document_continue(document, error, "%.3g jobs/s, %.0f %% busy, ", status_rate(live, rank),
                          status_busy(live, rank)));
    return rank->jobs == 0
               ? document_continue(document, error, "idle")
               : document_continue(document, error, "%lld job%s from job %lld for %s",
                                   (long long)rank->jobs, TEXT_PLURAL(rank->jobs),
                                   (long long)rank->job,
                                   duration_text(fmax(0, report->now - rank->since), text));
}

/* What a run under way says of its ranks and bundles. */
static enum status status_live_lines(const struct status_report *report, struct document *document,
                                     struct error *error) {
    const struct live *live = report->live;
    const struct status_ranks *ranks = &report->ranks;
    TRY(document_line(document, "ranks", error,
                      "%lld, %lld idle: %.3g to %.3g jobs/s each, median %.3g",
                      (long long)live->rank_count, (long long)ranks->idle, ranks->rate_least,
                      ranks->rate_most, ranks->rate_median));
    TRY(status_add_sign(report, document, error));
    if ((int64_t)ranks->listed_count < live->rank_count) {
        TRY(document_line(document, "", error,
                          "these %zu have been at their bundles longest:", ranks->listed_count));
    }
    for (size_t k = 0; k < ranks->listed_count; k++) {
        TRY(status_rank_line(report, ranks->listed[k], document, error));
    }
    for (size_t k = 0; k < live->slow_count; k++) {
        const struct live_slow *slow = &live->slow[k];
        char text[DURATION_BYTES];
        TRY(document_line(document, k == 0 ? "slowest" : "", error,
                          "%s for %lld job%s on rank %lld, job %lld: %s",
                          duration_text(slow->seconds, text), (long long)slow->jobs,
                          TEXT_PLURAL(slow->jobs), (long long)slow->rank, (long long)slow->job,
                          report->slow_cells[k]));
    }
    return STATUS_OK;
}

/* --- all of it ------------------------------------------------------------------------------- */

static enum status status_add_counts(const struct status_report *report, struct document *document,
                                     struct error *error) {
    return DOCUMENT_FIELDS(
        document, error, {"name", document_labelled("sweep", document_text(report->name))},
        {"file", document_labelled("file", document_text(report->path))},
        {"jobs", document_integer(report->job_count)},
        {"shard", document_integer(report->shard.index + 1)},
        {"shards", document_integer(report->shard.count)},
        {"sweep_jobs", document_integer(report->shard.jobs)},
        {"done", document_integer(report->done)}, {"diverged", document_integer(report->diverged)},
        {"quarantined", document_integer(report->quarantined)},
        {"missing", document_integer(report->missing)}, {"torn", document_integer(report->torn)},
        {"running", document_flag(report->running)}, {"rate", document_real(report->rate)},
        {"seconds_left", document_real(report->seconds_left)},
        {"silent_seconds", document_real(fmax(0, report->now - report->written))});
}

static enum status status_count_lines(const struct status_report *report, struct document *document,
                                      struct error *error) {
    const int64_t finished = report->job_count - report->missing;
    const double share = report->job_count == 0 ? 1 : (double)finished / (double)report->job_count;
    TRY(document_line(document, "jobs", error, "%lld", (long long)report->job_count));
    if (report->shard.count > 1) {
        TRY(document_continue(document, error, " of shard %lld/%lld, of %lld in all",
                              (long long)report->shard.index + 1, (long long)report->shard.count,
                              (long long)report->shard.jobs));
    }
    TRY(document_line(document, "finished", error,
                      "%lld (%.1f %%): %lld done, %lld diverged, %lld quarantined",
                      (long long)finished, percent * share, (long long)report->done,
                      (long long)report->diverged, (long long)report->quarantined));
    TRY(document_line(document, "missing", error, "%lld", (long long)report->missing));
    if (report->torn > 0) {
        TRY(document_continue(document, error, ", of which %lld half-written or damaged",
                              (long long)report->torn));
    }
    return report->running && report->live != NULL
               ? document_continue(document, error, ", of which %lld in hand",
                                   (long long)report->ranks.jobs)
               : STATUS_OK;
}

enum status status_document(const struct status_report *report, struct document *document,
                            struct error *error) {
    char left[DURATION_BYTES];
    document->margin = MARGIN;
    TRY(status_add_counts(report, document, error));
    TRY(status_count_lines(report, document, error));
    TRY(status_add_failures(report, document, error));
    if (report->running && report->rate > 0) {
        TRY(document_line(document, "rate", error, "%.3g jobs/s, %s left", report->rate,
                          duration_text(report->seconds_left, left)));
    }
    TRY(status_add_live(report, document, error));
    if (report->running && report->live != NULL) {
        TRY(status_live_lines(report, document, error));
    }
    for (size_t run = 0; run < report->run_count; run++) {
        TRY(status_run_line(report, run, document, error));
    }
    TRY(merge_parts(report->reader, true, document, error));
    return status_runs(report, document, error);
}
