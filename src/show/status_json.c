/* The form of a status that programs read. */
#include "show/status.h"

#include "base/json.h"
#include "show/duration.h"
#include "show/parts.h"

#include <math.h>

static enum status status_json_add_time(struct json_object *object, const char *key, double seconds,
                                        struct error *error) {
    char text[DURATION_BYTES];
    return seconds > 0 ? json_add_text(object, key, duration_iso_time(seconds, text), error)
                       : json_add_null(object, key, error);
}

static enum status status_json_add_runs(struct json_object *root,
                                        const struct status_report *report, struct error *error) {
    struct json_object *runs;
    TRY(json_add_array(root, "runs", &runs, error));
    for (size_t i = 0; i < report->run_count; i++) {
        struct json_object *run;
        TRY(json_append_object(runs, &run, error));
        TRY(status_json_add_time(run, "started", report->runs[i].started, error));
        TRY(status_json_add_time(run, "ended", report->runs[i].ended, error));
        TRY(json_add_integer(run, "ranks", report->runs[i].ranks, error));
        TRY(json_add_text(run, "hosts", report->runs[i].hosts, error));
    }
    return STATUS_OK;
}

static enum status status_json_add_failures(struct json_object *root,
                                            const struct status_report *report,
                                            struct error *error) {
    struct json_object *failures;
    TRY(json_add_array(root, "failures", &failures, error));
    for (size_t i = 0; i < report->failure_count; i++) {
        const struct status_failure *failure = &report->failures[i];
        struct json_object *object;
        TRY(json_append_object(failures, &object, error));
        TRY(json_add_integer(object, "job", failure->job, error));
        TRY(json_add_text(object, "state",
                          failure->state == ROW_DIVERGED ? "diverged" : "quarantined", error));
        TRY(json_add_integer(object, "steps", failure->steps, error));
    }
    return STATUS_OK;
}

static enum status status_json_add_ranks(struct json_object *object, const struct live *live,
                                         struct error *error) {
    struct json_object *ranks;
    TRY(json_add_array(object, "ranks", &ranks, error));
    for (int64_t k = 0; k < live->rank_count; k++) {
        const struct live_rank *rank = &live->ranks[k];
        struct json_object *child;
        struct json_object *hand;
        TRY(json_append_object(ranks, &child, error));
        TRY(json_add_integer(child, "rank", k, error));
        TRY(json_add_text(child, "host", rank->host, error));
        TRY(json_add_integer(child, "done", rank->done, error));
        TRY(json_add_integer(child, "failed", rank->failed, error));
        TRY(json_add_real(child, "busy_seconds", rank->busy, error));
        TRY(json_add_real(child, "rate", status_rate(live, rank), error));
        if (rank->jobs == 0) {
            TRY(json_add_null(child, "in_hand", error));
            continue;
        }
        TRY(json_add_object(child, "in_hand", &hand, error));
        TRY(json_add_integer(hand, "job", rank->job, error));
        TRY(json_add_integer(hand, "jobs", rank->jobs, error));
        TRY(status_json_add_time(hand, "since", rank->since, error));
    }
    return STATUS_OK;
}

static enum status status_json_add_slowest(struct json_object *object,
                                           const struct status_report *report,
                                           struct error *error) {
    struct json_object *slowest;
    TRY(json_add_array(object, "slowest", &slowest, error));
    for (size_t k = 0; k < report->live->slow_count; k++) {
        const struct live_slow *slow = &report->live->slow[k];
        struct json_object *child;
        TRY(json_append_object(slowest, &child, error));
        TRY(json_add_real(child, "seconds", slow->seconds, error));
        TRY(json_add_integer(child, "rank", slow->rank, error));
        TRY(json_add_integer(child, "job", slow->job, error));
        TRY(json_add_integer(child, "jobs", slow->jobs, error));
        TRY(json_add_text(child, "cell", report->slow_cells[k], error));
    }
    return STATUS_OK;
}

/* What the last run said of itself, also when it was killed since; null when it ended. */
static enum status status_json_add_live(struct json_object *root,
                                        const struct status_report *report, struct error *error) {
    const struct live *live = report->live;
    struct json_object *object;
    if (live == NULL) {
        return json_add_null(root, "live", error);
    }
    TRY(json_add_object(root, "live", &object, error));
    TRY(json_add_integer(object, "incarnation", live->run_epoch, error));
    TRY(json_add_text(object, "host", live->host, error));
    TRY(json_add_integer(object, "process", live->process, error));
    TRY(status_json_add_time(object, "started", live->started, error));
    TRY(status_json_add_time(object, "written", live->written, error));
    TRY(json_add_integer(object, "in_hand", report->ranks.jobs, error));
    TRY(json_add_integer(object, "idle", report->ranks.idle, error));
    TRY(status_json_add_slowest(object, report, error));
    return status_json_add_ranks(object, live, error);
}

static enum status status_json_build(const struct status_report *report, struct json_object *root,
                                     struct error *error) {
    TRY(json_add_text(root, "name", report->name, error));
    TRY(json_add_text(root, "file", report->path, error));
    TRY(json_add_integer(root, "jobs", report->job_count, error));
    TRY(json_add_integer(root, "shard", report->shard.index + 1, error));
    TRY(json_add_integer(root, "shards", report->shard.count, error));
    TRY(json_add_integer(root, "sweep_jobs", report->shard.jobs, error));
    TRY(json_add_integer(root, "done", report->done, error));
    TRY(json_add_integer(root, "diverged", report->diverged, error));
    TRY(json_add_integer(root, "quarantined", report->quarantined, error));
    TRY(json_add_integer(root, "missing", report->missing, error));
    TRY(json_add_integer(root, "torn", report->torn, error));
    TRY(json_add_flag(root, "running", report->running, error));
    TRY(json_add_real(root, "rate", report->rate, error));
    TRY(json_add_real(root, "seconds_left", report->seconds_left, error));
    TRY(json_add_real(root, "silent_seconds", fmax(0, report->now - report->written), error));
    TRY(status_json_add_failures(root, report, error));
    TRY(status_json_add_live(root, report, error));
    TRY(parts_add_json(report->reader, root, error));
    return status_json_add_runs(root, report, error);
}

enum status status_print_json(const struct status_report *report, struct error *error) {
    struct json_object *root = json_object_new_object();
    enum status status = root == NULL ? error_set(error, STATUS_NO_MEMORY, "out of memory for JSON")
                                      : status_json_build(report, root, error);
    status = status == STATUS_OK ? json_write(root, true, stdout, error) : status;
    (void)json_object_put(root);
    return status;
}
