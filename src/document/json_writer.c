/* A document as one JSON object. */
#include "base/json.h"

#include "document/cell.h"
#include "document/writers.h"

static enum status json_fill(const struct document *document, struct json_object *object,
                             struct error *error);

static enum status json_add_mean(struct json_object *parent, const char *key,
                                 const struct document_mean *mean, struct error *error) {
    struct json_object *object;
    TRY(json_add_object(parent, key, &object, error));
    TRY(json_add_real(object, "mean", mean->mean, error));
    TRY(json_add_real(object, "sd", mean->deviation, error));
    TRY(json_add_integer(object, "n", mean->count, error));
    return json_add_integer(object, "undefined", mean->undefined, error);
}

static enum status json_add_numbers(struct json_object *parent, const char *key,
                                    const struct document_value *value, struct error *error) {
    struct json_object *rows;
    if (value->columns == 0) {
        return json_add_reals(parent, key, value->numbers, value->count, error);
    }
    TRY(json_add_array(parent, key, &rows, error));
    for (size_t row = 0; row < value->count; row++) {
        TRY(json_append_reals(rows, value->numbers + row * value->columns, value->columns, error));
    }
    return STATUS_OK;
}

static enum status json_add_words(struct json_object *parent, const char *key,
                                  const struct document_value *value, struct error *error) {
    struct json_object *words;
    TRY(json_add_array(parent, key, &words, error));
    for (size_t k = 0; k < value->count; k++) {
        TRY(json_append_text(words, value->words[k], error));
    }
    return STATUS_OK;
}

/* Appends to a list of objects. */
static enum status json_append_element(struct json_object *parent,
                                       const struct document_field *field, struct error *error) {
    struct json_object *list;
    struct json_object *object;
    if (!json_object_object_get_ex(parent, field->key, &list)) {
        TRY(json_add_array(parent, field->key, &list, error));
    }
    TRY(json_append_object(list, &object, error));
    return json_fill(field->value.object, object, error);
}

static enum status json_add_value(struct json_object *parent, const char *key,
                                  const struct document_value *value, struct error *error) {
    struct json_object *child;
    switch (value->type) {
    case DOCUMENT_ABSENT:
        return STATUS_OK;
    case DOCUMENT_NULL:
        return json_add_null(parent, key, error);
    case DOCUMENT_FLAG:
        return json_add_flag(parent, key, value->flag, error);
    case DOCUMENT_INTEGER:
        return json_add_integer(parent, key, value->integer, error);
    case DOCUMENT_REAL:
        return json_add_real(parent, key, value->real, error);
    case DOCUMENT_MEAN:
        return json_add_mean(parent, key, &value->mean, error);
    case DOCUMENT_NUMBERS:
        return json_add_numbers(parent, key, value, error);
    case DOCUMENT_WORDS:
        return json_add_words(parent, key, value, error);
    case DOCUMENT_LIST:
        return json_add_array(parent, key, &child, error);
    case DOCUMENT_OBJECT:
        TRY(json_add_object(parent, key, &child, error));
        return json_fill(value->object, child, error);
    default:
        return json_add_text(parent, key, value->text, error);
    }
}

/* Where a column's members are: in the row, or in an object of it. */
static enum status json_place(struct json_object *row, const char *name, struct json_object **place,
                              struct error *error) {
    *place = row;
    return name == NULL || json_object_object_get_ex(row, name, place)
               ? STATUS_OK
               : json_add_object(row, name, place, error);
}

static enum status json_add_members(struct json_object *object, const struct document_table *table,
                                    const struct document_value *cells, struct error *error) {
    for (size_t c = 0; c < table->column_count; c++) {
        const struct document_column *column = &table->columns[c];
        struct json_object *place;
        TRY(json_place(object, column->object, &place, error));
        if (column->key != NULL) {
            TRY(json_add_value(place, column->key, &cells[c], error));
        }
    }
    return STATUS_OK;
}

static enum status json_add_rows(struct json_object *parent, const char *key,
                                 const struct document_table *table, struct error *error) {
    SCOPED(arena_free) struct arena own = {0};
    SCOPED(arena_free) struct arena scratch = {0};
    struct json_object *rows;
    struct document_value *cells;
    TRY(json_add_array(parent, key, &rows, error));
    TRY(ARENA_NEW(&own, cells, table->column_count, error));
    for (size_t row = 0; row < table->rows; row++) {
        struct json_object *object;
        TRY(cell_row(table, row, cells, &scratch, error));
        TRY(json_append_object(rows, &object, error));
        TRY(json_add_members(object, table, cells, error));
    }
    return STATUS_OK;
}

static enum status json_fill(const struct document *document, struct json_object *object,
                             struct error *error) {
    for (const struct document_item *item = document->first; item != NULL; item = item->next) {
        if (item->kind == ITEM_FIELD && item->field.key != NULL) {
            TRY(json_add_value(object, item->field.key, &item->field.value, error));
        } else if (item->kind == ITEM_ELEMENT) {
            TRY(json_append_element(object, &item->field, error));
        } else if (item->kind == ITEM_TABLE && item->table->key != NULL) {
            TRY(json_add_rows(object, item->table->key, item->table, error));
        }
    }
    return STATUS_OK;
}

enum status json_writer_write(const struct document *document, FILE *stream, struct error *error) {
    SCOPED(json_release) struct json_object *root = json_object_new_object();
    if (root == NULL) {
        return error_set(error, STATUS_NO_MEMORY, "out of memory for JSON");
    }
    TRY(json_fill(document, root, error));
    return json_write(root, !document->compact, stream, error);
}
