/* A document as part of a page of HTML. */
#include "document/writers.h"

#include "document/cell.h"

#include "document/html.h"

/* Lets a name be broken after its dots, so that columns are not wider than what stands in them. */
static void html_put_breakable(const char *text, FILE *page) {
    char letter[] = " ";
    for (; *text != '\0'; text++) {
        letter[0] = *text;
        html_text(page, letter);
        (void)fputs(*text == '.' ? "<wbr>" : "", page);
    }
}

/* What follows a mean: its deviation, and of how many it is, where some have no number. */
static enum status html_put_deviation(const struct document_value *value, struct arena *scratch,
                                      FILE *page, struct error *error) {
    if (value->mean.count > 1) {
        const char *text;
        TRY(number_text(value->mean.format, value->mean.deviation, scratch, &text, error));
        (void)fprintf(page, "<span> ± %s</span>", text);
    }
    if (value->mean.count < value->mean.of) {
        (void)fprintf(page, "<span> (n = %lld)</span>", (long long)value->mean.count);
    }
    return STATUS_OK;
}

static enum status html_write_value(const struct document_value *value, const char *format,
                                    struct arena *scratch, FILE *page, struct error *error) {
    const char *text;
    TRY(cell_text(value, format, scratch, &text, error));
    switch (value->type) {
    case DOCUMENT_CODE:
        html_element(page, "code", NULL, text);
        return STATUS_OK;
    case DOCUMENT_TERM:
        html_element(page, "b", NULL, value->text);
        html_format(page, " – %s", value->shown);
        return STATUS_OK;
    case DOCUMENT_MEAN:
        html_text(page, text);
        return html_put_deviation(value, scratch, page, error);
    default:
        html_text(page, text);
        return STATUS_OK;
    }
}

static enum status html_write_headings(const struct document_table *table, struct arena *scratch,
                                       FILE *page, struct error *error) {
    (void)fputs("<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"", page);
    html_text(page, table->label);
    (void)fprintf(page, "\"><table%s>\n<thead><tr>", table->sortable ? " class=\"sortable\"" : "");
    for (size_t c = 0; c < table->column_count; c++) {
        const struct document_column *column = &table->columns[c];
        const char *heading;
        if (column->heading == NULL) {
            continue;
        }
        TRY(cell_heading(column, scratch, &heading, error));
        (void)fputs(column->left ? "<th scope=\"col\">" : "<th scope=\"col\" class=\"number\">",
                    page);
        html_put_breakable(heading, page);
        (void)fputs("</th>", page);
    }
    (void)fputs("</tr></thead>\n<tbody>\n", page);
    return STATUS_OK;
}

/* A row that heads those below it. */
static void html_write_group(const struct document_table *table, const struct document_value *value,
                             FILE *page) {
    (void)fprintf(page, "<tr class=\"axis\"><th scope=\"rowgroup\" colspan=\"%zu\">",
                  cell_columns_shown(table));
    html_text(page, value->text);
    (void)fputs("</th></tr>\n", page);
}

static enum status html_write_row(const struct document_table *table,
                                  const struct document_value *cells, struct arena *scratch,
                                  FILE *page, struct error *error) {
    (void)fputs("<tr>", page);
    for (size_t c = 0; c < table->column_count; c++) {
        const struct document_column *column = &table->columns[c];
        if (column->heading != NULL) {
            const char *aligned = column->left ? NULL : "number";
            html_begin(page, "td", column->class == NULL ? aligned : column->class);
            TRY(html_write_value(&cells[c], column->format, scratch, page, error));
            (void)fputs("</td>", page);
        }
    }
    (void)fputs("</tr>\n", page);
    return STATUS_OK;
}

static enum status html_write_table(const struct document_table *table, FILE *page,
                                    struct error *error) {
    SCOPED(arena_free) struct arena own = {0};
    SCOPED(arena_free) struct arena scratch = {0};
    struct document_value *cells;
    TRY(ARENA_NEW(&own, cells, table->column_count, error));
    TRY(html_write_headings(table, &own, page, error));
    for (size_t row = 0; row < table->rows_shown; row++) {
        TRY(cell_row(table, row, cells, &scratch, error));
        if (table->column_count > 0 && cells[0].type == DOCUMENT_GROUP) {
            html_write_group(table, &cells[0], page);
        } else {
            TRY(html_write_row(table, cells, &scratch, page, error));
        }
    }
    (void)fputs("</tbody></table></div>\n", page);
    return STATUS_OK;
}

/* A value of a list of facts; values that share a label follow it. */
static enum status html_write_field(const struct document_field *field, FILE *page,
                                    struct error *error) {
    SCOPED(arena_free) struct arena scratch = {0};
    if (field->value.label[0] != '\0') {
        html_element(page, "dt", NULL, field->value.label);
    }
    html_begin(page, "dd", NULL);
    TRY(html_write_value(&field->value, NULL, &scratch, page, error));
    html_end(page, "dd");
    return STATUS_OK;
}

static void html_write_line(const struct document_item *item, FILE *page) {
    const char *tag = item->style == DOCUMENT_TITLE ? "h3" : "p";
    html_begin(page, tag,
               item->style == DOCUMENT_NOTE      ? "note"
               : item->style == DOCUMENT_COMMAND ? "command"
                                                 : NULL);
    html_text(page, item->lead);
    if (item->style == DOCUMENT_COMMAND) {
        html_element(page, "code", NULL, item->text);
    } else {
        html_text(page, item->text);
    }
    html_end(page, tag);
}

/* Fields that follow one another are one list. */
static void html_list(bool begin, bool *begun, FILE *page) {
    if (begin && !*begun) {
        html_begin(page, "dl", "facts");
    } else if (!begin && *begun) {
        html_end(page, "dl");
    }
    *begun = begin;
}

enum status html_writer_write(const struct document *document, FILE *page, struct error *error) {
    bool begun = false;
    for (const struct document_item *item = document->first; item != NULL; item = item->next) {
        if (item->kind == ITEM_FIELD && item->field.value.label != NULL) {
            html_list(true, &begun, page);
            TRY(html_write_field(&item->field, page, error));
        } else if (item->kind == ITEM_LINE) {
            html_list(false, &begun, page);
            html_write_line(item, page);
        } else if (item->kind == ITEM_TABLE && cell_columns_shown(item->table) > 0) {
            html_list(false, &begun, page);
            TRY(html_write_table(item->table, page, error));
        } else if (item->field.value.type == DOCUMENT_OBJECT) {
            html_list(false, &begun, page);
            TRY(html_writer_write(item->field.value.object, page, error));
        }
    }
    html_list(false, &begun, page);
    return STATUS_OK;
}
