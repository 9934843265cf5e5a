/**
 * @file
 * Networks that are a stack of affine layers, W1 b1 to Wn bn, rectified except for the last. The
 * output of one layer are the latents, rectified or linear as the network says. Tensors alternate
 * weights and biases, so a shape made by layers_shape says everything that the passes need.
 */
#pragma once

#include "network/pass.h"

enum { LAYERS_MAX = NETWORK_TENSORS_MAX / 2 };

/** The stack that a network asks for. */
struct layers {
    size_t count;                  /**< affine layers, at most LAYERS_MAX */
    size_t widths[LAYERS_MAX + 1]; /**< of the input, then of each layer's output */
    size_t latent_layer;           /**< 0, …, count − 2 */
    bool rectified_latents;
    bool one_hot;
};

/** Sizes, names and costs of a stack. Dimensions of tensors are "input", "layer_1", …, "output". */
void layers_shape(const struct layers *layers, struct network_shape *shape);

/** How a stack's weights start. */
struct layers_gain {
    double gain;      /**< standard deviation of weights, times √fan-in */
    double bias_gain; /**< half the range of biases, times √fan-in */
};

/** Their parameters, for the table of a network whose settings start with a struct layers_gain. */
#define LAYERS_GAIN_PARAMETERS(gain_fallback)                                                      \
    {.type = PARAMETER_REAL,                                                                       \
     PARAMETER_FIELD(struct layers_gain, gain),                                                    \
     PARAMETER_RANGE(0, 100),                                                                      \
     .fallback = (gain_fallback),                                                                  \
     .help = "initial weights are normal with standard deviation gain / sqrt(fan-in)"},            \
    {                                                                                              \
        .type = PARAMETER_REAL, PARAMETER_FIELD(struct layers_gain, bias_gain),                    \
        PARAMETER_RANGE(0, 100), .fallback = "1",                                                  \
        .help = "initial biases are uniform within bias_gain / sqrt(fan-in) around 0"              \
    }

/** network.initialise where settings start with a struct layers_gain: W ~ N(0, gain² / fan-in) and
 * b ~ U(−1, 1) · bias_gain / √fan-in. */
void layers_initialise(const void *settings, const struct network_shape *shape,
                       struct random_stream *stream, double *weights);

/** network.forward and network.gradient of a stack. */
void layers_forward(const struct pass *pass);
void layers_gradient(const struct pass *pass);
