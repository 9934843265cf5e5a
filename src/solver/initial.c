#include "solver/initial.h"

#include "data/hdf5.h"

#include <string.h>

static enum status initial_read_tensor(const struct file_reference *file,
                                       const struct tensor_shape *tensor, struct arena *arena,
                                       double *weights, struct error *error) {
    struct points points;
    const char *dataset;
    TRY(arena_printf(arena, &dataset, error, "%s/%s", file->dataset, tensor->name));
    TRY(hdf5_read(file->path, dataset, arena, &points, error));
    if (points.rows != tensor->rows || points.columns != tensor->columns) {
        return error_set(error, STATUS_BAD_INPUT,
                         "%s:%s has %zu rows and %zu columns; this network needs %zu and %zu",
                         file->path, dataset, points.rows, points.columns, tensor->rows,
                         tensor->columns);
    }
    memcpy(weights, points.values, points.rows * points.columns * sizeof *weights);
    return STATUS_OK;
}

enum status initial_weights(const struct job *job, const struct network_shape *shape,
                            struct arena *arena, double *weights, struct error *error) {
    const struct file_reference *file = &job->train.initial;
    if (file->path == NULL || file->path[0] == '\0') {
        struct random_stream stream = random_stream_of(job->hash, RANDOM_WEIGHTS);
        job->network->initialise(&job->network_settings, shape, &stream, weights);
        return STATUS_OK;
    }
    if (file->dataset[0] == '\0') {
        return error_set(error, STATUS_BAD_INPUT,
                         "%s: expected FILE.h5:/group, the group holding the weights", file->path);
    }
    for (size_t t = 0; t < shape->tensor_count; t++) {
        TRY(initial_read_tensor(file, &shape->tensors[t], arena, weights, error));
        weights += shape->tensors[t].rows * shape->tensors[t].columns;
    }
    return digest_check(file->path, file->digest, error);
}
