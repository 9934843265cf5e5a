#include "network/linear_optimum.h"

#include "theory/fit_threshold.h"
#include "theory/matrix.h"

#include <string.h>

/* The four tensors inside one array of weights. */
struct tensors {
    double *w1, *b1, *w2, *b2;
};

static void optimum_find_tensors(const struct network_shape *shape, double *weights,
                                 struct tensors *tensors) {
    tensors->w1 = weights;
    tensors->b1 = tensors->w1 + shape->latents * shape->inputs;
    tensors->w2 = tensors->b1 + shape->latents;
    tensors->b2 = tensors->w2 + shape->outputs * shape->latents;
}

/* Neurons know centred sources; the network's biases take the mean in. */
static void optimum_take_neurons(const struct cloud *cloud, const struct neurons *neurons,
                                 size_t latents, const struct tensors *to) {
    size_t sources = cloud->sources;
    memcpy(to->b2, cloud->mean, sources * sizeof *to->b2);
    for (size_t k = 0; k < neurons->count; k++) {
        const double *in = neurons->weights_in + k * sources;
        memcpy(to->w1 + k * sources, in, sources * sizeof *in);
        to->b1[k] = neurons->biases[k] - matrix_dot(sources, in, cloud->mean);
        for (size_t j = 0; j < sources; j++) {
            double out = neurons->weights_out[k * sources + j];
            to->w2[j * latents + k] = out;
            to->b2[j] -= out * neurons->biases[k];
        }
    }
}

static void optimum_run_forward(const struct network_shape *shape, const struct dataset *data,
                                const struct tensors *tensors, double *latents, double *outputs) {
    for (size_t n = 0; n < data->size.samples; n++) {
        double *z = latents + n * shape->latents;
        double *y = outputs + n * shape->outputs;
        matrix_apply(shape->latents, shape->inputs, tensors->w1, data->inputs + n * shape->inputs,
                     z);
        for (size_t k = 0; k < shape->latents; k++) {
            z[k] += tensors->b1[k];
        }
        matrix_apply(shape->outputs, shape->latents, tensors->w2, z, y);
        for (size_t j = 0; j < shape->outputs; j++) {
            y[j] += tensors->b2[j];
        }
    }
}

enum status linear_optimum(const struct network_shape *shape, const struct dataset *data,
                           const struct costs *costs, double threshold, struct arena *arena,
                           double *weights, double *latents, double *outputs, struct error *error) {
    struct geometry geometry;
    struct optimum optimum;
    TRY(geometry_make(data->inputs, data->weights, data->size.samples, shape->inputs, arena,
                      &geometry, error));
    TRY(fit_threshold_optimum(&geometry, costs, threshold, shape->latents, arena, &optimum, error));
    struct tensors tensors;
    optimum_find_tensors(shape, weights, &tensors);
    memset(weights, 0, shape->parameter_count * sizeof *weights);
    optimum_take_neurons(&geometry.cloud, &optimum.neurons, shape->latents, &tensors);
    optimum_run_forward(shape, data, &tensors, latents, outputs);
    return STATUS_OK;
}
