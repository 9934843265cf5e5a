/* What a report begins with: what became of the jobs, when and where, and the scores at a glance.
 */
#include "show/report_parts.h"

#include "show/duration.h"
#include "show/html.h"
#include "show/totals.h"

#include <string.h>

enum { HOSTS_SHOWN_BYTES = 120 };

static const double percent = 100;

/* What became of jobs, in the order of the bar. */
struct fate {
    const char *class;
    const char *name;
    int64_t count;
};
enum { FATES = 4 };

static void list_fates(const struct status_report *status, struct fate fates[static FATES]) {
    const struct fate list[FATES] = {
        {"done", "done", status->done},
        {"diverged", "diverged", status->diverged},
        {"quarantined", "quarantined", status->quarantined},
        {"missing", "missing", status->missing},
    };
    memcpy(fates, list, sizeof list);
}

static void write_bar(const struct status_report *status, FILE *page) {
    struct fate fates[FATES];
    list_fates(status, fates);
    (void)fputs("<div class=\"progress\" role=\"img\" aria-label=\"", page);
    html_format(page, "%lld done, %lld diverged, %lld quarantined, %lld missing",
                (long long)status->done, (long long)status->diverged,
                (long long)status->quarantined, (long long)status->missing);
    (void)fputs("\">", page);
    for (size_t i = 0; i < FATES; i++) {
        if (fates[i].count > 0) {
            (void)fprintf(page, "<span class=\"%s\" style=\"flex-grow:%lld\"></span>",
                          fates[i].class, (long long)fates[i].count);
        }
    }
    html_end(page, "div");
    html_begin(page, "p", "legend");
    for (size_t i = 0; i < FATES; i++) {
        if (fates[i].count > 0) {
            (void)fprintf(page, "<span class=\"key %s\"></span>", fates[i].class);
            html_format(page, "%lld %s ", (long long)fates[i].count, fates[i].name);
        }
    }
    html_end(page, "p");
}

static void write_tile(FILE *page, const char *class, const char *name, const char *value,
                       const char *remark) {
    html_begin(page, "div", class);
    html_element(page, "dt", NULL, name);
    html_element(page, "dd", NULL, value);
    if (remark[0] != '\0') {
        html_element(page, "dd", "remark", remark);
    }
    html_end(page, "div");
}

static void write_count(FILE *page, const char *class, const char *name, int64_t count,
                        const char *remark) {
    char value[DURATION_BYTES];
    (void)snprintf(value, sizeof value, "%lld", (long long)count);
    write_tile(page, count > 0 ? class : "tile", name, value, remark);
}

static void write_tiles(const struct report *report, FILE *page) {
    const struct status_report *status = &report->status;
    char text[DURATION_BYTES] = "";
    char time[DURATION_BYTES];
    html_begin(page, "dl", "tiles");
    if (status->job_count > 0) {
        (void)snprintf(text, sizeof text, "%.4g %% of %lld jobs",
                       percent * (double)status->done / (double)status->job_count,
                       (long long)status->job_count);
    }
    write_count(page, "tile good", "done", status->done, text);
    (void)snprintf(text, sizeof text, "%lld diverged, %lld quarantined",
                   (long long)status->diverged, (long long)status->quarantined);
    bool failed = status->diverged + status->quarantined > 0;
    write_count(page, "tile bad", "failed", status->diverged + status->quarantined,
                failed ? text : "");
    (void)snprintf(text, sizeof text, "%lld of them half-written", (long long)status->torn);
    write_count(page, "tile open", "missing", status->missing, status->torn > 0 ? text : "");
    (void)snprintf(text, sizeof text, "%zu jobs", report->durations.count);
    write_tile(page, "tile", "core time", duration_text(report->durations.total, time), text);
    html_end(page, "dl");
}

/* "a*2,b*2", cut where a line would not hold it. */
static void write_hosts(const struct run_note *note, FILE *page) {
    html_format(page, "%lld rank%s on %.*s%s", (long long)note->ranks, note->ranks == 1 ? "" : "s",
                HOSTS_SHOWN_BYTES, note->hosts, strlen(note->hosts) > HOSTS_SHOWN_BYTES ? "…" : "");
}

static void write_runs(const struct status_report *status, FILE *page) {
    char started[DURATION_BYTES];
    char ended[DURATION_BYTES];
    html_begin(page, "p", "lead");
    if (status->run_count == 0) {
        (void)fputs("No run has begun.", page);
    } else {
        const struct run_note *last = &status->runs[status->run_count - 1];
        bool known = last->ended > 0;
        html_format(page, "%zu run%s, from %s to %s; %s ", status->run_count,
                    status->run_count == 1 ? "" : "s",
                    duration_time_of_day(status->runs[0].started, started),
                    duration_time_of_day(known ? last->ended : status->written, ended),
                    status->run_count == 1 ? "on" : "the last on");
        write_hosts(last, page);
        (void)fputc('.', page);
    }
    html_end(page, "p");
    if (status->running) {
        html_element(
            page, "p", "notice",
            "A run was going on when this page was written: it shows what was there then.");
    }
}

enum status report_headline(const struct report *report, FILE *page, struct error *error) {
    (void)error;
    html_begin(page, "header", NULL);
    html_element(page, "p", "kicker", "modsweep report");
    html_element(page, "h1", NULL, report->reader->name);
    html_begin(page, "p", "lead");
    html_format(page, "%zu cell%s × %lld replicate%s", report->table.group_count,
                report->table.group_count == 1 ? "" : "s", (long long)report->replicates,
                report->replicates == 1 ? "" : "s");
    for (size_t k = 0; k < report->table.key_count; k++) {
        html_format(page, "%s%s", k == 0 ? " over " : ", ", report->table.keys[k].name);
    }
    html_end(page, "p");
    write_tiles(report, page);
    write_bar(&report->status, page);
    write_runs(&report->status, page);
    html_end(page, "header");
    return STATUS_OK;
}
