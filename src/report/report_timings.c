/* How long the jobs of a report took, and its runs. */
#include "report/report_parts.h"

#include "document/html.h"
#include "document/writers.h"
#include "show/duration.h"
#include "show/status_document.h"

#include <math.h>

enum { SLOWEST_SHOWN = 10 };

static const double percent = 100;

/* Share of the ranks' time that jobs took; NaN where a run's end is not known. */
static double timings_utilisation(const struct report *report) {
    double offered = 0;
    for (size_t i = 0; i < report->status.run_count; i++) {
        const struct run_note *note = &report->status.runs[i];
        offered += (double)note->ranks * (status_end_of_run(&report->status, i) - note->started);
    }
    return offered > 0 ? report->durations.total / offered : (double)NAN;
}

/* "1 s to 3 s", or one duration where `to` is NaN. */
static enum status timings_add_range(const char *label, double from, double to,
                                     struct document *document, struct error *error) {
    char first[DURATION_BYTES];
    char last[DURATION_BYTES];
    const char *text;
    TRY(isnan(to) ? arena_strdup(document->arena, duration_text(from, first), &text, error)
                  : arena_printf(document->arena, &text, error, "%s to %s",
                                 duration_text(from, first), duration_text(to, last)));
    return document_fact(document, label, document_text(text), error);
}

static enum status timings_add_facts(const struct report *report, struct document *document,
                                     struct error *error) {
    const struct summary *durations = &report->durations;
    const double busy = timings_utilisation(report);
    const char *text;
    TRY(document_line(document, NULL, error,
                      "Core time: seconds of one core, a job's share of its bundle. All finished "
                      "jobs count, also those that failed."));
    TRY(timings_add_range("total", durations->total, (double)NAN, document, error));
    TRY(timings_add_range("median of a job", durations->median, (double)NAN, document, error));
    TRY(timings_add_range("quartiles", durations->quarter, durations->three_quarters, document,
                          error));
    TRY(timings_add_range("range", durations->least, durations->most, document, error));
    if (!isfinite(busy)) {
        return STATUS_OK;
    }
    TRY(arena_printf(document->arena, &text, error, "%.3g %%", percent * busy));
    return document_fact(document, "share of the ranks' time", document_text(text), error);
}

static void timings_write_bars(const struct summary *durations, FILE *page) {
    char text[DURATION_BYTES];
    html_begin(page, "div", "card wide");
    html_element(page, "p", "help", "core time of a job");
    summary_write_bars(page, durations, "distribution of core time over jobs");
    html_begin(page, "p", "ends");
    html_element(page, "span", NULL, duration_text(durations->least, text));
    html_element(page, "span", NULL, duration_text(durations->most, text));
    html_end(page, "p");
    html_end(page, "div");
}

/* The slowest jobs, by insertion into a short list; returns how many. */
static size_t timings_find_slowest(const struct report *report,
                                   int64_t slowest[static SLOWEST_SHOWN]) {
    size_t count = 0;
    for (int64_t job = 0; job < report->reader->job_count; job++) {
        double seconds = report->seconds[job];
        if (isnan(seconds) ||
            (count == SLOWEST_SHOWN && !(seconds > report->seconds[slowest[SLOWEST_SHOWN - 1]]))) {
            continue;
        }
        size_t place = count < SLOWEST_SHOWN ? count++ : SLOWEST_SHOWN - 1;
        for (; place > 0 && seconds > report->seconds[slowest[place - 1]]; place--) {
            slowest[place] = slowest[place - 1];
        }
        slowest[place] = job;
    }
    return count;
}

enum status report_timings(const struct report *report, FILE *page, struct error *error) {
    SCOPED(arena_free) struct arena arena = {0};
    struct document facts = {.arena = &arena};
    struct document tables = {.arena = &arena};
    int64_t slowest[SLOWEST_SHOWN];
    if (report->durations.count == 0) {
        TRY(document_line(&tables, NULL, error, "No job is finished."));
    } else {
        TRY(timings_add_facts(report, &facts, error));
        TRY(document_write(&facts, DOCUMENT_HTML_FORM, page, error));
        timings_write_bars(&report->durations, page);
        TRY(document_styled(&tables, DOCUMENT_TITLE, NULL, error, "Slowest jobs"));
        TRY(report_jobs(report, slowest, timings_find_slowest(report, slowest), false, &tables,
                        error));
    }
    if (report->status.run_count > 0) {
        TRY(document_styled(&tables, DOCUMENT_TITLE, NULL, error, "Runs"));
        TRY(status_runs(&report->status, &tables, error));
    }
    return document_write(&tables, DOCUMENT_HTML_FORM, page, error);
}
