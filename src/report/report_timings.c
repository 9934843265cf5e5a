/* How long the jobs of a report took, and its runs. */
#include "report/report_parts.h"

#include "document/html.h"
#include "document/writers.h"
#include "show/duration.h"
#include "show/status_document.h"

#include <math.h>

enum { SLOWEST_SHOWN = 10 };

static const double percent = 100;

static void report_timings_write_fact(FILE *page, const char *name, const char *value) {
    html_element(page, "dt", NULL, name);
    html_element(page, "dd", NULL, value);
}

/* Share of the ranks' time that jobs took; NaN where a run's end is not known. */
static double report_timings_utilisation(const struct report *report) {
    double offered = 0;
    for (size_t i = 0; i < report->status.run_count; i++) {
        const struct run_note *note = &report->status.runs[i];
        offered += (double)note->ranks * (status_end_of_run(&report->status, i) - note->started);
    }
    return offered > 0 ? report->durations.total / offered : (double)NAN;
}

static void report_timings_write_durations(const struct report *report, FILE *page) {
    const struct summary *durations = &report->durations;
    char text[DURATION_BYTES];
    char other[DURATION_BYTES];
    double busy = report_timings_utilisation(report);
    html_begin(page, "dl", "facts");
    report_timings_write_fact(page, "total", duration_text(durations->total, text));
    report_timings_write_fact(page, "median of a job", duration_text(durations->median, text));
    html_element(page, "dt", NULL, "quartiles");
    html_element_format(page, "dd", NULL, "%s to %s", duration_text(durations->quarter, text),
                        duration_text(durations->three_quarters, other));
    html_element(page, "dt", NULL, "range");
    html_element_format(page, "dd", NULL, "%s to %s", duration_text(durations->least, text),
                        duration_text(durations->most, other));
    if (isfinite(busy)) {
        html_element(page, "dt", NULL, "share of the ranks' time");
        html_element_format(page, "dd", NULL, "%.3g %%", percent * busy);
    }
    html_end(page, "dl");
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
static size_t report_timings_find_slowest(const struct report *report,
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

static enum status report_timings_write_runs(const struct status_report *status, FILE *page,
                                             struct error *error) {
    SCOPED(arena_free) struct arena arena = {0};
    struct document document = {.arena = &arena};
    TRY(document_styled(&document, DOCUMENT_TITLE, NULL, error, "Runs"));
    TRY(status_runs(status, &document, error));
    return document_write(&document, DOCUMENT_HTML_FORM, page, error);
}

enum status report_timings(const struct report *report, FILE *page, struct error *error) {
    int64_t slowest[SLOWEST_SHOWN];
    if (report->durations.count == 0) {
        html_element(page, "p", NULL, "No job is finished.");
    } else {
        html_element(page, "p", NULL,
                     "Core time: seconds of one core, a job's share of its bundle. All finished "
                     "jobs count, also those that failed.");
        report_timings_write_durations(report, page);
        html_element(page, "h3", NULL, "Slowest jobs");
        TRY(report_jobs(report, slowest, report_timings_find_slowest(report, slowest), false, page,
                        error));
    }
    return report->status.run_count == 0 ? STATUS_OK
                                         : report_timings_write_runs(&report->status, page, error);
}
