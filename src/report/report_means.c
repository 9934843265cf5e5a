/* Means in a report, along each axis and cell by cell. */
#include "report/report_parts.h"

#include "aggregate/totals.h"
#include "document/html.h"
#include "show/cells.h"

/* A table under way. */
struct sheet {
    const struct report *report;
    const struct table *table;
    struct number_format *formats; /* [score_count] */
    bool absent;                   /* some jobs are not done, so there is a column for them */
    struct arena *arena;
    FILE *page;
};

static enum status report_means_sheet_start(struct sheet *sheet, const struct report *report,
                                            struct arena *arena, FILE *page, struct error *error) {
    const struct table *table = &report->table;
    *sheet = (struct sheet){
        .report = report,
        .table = table,
        .absent = table->rows.missing + table->rows.diverged + table->rows.quarantined > 0,
        .arena = arena,
        .page = page};
    TRY(ARENA_NEW(arena, sheet->formats, table->score_count, error));
    for (size_t s = 0; s < table->score_count; s++) {
        sheet->formats[s] = cells_format(table, s);
    }
    return STATUS_OK;
}

static bool report_means_is_number(const struct sheet *sheet, size_t key) {
    return sheet->table->keys[key].storage != HDF_LETTER;
}

static enum status report_means_write_heading(const struct sheet *sheet, const char *name,
                                              const char *unit, bool number, struct error *error) {
    const char *heading;
    TRY(totals_heading(sheet->arena, name, unit, &heading, error));
    report_heading(sheet->page, heading, number);
    return STATUS_OK;
}

/* The headings that follow those of the keys. */
static enum status report_means_write_headings(const struct sheet *sheet, struct error *error) {
    report_heading(sheet->page, "n", true);
    if (sheet->absent) {
        report_heading(sheet->page, "not done", false);
    }
    for (size_t s = 0; s < sheet->table->score_count; s++) {
        const struct table_score *score = &sheet->table->scores[s];
        TRY(report_means_write_heading(sheet, score->name, score->unit, true, error));
    }
    (void)fputs("</tr></thead>\n<tbody>\n", sheet->page);
    return STATUS_OK;
}

/* "mean ± deviation"; with how many jobs have a number, where not all `done` ones do. */
static enum status write_mean(const struct sheet *sheet, const struct table_cell *cell,
                              int64_t done, struct number_format format, struct error *error) {
    (void)fputs("<td class=\"number\">", sheet->page);
    TRY(report_number(format, table_mean(cell), sheet->arena, sheet->page, error));
    if (cell->count > 1) {
        (void)fputs("<span> ± ", sheet->page);
        TRY(report_number(format, table_deviation(cell), sheet->arena, sheet->page, error));
        (void)fputs("</span>", sheet->page);
    }
    if (cell->count < done) {
        (void)fprintf(sheet->page, "<span> (n = %lld)</span>", (long long)cell->count);
    }
    (void)fputs("</td>", sheet->page);
    return STATUS_OK;
}

/* The rest of a line: jobs in the means, jobs that are not, and the means. */
static enum status report_means_write_line(const struct sheet *sheet,
                                           const struct table_group *group, struct error *error) {
    (void)fprintf(sheet->page, "<td class=\"number\">%lld</td>", (long long)group->rows.done);
    if (sheet->absent) {
        const char *absent;
        TRY(totals_absent(&group->rows, sheet->arena, &absent, error));
        (void)fputs("<td class=\"absent\">", sheet->page);
        html_text(sheet->page, absent);
        (void)fputs("</td>", sheet->page);
    }
    for (size_t s = 0; s < sheet->table->score_count; s++) {
        TRY(write_mean(sheet, &group->cells[s], group->rows.done, sheet->formats[s], error));
    }
    (void)fputs("</tr>\n", sheet->page);
    return STATUS_OK;
}

/* Joins two parts of a set of numbers (Chan, Golub and LeVeque 1979). */
static void report_means_pool_cell(struct table_cell *into, const struct table_cell *part) {
    int64_t count = into->count + part->count;
    into->undefined += part->undefined;
    if (part->count == 0) {
        return;
    }
    double apart = part->mean - into->mean;
    double share = (double)part->count / (double)count;
    into->squares += part->squares + apart * apart * (double)into->count * share;
    into->mean += apart * share;
    into->count = count;
}

static void report_means_pool_rows(struct table_count *into, const struct table_count *part) {
    into->done += part->done;
    into->missing += part->missing;
    into->diverged += part->diverged;
    into->quarantined += part->quarantined;
}

/* A group for each value of an axis, of all cells that have it. */
static enum status report_means_pool(const struct report *report, const struct report_values *axis,
                                     struct arena *arena, struct table_group **pooled,
                                     struct error *error) {
    const struct table *table = &report->table;
    TRY(ARENA_NEW(arena, *pooled, axis->count, error));
    for (size_t v = 0; v < axis->count; v++) {
        TRY(ARENA_NEW(arena, (*pooled)[v].cells, table->score_count, error));
    }
    for (size_t g = 0; g < table->group_count; g++) {
        struct table_group *into = &(*pooled)[axis->numbers[g]];
        report_means_pool_rows(&into->rows, &table->groups[g].rows);
        for (size_t s = 0; s < table->score_count; s++) {
            report_means_pool_cell(&into->cells[s], &table->groups[g].cells[s]);
        }
    }
    return STATUS_OK;
}

static enum status report_means_write_axis(const struct sheet *sheet,
                                           const struct report_values *axis, struct error *error) {
    const struct table_key *key = &sheet->table->keys[axis->key];
    struct table_group *pooled;
    TRY(report_means_pool(sheet->report, axis, sheet->arena, &pooled, error));
    const char *heading;
    TRY(totals_heading(sheet->arena, key->name, key->unit, &heading, error));
    (void)fprintf(sheet->page, "<tr class=\"axis\"><th scope=\"rowgroup\" colspan=\"%zu\">",
                  sheet->table->score_count + (sheet->absent ? 3 : 2));
    html_text(sheet->page, heading);
    (void)fputs("</th></tr>\n", sheet->page);
    for (size_t v = 0; v < axis->count; v++) {
        (void)fputs("<tr>", sheet->page);
        report_field(sheet->page, axis->texts[v], false);
        TRY(report_means_write_line(sheet, &pooled[v], error));
    }
    return STATUS_OK;
}

static bool report_means_is_brief(const struct report_values *axis) {
    return !axis->more && axis->count <= REPORT_VALUES_TABLED;
}

static enum status report_means_write_brief_axes(const struct report *report, struct arena *arena,
                                                 FILE *page, struct error *error) {
    struct sheet sheet;
    TRY(report_means_sheet_start(&sheet, report, arena, page, error));
    report_table_begin(page, "means along each axis", false);
    report_heading(page, "value", false);
    TRY(report_means_write_headings(&sheet, error));
    for (size_t k = 0; k < report->table.key_count; k++) {
        if (report_means_is_brief(&report->axes[k])) {
            TRY(report_means_write_axis(&sheet, &report->axes[k], error));
        }
    }
    report_table_end(page);
    return STATUS_OK;
}

/* Where an axis has too many values for a table of its own. */
static enum status report_means_write_long_axis(const struct report *report,
                                                const struct report_values *axis,
                                                struct arena *arena, FILE *page,
                                                struct error *error) {
    const char *name = report->table.keys[axis->key].name;
    const char *words = arena_format(arena, error, "%s has %s%zu values: ", name,
                                     axis->more ? "more than " : "", axis->count);
    const char *by = arena_format(arena, error, " --by %s", name);
    return words == NULL || by == NULL
               ? error_status(error)
               : report_advise(report, words, "modsweep table", by, page, error);
}

static enum status report_means_write_axes(const struct report *report, struct arena *arena,
                                           FILE *page, struct error *error) {
    bool any = false;
    for (size_t k = 0; k < report->table.key_count; k++) {
        any = any || report_means_is_brief(&report->axes[k]);
    }
    if (any) {
        TRY(report_means_write_brief_axes(report, arena, page, error));
    }
    for (size_t k = 0; k < report->table.key_count; k++) {
        if (!report_means_is_brief(&report->axes[k])) {
            TRY(report_means_write_long_axis(report, &report->axes[k], arena, page, error));
        }
    }
    return STATUS_OK;
}

enum status report_axes(const struct report *report, FILE *page, struct error *error) {
    struct arena arena = {0};
    html_element(page, "p", NULL,
                 report->table.key_count == 0
                     ? "No axis has more values than one."
                     : "Mean ± sample standard deviation over all n jobs that are done and have "
                       "the value, whatever the other axes are.");
    enum status status = report_means_write_axes(report, &arena, page, error);
    arena_free(&arena);
    return status;
}

static enum status report_means_write_cell(const struct sheet *sheet,
                                           const struct table_group *group, struct error *error) {
    (void)fputs("<tr>", sheet->page);
    for (size_t k = 0; k < sheet->table->key_count; k++) {
        const char *value;
        TRY(table_key_text(sheet->table, group, k, sheet->arena, &value, error));
        report_field(sheet->page, value, report_means_is_number(sheet, k));
    }
    return report_means_write_line(sheet, group, error);
}

static enum status report_means_write_cells(const struct report *report, size_t shown,
                                            struct arena *arena, FILE *page, struct error *error) {
    struct sheet sheet;
    TRY(report_means_sheet_start(&sheet, report, arena, page, error));
    report_table_begin(page, "means of cells", true);
    for (size_t k = 0; k < sheet.table->key_count; k++) {
        const struct table_key *key = &sheet.table->keys[k];
        TRY(report_means_write_heading(&sheet, key->name, key->unit,
                                       report_means_is_number(&sheet, k), error));
    }
    TRY(report_means_write_headings(&sheet, error));
    for (size_t g = 0; g < shown; g++) {
        TRY(report_means_write_cell(&sheet, &sheet.table->groups[g], error));
    }
    report_table_end(page);
    return STATUS_OK;
}

enum status report_cells(const struct report *report, FILE *page, struct error *error) {
    struct arena arena = {0};
    size_t count = report->table.group_count;
    size_t shown = count < REPORT_CELLS_SHOWN ? count : REPORT_CELLS_SHOWN;
    html_element(page, "p", NULL,
                 "Mean ± sample standard deviation over the n jobs of a cell that are done; over "
                 "fewer where a score is undefined.");
    const char *words =
        shown < count
            ? arena_format(&arena, error, "The first %zu of %zu cells. All of them: ", shown, count)
            : "For programs: ";
    enum status status =
        words == NULL ? error_status(error)
                      : report_advise(report, words, "modsweep table", " --csv", page, error);
    status =
        status == STATUS_OK ? report_means_write_cells(report, shown, &arena, page, error) : status;
    arena_free(&arena);
    return status;
}
