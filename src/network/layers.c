#include "network/layers.h"

#include <math.h>

/* Names of the tensors and dimensions of every layer. */
static const char *const weights_names[LAYERS_MAX] = {
    "W1",  "W2",  "W3",  "W4",  "W5",  "W6",  "W7",  "W8",  "W9",  "W10", "W11",
    "W12", "W13", "W14", "W15", "W16", "W17", "W18", "W19", "W20", "W21", "W22",
    "W23", "W24", "W25", "W26", "W27", "W28", "W29", "W30", "W31", "W32"};
static const char *const bias_names[LAYERS_MAX] = {
    "b1",  "b2",  "b3",  "b4",  "b5",  "b6",  "b7",  "b8",  "b9",  "b10", "b11",
    "b12", "b13", "b14", "b15", "b16", "b17", "b18", "b19", "b20", "b21", "b22",
    "b23", "b24", "b25", "b26", "b27", "b28", "b29", "b30", "b31", "b32"};
static const char *const dimension_names[LAYERS_MAX] = {
    "layer_1",  "layer_2",  "layer_3",  "layer_4",  "layer_5",  "layer_6",  "layer_7",  "layer_8",
    "layer_9",  "layer_10", "layer_11", "layer_12", "layer_13", "layer_14", "layer_15", "layer_16",
    "layer_17", "layer_18", "layer_19", "layer_20", "layer_21", "layer_22", "layer_23", "layer_24",
    "layer_25", "layer_26", "layer_27", "layer_28", "layer_29", "layer_30", "layer_31", "layer_32"};

/* Where the weights and the bias of a layer are among the tensors. */
static size_t layers_weights_of(size_t layer) {
    return 2 * layer;
}

static size_t layers_bias_of(size_t layer) {
    return 2 * layer + 1;
}

static size_t layers_count(const struct network_shape *shape) {
    return shape->tensor_count / 2;
}

static size_t layers_width_of(const struct network_shape *shape, size_t layer) {
    return shape->tensors[layers_weights_of(layer)].rows;
}

static size_t layers_fan_in(const struct network_shape *shape, size_t layer) {
    return shape->tensors[layers_weights_of(layer)].columns;
}

static bool layers_is_one_hot(const struct network_shape *shape, size_t layer) {
    return shape->one_hot && layer == 0;
}

static void layers_add(const struct layers *layers, size_t k, struct network_shape *shape) {
    const char *rows = k + 1 == layers->count ? "output" : dimension_names[k];
    const char *columns = k == 0 ? "input" : dimension_names[k - 1];
    size_t width = layers->widths[k + 1];
    size_t from = layers->widths[k];
    shape->tensors[layers_weights_of(k)] =
        (struct tensor_shape){weights_names[k], width, from, rows, columns, true};
    shape->tensors[layers_bias_of(k)] =
        (struct tensor_shape){bias_names[k], width, 1, rows, NULL, false};
    shape->parameter_count += width * (from + 1);
    shape->widest = width > shape->widest ? width : shape->widest;
}

/*
 * Multiplications and additions for a sample: a product forward, one for the weights' gradient and,
 * but for the first layer, one back; of one-hot inputs only additions forward and for the gradient.
 */
static void layers_count_operations(const struct layers *layers, struct network_shape *shape) {
    static const double PRODUCT = 2.0;
    for (size_t k = 0; k < layers->count; k++) {
        double width = (double)layers->widths[k + 1];
        double products = PRODUCT * width * (double)layers->widths[k];
        if (layers_is_one_hot(shape, k)) {
            shape->flops_per_sample += 3.0 * width;
        } else {
            shape->flops_per_sample += products * (k == 0 ? 2.0 : 3.0) + width;
        }
    }
    shape->flops_per_sample += 6.0 * (double)(shape->latents + shape->outputs);
}

void layers_shape(const struct layers *layers, struct network_shape *shape) {
    *shape = (struct network_shape){
        .inputs = layers->widths[0],
        .outputs = layers->widths[layers->count],
        .latents = layers->widths[layers->latent_layer + 1],
        .latent_layer = layers->latent_layer,
        .rectified = layers->rectified_latents,
        .one_hot = layers->one_hot,
        .tensor_count = 2 * layers->count,
        .widest = layers->one_hot ? 0 : layers->widths[0],
    };
    for (size_t k = 0; k < layers->count; k++) {
        layers_add(layers, k, shape);
    }
    for (size_t k = 0; k + 1 < layers->count; k++) {
        shape->scratch_per_row += k == layers->latent_layer ? 0 : layers->widths[k + 1];
    }
    shape->scratch_per_row += 2 * shape->widest; /* gradients by two neighbouring layers */
    layers_count_operations(layers, shape);
}

void layers_initialise(const void *settings, const struct network_shape *shape,
                       struct random_stream *stream, double *weights) {
    const struct layers_gain *gain = settings;
    for (size_t k = 0; k < layers_count(shape); k++) {
        double scale = 1.0 / sqrt((double)layers_fan_in(shape, k));
        for (size_t i = 0; i < layers_width_of(shape, k) * layers_fan_in(shape, k); i++) {
            *weights++ = gain->gain * scale * random_normal(stream);
        }
        for (size_t i = 0; i < layers_width_of(shape, k); i++) {
            *weights++ = gain->bias_gain * scale * (2.0 * random_uniform(stream) - 1.0);
        }
    }
}

/* Where each layer's output is kept during a pass, and the gradients by them. */
struct activities {
    float *of[LAYERS_MAX];
    float *slopes[2];
};

static void layers_place_activities(const struct pass *pass, struct activities *activities) {
    const struct network_shape *shape = pass->shape;
    size_t count = layers_count(shape);
    float *next = pass->scratch;
    for (size_t k = 0; k < count; k++) {
        if (k == shape->latent_layer) {
            activities->of[k] = pass->latents;
        } else if (k + 1 == count) {
            activities->of[k] = pass->outputs;
        } else {
            activities->of[k] = next;
            next += pass->rows * layers_width_of(shape, k) * pass->kernel->lanes;
        }
    }
    activities->slopes[0] = next;
    activities->slopes[1] = next + pass->rows * shape->widest * pass->kernel->lanes;
}

static bool layers_is_rectified(const struct network_shape *shape, size_t layer) {
    return layer == shape->latent_layer ? shape->rectified : layer + 1 < layers_count(shape);
}

static struct affine_shape layers_affine_of(const struct pass *pass, size_t layer) {
    return (struct affine_shape){pass->rows, layers_fan_in(pass->shape, layer),
                                 layers_width_of(pass->shape, layer)};
}

static void layers_run_forward(const struct pass *pass, const struct activities *activities) {
    const float *x = pass->inputs;
    for (size_t k = 0; k < layers_count(pass->shape); k++) {
        const float *weights = pass->weights[layers_weights_of(k)];
        const float *bias = pass->weights[layers_bias_of(k)];
        enum activation f =
            layers_is_rectified(pass->shape, k) ? ACTIVATION_RELU : ACTIVATION_LINEAR;
        if (layers_is_one_hot(pass->shape, k)) {
            pass->kernel->embed(layers_affine_of(pass, k), pass->hot, weights, bias, f,
                                activities->of[k]);
        } else {
            pass->kernel->affine(layers_affine_of(pass, k), x, weights, bias, f, activities->of[k]);
        }
        x = activities->of[k];
    }
    pass_add_latent_values(pass);
}

/* The gradient by the weights of layer k, of whose output dy is the gradient. */
static void layers_add_gradient(const struct pass *pass, const struct activities *activities,
                                size_t k, const float *dy) {
    float *weights = pass->gradients[layers_weights_of(k)];
    float *bias = pass->gradients[layers_bias_of(k)];
    if (layers_is_one_hot(pass->shape, k)) {
        pass->kernel->embed_gradient(layers_affine_of(pass, k), dy, pass->hot, weights, bias);
    } else {
        const float *x = k == 0 ? pass->inputs : activities->of[k - 1];
        pass->kernel->affine_gradient(layers_affine_of(pass, k), dy, x, weights, bias);
    }
}

/* The gradient by the output of layer k − 1 from that by the output of layer k. */
static void layers_go_back(const struct pass *pass, const struct activities *activities, size_t k,
                           const float *dy, float *dx) {
    const float *rectified = layers_is_rectified(pass->shape, k - 1) ? activities->of[k - 1] : NULL;
    pass->kernel->affine_backward(layers_affine_of(pass, k), dy,
                                  pass->weights[layers_weights_of(k)], rectified, dx);
    if (k - 1 == pass->shape->latent_layer) {
        pass_add_latent_gradient(pass, dx);
    }
}

void layers_forward(const struct pass *pass) {
    struct activities activities;
    layers_place_activities(pass, &activities);
    layers_run_forward(pass, &activities);
}

void layers_gradient(const struct pass *pass) {
    struct activities activities;
    const float *dy = pass->outputs;
    layers_place_activities(pass, &activities);
    layers_run_forward(pass, &activities);
    pass->kernel->square_error(pass->rows, pass->shape->outputs, pass->outputs, pass->targets,
                               pass->sample_weights, pass->fit, pass->outputs, pass->fit_sum);
    for (size_t k = layers_count(pass->shape); k-- > 0;) {
        layers_add_gradient(pass, &activities, k, dy);
        if (k > 0) {
            float *dx = activities.slopes[k % 2];
            layers_go_back(pass, &activities, k, dy, dx);
            dy = dx;
        }
    }
}
