/* Means in a report, along each axis and cell by cell. */
#include "show/report_parts.h"

#include "show/html.h"
#include "show/number.h"
#include "show/totals.h"

/* The column headings that follow those of the keys. */
static enum status write_headings(const struct table *table, struct arena *arena, FILE *page,
                                  struct error *error) {
    for (size_t s = 0; s < table->score_count; s++) {
        const char *heading =
            totals_heading(arena, table->scores[s].name, table->scores[s].unit, error);
        if (heading == NULL) {
            return error_status(error);
        }
        report_heading(page, heading, true);
    }
    report_heading(page, "n", true);
    report_heading(page, "not done", false);
    (void)fputs("</tr></thead>\n<tbody>\n", page);
    return STATUS_OK;
}

static enum status write_means(const struct report *report, const struct table_cell *cells,
                               const struct number_format *formats, struct arena *arena, FILE *page,
                               struct error *error) {
    for (size_t s = 0; s < report->table.score_count; s++) {
        html_begin(page, "td", "number");
        TRY(report_number(formats[s], table_mean(&cells[s]), arena, page, error));
        if (cells[s].count > 1) {
            (void)fputs("<span> ± ", page);
            TRY(report_number(formats[s], table_deviation(&cells[s]), arena, page, error));
            (void)fputs("</span>", page);
        }
        (void)fputs("</td>", page);
    }
    return STATUS_OK;
}

/* The rest of a line: means, jobs in them, and jobs that are not. */
static enum status write_line(const struct report *report, const struct table_group *group,
                              const struct number_format *formats, struct arena *arena, FILE *page,
                              struct error *error) {
    TRY(write_means(report, group->cells, formats, arena, page, error));
    const char *absent = totals_absent(&group->rows, arena, error);
    if (absent == NULL) {
        return error_status(error);
    }
    (void)fprintf(page, "<td class=\"number\">%lld</td>", (long long)group->rows.done);
    html_element(page, "td", "absent", absent);
    (void)fputs("</tr>", page);
    return STATUS_OK;
}

static enum status formats_of(const struct table *table, struct arena *arena,
                              struct number_format **formats, struct error *error) {
    TRY(ARENA_NEW(arena, *formats, table->score_count, error));
    for (size_t s = 0; s < table->score_count; s++) {
        (*formats)[s] = number_format_of(table, s);
    }
    return STATUS_OK;
}

/* Joins two parts of a set of numbers (Chan, Golub and LeVeque 1979). */
static void pool_cell(struct table_cell *into, const struct table_cell *part) {
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

static void pool_rows(struct table_count *into, const struct table_count *part) {
    into->done += part->done;
    into->missing += part->missing;
    into->diverged += part->diverged;
    into->quarantined += part->quarantined;
}

/* A group for each value of an axis, of all cells that have it. */
static enum status pool(const struct report *report, const struct report_values *axis,
                        struct arena *arena, struct table_group **pooled, struct error *error) {
    const struct table *table = &report->table;
    TRY(ARENA_NEW(arena, *pooled, axis->count, error));
    for (size_t v = 0; v < axis->count; v++) {
        TRY(ARENA_NEW(arena, (*pooled)[v].cells, table->score_count, error));
    }
    for (size_t g = 0; g < table->group_count; g++) {
        struct table_group *into = &(*pooled)[axis->numbers[g]];
        pool_rows(&into->rows, &table->groups[g].rows);
        for (size_t s = 0; s < table->score_count; s++) {
            pool_cell(&into->cells[s], &table->groups[g].cells[s]);
        }
    }
    return STATUS_OK;
}

static enum status write_axis(const struct report *report, const struct report_values *axis,
                              struct arena *arena, FILE *page, struct error *error) {
    const struct table *table = &report->table;
    const struct table_key *key = &table->keys[axis->key];
    bool number = key->storage != HDF_LETTER;
    struct number_format *formats;
    struct table_group *pooled;
    TRY(formats_of(table, arena, &formats, error));
    TRY(pool(report, axis, arena, &pooled, error));
    const char *heading = totals_heading(arena, key->name, key->unit, error);
    if (heading == NULL) {
        return error_status(error);
    }
    report_table_begin(page, key->name, false);
    report_heading(page, heading, number);
    TRY(write_headings(table, arena, page, error));
    for (size_t v = 0; v < axis->count; v++) {
        (void)fputs("<tr>", page);
        report_field(page, axis->texts[v], number);
        TRY(write_line(report, &pooled[v], formats, arena, page, error));
    }
    report_table_end(page);
    return STATUS_OK;
}

/* Where an axis has too many values for a table of its own. */
static enum status write_long_axis(const struct report *report, const struct report_values *axis,
                                   struct arena *arena, FILE *page, struct error *error) {
    const char *name = report->table.keys[axis->key].name;
    const char *words = arena_format(arena, error, "%s has %s%zu values: ", name,
                                     axis->more ? "more than " : "", axis->count);
    const char *by = arena_format(arena, error, " --by %s", name);
    return words == NULL || by == NULL
               ? error_status(error)
               : report_advise(report, words, "modsweep table", by, page, error);
}

enum status report_axes(const struct report *report, FILE *page, struct error *error) {
    struct arena arena = {0};
    enum status status = STATUS_OK;
    html_element(page, "p", NULL,
                 report->table.key_count == 0
                     ? "No axis has more values than one."
                     : "Over all jobs that have the value, whatever the other axes are.");
    for (size_t k = 0; k < report->table.key_count && status == STATUS_OK; k++) {
        const struct report_values *axis = &report->axes[k];
        bool brief = !axis->more && axis->count <= REPORT_VALUES_TABLED;
        status = brief ? write_axis(report, axis, &arena, page, error)
                       : write_long_axis(report, axis, &arena, page, error);
        arena_reset(&arena);
    }
    arena_free(&arena);
    return status;
}

static enum status write_cells(const struct report *report, size_t shown, struct arena *arena,
                               FILE *page, struct error *error) {
    const struct table *table = &report->table;
    struct number_format *formats;
    TRY(formats_of(table, arena, &formats, error));
    report_table_begin(page, "cells", true);
    for (size_t k = 0; k < table->key_count; k++) {
        const char *heading =
            totals_heading(arena, table->keys[k].name, table->keys[k].unit, error);
        if (heading == NULL) {
            return error_status(error);
        }
        report_heading(page, heading, table->keys[k].storage != HDF_LETTER);
    }
    TRY(write_headings(table, arena, page, error));
    for (size_t g = 0; g < shown; g++) {
        (void)fputs("<tr>", page);
        for (size_t k = 0; k < table->key_count; k++) {
            const char *value = table_key_text(table, &table->groups[g], k, arena, error);
            if (value == NULL) {
                return error_status(error);
            }
            report_field(page, value, table->keys[k].storage != HDF_LETTER);
        }
        TRY(write_line(report, &table->groups[g], formats, arena, page, error));
    }
    report_table_end(page);
    return STATUS_OK;
}

enum status report_cells(const struct report *report, FILE *page, struct error *error) {
    struct arena arena = {0};
    size_t count = report->table.group_count;
    size_t shown = count < REPORT_CELLS_SHOWN ? count : REPORT_CELLS_SHOWN;
    html_element(page, "p", NULL,
                 "Mean ± sample standard deviation over the n jobs of a cell that are done.");
    const char *words =
        shown < count
            ? arena_format(&arena, error, "The first %zu of %zu cells. All of them: ", shown, count)
            : "For programs: ";
    enum status status =
        words == NULL ? error_status(error)
                      : report_advise(report, words, "modsweep table", " --csv", page, error);
    status = status == STATUS_OK ? write_cells(report, shown, &arena, page, error) : status;
    arena_free(&arena);
    return status;
}
