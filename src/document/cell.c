#include "document/cell.h"

#include "base/text.h"

#include <math.h>

static const char dash[] = "–";

size_t cell_columns_shown(const struct document_table *table) {
    size_t columns = 0;
    for (size_t c = 0; c < table->column_count; c++) {
        columns += table->columns[c].heading != NULL;
    }
    return columns;
}

enum status cell_heading(const struct document_column *column, struct arena *arena,
                         const char **heading, struct error *error) {
    *heading = column->heading;
    bool plain = column->unit == NULL || column->unit[0] == '\0' || strcmp(column->unit, "1") == 0;
    return plain ? STATUS_OK
                 : arena_printf(arena, heading, error, "%s [%s]", column->heading, column->unit);
}

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral" /* the format is a column's */
static enum status cell_real_text(double real, const char *format, struct arena *arena,
                                  const char **text, struct error *error) {
    enum { REAL_BYTES = 32 };
    char digits[REAL_BYTES];
    if (format != NULL) { /* processors give NaN a sign */
        return arena_printf(arena, text, error, format, isnan(real) ? (double)NAN : real);
    }
    return isnan(real) ? arena_strdup(arena, dash, text, error)
                       : arena_strdup(arena, text_of_real(real, digits), text, error);
}
#pragma GCC diagnostic pop

enum status cell_text(const struct document_value *value, const char *format, struct arena *arena,
                      const char **text, struct error *error) {
    if (value->type == DOCUMENT_TERM) {
        return arena_printf(arena, text, error, "%s – %s", value->text, value->shown);
    }
    *text = value->shown;
    if (value->shown != NULL) {
        return STATUS_OK;
    }
    switch (value->type) {
    case DOCUMENT_NULL:
        *text = dash;
        return STATUS_OK;
    case DOCUMENT_FLAG:
        *text = value->flag ? "yes" : "no";
        return STATUS_OK;
    case DOCUMENT_INTEGER:
        return arena_printf(arena, text, error, "%lld", (long long)value->integer);
    case DOCUMENT_REAL:
        return cell_real_text(value->real, format, arena, text, error);
    case DOCUMENT_MEAN:
        return number_text(value->mean.format, value->mean.mean, arena, text, error);
    case DOCUMENT_TEXT:
    case DOCUMENT_CODE:
    case DOCUMENT_GROUP:
        *text = value->text;
        return STATUS_OK;
    default:
        *text = "";
        return STATUS_OK;
    }
}

enum status cell_row(const struct document_table *table, size_t row, struct document_value *cells,
                     struct arena *arena, struct error *error) {
    arena_reset(arena);
    if (table->row == NULL) {
        memcpy(cells, table->cells + row * table->column_count,
               table->column_count * sizeof *cells);
        return STATUS_OK;
    }
    memset(cells, 0, table->column_count * sizeof *cells);
    return table->row(table->context, row, cells, arena, error);
}
