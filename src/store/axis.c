#include "store/axis.h"

#include "store/blueprint.h"
#include "store/format.h"
#include "sweep/sweep.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum { DIMENSION_NAME_BYTES = 32 };

static const int64_t no_integer = ABSENT_INTEGER;

struct results_axis axis_of(const struct axis_column *column) {
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

size_t axis_bytes(const struct results_axis *axis) {
    return axis->storage == HDF_LETTER ? axis->letters : sizeof(int64_t);
}

void axis_clear(const struct results_axis *axis, size_t count, void *values) {
    const double no_real = (double)NAN;
    memset(values, 0, count * axis_bytes(axis));
    for (size_t i = 0; axis->storage != HDF_LETTER && i < count; i++) {
        memcpy((unsigned char *)values + i * sizeof(int64_t),
               axis->storage == HDF_INT64 ? (const void *)&no_integer : (const void *)&no_real,
               sizeof(int64_t));
    }
}

bool axis_absent(const struct results_axis *axis, const void *value) {
    return axis->storage == HDF_INT64 && memcmp(value, &no_integer, sizeof no_integer) == 0;
}

void axis_value(const struct results_axis *axis, const struct sweep *sweep, int64_t job, char *text,
                void *value) {
    size_t column = 0;
    while (column < sweep->column_count && strcmp(sweep->columns[column].key, axis->key) != 0) {
        column++;
    }
    axis_clear(axis, 1, value);
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

enum status axis_create(hid_t file, const struct results_axis *axis, struct extent job,
                        hid_t *dataset, struct error *error) {
    char name[DIMENSION_NAME_BYTES];
    const struct extent letters = {name, axis->letters};
    struct blueprint blueprint = {axis->key, axis->storage, axis->unit, axis->help, 1, {job}};
    (void)snprintf(name, sizeof name, "text_%zu", letters.length);
    if (axis->storage == HDF_LETTER) {
        blueprint = blueprint_of_text(axis->key, axis->help, job, &letters);
    }
    return blueprint_create(file, &blueprint, dataset, error);
}

enum status axis_mark(hid_t dataset, struct error *error) {
    return hdf_write_attribute(dataset, "_FillValue", HDF_INT64, 1, &no_integer, error);
}
