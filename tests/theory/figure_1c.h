/**
 * @file
 * The points of sweeps/figure_1c.csv, for tests: modular, and mixed without point 20.
 */
#pragma once

#include "data/points_file.h"
#include "parameter/file_reference.h"
#include "theory/data.h"

static inline void read_figure_1c(struct data *data, struct arena *arena) {
    struct error error = {0};
    struct file_reference file;
    struct points points;
    assert_ok(&error, file_reference_split("sweeps/figure_1c.csv", arena, &file, &error));
    assert_ok(&error, points_file_read(&file, arena, &points, &error));
    data->samples = points.rows;
    data->sources = points.columns;
    memcpy(data->points, points.values, points.rows * points.columns * sizeof *points.values);
    weigh_equally(data);
}

/* Takes one sample out; the weights of the others are made to sum to 1. */
static inline void drop_sample(struct data *data, size_t sample) {
    double left = 1.0 - data->weights[sample];
    data->samples--;
    for (size_t n = sample; n < data->samples; n++) {
        data->weights[n] = data->weights[n + 1];
        memcpy(data->points + n * data->sources, data->points + (n + 1) * data->sources,
               data->sources * sizeof *data->points);
    }
    for (size_t n = 0; n < data->samples; n++) {
        data->weights[n] /= left;
    }
}
