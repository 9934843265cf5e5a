/* The files that a report's file was merged from. */
#include "report/report_parts.h"

#include "document/html.h"
#include "show/parts.h"

enum { PARTS_TABLED = 100, TEXT_BYTES = 64 };

static void report_merged_write_part(const struct results_part *part, int64_t number, int64_t rows,
                                     FILE *page) {
    char text[TEXT_BYTES];
    html_begin(page, "tr", NULL);
    (void)snprintf(text, sizeof text, "%lld", (long long)number);
    report_field(page, text, true);
    report_field(page, part->path, false);
    (void)snprintf(text, sizeof text, "%lld", (long long)rows);
    report_field(page, text, true);
    report_field(page, part->name, false);
    text[0] = '\0';
    if (part->shard.count > 1) {
        (void)snprintf(text, sizeof text, "%lld/%lld", (long long)part->shard.index + 1,
                       (long long)part->shard.count);
    }
    report_field(page, text, false);
    report_field(page, part->created, false);
    report_field(page, part->host, false);
    report_field(page, part->program, false);
    report_field(page, part->commit, false);
    html_end(page, "tr");
}

static enum status report_merged_write_parts(const struct report *report, int64_t count,
                                             struct arena *arena, FILE *page, struct error *error) {
    static const char *const texts[] = {"sweep", "shard", "made", "on", "modsweep", "commit"};
    int64_t *rows;
    TRY(parts_rows(report->reader, count, arena, &rows, error));
    html_element(page, "h3", NULL, "Merged from");
    report_table_begin(page, "Files that this one was merged from", false);
    report_heading(page, "part", true);
    report_heading(page, "file", false);
    report_heading(page, "rows", true);
    for (size_t k = 0; k < sizeof texts / sizeof *texts; k++) {
        report_heading(page, texts[k], false);
    }
    (void)fputs("</tr></thead>\n<tbody>\n", page);
    for (int64_t k = 1; k <= count && k <= PARTS_TABLED; k++) {
        struct results_part part;
        TRY(parts_read(report->reader, k, arena, &part, error));
        report_merged_write_part(&part, k, rows[k], page);
    }
    report_table_end(page);
    return count <= PARTS_TABLED
               ? STATUS_OK
               : report_advise(report, "Not all parts are shown; all of them:", "modsweep status",
                               " --json", page, error);
}

enum status report_merged(const struct report *report, FILE *page, struct error *error) {
    int64_t count = parts_count(report->reader);
    struct arena arena = {0};
    enum status status =
        count == 0 ? STATUS_OK : report_merged_write_parts(report, count, &arena, page, error);
    arena_free(&arena);
    return status;
}
