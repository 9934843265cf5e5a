/* Single jobs of a report: those that failed, and the slowest. */
#include "report/report_parts.h"

#include "aggregate/totals.h"
#include "document/html.h"
#include "show/duration.h"
#include "store/format.h"

#include <stdlib.h>

enum { FAILURES_SHOWN = 50 };

static const char *report_jobs_fate_of(uint8_t state) {
    return state == ROW_DIVERGED ? "diverged" : state == ROW_QUARANTINED ? "quarantined" : "done";
}

/* The job's values of all axes, as the key of a group that it would be alone. */
static enum status report_jobs_read_place(const struct report *report, int64_t job,
                                          unsigned char *bytes, struct error *error) {
    for (size_t k = 0; k < report->table.key_count; k++) {
        const struct table_key *key = &report->table.keys[k];
        TRY(reader_column(report->reader, key->name, key->storage, job, 1, bytes, error));
        bytes += key->bytes;
    }
    return STATUS_OK;
}

static enum status report_jobs_write_place(const struct report *report, int64_t job,
                                           struct arena *arena, FILE *page, struct error *error) {
    size_t size = 0;
    unsigned char *bytes;
    for (size_t k = 0; k < report->table.key_count; k++) {
        size += report->table.keys[k].bytes;
    }
    TRY(ARENA_NEW(arena, bytes, size, error));
    TRY(report_jobs_read_place(report, job, bytes, error));
    const struct table_group alone = {.key = bytes};
    for (size_t k = 0; k < report->table.key_count; k++) {
        const char *text;
        TRY(table_key_text(&report->table, &alone, k, arena, &text, error));
        report_field(page, text, report->table.keys[k].storage != HDF_LETTER);
    }
    return STATUS_OK;
}

static void report_jobs_write_integer(FILE *page, int64_t value) {
    (void)fprintf(page, "<td class=\"number\">%lld</td>", (long long)value);
}

static enum status write_job(const struct report *report, int64_t job, bool told,
                             struct arena *arena, FILE *page, struct error *error) {
    const struct results_reader *reader = report->reader;
    int64_t replicate;
    int64_t steps;
    int64_t attempts;
    char seconds[DURATION_BYTES];
    TRY(reader_column(reader, VARIABLE_REPLICATE, HDF_INT64, job, 1, &replicate, error));
    TRY(reader_column(reader, VARIABLE_STEPS, HDF_INT64, job, 1, &steps, error));
    TRY(reader_column(reader, VARIABLE_ATTEMPTS, HDF_INT64, job, 1, &attempts, error));
    (void)fputs("<tr>", page);
    report_jobs_write_integer(page, job);
    TRY(report_jobs_write_place(report, job, arena, page, error));
    report_jobs_write_integer(page, replicate);
    if (told) {
        report_field(page, report_jobs_fate_of(report->states[job]), false);
    }
    report_jobs_write_integer(page, steps);
    report_field(page, duration_text(report->seconds[job], seconds), true);
    if (told) {
        report_jobs_write_integer(page, attempts);
    }
    (void)fputs("</tr>\n", page);
    return STATUS_OK;
}

static enum status report_jobs_write_headings(const struct report *report, bool told,
                                              struct arena *arena, FILE *page,
                                              struct error *error) {
    report_table_begin(page, told ? "jobs that failed" : "slowest jobs", true);
    report_heading(page, "job", true);
    for (size_t k = 0; k < report->table.key_count; k++) {
        const struct table_key *key = &report->table.keys[k];
        const char *heading;
        TRY(totals_heading(arena, key->name, key->unit, &heading, error));
        report_heading(page, heading, key->storage != HDF_LETTER);
    }
    report_heading(page, "replicate", true);
    if (told) {
        report_heading(page, "what became of it", false);
    }
    report_heading(page, told ? "step" : "steps", true);
    report_heading(page, "core time", true);
    if (told) {
        report_heading(page, "crashes", true);
    }
    (void)fputs("</tr></thead>\n<tbody>\n", page);
    return STATUS_OK;
}

enum status report_jobs(const struct report *report, const int64_t *jobs, size_t count, bool told,
                        FILE *page, struct error *error) {
    struct arena arena = {0};
    enum status status = report_jobs_write_headings(report, told, &arena, page, error);
    for (size_t i = 0; i < count && status == STATUS_OK; i++) {
        status = write_job(report, jobs[i], told, &arena, page, error);
        arena_reset(&arena);
    }
    report_table_end(page);
    arena_free(&arena);
    return status;
}

static void report_jobs_write_account(const struct status_report *status, int64_t failed,
                                      FILE *page) {
    html_begin(page, "p", NULL);
    if (failed == 0) {
        (void)fputs("No job failed.", page);
    }
    if (status->diverged > 0) {
        html_format(page,
                    "%lld diverged: the loss became infinite or no number at the step given. ",
                    (long long)status->diverged);
    }
    if (status->quarantined > 0) {
        html_format(page,
                    "%lld quarantined: given up, for they kept killing their process or found no "
                    "memory. ",
                    (long long)status->quarantined);
    }
    if (failed > 0) {
        (void)fputs("No mean has them.", page);
    }
    if (status->missing > 0) {
        html_format(page, " %lld job%s missing: not trained yet.", (long long)status->missing,
                    status->missing == 1 ? " is" : "s are");
    }
    if (status->torn > 0) {
        html_format(page,
                    " %lld of the missing rows %s half-written or damaged: they will be trained "
                    "again.",
                    (long long)status->torn, status->torn == 1 ? "is" : "are");
    }
    html_end(page, "p");
}

enum status report_failures(const struct report *report, FILE *page, struct error *error) {
    const struct status_report *status = &report->status;
    int64_t jobs[FAILURES_SHOWN];
    size_t count = 0;
    for (int64_t i = 0; i < report->reader->job_count && count < FAILURES_SHOWN; i++) {
        if (report->states[i] == ROW_DIVERGED || report->states[i] == ROW_QUARANTINED) {
            jobs[count++] = i;
        }
    }
    int64_t failed = status->diverged + status->quarantined;
    report_jobs_write_account(status, failed, page);
    if (failed > (int64_t)count) {
        html_element_format(page, "p", "note",
                            "The first %zu of %lld are listed; the variable state of the file has "
                            "all of them.",
                            count, (long long)failed);
    }
    return count == 0 ? STATUS_OK : report_jobs(report, jobs, count, true, page, error);
}
