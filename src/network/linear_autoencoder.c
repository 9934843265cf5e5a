/*
 * The linear autoencoder of figures 1c and 1d: z = W1 x + b1, ŷ = W2 z + b2, with z pushed to be
 * nonnegative by the loss alone.
 */
#include "network/linear_optimum.h"
#include "network/pass.h"

#include <math.h>
#include <string.h>

enum { W1, B1, W2, B2, TENSORS };

struct linear_autoencoder_settings {
    int64_t hidden;
    double gain;
};

static const struct parameter parameters[] = {
    {.type = PARAMETER_INTEGER,
     PARAMETER_FIELD(struct linear_autoencoder_settings, hidden),
     .unit = "units",
     PARAMETER_RANGE(1, 65536),
     .fallback = "16",
     .flags = PARAMETER_SHAPES,
     .help = "latents between encoder and decoder"},
    {.type = PARAMETER_REAL,
     PARAMETER_FIELD(struct linear_autoencoder_settings, gain),
     PARAMETER_RANGE(0, 100),
     .fallback = "1",
     .help = "initial weights are normal with standard deviation gain / sqrt(fan-in), biases 0"},
};

/*
 * Multiplications and additions of one pass. Sample by sample: five products of every weight pair
 * (two forward, two for the gradients, one back to the latents), and the penalties. With moments:
 * the latent, and the sums over negative ones; the rest once a step.
 */
static void autoencoder_count_operations(size_t ends, size_t hidden, struct network_shape *result) {
    double s = (double)ends;
    double h = (double)hidden;
    if (ends <= KERNEL_STATISTICS_INPUTS_MAX) {
        result->flops_per_sample = h * (3.0 * s + 1.0);
        result->flops_per_step = h * (8.0 * s * s + 20.0 * s + 8.0);
    } else {
        result->flops_per_sample = 10.0 * s * h + 7.0 * h + 6.0 * s;
    }
}

static enum status autoencoder_shape(const void *settings, const struct dataset_size *data,
                                     struct network_shape *result, struct error *error) {
    const struct linear_autoencoder_settings *own = settings;
    (void)error;
    size_t ends = data->inputs;
    size_t hidden = (size_t)own->hidden;
    *result = (struct network_shape){
        .inputs = ends,
        .outputs = ends,
        .latents = hidden,
        .uses_statistics = ends <= KERNEL_STATISTICS_INPUTS_MAX,
        .tensor_count = TENSORS,
        .tensors = {[W1] = {"W1", hidden, ends, "latent", "input", true},
                    [B1] = {"b1", hidden, 1, "latent", NULL, false},
                    [W2] = {"W2", ends, hidden, "output", "latent", true},
                    [B2] = {"b2", ends, 1, "output", NULL, false}},
        .parameter_count = 2 * ends * hidden + hidden + ends,
        .scratch_per_row = hidden,
        .widest = hidden > ends ? hidden : ends,
    };
    autoencoder_count_operations(ends, hidden, result);
    return STATUS_OK;
}

static void autoencoder_initialise(const void *settings, const struct network_shape *sizes,
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

static struct affine_shape autoencoder_encoder_shape(const struct pass *pass) {
    return (struct affine_shape){pass->rows, pass->shape->inputs, pass->shape->latents};
}

static struct affine_shape autoencoder_decoder_shape(const struct pass *pass) {
    return (struct affine_shape){pass->rows, pass->shape->latents, pass->shape->outputs};
}

static void autoencoder_forward(const struct pass *pass) {
    pass->kernel->affine(autoencoder_encoder_shape(pass), pass->inputs, pass->weights[W1],
                         pass->weights[B1], ACTIVATION_LINEAR, pass->latents);
    pass->kernel->affine(autoencoder_decoder_shape(pass), pass->latents, pass->weights[W2],
                         pass->weights[B2], ACTIVATION_LINEAR, pass->outputs);
    pass_add_latent_values(pass);
}

/* Sample by sample, for any width and penalty. */
static void autoencoder_gradient_of_samples(const struct pass *pass) {
    const struct kernel *kernel = pass->kernel;
    float *dy = pass->outputs;
    float *dz = pass->scratch;
    autoencoder_forward(pass);
    kernel->square_error(pass->rows, pass->shape->outputs, pass->outputs, pass->targets,
                         pass->sample_weights, pass->fit, dy, pass->fit_sum);
    kernel->affine_gradient(autoencoder_decoder_shape(pass), dy, pass->latents, pass->gradients[W2],
                            pass->gradients[B2]);
    kernel->affine_backward(autoencoder_decoder_shape(pass), dy, pass->weights[W2], NULL, dz);
    pass_add_latent_gradient(pass, dz);
    kernel->affine_gradient(autoencoder_encoder_shape(pass), dz, pass->inputs, pass->gradients[W1],
                            pass->gradients[B1]);
}

/* Samples only for the latents' signs, all the rest through the data's mean and covariance. */
static void autoencoder_gradient_of_statistics(const struct pass *pass) {
    size_t latents = pass->shape->latents;
    size_t inputs = pass->shape->inputs;
    float *negative_inputs = pass->scratch;
    float *negative_weights = pass->scratch + latents * inputs * pass->kernel->lanes;
    if (pass->first) {
        memset(pass->scratch, 0, latents * (inputs + 1) * pass->kernel->lanes * sizeof(float));
    }
    pass->kernel->negative_sums(autoencoder_encoder_shape(pass), pass->inputs,
                                pass->statistics.weighted, pass->sample_weights, pass->weights[W1],
                                pass->weights[B1], negative_inputs, negative_weights);
    if (!pass->last) {
        return;
    }
    struct linear_bottleneck bottleneck = {
        .inputs = inputs,
        .latents = latents,
        .weights1 = pass->weights[W1],
        .bias1 = pass->weights[B1],
        .weights2 = pass->weights[W2],
        .bias2 = pass->weights[B2],
        .mean = pass->statistics.mean,
        .covariance = pass->statistics.covariance,
        .negative_inputs = negative_inputs,
        .negative_weights = negative_weights,
        .fit = pass->fit,
        .activity = pass->activity,
        .negativity = pass->negativity,
        .fit_sum = pass->fit_sum,
        .activity_sum = pass->activity_sum,
        .negativity_sum = pass->negativity_sum,
        .weights1_gradient = pass->gradients[W1],
        .bias1_gradient = pass->gradients[B1],
        .weights2_gradient = pass->gradients[W2],
        .bias2_gradient = pass->gradients[B2],
    };
    pass->kernel->linear_bottleneck(&bottleneck);
}

static void autoencoder_gradient(const struct pass *pass) {
    bool by_statistics = pass->kernel->linear_bottleneck != NULL && pass->statistics.mean != NULL &&
                         pass->negativity_power == 1 && pass->sparsity_slopes == NULL;
    if (by_statistics) {
        autoencoder_gradient_of_statistics(pass);
    } else {
        autoencoder_gradient_of_samples(pass);
    }
}

const struct network linear_autoencoder_network = {
    .component = {.name = "linear_autoencoder",
                  .help = "linear encoder and decoder around penalised latents (figures 1c, 1d)",
                  COMPONENT_PARAMETERS(parameters),
                  .settings_size = sizeof(struct linear_autoencoder_settings)},
    .trains = true,
    .shape = autoencoder_shape,
    .initialise = autoencoder_initialise,
    .gradient = autoencoder_gradient,
    .forward = autoencoder_forward,
    .optimal = linear_optimum,
};
