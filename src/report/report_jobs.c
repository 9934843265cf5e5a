/* Single jobs of a report: those that failed, and the slowest. */
#include "report/report_parts.h"

#include "document/writers.h"
#include "show/cells.h"
#include "show/duration.h"
#include "store/format.h"
#include "store/row.h"

enum { FAILURES_SHOWN = 50 };

/* The job's values of all axes, as cells. */
static enum status jobs_place(const struct report *report, int64_t job, struct arena *arena,
                              struct document_value *cells, struct error *error) {
    const struct table *table = &report->table;
    unsigned char *bytes;
    TRY(ARENA_NEW(arena, bytes, table->key_bytes, error));
    const struct table_group group = {.key = bytes}; /* of this job only */
    for (size_t k = 0; k < table->key_count; k++) {
        const struct table_key *key = &table->keys[k];
        TRY(reader_column(report->reader, key->name, key->storage, job, 1, bytes + key->offset,
                          error));
        TRY(cells_key(table, &group, k, arena, &cells[k], error));
    }
    return STATUS_OK;
}

static enum status jobs_add(const struct report *report, int64_t job, bool failed,
                            struct document_table *table, struct error *error) {
    const struct results_reader *reader = report->reader;
    int64_t replicate;
    int64_t steps;
    int64_t attempts;
    char text[DURATION_BYTES];
    const char *seconds;
    struct document_value *cells;
    TRY(reader_column(reader, VARIABLE_REPLICATE, HDF_INT64, job, 1, &replicate, error));
    TRY(reader_column(reader, VARIABLE_STEPS, HDF_INT64, job, 1, &steps, error));
    TRY(reader_column(reader, VARIABLE_ATTEMPTS, HDF_INT64, job, 1, &attempts, error));
    TRY(arena_strdup(table->arena, duration_text(report->seconds[job], text), &seconds, error));
    TRY(document_row(table, &cells, error));
    *cells++ = document_integer(job);
    TRY(jobs_place(report, job, table->arena, cells, error));
    cells += report->table.key_count;
    *cells++ = document_integer(replicate);
    if (failed) {
        *cells++ = document_text(report->states[job] == ROW_DIVERGED ? "diverged" : "quarantined");
    }
    *cells++ = document_integer(steps);
    *cells++ = document_text(seconds);
    if (failed) {
        *cells = document_integer(attempts);
    }
    return STATUS_OK;
}

enum status report_jobs(const struct report *report, const int64_t *jobs, size_t count, bool failed,
                        struct document *document, struct error *error) {
    enum { BESIDE_KEYS = 6 };
    const size_t keys = report->table.key_count;
    struct document_column *columns;
    struct document_table *table;
    TRY(ARENA_NEW(document->arena, columns, keys + BESIDE_KEYS, error));
    struct document_table jobs_table = {.label = failed ? "jobs that failed" : "slowest jobs",
                                        .columns = columns,
                                        .sortable = true};
    *columns++ = (struct document_column){.heading = "job"};
    for (size_t k = 0; k < keys; k++) {
        *columns++ = cells_column(&report->table.keys[k]);
    }
    *columns++ = (struct document_column){.heading = "replicate"};
    if (failed) {
        *columns++ = (struct document_column){.heading = "end", .left = true};
    }
    *columns++ = (struct document_column){.heading = failed ? "step" : "steps"};
    *columns++ = (struct document_column){.heading = "core time"};
    if (failed) {
        *columns++ = (struct document_column){.heading = "crashes"};
    }
    jobs_table.column_count = (size_t)(columns - jobs_table.columns);
    TRY(document_table(document, &jobs_table, &table, error));
    for (size_t i = 0; i < count; i++) {
        TRY(jobs_add(report, jobs[i], failed, table, error));
    }
    return STATUS_OK;
}

static enum status jobs_account(const struct status_report *status, int64_t failed,
                                struct document *document, struct error *error) {
    TRY(document_line(document, NULL, error, "%s", failed == 0 ? "No job failed." : ""));
    if (status->diverged > 0) {
        TRY(document_continue(document, error,
                              "%lld diverged: the loss became infinite or NaN at the given step. ",
                              (long long)status->diverged));
    }
    if (status->quarantined > 0) {
        TRY(document_continue(document, error,
                              "%lld quarantined: given up because they kept killing their process "
                              "or ran out of memory. ",
                              (long long)status->quarantined));
    }
    if (failed > 0) {
        TRY(document_continue(document, error, "Means leave them out."));
    }
    if (status->missing > 0) {
        TRY(document_continue(document, error, " %lld job%s missing: not trained yet.",
                              (long long)status->missing, status->missing == 1 ? " is" : "s are"));
    }
    return status->torn == 0
               ? STATUS_OK
               : document_continue(document, error,
                                   " %lld of the missing rows %s half-written or damaged: they "
                                   "will be trained again.",
                                   (long long)status->torn, status->torn == 1 ? "is" : "are");
}

enum status report_failures(const struct report *report, FILE *page, struct error *error) {
    const struct status_report *status = &report->status;
    SCOPED(arena_free) struct arena arena = {0};
    struct document document = {.arena = &arena};
    int64_t jobs[FAILURES_SHOWN];
    size_t count = 0;
    for (int64_t i = 0; i < report->reader->job_count && count < FAILURES_SHOWN; i++) {
        if (report->states[i] == ROW_DIVERGED || report->states[i] == ROW_QUARANTINED) {
            jobs[count++] = i;
        }
    }
    int64_t failed = status->diverged + status->quarantined;
    TRY(jobs_account(status, failed, &document, error));
    if (failed > (int64_t)count) {
        TRY(document_styled(&document, DOCUMENT_NOTE, NULL, error,
                            "The first %zu of %lld are listed; the file's variable state has all.",
                            count, (long long)failed));
    }
    if (count > 0) {
        TRY(report_jobs(report, jobs, count, true, &document, error));
    }
    return document_write(&document, DOCUMENT_HTML_FORM, page, error);
}
