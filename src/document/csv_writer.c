/* Comma-separated values of RFC 4180: the rows of all tables of a document. */
#include "document/writers.h"

#include "document/cell.h"

#include "base/text.h"

#include <math.h>

enum { NUMBER_BYTES = 32 };

static void csv_writer_put_text(const char *text, FILE *stream) {
    if (text[strcspn(text, ",\"\n\r")] == '\0') {
        (void)fputs(text, stream);
        return;
    }
    (void)fputc('"', stream);
    for (; *text != '\0'; text++) {
        (void)(*text == '"' && fputc('"', stream));
        (void)fputc(*text, stream);
    }
    (void)fputc('"', stream);
}

static void csv_writer_put_real(double value, FILE *stream) {
    char text[NUMBER_BYTES];
    (void)fputs(isnan(value) ? "" : text_of_real(value, text), stream);
}

static void csv_writer_put(const struct document_value *value, FILE *stream) {
    switch (value->type) {
    case DOCUMENT_FLAG:
    case DOCUMENT_INTEGER:
        (void)fprintf(stream, "%lld",
                      value->type == DOCUMENT_FLAG ? value->flag : (long long)value->integer);
        break;
    case DOCUMENT_REAL:
        csv_writer_put_real(value->real, stream);
        break;
    case DOCUMENT_TEXT:
    case DOCUMENT_CODE:
        csv_writer_put_text(value->text, stream);
        break;
    case DOCUMENT_MEAN:
        csv_writer_put_real(value->mean.mean, stream);
        (void)fputc(',', stream);
        csv_writer_put_real(value->mean.deviation, stream);
        (void)fprintf(stream, ",%lld", (long long)value->mean.count);
        break;
    default: /* empty: nothing, or what is no single value */
        break;
    }
}

static void csv_writer_write_header(const struct document_table *table, FILE *stream) {
    const char *comma = "";
    for (size_t c = 0; c < table->column_count; c++) {
        const char *key = table->columns[c].key;
        if (key != NULL && table->columns[c].mean) {
            (void)fprintf(stream, "%s%s_mean,%s_sd,%s_n", comma, key, key, key);
            comma = ",";
        } else if (key != NULL) {
            (void)fputs(comma, stream);
            csv_writer_put_text(key, stream);
            comma = ",";
        }
    }
    (void)fputc('\n', stream);
}

static enum status csv_writer_write_table(const struct document_table *table, FILE *stream,
                                          struct error *error) {
    SCOPED(arena_free) struct arena own = {0};
    SCOPED(arena_free) struct arena scratch = {0};
    struct document_value *cells;
    TRY(ARENA_NEW(&own, cells, table->column_count, error));
    csv_writer_write_header(table, stream);
    for (size_t row = 0; row < table->rows; row++) {
        const char *comma = "";
        TRY(cell_row(table, row, cells, &scratch, error));
        for (size_t c = 0; c < table->column_count; c++) {
            if (table->columns[c].key != NULL) {
                (void)fputs(comma, stream);
                csv_writer_put(&cells[c], stream);
                comma = ",";
            }
        }
        (void)fputc('\n', stream);
    }
    return STATUS_OK;
}

enum status csv_writer_write(const struct document *document, FILE *stream, struct error *error) {
    for (const struct document_item *item = document->first; item != NULL; item = item->next) {
        if (item->kind == ITEM_TABLE && item->table->key != NULL) {
            TRY(csv_writer_write_table(item->table, stream, error));
        }
    }
    return STATUS_OK;
}
