#include "report/report.h"

#include "base/clock.h"
#include "base/version.h"
#include "document/html.h"
#include "report/report_parts.h"
#include "show/duration.h"
#include "store/temporary.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* Made from src/report/report.css and src/report/report.js, a string a line. */
static const char *const styles[] = {
#include "report/report.css.inc"
};
static const char *const script[] = {
#include "report/report.js.inc"
};

/* A section; the contents at the top of the page list its title. */
static const struct part {
    const char *id;
    const char *title;
    enum status (*write)(const struct report *report, FILE *page, struct error *error);
} parts[] = {
    {"scores", "Scores", report_scores},      {"figures", "Figures", report_figures},
    {"axes", "Along each axis", report_axes}, {"cells", "Cell by cell", report_cells},
    {"sweep", "Sweep", report_sweep},         {"failures", "Failures", report_failures},
    {"timings", "Timings", report_timings},   {"provenance", "Provenance", report_provenance},
};
enum { PARTS = sizeof parts / sizeof *parts };

static void report_write_lines(FILE *page, const char *const *lines, size_t count) {
    for (size_t i = 0; i < count; i++) {
        (void)fputs(lines[i], page);
    }
}

static void report_write_head(const struct report *report, FILE *page) {
    (void)fputs("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                "<meta name=\"color-scheme\" content=\"light dark\">\n"
                /* An empty icon, so that browsers request none. */
                "<link rel=\"icon\" href=\"data:,\">\n",
                page);
    html_element_format(page, "title", NULL, "%s – modsweep report", report->reader->name);
    (void)fputs("<style>\n", page);
    report_write_lines(page, styles, sizeof styles / sizeof *styles);
    (void)fputs("</style>\n</head>\n<body>\n", page);
}

static void report_write_contents(FILE *page) {
    (void)fputs("<nav aria-label=\"Contents\">", page);
    for (size_t i = 0; i < PARTS; i++) {
        (void)fprintf(page, "<a href=\"#%s\">%s</a>\n", parts[i].id, parts[i].title);
    }
    html_end(page, "nav");
}

static void report_write_foot(FILE *page) {
    char now[DURATION_BYTES];
    html_begin(page, "footer", NULL);
    html_format(page, "Written by modsweep %s (%s), %s.", version_number(), version_commit(),
                duration_time_of_day(clock_of_day(), now));
    html_end(page, "footer");
    html_end(page, "main");
    (void)fputs("<script>\n", page);
    report_write_lines(page, script, sizeof script / sizeof *script);
    (void)fputs("</script>\n</body>\n</html>\n", page);
}

static enum status report_write_page(const struct report *report, FILE *page, struct error *error) {
    report_write_head(report, page);
    html_begin(page, "main", NULL);
    TRY(report_headline(report, page, error));
    report_write_contents(page);
    for (size_t i = 0; i < PARTS; i++) {
        (void)fprintf(page, "<section id=\"%s\">\n<h2>%s</h2>\n", parts[i].id, parts[i].title);
        TRY(parts[i].write(report, page, error));
        html_end(page, "section");
    }
    report_write_foot(page);
    return STATUS_OK;
}

static enum status report_cannot_write(const struct report *report, struct error *error) {
    return error_set(error, STATUS_STORAGE, "cannot write '%s': %s", report->path, strerror(errno));
}

/* Writes the page into a file, which must have been closed for what was written to be there. */
static enum status report_write_file(const struct report *report, const char *name,
                                     struct error *error) {
    FILE *page = fopen(name, "wb");
    if (page == NULL) {
        return report_cannot_write(report, error);
    }
    enum status status = report_write_page(report, page, error);
    bool failed = ferror(page) != 0;
    failed = fclose(page) != 0 || failed;
    if (failed && (status == STATUS_OK || status == STATUS_STORAGE)) {
        return report_cannot_write(report, error); /* names the page, which its parts do not know */
    }
    return status;
}

enum status report_write(struct results_reader *reader, const char *path, struct error *error) {
    SCOPED(report_free) struct report report = {.reader = reader, .path = path};
    TRY(report_gather(&report, error));
    const char *name;
    TRY(temporary_name(&report.arena, path, &name, error));
    enum status status = report_write_file(&report, name, error);
    if (status == STATUS_OK && rename(name, path) != 0) {
        status = report_cannot_write(&report, error);
    }
    if (status != STATUS_OK) {
        (void)unlink(name); /* ours; the error is known already */
    }
    return status;
}
