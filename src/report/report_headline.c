/* What a report begins with: how the jobs ended, when and where they ran. */
#include "report/report_parts.h"

#include "base/text.h"
#include "document/html.h"
#include "show/duration.h"
#include "store/parts.h"

#include <string.h>

enum { HOSTS_SHOWN_BYTES = 120 };

static const double percent = 100;

/* The jobs by how they ended, as a bar and its legend. */
static void headline_write_bar(const struct status_report *status, FILE *page) {
    const struct {
        const char *name; /* and class */
        int64_t count;
    } shares[] = {{"done", status->done},
                  {"diverged", status->diverged},
                  {"quarantined", status->quarantined},
                  {"missing", status->missing}};
    const size_t count = sizeof shares / sizeof *shares;
    (void)fputs("<div class=\"progress\" role=\"img\" aria-label=\"", page);
    for (size_t i = 0; i < count; i++) {
        (void)fprintf(page, "%s%lld %s", i == 0 ? "" : ", ", (long long)shares[i].count,
                      shares[i].name);
    }
    (void)fputs("\">", page);
    for (size_t i = 0; i < count; i++) {
        if (shares[i].count > 0) {
            (void)fprintf(page, "<span class=\"%s\" style=\"flex-grow:%lld\"></span>",
                          shares[i].name, (long long)shares[i].count);
        }
    }
    html_end(page, "div");
    html_begin(page, "p", "legend");
    for (size_t i = 0; i < count; i++) {
        if (shares[i].count > 0) {
            (void)fprintf(page, "<span class=\"key %s\"></span>%lld %s ", shares[i].name,
                          (long long)shares[i].count, shares[i].name);
        }
    }
    html_end(page, "p");
}

static void headline_write_tile(FILE *page, const char *class, const char *name, const char *value,
                                const char *remark) {
    html_begin(page, "div", class);
    html_element(page, "dt", NULL, name);
    html_element(page, "dd", NULL, value);
    if (remark[0] != '\0') {
        html_element(page, "dd", "remark", remark);
    }
    html_end(page, "div");
}

/* Digits in groups of three, with narrow blanks between. */
static void headline_format_count(int64_t count, char *text, size_t size) {
    enum { DIGITS = 24, GROUP = 3 };
    char digits[DIGITS];
    int length = snprintf(digits, sizeof digits, "%lld", (long long)count);
    size_t used = 0;
    for (int i = 0; i < length && used + GROUP + 1 < size; i++) {
        if (i > 0 && (length - i) % GROUP == 0) {
            memcpy(text + used, "\xE2\x80\xAF", GROUP); /* U+202F, three bytes of UTF-8 */
            used += GROUP;
        }
        text[used++] = digits[i];
    }
    text[used] = '\0';
}

static void headline_write_count(FILE *page, const char *class, const char *name, int64_t count,
                                 const char *remark) {
    char value[DURATION_BYTES];
    headline_format_count(count, value, sizeof value);
    headline_write_tile(page, count > 0 ? class : "tile", name, value, remark);
}

static void headline_write_tiles(const struct report *report, FILE *page) {
    const struct status_report *status = &report->status;
    char text[DURATION_BYTES] = "";
    char time[DURATION_BYTES];
    html_begin(page, "dl", "tiles");
    if (status->job_count > 0) {
        headline_format_count(status->job_count, time, sizeof time);
        (void)snprintf(text, sizeof text, "%.4g %% of %.32s jobs",
                       percent * (double)status->done / (double)status->job_count, time);
    }
    headline_write_count(page, "tile good", "done", status->done, text);
    (void)snprintf(text, sizeof text, "%lld diverged, %lld quarantined",
                   (long long)status->diverged, (long long)status->quarantined);
    bool failed = status->diverged + status->quarantined > 0;
    headline_write_count(page, "tile bad", "failed", status->diverged + status->quarantined,
                         failed ? text : "");
    (void)snprintf(text, sizeof text, "%lld of them half-written", (long long)status->torn);
    headline_write_count(page, "tile open", "missing", status->missing,
                         status->torn > 0 ? text : "");
    headline_format_count((int64_t)report->durations.count, time, sizeof time);
    (void)snprintf(text, sizeof text, "%.32s jobs", time);
    headline_write_tile(page, "tile", "core time", duration_text(report->durations.total, time),
                        text);
    html_end(page, "dl");
}

/* "4 ranks (a*2,b*2)", cut to fit a line; a single host without its ranks. */
static void headline_write_hosts(const struct run_note *note, FILE *page) {
    bool one = strchr(note->hosts, ',') == NULL;
    int length = (int)(one ? strcspn(note->hosts, "*") : strlen(note->hosts));
    bool cut = length > HOSTS_SHOWN_BYTES;
    html_format(page, "%lld rank%s (%.*s%s)", (long long)note->ranks, TEXT_PLURAL(note->ranks),
                cut ? HOSTS_SHOWN_BYTES : length, note->hosts, cut ? "…" : "");
}

/* For a file without runs: those of a merged file are in its parts. */
static void headline_write_no_run(int64_t parts, FILE *page) {
    if (parts == 0) {
        (void)fputs("No run has started.</p>\n", page);
        return;
    }
    html_format(page, "Merged from %lld %s, which ", (long long)parts,
                parts == 1 ? "file" : "files");
    (void)fputs("<a href=\"#provenance\">provenance</a> lists.</p>\n", page);
}

static void headline_write_runs(const struct report *report, FILE *page) {
    const struct status_report *status = &report->status;
    char text[DURATION_BYTES];
    html_begin(page, "p", "lead");
    if (status->run_count == 0) {
        headline_write_no_run(parts_count(report->reader), page);
        return;
    }
    const struct run_note *first = &status->runs[0];
    const struct run_note *last = &status->runs[status->run_count - 1];
    double end = last->ended > 0 ? last->ended : status->written;
    html_format(page, "Trained from %s", duration_time_of_day(first->started, text));
    html_format(page, " on, over %s", duration_text(end - first->started, text));
    if (status->run_count == 1) {
        (void)fputs(", on ", page);
    } else {
        html_format(page, ", in %zu runs, the last on ", status->run_count);
    }
    headline_write_hosts(last, page);
    (void)fputs(".</p>\n", page);
    if (status->running) {
        html_element(
            page, "p", "notice",
            "A run was under way when this page was written: it shows what the file held then.");
    }
}

enum status report_headline(const struct report *report, FILE *page, struct error *error) {
    (void)error;
    html_begin(page, "header", NULL);
    html_element(page, "p", "kicker", "modsweep report");
    html_element(page, "h1", NULL, report->reader->name);
    html_begin(page, "p", "lead");
    html_format(page, "%zu cell%s × %lld replicate%s", report->table.group_count,
                TEXT_PLURAL(report->table.group_count), (long long)report->replicates,
                TEXT_PLURAL(report->replicates));
    for (size_t k = 0; k < report->table.key_count; k++) {
        html_format(page, "%s%s", k == 0 ? " over " : ", ", report->table.keys[k].name);
    }
    html_end(page, "p");
    headline_write_tiles(report, page);
    headline_write_bar(&report->status, page);
    headline_write_runs(report, page);
    html_end(page, "header");
    return STATUS_OK;
}
