/* How long the jobs of a report took, and its runs. */
#include "report/report_parts.h"

#include "document/html.h"
#include "show/duration.h"

#include <math.h>

enum { SLOWEST_SHOWN = 10 };

static const double percent = 100;

static void report_timings_write_fact(FILE *page, const char *name, const char *value) {
    html_element(page, "dt", NULL, name);
    html_element(page, "dd", NULL, value);
}

/* When a run ended: for one that was killed, and was the last, when the file was written last. */
static double report_timings_end_of_run(const struct status_report *status, size_t run) {
    const struct run_note *note = &status->runs[run];
    return note->ended > 0                ? note->ended
           : run + 1 == status->run_count ? status->written
                                          : (double)NAN;
}

/* Share of the ranks' time that jobs took; NaN where a run's end is not known. */
static double report_timings_utilisation(const struct report *report) {
    double offered = 0;
    for (size_t i = 0; i < report->status.run_count; i++) {
        const struct run_note *note = &report->status.runs[i];
        offered +=
            (double)note->ranks * (report_timings_end_of_run(&report->status, i) - note->started);
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

static void report_timings_write_run(const struct status_report *status, size_t run, FILE *page) {
    const struct run_note *note = &status->runs[run];
    bool last = run + 1 == status->run_count;
    int64_t after =
        last ? status->job_count - status->missing : status->runs[run + 1].finished_before;
    double duration = report_timings_end_of_run(status, run) - note->started;
    double rate = (double)(after - note->finished_before) / duration;
    char text[DURATION_BYTES];
    (void)fprintf(page, "<tr><td class=\"number\">%zu</td>", run + 1);
    report_field(page, duration_time_of_day(note->started, text), false);
    report_field(page, duration_text(duration, text), true);
    (void)fprintf(page, "<td class=\"number\">%lld</td><td class=\"number\">%lld</td>",
                  (long long)note->ranks, (long long)(after - note->finished_before));
    (void)snprintf(text, sizeof text, "%.3g", rate);
    report_field(page, duration > 0 ? text : "", true);
    report_field(page,
                 note->ended > 0           ? "ended"
                 : last && status->running ? "going on"
                                           : "killed, or its machine failed",
                 false);
    html_element(page, "td", "long", note->hosts);
    (void)fputs("</tr>\n", page);
}

static void report_timings_write_runs(const struct status_report *status, FILE *page) {
    html_element(page, "h3", NULL, "Runs");
    report_table_begin(page, "runs", false);
    report_heading(page, "run", true);
    report_heading(page, "began", false);
    report_heading(page, "took", true);
    report_heading(page, "ranks", true);
    report_heading(page, "jobs", true);
    report_heading(page, "jobs/s", true);
    report_heading(page, "end", false);
    report_heading(page, "hosts, with ranks", false);
    (void)fputs("</tr></thead>\n<tbody>\n", page);
    for (size_t i = 0; i < status->run_count; i++) {
        report_timings_write_run(status, i, page);
    }
    report_table_end(page);
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
    if (report->status.run_count > 0) {
        report_timings_write_runs(&report->status, page);
    }
    return STATUS_OK;
}
