/* The rectified recurrent network of figure 3. */
#include "network/recurrence.h"

static const struct parameter parameters[] = {RECURRENCE_PARAMETERS};

static enum status relu_rnn_shape(const void *settings, const struct dataset_size *data,
                                  struct network_shape *result, struct error *error) {
    return recurrence_shape(settings, data, ACTIVATION_RELU, result, error);
}

extern const struct network relu_rnn_network;

const struct network relu_rnn_network = {
    .component =
        {.name = "relu_rnn",
         .help = "rectified recurrent network and linear readout, trained through time (figure 3)",
         .parameters = parameters,
         .parameter_count = sizeof parameters / sizeof parameters[0],
         .settings_size = sizeof(struct recurrence_settings)},
    .trains = true,
    .needs_targets = true,
    .recurrent = true,
    .shape = relu_rnn_shape,
    .initialise = recurrence_initialise,
    .gradient = recurrence_gradient,
    .forward = recurrence_forward,
};
