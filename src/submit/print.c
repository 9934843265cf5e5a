#include "submit/print.h"

#include "base/json.h"
#include "document/wrap.h"
#include "submit/quote.h"
#include "submit/slurm_time.h"

#include <math.h>
#include <stdlib.h>

enum { LABEL_COLUMNS = 10, LINE_BYTES = 512 };

static void print_begin(FILE *file, const char *label) {
    (void)fprintf(file, "%-*s", LABEL_COLUMNS, label);
}

static void print_tell_size(FILE *file, const struct submission *submission) {
    print_begin(file, "size");
    if (submission->shards > 0) {
        (void)fprintf(file, "%lld shards, each on ", (long long)submission->shards);
    }
    (void)fprintf(file, "%lld node%s, %lld rank%s a node", (long long)submission->nodes,
                  submission->nodes == 1 ? "" : "s", (long long)submission->ranks_per_node,
                  submission->ranks_per_node == 1 ? "" : "s");
    if (submission->partition != NULL) {
        (void)fprintf(file, ", partition %s", submission->partition);
    }
    (void)fprintf(file, "; %lld job%s in %lld bundle%s\n", (long long)submission->jobs,
                  submission->jobs == 1 ? "" : "s", (long long)submission->estimate.bundles,
                  submission->estimate.bundles == 1 ? "" : "s");
}

static void print_tell_time(FILE *file, const struct submission *submission) {
    const struct schedule *schedule = &submission->schedule;
    char asked[SLURM_TIME_BYTES];
    char needed[SLURM_TIME_BYTES];
    char line[LINE_BYTES];
    print_begin(file, "time");
    (void)snprintf(line, sizeof line,
                   "%s is asked for; training takes about %s, times %g to be safe, and starting "
                   "about %g s. The ranks are warned %d s before the end and use %d of them.",
                   slurm_time_text(schedule->seconds, asked),
                   slurm_time_text(ceil(submission->estimate.seconds), needed), schedule_safety,
                   schedule_start, schedule->warning, schedule->notice);
    wrap_print(file, LABEL_COLUMNS, LABEL_COLUMNS, line);
    print_begin(file, "pieces");
    if (schedule->pieces == 1) {
        (void)snprintf(line, sizeof line,
                       "one, if the estimate holds; if not it is requeued, up to %lld times",
                       (long long)schedule->restarts_most);
    } else {
        (void)snprintf(line, sizeof line,
                       "up to %lld, since a job may not take longer: it is requeued by itself and "
                       "goes on, at most %lld times",
                       (long long)schedule->pieces, (long long)schedule->restarts_most);
    }
    wrap_print(file, LABEL_COLUMNS, LABEL_COLUMNS, line);
}

static void print_tell_warnings(FILE *file, const struct submission *submission) {
    for (size_t w = 0; w < submission->warning_count; w++) {
        print_begin(file, w == 0 ? "note" : "");
        wrap_print(file, LABEL_COLUMNS, LABEL_COLUMNS, submission->warnings[w]);
    }
}

static enum status print_tell_watching(FILE *file, const struct submission *submission,
                                       const struct submission_sent *sent, struct error *error) {
    struct arena arena = {0};
    char *log = submission_log(submission, sent->job, &arena, error);
    if (log == NULL) {
        arena_free(&arena);
        return error_status(error);
    }
    print_begin(file, "watch");
    (void)fprintf(file, "squeue -j %s%s%s\n", sent->job, sent->merge == NULL ? "" : ",",
                  sent->merge == NULL ? "" : sent->merge);
    print_begin(file, "");
    (void)fputs("modsweep status ", file);
    if (submission->shards > 0) {
        char *stem =
            arena_format(&arena, error, "%.*s.shard-1-of-%lld.h5", submission_stem(submission),
                         submission->results, (long long)submission->shards);
        quote_shell(file, stem == NULL ? submission->results : stem);
    } else {
        quote_shell(file, submission->results);
    }
    (void)fputc('\n', file);
    print_begin(file, "");
    (void)fputs("tail -f ", file);
    quote_shell(file, log);
    (void)fputc('\n', file);
    if (sent->merge != NULL) {
        print_begin(file, "merge");
        (void)fprintf(file, "job %s joins the shards in %s when all have ended\n", sent->merge,
                      submission->results);
    }
    arena_free(&arena);
    return STATUS_OK;
}

enum status submission_print(FILE *file, const struct submission *submission,
                             const struct submission_sent *sent, struct error *error) {
    if (sent != NULL) {
        print_begin(file, "job");
        (void)fprintf(file, "%s, submitted as %s\n", sent->job, sent->script);
    }
    print_tell_size(file, submission);
    print_tell_time(file, submission);
    print_tell_warnings(file, submission);
    return sent == NULL ? STATUS_OK : print_tell_watching(file, submission, sent, error);
}

static enum status print_add_optional(struct json_object *object, const char *key,
                                      const char *value, struct error *error) {
    return value == NULL ? json_add_null(object, key, error)
                         : json_add_text(object, key, value, error);
}

static enum status print_fill(const struct submission *submission,
                              const struct submission_sent *sent, const char *script,
                              struct json_object *object, struct arena *arena,
                              struct error *error) {
    const struct schedule *schedule = &submission->schedule;
    struct json_object *warnings;
    char *log = submission_log(submission, sent == NULL ? NULL : sent->job, arena, error);
    if (log == NULL) {
        return error_status(error);
    }
    TRY(print_add_optional(object, "job", sent == NULL ? NULL : sent->job, error));
    TRY(print_add_optional(object, "merge_job", sent == NULL ? NULL : sent->merge, error));
    TRY(sent == NULL ? json_add_text(object, "script", script, error)
                     : json_add_text(object, "script_file", sent->script, error));
    TRY(json_add_text(object, "results", submission->results, error));
    TRY(json_add_text(object, "log", log, error));
    TRY(print_add_optional(object, "partition", submission->partition, error));
    TRY(json_add_integer(object, "nodes", submission->nodes, error));
    TRY(json_add_integer(object, "ranks_per_node", submission->ranks_per_node, error));
    TRY(json_add_integer(object, "shards", submission->shards, error));
    TRY(json_add_integer(object, "jobs", submission->jobs, error));
    TRY(json_add_integer(object, "bundles", submission->estimate.bundles, error));
    TRY(json_add_real(object, "estimate_seconds", submission->estimate.seconds, error));
    TRY(json_add_real(object, "seconds", schedule->seconds, error));
    TRY(json_add_integer(object, "warning_seconds", schedule->warning, error));
    TRY(json_add_integer(object, "notice_seconds", schedule->notice, error));
    TRY(json_add_integer(object, "pieces", schedule->pieces, error));
    TRY(json_add_integer(object, "restarts_most", schedule->restarts_most, error));
    TRY(json_add_array(object, "notes", &warnings, error));
    for (size_t w = 0; w < submission->warning_count; w++) {
        TRY(json_append_text(warnings, submission->warnings[w], error));
    }
    return STATUS_OK;
}

enum status submission_print_json(const struct submission *submission,
                                  const struct submission_sent *sent, const char *script,
                                  struct error *error) {
    struct arena arena = {0};
    struct json_object *object = json_object_new_object();
    if (object == NULL) {
        return error_set(error, STATUS_NO_MEMORY, "out of memory for JSON");
    }
    enum status status = print_fill(submission, sent, script, object, &arena, error);
    if (status == STATUS_OK) {
        status = json_write(object, true, stdout, error);
    }
    (void)json_object_put(object);
    arena_free(&arena);
    return status;
}
