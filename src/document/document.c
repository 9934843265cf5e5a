#include "document/document.h"

#include <stdarg.h>

static enum status document_append(struct document *document, struct document_item item,
                                   struct error *error) {
    struct document_item *copy;
    TRY(ARENA_NEW(document->arena, copy, 1, error));
    *copy = item;
    if (document->first == NULL) {
        document->first = copy;
    } else {
        document->last->next = copy;
    }
    document->last = copy;
    return STATUS_OK;
}

enum status document_fields(struct document *document, const struct document_field *fields,
                            size_t count, struct error *error) {
    for (size_t k = 0; k < count; k++) {
        const struct document_item item = {.kind = ITEM_FIELD, .field = fields[k]};
        TRY(document_append(document, item, error));
    }
    return STATUS_OK;
}

enum status document_fact(struct document *document, const char *label, struct document_value value,
                          struct error *error) {
    return DOCUMENT_FIELDS(document, error, {NULL, document_labelled(label, value)});
}

static enum status __attribute__((format(printf, 5, 0)))
document_append_line(struct document *document, enum document_style style, const char *label,
                     struct error *error, const char *format, va_list values) {
    struct document_item item = {.kind = ITEM_LINE, .style = style, .lead = ""};
    if (label != NULL) {
        TRY(arena_printf(document->arena, &item.lead, error, "%-*s", document->margin, label));
    }
    TRY(arena_vprintf(document->arena, &item.text, error, format, values));
    return document_append(document, item, error);
}

enum status document_line(struct document *document, const char *label, struct error *error,
                          const char *format, ...) {
    va_list values;
    va_start(values, format);
    enum status status =
        document_append_line(document, DOCUMENT_LINE, label, error, format, values);
    va_end(values);
    return status;
}

enum status document_styled(struct document *document, enum document_style style, const char *label,
                            struct error *error, const char *format, ...) {
    va_list values;
    va_start(values, format);
    enum status status = document_append_line(document, style, label, error, format, values);
    va_end(values);
    return status;
}

enum status document_continue(struct document *document, struct error *error, const char *format,
                              ...) {
    const char *more;
    va_list values;
    va_start(values, format);
    enum status status = arena_vprintf(document->arena, &more, error, format, values);
    va_end(values);
    TRY(status);
    const char **text = &document->last->text;
    return arena_printf(document->arena, text, error, "%s%s", *text, more);
}

/* An object of its own, as a field or an element. */
static enum status document_append_object(struct document *document, enum item_kind kind,
                                          const char *key, struct document **object,
                                          struct error *error) {
    struct document_item item = {.kind = kind, .field = {.key = key}};
    TRY(ARENA_NEW(document->arena, *object, 1, error));
    **object = (struct document){.arena = document->arena, .margin = document->margin};
    item.field.value = (struct document_value){.type = DOCUMENT_OBJECT, .object = *object};
    return document_append(document, item, error);
}

enum status document_object(struct document *document, const char *key, struct document **object,
                            struct error *error) {
    return document_append_object(document, ITEM_FIELD, key, object, error);
}

enum status document_element(struct document *document, const char *key, struct document **object,
                             struct error *error) {
    return document_append_object(document, ITEM_ELEMENT, key, object, error);
}

enum status document_table(struct document *document, const struct document_table *table,
                           struct document_table **added, struct error *error) {
    struct document_table *copy;
    TRY(ARENA_NEW(document->arena, copy, 1, error));
    *copy = *table;
    copy->arena = document->arena;
    if (added != NULL) {
        *added = copy;
    }
    const struct document_item item = {.kind = ITEM_TABLE, .table = copy};
    return document_append(document, item, error);
}

enum status document_row(struct document_table *table, struct document_value **cells,
                         struct error *error) {
    enum { FIRST_CAPACITY = 16 };
    const size_t columns = table->column_count;
    if (table->rows == table->capacity) {
        const struct document_value *before = table->cells;
        table->capacity = table->capacity == 0 ? FIRST_CAPACITY : 2 * table->capacity;
        TRY(ARENA_NEW(table->arena, table->cells, table->capacity * columns, error));
        if (before != NULL) {
            memcpy(table->cells, before, table->rows * columns * sizeof *before);
        }
    }
    *cells = table->cells + table->rows * columns;
    table->rows_shown = ++table->rows;
    return STATUS_OK;
}
