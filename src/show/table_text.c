#include "aggregate/table.h"

#include "aggregate/number.h"
#include "aggregate/totals.h"

#include <stdio.h>
#include <string.h>

enum { GAP = 2 };

/* A grid of texts, the first row being the header. */
struct sheet {
    struct arena *arena;
    size_t columns, rows;
    const char **texts; /* [rows][columns] */
    bool *right;        /* [columns]: aligned to the right */
    size_t filled;
};

/* Letters of a UTF-8 text: bytes that do not continue one. */
static size_t table_text_width(const char *text) {
    size_t letters = 0;
    for (; *text != '\0'; text++) {
        letters += ((unsigned char)*text & 0xC0u) != 0x80u;
    }
    return letters;
}

static enum status table_text_put(struct sheet *sheet, const char *text, struct error *error) {
    if (text == NULL) {
        return error_status(error);
    }
    sheet->texts[sheet->filled++] = text;
    return STATUS_OK;
}

static enum status table_text_put_header(struct sheet *sheet, const struct table *table,
                                         struct error *error) {
    for (size_t k = 0; k < table->key_count; k++) {
        sheet->right[sheet->filled] = table->keys[k].storage != HDF_LETTER;
        TRY(table_text_put(
            sheet, totals_heading(sheet->arena, table->keys[k].name, table->keys[k].unit, error),
            error));
    }
    for (size_t s = 0; s < table->score_count; s++) {
        sheet->right[sheet->filled] = true;
        TRY(table_text_put(
            sheet,
            totals_heading(sheet->arena, table->scores[s].name, table->scores[s].unit, error),
            error));
    }
    sheet->right[sheet->filled] = true;
    TRY(table_text_put(sheet, "n", error));
    return table_text_put(sheet, "", error);
}

/* "mean ± sd", the sd as wide as the widest of its column; "–" without any number. */
static const char *mean_text(const struct table_cell *cell, struct number_format format,
                             size_t sd_width, struct arena *arena, struct error *error) {
    if (cell->count == 0) {
        return arena_string(arena, "–", error);
    }
    const char *mean = number_text(format, table_mean(cell), arena, error);
    const char *sd = number_text(format, table_deviation(cell), arena, error);
    if (mean == NULL || sd == NULL) {
        return NULL;
    }
    return arena_format(arena, error, "%s ± %*s%s", mean, (int)(sd_width - table_text_width(sd)),
                        "", sd);
}

static enum status table_text_widest_deviation(const struct table *table, size_t score,
                                               struct number_format format, struct arena *arena,
                                               size_t *widest, struct error *error) {
    *widest = 1;
    for (size_t g = 0; g < table->group_count; g++) {
        double sd = table_deviation(&table->groups[g].cells[score]);
        const char *text = number_text(format, sd, arena, error);
        if (text == NULL) {
            return error_status(error);
        }
        *widest = table_text_width(text) > *widest ? table_text_width(text) : *widest;
    }
    return STATUS_OK;
}

/* "1 missing, linear_cinfom undefined in 2": why a mean has fewer jobs than its group. */
static const char *absent_text(const struct table *table, const struct table_group *group,
                               struct arena *arena, struct error *error) {
    const char *text = totals_absent(&group->rows, arena, error);
    for (size_t s = 0; s < table->score_count && text != NULL; s++) {
        int64_t undefined = group->cells[s].undefined;
        if (undefined > 0) {
            text = arena_format(arena, error, "%s%s%s undefined in %lld", text,
                                text[0] == '\0' ? "" : ", ", table->scores[s].name,
                                (long long)undefined);
        }
    }
    return text;
}

static enum status table_text_put_groups(struct sheet *sheet, const struct table *table,
                                         struct error *error) {
    struct number_format *formats;
    size_t *sd_widths;
    TRY(ARENA_NEW(sheet->arena, formats, table->score_count, error));
    TRY(ARENA_NEW(sheet->arena, sd_widths, table->score_count, error));
    for (size_t s = 0; s < table->score_count; s++) {
        formats[s] = number_format_of(table, s);
        TRY(table_text_widest_deviation(table, s, formats[s], sheet->arena, &sd_widths[s], error));
    }
    for (size_t g = 0; g < table->group_count; g++) {
        const struct table_group *group = &table->groups[g];
        for (size_t k = 0; k < table->key_count; k++) {
            const char *key = table_key_text(table, group, k, sheet->arena, error);
            TRY(table_text_put(sheet, key != NULL && key[0] == '\0' ? "–" : key, error));
        }
        for (size_t s = 0; s < table->score_count; s++) {
            TRY(table_text_put(
                sheet, mean_text(&group->cells[s], formats[s], sd_widths[s], sheet->arena, error),
                error));
        }
        TRY(table_text_put(
            sheet, arena_format(sheet->arena, error, "%lld", (long long)group->rows.done), error));
        TRY(table_text_put(sheet, absent_text(table, group, sheet->arena, error), error));
    }
    return STATUS_OK;
}

static void table_text_print_line(const struct sheet *sheet, const size_t *widths, size_t row) {
    size_t owed = 0; /* blanks that only what follows makes necessary */
    for (size_t c = 0; c < sheet->columns; c++) {
        const char *text = sheet->texts[row * sheet->columns + c];
        size_t blanks = widths[c] - table_text_width(text);
        if (text[0] != '\0') {
            printf("%*s%s", (int)(owed + (sheet->right[c] ? blanks : 0)), "", text);
            owed = GAP + (sheet->right[c] ? 0 : blanks);
        } else {
            owed += widths[c] + GAP;
        }
    }
    (void)putchar('\n');
}

static enum status table_text_print_sheet(const struct sheet *sheet, struct error *error) {
    size_t *widths;
    TRY(ARENA_NEW(sheet->arena, widths, sheet->columns, error));
    for (size_t i = 0; i < sheet->filled; i++) {
        size_t letters = table_text_width(sheet->texts[i]);
        size_t *widest = &widths[i % sheet->columns];
        *widest = letters > *widest ? letters : *widest;
    }
    for (size_t row = 0; row < sheet->rows; row++) {
        table_text_print_line(sheet, widths, row);
    }
    return STATUS_OK;
}

static enum status table_text_print_totals(const struct table *table, struct arena *arena,
                                           struct error *error) {
    const char *totals = totals_text(table, arena, error);
    if (totals == NULL) {
        return error_status(error);
    }
    printf("\n%s; mean ± sample standard deviation over n jobs\n", totals);
    totals_print_remarks(table, stdout);
    return STATUS_OK;
}

static enum status table_text_print(const struct table *table, struct arena *arena,
                                    struct error *error) {
    enum { BESIDE_SCORES = 2 }; /* n, and what is absent */
    struct sheet sheet = {.arena = arena,
                          .columns = table->key_count + table->score_count + BESIDE_SCORES,
                          .rows = table->group_count + 1};
    TRY(ARENA_NEW(arena, sheet.texts, sheet.columns * sheet.rows, error));
    TRY(ARENA_NEW(arena, sheet.right, sheet.columns, error));
    TRY(table_text_put_header(&sheet, table, error));
    TRY(table_text_put_groups(&sheet, table, error));
    TRY(table_text_print_sheet(&sheet, error));
    return table_text_print_totals(table, arena, error);
}

enum status table_print(const struct table *table, struct error *error) {
    struct arena arena = {0};
    enum status status = table_text_print(table, &arena, error);
    arena_free(&arena);
    return status;
}
