/*
 * The nonlinear autoencoder of figure 2: encoder and, mirrored, decoder of rectified layers around
 * latents that the loss pushes to be nonnegative, or that are rectified themselves.
 */
#include "network/layers.h"

struct mlp_autoencoder_settings {
    struct layers_gain gain; /* first: LAYERS_GAIN_PARAMETERS */
    struct integers hidden;
    int64_t latent;
    int latent_activation; /* enum activation */
};

static const char *const activations[] = {
    [ACTIVATION_LINEAR] = "linear", [ACTIVATION_RELU] = "relu", NULL};

static const struct parameter parameters[] = {
    {.type = PARAMETER_INTEGERS,
     PARAMETER_FIELD(struct mlp_autoencoder_settings, hidden),
     .unit = "units",
     PARAMETER_RANGE(1, 65536),
     .fallback = "[16, 16]",
     .flags = PARAMETER_SHAPES,
     .help = "widths of the encoder's layers; the decoder has the same, in reverse"},
    {.type = PARAMETER_INTEGER,
     PARAMETER_FIELD(struct mlp_autoencoder_settings, latent),
     .unit = "units",
     PARAMETER_RANGE(1, 65536),
     .fallback = "6",
     .flags = PARAMETER_SHAPES,
     .help = "latents between encoder and decoder"},
    {.type = PARAMETER_CHOICE,
     PARAMETER_FIELD(struct mlp_autoencoder_settings, latent_activation),
     .fallback = "linear",
     .choices = activations,
     .flags = PARAMETER_SHAPES,
     .help = "linear: only the loss pushes latents to be nonnegative (loss.negativity); relu: "
             "latents are rectified"},
    LAYERS_GAIN_PARAMETERS("0.3"),
};

/* Encoder and decoder have as many affine layers as there are hidden ones, and one more. */
static const size_t HIDDEN_MAX = LAYERS_MAX / 2 - 1;

static enum status mlp_check(const void *settings, struct error *error) {
    const struct mlp_autoencoder_settings *own = settings;
    if (own->hidden.count > HIDDEN_MAX) {
        return error_refuse(error, "hidden",
                            "%zu layers in encoder and decoder each: expected at most %zu",
                            own->hidden.count, HIDDEN_MAX);
    }
    return STATUS_OK;
}

static enum status mlp_shape(const void *settings, const struct dataset_size *data,
                             struct network_shape *result, struct error *error) {
    const struct mlp_autoencoder_settings *own = settings;
    size_t depth = own->hidden.count;
    struct layers layers = {.count = 2 * (depth + 1),
                            .latent_layer = depth,
                            .rectified_latents = own->latent_activation == ACTIVATION_RELU};
    (void)error;
    layers.widths[0] = layers.widths[layers.count] = data->inputs;
    for (size_t k = 0; k < depth; k++) {
        layers.widths[k + 1] = layers.widths[layers.count - 1 - k] = (size_t)own->hidden.values[k];
    }
    layers.widths[depth + 1] = (size_t)own->latent;
    layers_shape(&layers, result);
    return STATUS_OK;
}

const struct network mlp_autoencoder_network = {
    .component = {.name = "mlp_autoencoder",
                  .help = "autoencoder with rectified layers around penalised latents (figure 2)",
                  COMPONENT_PARAMETERS(parameters),
                  .settings_size = sizeof(struct mlp_autoencoder_settings),
                  .check = mlp_check},
    .trains = true,
    .shape = mlp_shape,
    .initialise = layers_initialise,
    .gradient = layers_gradient,
    .forward = layers_forward,
};
