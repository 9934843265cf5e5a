#include "store/records.h"

#include <string.h>

size_t records_widest(const struct results_layout *layout) {
    size_t widest = sizeof(uint64_t);
    for (size_t i = 0; i < layout->variable_count; i++) {
        size_t bytes = variable_bytes(&layout->variables[i]);
        widest = bytes > widest ? bytes : widest;
    }
    return widest;
}

static enum status records_cover_variable(const struct results_reader *reader,
                                          const struct variable *wanted, struct error *error) {
    const struct variable *have = layout_find(&reader->layout, wanted->name);
    if (have == NULL && wanted->optional) {
        return STATUS_OK;
    }
    if (have == NULL) {
        return error_set(error, STATUS_BAD_INPUT, "%s has no variable %s", reader->path,
                         wanted->name);
    }
    bool alike = have->type == wanted->type && have->extent_count == wanted->extent_count;
    return alike ? STATUS_OK
                 : error_set(error, STATUS_BAD_INPUT, "%s: variable %s has another type or shape",
                             reader->path, wanted->name);
}

enum status records_cover(const struct results_reader *reader, const struct results_layout *layout,
                          struct error *error) {
    for (size_t i = 0; i < layout->variable_count; i++) {
        TRY(records_cover_variable(reader, &layout->variables[i], error));
    }
    return STATUS_OK;
}

/* Length of dimension d, with missing trailing ones of length 1. */
static size_t records_length_of(const struct variable *variable, size_t d) {
    return d < variable->extent_count ? variable->extents[d].length : 1;
}

static size_t records_shorter_of(const struct variable *a, const struct variable *b, size_t d) {
    return records_length_of(a, d) < records_length_of(b, d) ? records_length_of(a, d)
                                                             : records_length_of(b, d);
}

/*
 * Copies the corner that one row's values have in common in two variables. A job fits into every
 * file that holds it, so what lies beyond is padding.
 */
static void records_place(const struct variable *from, const unsigned char *values,
                          const struct variable *to, unsigned char *target) {
    _Static_assert(VARIABLE_DIMENSIONS_MAX == 3, "two loops over blocks of the last dimension");
    size_t element = variable_type_bytes(from->type);
    size_t bytes = records_shorter_of(from, to, 2) * element;
    for (size_t i = 0; i < records_shorter_of(from, to, 0); i++) {
        for (size_t j = 0; j < records_shorter_of(from, to, 1); j++) {
            size_t source =
                (i * records_length_of(from, 1) + j) * records_length_of(from, 2) * element;
            size_t sink = (i * records_length_of(to, 1) + j) * records_length_of(to, 2) * element;
            memcpy(target + sink, values + source, bytes);
        }
    }
}

enum status records_read(const struct results_reader *reader, const struct results_layout *layout,
                         int64_t first, int64_t count, void *scratch, void *records,
                         struct error *error) {
    for (int64_t row = 0; row < count; row++) {
        layout_clear(layout, (unsigned char *)records + (size_t)row * layout->record_bytes);
    }
    for (size_t i = 0; i < layout->variable_count; i++) {
        const struct variable *to = &layout->variables[i];
        const struct variable *from = layout_find(&reader->layout, to->name);
        if (from == NULL && to->optional) {
            continue;
        }
        if (from == NULL) {
            return error_set(error, STATUS_STORAGE, "%s has no variable %s", reader->path,
                             to->name);
        }
        TRY(reader_column(reader, to->name, hdf_storage_of(to->type), first, count, scratch,
                          error));
        for (int64_t row = 0; row < count; row++) {
            records_place(from, (unsigned char *)scratch + (size_t)row * variable_bytes(from), to,
                          (unsigned char *)records + (size_t)row * layout->record_bytes +
                              to->offset);
        }
    }
    return STATUS_OK;
}
