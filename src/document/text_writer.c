/* A document as text for a terminal. */
#include "document/writers.h"

#include "document/cell.h"

#include "base/utf8.h"
#include "document/wrap.h"

enum { HANGING_INDENT = 4 };

static const char between[] = " ± ";
enum { BETWEEN_LETTERS = 3 };

/* A table under way, measured before it is written. */
struct sheet {
    const struct document_table *table;
    struct document_value *cells; /* [column_count] of a row */
    size_t *widths;               /* [column_count] */
    size_t *means, *spreads;      /* [column_count]: of means and their deviations */
    struct arena *arena;          /* of a row */
};

static size_t text_writer_letters(const char *text) {
    return utf8_letters(text, SIZE_MAX);
}

static void text_writer_widen(size_t *width, size_t letters) {
    *width = letters > *width ? letters : *width;
}

/* A mean is followed by its deviation; without any number there is none. */
static bool text_writer_has_deviation(const struct document_value *value) {
    return value->type == DOCUMENT_MEAN && value->mean.count > 0;
}

static enum status text_writer_measure_row(struct sheet *sheet, size_t row, struct error *error) {
    const struct document_table *table = sheet->table;
    TRY(cell_row(table, row, sheet->cells, sheet->arena, error));
    for (size_t c = 0; c < table->column_count; c++) {
        const struct document_value *value = &sheet->cells[c];
        const char *text;
        TRY(cell_text(value, table->columns[c].format, sheet->arena, &text, error));
        size_t letters = text_writer_letters(text);
        if (text_writer_has_deviation(value)) {
            text_writer_widen(&sheet->means[c], letters + BETWEEN_LETTERS);
            TRY(number_text(value->mean.format, value->mean.deviation, sheet->arena, &text, error));
            text_writer_widen(&sheet->spreads[c], text_writer_letters(text));
        } else {
            text_writer_widen(&sheet->widths[c], letters);
        }
    }
    return STATUS_OK;
}

static enum status text_writer_measure(struct sheet *sheet, struct error *error) {
    const struct document_table *table = sheet->table;
    for (size_t row = 0; row < table->rows_shown; row++) {
        TRY(text_writer_measure_row(sheet, row, error));
    }
    for (size_t c = 0; c < table->column_count; c++) {
        const char *heading = "";
        if (!table->bare && table->columns[c].heading != NULL) {
            TRY(cell_heading(&table->columns[c], sheet->arena, &heading, error));
        }
        text_writer_widen(&sheet->widths[c], (size_t)table->columns[c].width);
        text_writer_widen(&sheet->widths[c], text_writer_letters(heading));
        text_writer_widen(&sheet->widths[c], sheet->means[c] + sheet->spreads[c]);
    }
    return STATUS_OK;
}

/* The text of a cell, in which deviations are as wide as the widest of their column. */
static enum status text_writer_cell(const struct sheet *sheet, size_t column, const char **text,
                                    struct error *error) {
    const struct document_value *value = &sheet->cells[column];
    const char *deviation;
    TRY(cell_text(value, sheet->table->columns[column].format, sheet->arena, text, error));
    if (!text_writer_has_deviation(value)) {
        return STATUS_OK;
    }
    TRY(number_text(value->mean.format, value->mean.deviation, sheet->arena, &deviation, error));
    size_t blanks = sheet->spreads[column] - text_writer_letters(deviation);
    return arena_printf(sheet->arena, text, error, "%s%s%*s%s", *text, between, (int)blanks, "",
                        deviation);
}

/* Writes the cells of a line, or the headings. Blanks at the end of a line are left out. */
static enum status text_writer_write_row(const struct sheet *sheet, bool headings, FILE *stream,
                                         struct error *error) {
    const struct document_table *table = sheet->table;
    size_t column = 0;                    /* where the line is */
    size_t start = (size_t)table->indent; /* where the cell begins */
    for (size_t c = 0; c < table->column_count; c++) {
        const char *text;
        if (table->columns[c].heading == NULL) {
            continue;
        }
        TRY(headings ? cell_heading(&table->columns[c], sheet->arena, &text, error)
                     : text_writer_cell(sheet, c, &text, error));
        const size_t letters = text_writer_letters(text);
        const size_t width = sheet->widths[c];
        const size_t place = start + (table->columns[c].left ? 0 : width - letters);
        if (table->wrapped && !headings && c + 1 == table->column_count) {
            (void)fprintf(stream, "%*s", (int)(place - column), "");
            wrap_print(stream, place, place, text);
            return STATUS_OK;
        }
        if (letters > 0) {
            (void)fprintf(stream, "%*s%s", (int)(place - column), "", text);
            column = place + letters;
        }
        start += width + (size_t)table->gap;
    }
    (void)fputc('\n', stream);
    return STATUS_OK;
}

static enum status text_writer_write_table(const struct document_table *table, FILE *stream,
                                           struct error *error) {
    SCOPED(arena_free) struct arena own = {0};
    SCOPED(arena_free) struct arena scratch = {0};
    struct sheet sheet = {.table = table, .arena = &scratch};
    TRY(ARENA_NEW(&own, sheet.cells, table->column_count, error));
    TRY(ARENA_NEW(&own, sheet.widths, table->column_count, error));
    TRY(ARENA_NEW(&own, sheet.means, table->column_count, error));
    TRY(ARENA_NEW(&own, sheet.spreads, table->column_count, error));
    TRY(text_writer_measure(&sheet, error));
    if (!table->bare) {
        TRY(text_writer_write_row(&sheet, true, stream, error));
    }
    for (size_t row = 0; row < table->rows_shown; row++) {
        TRY(cell_row(table, row, sheet.cells, &scratch, error));
        TRY(text_writer_write_row(&sheet, false, stream, error));
    }
    return STATUS_OK;
}

static void text_writer_write_line(const struct document_item *item, FILE *stream) {
    const size_t letters = text_writer_letters(item->lead);
    (void)fputs(item->lead, stream);
    if (item->style == DOCUMENT_PARAGRAPH) {
        wrap_print(stream, letters, letters, item->text);
    } else if (item->style == DOCUMENT_HANGING) {
        wrap_print(stream, letters, HANGING_INDENT, item->text);
    } else {
        (void)fprintf(stream, "%s\n", item->text);
    }
}

static enum status text_writer_write_field(const struct document *document,
                                           const struct document_field *field, FILE *stream,
                                           struct error *error) {
    SCOPED(arena_free) struct arena scratch = {0};
    const char *text;
    TRY(cell_text(&field->value, NULL, &scratch, &text, error));
    (void)fprintf(stream, "%-*s%s\n", document->margin, field->value.label, text);
    return STATUS_OK;
}

enum status text_writer_write(const struct document *document, FILE *stream, struct error *error) {
    for (const struct document_item *item = document->first; item != NULL; item = item->next) {
        if (item->kind == ITEM_LINE) {
            text_writer_write_line(item, stream);
        } else if (item->kind == ITEM_TABLE && !item->table->hidden &&
                   cell_columns_shown(item->table) > 0) {
            TRY(text_writer_write_table(item->table, stream, error));
        } else if (item->field.value.type == DOCUMENT_OBJECT) {
            TRY(text_writer_write(item->field.value.object, stream, error));
        } else if (item->kind == ITEM_FIELD && item->field.value.label != NULL) {
            TRY(text_writer_write_field(document, &item->field, stream, error));
        }
    }
    return STATUS_OK;
}
