#include "plan/sizes.h"

#include <string.h>

static size_t sizes_largest(size_t a, size_t b) {
    return a > b ? a : b;
}

static enum status sizes_include_tensor(struct plan_sizes *sizes, const struct tensor_shape *tensor,
                                        struct error *error) {
    for (size_t t = 0; t < sizes->tensor_count; t++) {
        struct tensor_shape *known = &sizes->tensors[t];
        if (strcmp(known->name, tensor->name) == 0) {
            known->rows = sizes_largest(known->rows, tensor->rows);
            known->columns = sizes_largest(known->columns, tensor->columns);
            return STATUS_OK;
        }
    }
    if (sizes->tensor_count == NETWORK_TENSORS_MAX) {
        return error_set(error, STATUS_BAD_INPUT,
                         "the networks of this sweep have more than %d kinds of weights together",
                         NETWORK_TENSORS_MAX);
    }
    sizes->tensors[sizes->tensor_count++] = *tensor;
    return STATUS_OK;
}

static size_t sizes_length_of(const struct plan_sizes *sizes, const char *dimension) {
    size_t length = strcmp(dimension, "latent") == 0 ? sizes->latents : 0;
    for (size_t t = 0; t < sizes->tensor_count; t++) {
        const struct tensor_shape *tensor = &sizes->tensors[t];
        if (strcmp(tensor->row_dimension, dimension) == 0) {
            length = sizes_largest(length, tensor->rows);
        }
        if (tensor->column_dimension != NULL && strcmp(tensor->column_dimension, dimension) == 0) {
            length = sizes_largest(length, tensor->columns);
        }
    }
    return length;
}

void sizes_level(struct plan_sizes *sizes) {
    for (size_t t = 0; t < sizes->tensor_count; t++) {
        struct tensor_shape *tensor = &sizes->tensors[t];
        tensor->rows = sizes_length_of(sizes, tensor->row_dimension);
        if (tensor->column_dimension != NULL) {
            tensor->columns = sizes_length_of(sizes, tensor->column_dimension);
        }
    }
    sizes->latents = sizes_length_of(sizes, "latent");
}

enum status sizes_merge(struct plan_sizes *sizes, const struct plan_sizes *others,
                        struct error *error) {
    sizes->samples = sizes_largest(sizes->samples, others->samples);
    sizes->sources = sizes_largest(sizes->sources, others->sources);
    sizes->latents = sizes_largest(sizes->latents, others->latents);
    sizes->periodic = sizes->periodic || others->periodic;
    for (size_t t = 0; t < others->tensor_count; t++) {
        TRY(sizes_include_tensor(sizes, &others->tensors[t], error));
    }
    return STATUS_OK;
}

enum status sizes_include(struct plan_sizes *sizes, const struct sized_job *sized,
                          struct error *error) {
    struct plan_sizes own = {.samples = sized->data.samples,
                             .sources = sized->data.sources,
                             .latents = sized->network.latents,
                             .periodic = sized->data.periodic,
                             .tensor_count = sized->network.tensor_count};
    memcpy(own.tensors, sized->network.tensors, sizeof own.tensors);
    return sizes_merge(sizes, &own, error);
}

double sizes_bulk(const struct plan_sizes *sizes) {
    double numbers = (double)sizes->samples * (double)(sizes->sources + sizes->latents);
    for (size_t t = 0; t < sizes->tensor_count; t++) {
        numbers += (double)sizes->tensors[t].rows * (double)sizes->tensors[t].columns;
    }
    return numbers;
}
