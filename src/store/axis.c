#include "store/axis.h"

#include "base/text.h"
#include "store/blueprint.h"
#include "store/format.h"
#include "sweep/sweep.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum { DIMENSION_NAME_BYTES = 32, TEXT_BYTES = 32 };

/* Of the longest number as text. */
enum { NUMBER_LETTERS = 24 };

static const int64_t no_integer = ABSENT_INTEGER;

struct results_axis results_axis_of(const struct axis_column *column) {
    struct results_axis axis = {.key = column->key,
                                .unit = column->unit,
                                .help = column->help,
                                .storage = column->type == PARAMETER_INTEGER ? HDF_INT64
                                           : column->type == PARAMETER_REAL  ? HDF_FLOAT64
                                                                             : HDF_LETTER};
    if (axis.storage == HDF_LETTER) {
        axis.letters = column->text_bytes > 0 ? column->text_bytes : 1;
    }
    return axis;
}

size_t results_axis_bytes(const struct results_axis *axis) {
    return axis->storage == HDF_LETTER ? axis->letters : sizeof(int64_t);
}

void results_axis_widen(struct results_axis *axis, const struct results_axis *other) {
    const bool texts = axis->storage == HDF_LETTER || other->storage == HDF_LETTER;
    if (texts) {
        const bool numbers = axis->storage != other->storage;
        const size_t letters = axis->letters > other->letters ? axis->letters : other->letters;
        axis->letters = numbers && letters < NUMBER_LETTERS ? NUMBER_LETTERS : letters;
        axis->storage = HDF_LETTER;
    } else if (axis->storage != other->storage) {
        axis->storage = HDF_FLOAT64;
    }
}

/* A number as a sweep would write it; "" where it is absent. */
static void results_axis_number_text(const struct results_axis *axis, const void *value,
                                     char text[static TEXT_BYTES]) {
    double real;
    int64_t integer;
    text[0] = '\0';
    if (axis->storage == HDF_INT64 && !results_axis_absent(axis, value)) {
        memcpy(&integer, value, sizeof integer);
        (void)snprintf(text, TEXT_BYTES, "%lld", (long long)integer);
    } else if (axis->storage == HDF_FLOAT64) {
        memcpy(&real, value, sizeof real);
        (void)(isnan(real) ? text : text_of_real(real, text));
    }
}

static void results_axis_convert_value(const struct results_axis *from, const unsigned char *value,
                                       const struct results_axis *to, unsigned char *converted) {
    char text[TEXT_BYTES];
    int64_t integer;
    if (from->storage == to->storage) {
        memcpy(converted, value, results_axis_bytes(from));
    } else if (to->storage == HDF_LETTER) {
        results_axis_number_text(from, value, text);
        memcpy(converted, text, strlen(text));
    } else if (!results_axis_absent(from, value)) {
        memcpy(&integer, value, sizeof integer);
        const double real = (double)integer;
        memcpy(converted, &real, sizeof real);
    }
}

void results_axis_convert(const struct results_axis *from, const void *values, size_t count,
                          const struct results_axis *to, void *converted) {
    results_axis_clear(to, count, converted);
    for (size_t i = 0; i < count; i++) {
        results_axis_convert_value(from,
                                   (const unsigned char *)values + i * results_axis_bytes(from), to,
                                   (unsigned char *)converted + i * results_axis_bytes(to));
    }
}

void results_axis_clear(const struct results_axis *axis, size_t count, void *values) {
    const double no_real = (double)NAN;
    memset(values, 0, count * results_axis_bytes(axis));
    for (size_t i = 0; axis->storage != HDF_LETTER && i < count; i++) {
        memcpy((unsigned char *)values + i * sizeof(int64_t),
               axis->storage == HDF_INT64 ? (const void *)&no_integer : (const void *)&no_real,
               sizeof(int64_t));
    }
}

bool results_axis_absent(const struct results_axis *axis, const void *value) {
    return axis->storage == HDF_INT64 && memcmp(value, &no_integer, sizeof no_integer) == 0;
}

void results_axis_value(const struct results_axis *axis, const struct sweep *sweep, int64_t job,
                        char *text, void *value) {
    size_t column = 0;
    while (column < sweep->column_count && strcmp(sweep->columns[column].key, axis->key) != 0) {
        column++;
    }
    results_axis_clear(axis, 1, value);
    if (column == sweep->column_count) {
        return;
    }
    if (axis->storage == HDF_LETTER) {
        text[0] = '\0';
        sweep_column_text(sweep, column, job, text, axis->letters + 1);
        memcpy(value, text, strlen(text));
        return;
    }
    double number = sweep_column_number(sweep, column, job);
    if (axis->storage == HDF_FLOAT64) {
        memcpy(value, &number, sizeof number);
    } else if (!isnan(number)) {
        int64_t integer = (int64_t)number;
        memcpy(value, &integer, sizeof integer);
    }
}

enum status results_axis_create(hid_t file, const struct results_axis *axis, struct extent job,
                                struct error *error) {
    char name[DIMENSION_NAME_BYTES];
    const struct extent letters = {name, axis->letters};
    struct blueprint blueprint = {axis->key, axis->storage, axis->unit, axis->help, 1, {job}};
    (void)snprintf(name, sizeof name, "text_%zu", letters.length);
    if (axis->storage == HDF_LETTER) {
        blueprint = blueprint_of_text(axis->key, axis->help, job, &letters);
    }
    return blueprint_add(file, &blueprint, error);
}

enum status results_axis_mark(hid_t file, const struct results_axis *axis, struct error *error) {
    SCOPED(hdf_release) hid_t dataset = H5I_INVALID_HID;
    TRY(hdf_open_dataset(file, axis->key, &dataset, error));
    return hdf_write_attribute(dataset, "_FillValue", HDF_INT64, 1, &no_integer, error);
}
