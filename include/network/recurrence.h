/**
 * @file
 * Recurrent networks over sequences of T steps: h_t = f(Wr h_{t−1} + br + Wi x_t + bi) from h_{−1}
 * = 0, and ŷ_t = Wo h_t + bo; the hidden states h are the latents. Their gradient goes back through
 * all T steps. A pass holds whole sequences, step after step: row t R + r is step t of its sequence
 * r of R.
 */
#pragma once

#include "network/pass.h"

/** Settings of such a network. */
struct recurrence_settings {
    int64_t hidden;
    double gain;
};

/** Their parameters, for the table of a network whose settings are these. */
#define RECURRENCE_PARAMETERS                                                                      \
    {.name = "hidden",                                                                             \
     .type = PARAMETER_INTEGER,                                                                    \
     .offset = offsetof(struct recurrence_settings, hidden),                                       \
     .unit = "units",                                                                              \
     .minimum = 1,                                                                                 \
     .maximum = 16384,                                                                             \
     .fallback = "16",                                                                             \
     .flags = PARAMETER_SHAPES,                                                                    \
     .help = "units of the hidden state, which are the latents"},                                  \
    {                                                                                              \
        .name = "gain", .type = PARAMETER_REAL,                                                    \
        .offset = offsetof(struct recurrence_settings, gain), .unit = "", .minimum = 0,            \
        .maximum = 100, .fallback = "1",                                                           \
        .help = "initial weights are gain times random orthogonal matrices, biases 0"              \
    }

/** network.shape of one with hidden states of such an activation. Dimensions of its tensors Wi, bi,
 * Wr, br, Wo, bo are "input", "latent", "from_latent" and "output". STATUS_BAD_INPUT without
 * sequences. */
enum status recurrence_shape(const struct recurrence_settings *settings,
                             const struct dataset_size *data, enum activation f,
                             struct network_shape *shape, struct error *error) CHECKED;

/** network.initialise: every matrix is `gain` times a random one with orthonormal rows or columns,
 * whichever are fewer (network/orthogonal.h). */
void recurrence_initialise(const void *settings, const struct network_shape *shape,
                           struct random_stream *stream, double *weights);

/** network.forward and network.gradient. */
void recurrence_forward(const struct pass *pass);
void recurrence_gradient(const struct pass *pass);
