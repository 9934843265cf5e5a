#include "show/status.h"

#include "base/json.h"
#include "show/duration.h"
#include "store/lock.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { TIME_BYTES = 64, HOST_BYTES = 256 };

/* Where locks do not reach (another node's), a file written this lately counts as being written. */
static const double quiet_seconds = 60;

/* Keeps the job if it is one of the first that failed. */
static enum status note_failure(const struct results_reader *reader, int64_t job, uint8_t state,
                                struct status_report *report, struct error *error) {
    bool failed = state == ROW_DIVERGED || state == ROW_QUARANTINED;
    if (!failed || report->failure_count == STATUS_FAILURES_NAMED) {
        return STATUS_OK;
    }
    struct status_failure *failure = &report->failures[report->failure_count++];
    *failure = (struct status_failure){.job = job, .state = (enum row_state)state};
    return reader_column(reader, VARIABLE_STEPS, HDF_INT64, job, 1, &failure->steps, error);
}

static enum status count_rows(const struct results_reader *reader, struct status_report *report,
                              struct error *error) {
    struct arena arena = {0};
    uint8_t *states;
    enum status status = ARENA_NEW(&arena, states, reader->job_count, error);
    status = status == STATUS_OK ? reader_states(reader, states, &report->torn, error) : status;
    for (int64_t i = 0; i < reader->job_count && status == STATUS_OK; i++) {
        report->done += states[i] == ROW_DONE;
        report->diverged += states[i] == ROW_DIVERGED;
        report->quarantined += states[i] == ROW_QUARANTINED;
        report->missing += states[i] == ROW_MISSING;
        status = note_failure(reader, i, states[i], report, error);
    }
    arena_free(&arena);
    return status;
}

static double seconds_of(struct timespec time) {
    const double nanoseconds = 1e-9;
    return (double)time.tv_sec + nanoseconds * (double)time.tv_nsec;
}

/* Hosts are listed as "name*ranks,…", that of the lock's holder first. */
static enum status_lock lock_of(const struct status_report *report) {
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

enum status status_read(const struct results_reader *reader, struct status_report *report,
                        struct error *error) {
    struct stat found;
    struct timespec now;
    *report = (struct status_report){
        .path = reader->path, .name = reader->name, .job_count = reader->job_count};
    TRY(count_rows(reader, report, error));
    TRY(reader_runs(reader, report->runs, &report->run_count, error));
    if (stat(reader->path, &found) != 0 || clock_gettime(CLOCK_REALTIME, &now) != 0) {
        return error_set(error, STATUS_STORAGE, "%s: %s", reader->path, strerror(errno));
    }
    report->written = seconds_of(found.st_mtim);
    status_judge(report, lock_of(report), seconds_of(now));
    return STATUS_OK;
}

void status_judge(struct status_report *report, enum status_lock lock, double now) {
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
    bool fresh = now - report->written < quiet_seconds;
    report->running = open && (lock == LOCK_HELD || (lock == LOCK_UNKNOWN && fresh));
    if (finished > 0 && end > last->started) {
        report->rate = (double)finished / (end - last->started);
    }
    if (report->running && report->rate > 0) {
        report->seconds_left = (double)report->missing / report->rate;
    }
}

static void print_duration(double seconds) {
    char text[DURATION_BYTES];
    (void)fputs(duration_text(seconds, text), stdout);
}

static void print_runs(const struct status_report *report) {
    for (size_t i = 0; i < report->run_count; i++) {
        const struct run_note *note = &report->runs[i];
        char started[DURATION_BYTES];
        printf("run %zu     %s, %lld rank%s on %s, ", i + 1,
               duration_time_of_day(note->started, started), (long long)note->ranks,
               note->ranks == 1 ? "" : "s", note->hosts);
        if (note->ended > 0) {
            (void)fputs("took ", stdout);
            print_duration(note->ended - note->started);
            (void)putchar('\n');
        } else if (i + 1 == report->run_count && report->running) {
            puts("going on");
        } else {
            puts("killed, or its machine failed");
        }
    }
}

static void print_failures(const struct status_report *report) {
    for (size_t i = 0; i < report->failure_count; i++) {
        const struct status_failure *failure = &report->failures[i];
        printf("%-10sjob %lld ", i == 0 ? "failed" : "", (long long)failure->job);
        if (failure->state == ROW_DIVERGED) {
            printf("diverged at step %lld\n", (long long)failure->steps);
        } else {
            puts("was given up: it killed its process, or found no memory");
        }
    }
    int64_t others = report->diverged + report->quarantined - (int64_t)report->failure_count;
    if (others > 0) {
        printf("%-10sand %lld more: see the variable `state`\n", "", (long long)others);
    }
}

void status_print(const struct status_report *report) {
    const double percent = 100;
    int64_t finished = report->job_count - report->missing;
    printf("sweep     %s\nfile      %s\njobs      %lld\n", report->name, report->path,
           (long long)report->job_count);
    printf("finished  %lld (%.1f %%): %lld done, %lld diverged, %lld quarantined\n",
           (long long)finished,
           report->job_count == 0 ? percent
                                  : percent * (double)finished / (double)report->job_count,
           (long long)report->done, (long long)report->diverged, (long long)report->quarantined);
    printf("missing   %lld", (long long)report->missing);
    if (report->torn > 0) {
        printf(", of which %lld half-written or damaged", (long long)report->torn);
    }
    (void)putchar('\n');
    print_failures(report);
    if (report->running && report->rate > 0) {
        printf("rate      %.3g jobs/s, ", report->rate);
        print_duration(report->seconds_left);
        puts(" left");
    }
    print_runs(report);
}

static void format_time(double seconds, char text[static TIME_BYTES]) {
    time_t whole = (time_t)seconds;
    struct tm utc;
    text[0] = '\0';
    if (gmtime_r(&whole, &utc) != NULL) {
        (void)strftime(text, TIME_BYTES, "%Y-%m-%dT%H:%M:%SZ", &utc);
    }
}

static enum status add_time(struct json_object *object, const char *key, double seconds,
                            struct error *error) {
    char text[TIME_BYTES];
    format_time(seconds, text);
    return seconds > 0 ? json_add_text(object, key, text, error)
                       : json_add_null(object, key, error);
}

static enum status add_runs(struct json_object *root, const struct status_report *report,
                            struct error *error) {
    struct json_object *runs;
    TRY(json_add_array(root, "runs", &runs, error));
    for (size_t i = 0; i < report->run_count; i++) {
        struct json_object *run;
        TRY(json_append_object(runs, &run, error));
        TRY(add_time(run, "started", report->runs[i].started, error));
        TRY(add_time(run, "ended", report->runs[i].ended, error));
        TRY(json_add_integer(run, "ranks", report->runs[i].ranks, error));
        TRY(json_add_text(run, "hosts", report->runs[i].hosts, error));
    }
    return STATUS_OK;
}

static enum status add_failures(struct json_object *root, const struct status_report *report,
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

static enum status build(const struct status_report *report, struct json_object *root,
                         struct error *error) {
    TRY(json_add_text(root, "name", report->name, error));
    TRY(json_add_text(root, "file", report->path, error));
    TRY(json_add_integer(root, "jobs", report->job_count, error));
    TRY(json_add_integer(root, "done", report->done, error));
    TRY(json_add_integer(root, "diverged", report->diverged, error));
    TRY(json_add_integer(root, "quarantined", report->quarantined, error));
    TRY(json_add_integer(root, "missing", report->missing, error));
    TRY(json_add_integer(root, "torn", report->torn, error));
    TRY(json_add_flag(root, "running", report->running, error));
    TRY(json_add_real(root, "rate", report->rate, error));
    TRY(json_add_real(root, "seconds_left", report->seconds_left, error));
    TRY(add_failures(root, report, error));
    return add_runs(root, report, error);
}

enum status status_print_json(const struct status_report *report, struct error *error) {
    struct json_object *root = json_object_new_object();
    enum status status = root == NULL ? error_set(error, STATUS_SYSTEM, "out of memory for JSON")
                                      : build(report, root, error);
    status = status == STATUS_OK ? json_print(root, error) : status;
    (void)json_object_put(root);
    return status;
}
