/* Means in a report, along each axis and cell by cell. */
#include "report/report_parts.h"

#include "aggregate/totals.h"
#include "document/writers.h"
#include "show/cells.h"

/* A table of means that is being built. */
struct sheet {
    const struct table *table;
    struct number_format *formats; /* [score_count] */
    bool absent;                   /* some jobs are not done, so there is a column for them */
    struct document *document;
    struct document_table *rows;
};

/* Begins a table: the columns of the keys, or of the values of an axis, jobs in the means, jobs
 * that are not, and the means. */
static enum status means_begin(struct sheet *sheet, const struct document_column *keys,
                               size_t key_count, const char *label, bool sortable,
                               struct error *error) {
    const struct table *table = sheet->table;
    struct arena *arena = sheet->document->arena;
    struct document_column *columns;
    enum { COUNTS = 2 };
    TRY(ARENA_NEW(arena, sheet->formats, table->score_count, error));
    TRY(ARENA_NEW(arena, columns, key_count + COUNTS + table->score_count, error));
    struct document_table rows = {.label = label, .columns = columns, .sortable = sortable};
    memcpy(columns, keys, key_count * sizeof *keys);
    columns += key_count;
    sheet->absent = table->rows.missing + table->rows.diverged + table->rows.quarantined > 0;
    *columns++ = (struct document_column){.heading = "n"};
    if (sheet->absent) {
        *columns++ =
            (struct document_column){.heading = "not done", .class = "absent", .left = true};
    }
    for (size_t s = 0; s < table->score_count; s++) {
        const struct table_score *score = &table->scores[s];
        sheet->formats[s] = cells_format(table, s);
        *columns++ =
            (struct document_column){.heading = score->name, .unit = score->unit, .mean = true};
    }
    rows.column_count = (size_t)(columns - rows.columns);
    return document_table(sheet->document, &rows, &sheet->rows, error);
}

/* The cells of a row that follow those of the keys. */
static enum status means_fill(const struct sheet *sheet, const struct table_group *group,
                              struct document_value *cells, struct error *error) {
    *cells++ = document_integer(group->rows.done);
    if (sheet->absent) {
        const char *absent;
        TRY(totals_absent(&group->rows, sheet->document->arena, &absent, error));
        *cells++ = document_text(absent);
    }
    for (size_t s = 0; s < sheet->table->score_count; s++) {
        *cells++ = cells_mean(group, s, sheet->formats[s]);
    }
    return STATUS_OK;
}

/* Joins two parts of a set of numbers (Chan, Golub and LeVeque 1979). */
static void means_pool_cell(struct table_cell *into, const struct table_cell *part) {
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

/* A group for each value of an axis, of all cells that have it. */
static enum status means_pool(const struct report *report, const struct report_values *axis,
                              struct arena *arena, struct table_group **pooled,
                              struct error *error) {
    const struct table *table = &report->table;
    TRY(ARENA_NEW(arena, *pooled, axis->count, error));
    for (size_t v = 0; v < axis->count; v++) {
        TRY(ARENA_NEW(arena, (*pooled)[v].cells, table->score_count, error));
    }
    for (size_t g = 0; g < table->group_count; g++) {
        struct table_group *into = &(*pooled)[axis->numbers[g]];
        const struct table_count *rows = &table->groups[g].rows;
        into->rows.done += rows->done;
        into->rows.missing += rows->missing;
        into->rows.diverged += rows->diverged;
        into->rows.quarantined += rows->quarantined;
        for (size_t s = 0; s < table->score_count; s++) {
            means_pool_cell(&into->cells[s], &table->groups[g].cells[s]);
        }
    }
    return STATUS_OK;
}

static enum status means_add_axis(const struct sheet *sheet, const struct report *report,
                                  const struct report_values *axis, struct error *error) {
    const struct table_key *key = &sheet->table->keys[axis->key];
    struct arena *arena = sheet->document->arena;
    struct document_value *cells;
    struct table_group *pooled;
    const char *heading;
    TRY(means_pool(report, axis, arena, &pooled, error));
    TRY(totals_heading(arena, key->name, key->unit, &heading, error));
    TRY(document_row(sheet->rows, &cells, error));
    *cells = document_group(heading);
    for (size_t v = 0; v < axis->count; v++) {
        TRY(document_row(sheet->rows, &cells, error));
        *cells++ = document_text(axis->texts[v][0] == '\0' ? NULL : axis->texts[v]);
        TRY(means_fill(sheet, &pooled[v], cells, error));
    }
    return STATUS_OK;
}

static bool means_is_brief(const struct report_values *axis) {
    return !axis->more && axis->count <= REPORT_VALUES_TABLED;
}

static enum status means_add_brief_axes(const struct report *report, struct document *document,
                                        struct error *error) {
    static const struct document_column value = {.heading = "value", .left = true};
    struct sheet sheet = {.table = &report->table, .document = document};
    for (size_t k = 0; k < report->table.key_count; k++) {
        if (means_is_brief(&report->axes[k])) {
            if (sheet.rows == NULL) {
                TRY(means_begin(&sheet, &value, 1, "means along each axis", false, error));
            }
            TRY(means_add_axis(&sheet, report, &report->axes[k], error));
        }
    }
    return STATUS_OK;
}

/* An axis with too many values for the table. */
static enum status means_add_long_axis(const struct report *report,
                                       const struct report_values *axis, struct document *document,
                                       struct error *error) {
    const char *name = report->table.keys[axis->key].name;
    const char *words;
    const char *by;
    TRY(arena_printf(document->arena, &words, error, "%s has %s%zu values: ", name,
                     axis->more ? "more than " : "", axis->count));
    TRY(arena_printf(document->arena, &by, error, " --by %s", name));
    return report_add_command(report, words, "modsweep table", by, document, error);
}

enum status report_axes(const struct report *report, FILE *page, struct error *error) {
    SCOPED(arena_free) struct arena arena = {0};
    struct document document = {.arena = &arena};
    TRY(document_line(&document, NULL, error, "%s",
                      report->table.key_count == 0
                          ? "No axis has more than one value."
                          : "Mean ± sample standard deviation over all n jobs that are done and "
                            "have the value, whatever the other axes are."));
    TRY(means_add_brief_axes(report, &document, error));
    for (size_t k = 0; k < report->table.key_count; k++) {
        if (!means_is_brief(&report->axes[k])) {
            TRY(means_add_long_axis(report, &report->axes[k], &document, error));
        }
    }
    return document_write(&document, DOCUMENT_HTML_FORM, page, error);
}

static enum status means_add_cells(const struct report *report, size_t shown,
                                   struct document *document, struct error *error) {
    const struct table *table = &report->table;
    struct sheet sheet = {.table = table, .document = document};
    struct document_column *keys;
    struct document_value *cells;
    TRY(ARENA_NEW(document->arena, keys, table->key_count, error));
    for (size_t k = 0; k < table->key_count; k++) {
        keys[k] = cells_column(&table->keys[k]);
    }
    TRY(means_begin(&sheet, keys, table->key_count, "means of cells", true, error));
    for (size_t g = 0; g < shown; g++) {
        TRY(document_row(sheet.rows, &cells, error));
        for (size_t k = 0; k < table->key_count; k++) {
            TRY(cells_key(table, &table->groups[g], k, document->arena, cells++, error));
        }
        TRY(means_fill(&sheet, &table->groups[g], cells, error));
    }
    return STATUS_OK;
}

enum status report_cells(const struct report *report, FILE *page, struct error *error) {
    SCOPED(arena_free) struct arena arena = {0};
    struct document document = {.arena = &arena};
    size_t count = report->table.group_count;
    size_t shown = count < REPORT_CELLS_SHOWN ? count : REPORT_CELLS_SHOWN;
    const char *words = "For programs: ";
    TRY(document_line(&document, NULL, error,
                      "Mean ± sample standard deviation over the n jobs of a cell that are done; "
                      "over fewer where a score is undefined."));
    if (shown < count) {
        TRY(arena_printf(&arena, &words, error, "The first %zu of %zu cells. All of them: ", shown,
                         count));
    }
    TRY(report_add_command(report, words, "modsweep table", " --csv", &document, error));
    TRY(means_add_cells(report, shown, &document, error));
    return document_write(&document, DOCUMENT_HTML_FORM, page, error);
}
