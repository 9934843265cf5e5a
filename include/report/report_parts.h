/**
 * @file
 * The parts of a report, each written by its own source file. For the room report only.
 */
#pragma once

#include "aggregate/table.h"
#include "document/document.h"
#include "report/summary.h"
#include "show/status.h"

#include <stdbool.h>
#include <stdio.h>

enum {
    REPORT_CELLS_SHOWN = 200,   /**< lines of the table of cells */
    REPORT_VALUES_LISTED = 12,  /**< values of an axis that are all named */
    REPORT_VALUES_TABLED = 24,  /**< values of an axis that have a line each */
    REPORT_VALUES_COUNTED = 999 /**< values of an axis that are counted */
};

/** The values of an axis over all cells, in the order of their first cells. */
struct report_values {
    size_t key; /**< of the report's table */
    size_t count;
    const char **texts; /**< [count] */
    size_t *numbers;    /**< [group_count]: which of them each cell has; no use where `more` */
    bool more;          /**< than REPORT_VALUES_COUNTED, which is then `count` */
    double least, most; /**< of numbers; NaN of texts */
};

/** What the parts are written from. */
struct report {
    struct results_reader *reader;
    const char *path; /**< of the page */
    struct arena arena;
    struct status_report status;
    struct table table;         /**< of cells: the sweep's scores, the loss, then the seconds */
    size_t score_count;         /**< without the seconds */
    struct summary *summaries;  /**< [score_count], over all done jobs */
    uint8_t *states;            /**< [job_count] */
    double *seconds;            /**< [job_count]; NaN of jobs that are not finished */
    struct summary durations;   /**< of these */
    int64_t replicates;         /**< 1 + the largest number of one */
    struct report_values *axes; /**< [table.key_count] */
    const char *yaml, *overrides, *sweep_file; /**< "" where the file does not say */
    size_t set_count;
    const char **sets; /**< [set_count], the lines of overrides */
};

/** An attribute of the file; "" where there is none, as in files that no run has made. */
enum status report_attribute(const struct report *report, const char *name, struct arena *arena,
                             const char **text, struct error *error) CHECKED;

/** Fills a report whose reader and path are set; report_free in every case. */
enum status report_gather(struct report *report, struct error *error) CHECKED;
void report_free(struct report *report);

/** The parts, in the order of the page. Errors of writing stay in the stream. */
enum status report_headline(const struct report *report, FILE *page, struct error *error) CHECKED;
enum status report_scores(const struct report *report, FILE *page, struct error *error) CHECKED;
enum status report_figures(const struct report *report, FILE *page, struct error *error) CHECKED;
enum status report_axes(const struct report *report, FILE *page, struct error *error) CHECKED;
enum status report_cells(const struct report *report, FILE *page, struct error *error) CHECKED;
enum status report_sweep(const struct report *report, FILE *page, struct error *error) CHECKED;
enum status report_failures(const struct report *report, FILE *page, struct error *error) CHECKED;
enum status report_timings(const struct report *report, FILE *page, struct error *error) CHECKED;
enum status report_provenance(const struct report *report, FILE *page, struct error *error) CHECKED;

/** Appends a table of jobs with their place on every axis, steps and seconds; `failed` adds how
 * each ended, and how often its process died. */
enum status report_jobs(const struct report *report, const int64_t *jobs, size_t count, bool failed,
                        struct document *document, struct error *error) CHECKED;

/** Appends words and a command of the shell on the results file, such as "modsweep table". */
enum status report_add_command(const struct report *report, const char *words, const char *command,
                               const char *more, struct document *document,
                               struct error *error) CHECKED;
