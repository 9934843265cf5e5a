/*
 * The linear autoencoder of figures 1c and 1d: z = W1 x + b1, ŷ = W2 z + b2, with z pushed to be
 * nonnegative by the loss alone.
 */
#include "kernel/pass.h"
#include "network/network.h"

#include <math.h>

enum { W1, B1, W2, B2, TENSORS };

/* Products per sample and weight pair: two forward, two for the weights, one for the latents. */
enum { PRODUCTS = 5, FLOPS_PER_PRODUCT = 2 };

struct linear_autoencoder_settings {
    int64_t hidden;
    double gain;
};

static const struct parameter parameters[] = {
    {.name = "hidden",
     .type = PARAMETER_INTEGER,
     .offset = offsetof(struct linear_autoencoder_settings, hidden),
     .unit = "units",
     .minimum = 1,
     .maximum = 65536,
     .fallback = "16",
     .flags = PARAMETER_SHAPES,
     .help = "latents between encoder and decoder"},
    {.name = "gain",
     .type = PARAMETER_REAL,
     .offset = offsetof(struct linear_autoencoder_settings, gain),
     .unit = "",
     .minimum = 0,
     .maximum = 100,
     .fallback = "1",
     .help = "initial weights are normal with standard deviation gain / sqrt(fan-in), biases 0"},
};

static enum status shape(const void *settings, const struct dataset_size *data,
                         struct network_shape *result, struct error *error) {
    const struct linear_autoencoder_settings *own = settings;
    (void)error;
    size_t ends = data->inputs;
    size_t hidden = (size_t)own->hidden;
    *result = (struct network_shape){
        .inputs = ends,
        .outputs = ends,
        .latents = hidden,
        .tensor_count = TENSORS,
        .tensors = {[W1] = {"W1", hidden, ends, "latent", "input", true},
                    [B1] = {"b1", hidden, 1, "latent", NULL, false},
                    [W2] = {"W2", ends, hidden, "output", "latent", true},
                    [B2] = {"b2", ends, 1, "output", NULL, false}},
        .parameter_count = 2 * ends * hidden + hidden + ends,
        .scratch_per_row = hidden,
        .widest = hidden,
        .flops_per_sample = (double)FLOPS_PER_PRODUCT * PRODUCTS * (double)(ends * hidden),
    };
    return STATUS_OK;
}

static void initialise(const void *settings, const struct network_shape *sizes,
                       struct random_stream *stream, double *weights) {
    const struct linear_autoencoder_settings *own = settings;
    for (size_t t = 0; t < sizes->tensor_count; t++) {
        const struct tensor_shape *tensor = &sizes->tensors[t];
        double deviation = tensor->penalised ? own->gain / sqrt((double)tensor->columns) : 0.0;
        for (size_t k = 0; k < tensor->rows * tensor->columns; k++) {
            *weights++ = deviation == 0.0 ? 0.0 : deviation * random_normal(stream);
        }
    }
}

static struct bottleneck bottleneck_of(const struct pass *pass) {
    return (struct bottleneck){
        .rows = pass->rows,
        .inputs = pass->shape->inputs,
        .latents = pass->shape->latents,
        .outputs = pass->shape->outputs,
        .weights1 = pass->weights[W1],
        .bias1 = pass->weights[B1],
        .weights2 = pass->weights[W2],
        .bias2 = pass->weights[B2],
    };
}

static void forward(const struct pass *pass) {
    struct bottleneck bottleneck = bottleneck_of(pass);
    struct latent_sums sums = {pass->sample_weights, pass->negativity_power, pass->activity_sum,
                               pass->negativity_sum};
    pass->kernel->bottleneck_forward(&bottleneck, pass->inputs, &sums, pass->latents,
                                     pass->outputs);
}

static void gradient(const struct pass *pass) {
    struct bottleneck bottleneck = bottleneck_of(pass);
    struct bottleneck_gradient gradients = {pass->gradients[W1], pass->gradients[B1],
                                            pass->gradients[W2], pass->gradients[B2]};
    struct latent_penalty penalty = {pass->latents, pass->activity, pass->negativity,
                                     pass->negativity_power};
    forward(pass);
    pass->kernel->square_error(pass->rows, pass->shape->outputs, pass->outputs, pass->targets,
                               pass->sample_weights, pass->fit, pass->outputs, pass->fit_sum);
    pass->kernel->bottleneck_backward(&bottleneck, pass->inputs, pass->outputs, &penalty,
                                      pass->scratch, &gradients);
}

extern const struct network linear_autoencoder_network;

const struct network linear_autoencoder_network = {
    .component = {.name = "linear_autoencoder",
                  .help = "linear encoder and decoder around penalised latents (figures 1c, 1d)",
                  .parameters = parameters,
                  .parameter_count = sizeof parameters / sizeof parameters[0],
                  .settings_size = sizeof(struct linear_autoencoder_settings)},
    .trains = true,
    .needs_targets = false,
    .shape = shape,
    .initialise = initialise,
    .gradient = gradient,
    .forward = forward,
};
