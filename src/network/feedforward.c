/*
 * The supervised network of figure 2: rectified layers, of which the last holds the latents, and a
 * linear readout of the targets.
 */
#include "network/layers.h"

struct feedforward_settings {
    struct layers_gain gain; /* first: LAYERS_GAIN_PARAMETERS */
    struct integers hidden;
};

static const struct parameter parameters[] = {
    {.type = PARAMETER_INTEGERS,
     PARAMETER_FIELD(struct feedforward_settings, hidden),
     .unit = "units",
     PARAMETER_RANGE(1, 65536),
     .fallback = "25",
     .flags = PARAMETER_SHAPES,
     .help = "widths of the rectified layers; the units of the last are the latents"},
    LAYERS_GAIN_PARAMETERS("1"),
};

/* A readout follows the hidden layers. */
static const size_t HIDDEN_MAX = LAYERS_MAX - 1;

static enum status feedforward_check(const void *settings, struct error *error) {
    const struct feedforward_settings *own = settings;
    if (own->hidden.count == 0 || own->hidden.count > HIDDEN_MAX) {
        return error_refuse(error, "hidden", "%zu hidden layers: expected 1 to %zu",
                            own->hidden.count, HIDDEN_MAX);
    }
    return STATUS_OK;
}

static enum status feedforward_shape(const void *settings, const struct dataset_size *data,
                                     struct network_shape *result, struct error *error) {
    const struct feedforward_settings *own = settings;
    size_t depth = own->hidden.count;
    struct layers layers = {.count = depth + 1,
                            .latent_layer = depth - 1,
                            .rectified_latents = true,
                            .one_hot = data->one_hot};
    (void)error;
    layers.widths[0] = data->inputs;
    for (size_t k = 0; k < depth; k++) {
        layers.widths[k + 1] = (size_t)own->hidden.values[k];
    }
    layers.widths[depth + 1] = data->targets;
    layers_shape(&layers, result);
    return STATUS_OK;
}

const struct network feedforward_network = {
    .component = {.name = "feedforward",
                  .help = "rectified layers and a linear readout of the targets (figure 2)",
                  COMPONENT_PARAMETERS(parameters),
                  .settings_size = sizeof(struct feedforward_settings),
                  .check = feedforward_check},
    .trains = true,
    .needs_targets = true,
    .takes_one_hot = true,
    .shape = feedforward_shape,
    .initialise = layers_initialise,
    .gradient = layers_gradient,
    .forward = layers_forward,
};
