/*
 * The recurrent networks of figure 3, over sequences of T steps: h_t = f(Wr h_{t−1} + br + Wi x_t +
 * bi) from h_{−1} = 0, and ŷ_t = Wo h_t + bo. f is the identity (the loss alone pushes hidden
 * states to be nonnegative) or rectifies; the hidden states h are the latents. The gradient goes
 * back through all T steps. A pass holds whole sequences, step after step: row t R + r is step t of
 * its sequence r of R.
 */
#include "network/orthogonal.h"
#include "network/pass.h"

struct recurrence_settings {
    int64_t hidden;
    double gain;
};

static const struct parameter parameters[] = {
    {.type = PARAMETER_INTEGER,
     PARAMETER_FIELD(struct recurrence_settings, hidden),
     .unit = "units",
     PARAMETER_RANGE(1, 16384),
     .fallback = "16",
     .flags = PARAMETER_SHAPES,
     .help = "units of the hidden state, which are the latents"},
    {.type = PARAMETER_REAL,
     PARAMETER_FIELD(struct recurrence_settings, gain),
     PARAMETER_RANGE(0, 100),
     .fallback = "1",
     .help = "initial weights are gain times random orthogonal matrices, biases 0"},
};

enum { WI, BI, WR, BR, WO, BO, TENSORS };

/* Multiplications and additions for a step: three products each with Wr and Wo, two with Wi. */
static double recurrence_step_flops(double inputs, double hidden, double outputs) {
    static const double PRODUCT = 2.0;
    return PRODUCT * hidden * (3.0 * hidden + 3.0 * outputs + 2.0 * inputs) + 9.0 * hidden +
           6.0 * outputs;
}

static size_t recurrence_largest(size_t a, size_t b) {
    return a > b ? a : b;
}

static enum status recurrence_shape(const struct recurrence_settings *settings,
                                    const struct dataset_size *data, enum activation f,
                                    struct network_shape *shape, struct error *error) {
    if (data->steps == 0) {
        return error_set(error, STATUS_BAD_INPUT, "recurrent networks take sequences");
    }
    size_t hidden = (size_t)settings->hidden;
    size_t inputs = data->inputs;
    size_t outputs = data->targets;
    *shape = (struct network_shape){
        .inputs = inputs,
        .outputs = outputs,
        .latents = hidden,
        .steps = data->steps,
        .rectified = f == ACTIVATION_RELU,
        .tensor_count = TENSORS,
        .tensors = {[WI] = {"Wi", hidden, inputs, "latent", "input", true},
                    [BI] = {"bi", hidden, 1, "latent", NULL, false},
                    [WR] = {"Wr", hidden, hidden, "latent", "from_latent", true},
                    [BR] = {"br", hidden, 1, "latent", NULL, false},
                    [WO] = {"Wo", outputs, hidden, "output", "latent", true},
                    [BO] = {"bo", outputs, 1, "output", NULL, false}},
        .parameter_count = hidden * (inputs + hidden + outputs + 2) + outputs,
        .scratch_per_row = hidden,
        .widest = recurrence_largest(hidden, recurrence_largest(inputs, outputs)),
        .flops_per_sample = recurrence_step_flops((double)inputs, (double)hidden, (double)outputs),
    };
    return STATUS_OK;
}

static enum status recurrence_shape_linear(const void *settings, const struct dataset_size *data,
                                           struct network_shape *shape, struct error *error) {
    return recurrence_shape(settings, data, ACTIVATION_LINEAR, shape, error);
}

static enum status recurrence_shape_relu(const void *settings, const struct dataset_size *data,
                                         struct network_shape *shape, struct error *error) {
    return recurrence_shape(settings, data, ACTIVATION_RELU, shape, error);
}

/* Every matrix is `gain` times a random one with orthonormal rows or columns, whichever are fewer.
 */
static void recurrence_initialise(const void *settings, const struct network_shape *shape,
                                  struct random_stream *stream, double *weights) {
    const struct recurrence_settings *own = settings;
    for (size_t t = 0; t < shape->tensor_count; t++) {
        const struct tensor_shape *tensor = &shape->tensors[t];
        size_t numbers = tensor->rows * tensor->columns;
        if (tensor->penalised) {
            orthogonal_draw(tensor->rows, tensor->columns, stream, weights);
        }
        for (size_t k = 0; k < numbers; k++) {
            weights[k] = tensor->penalised ? own->gain * weights[k] : 0.0;
        }
        weights += numbers;
    }
}

/* Sequences in the pass, which are the rows of a step. */
static size_t recurrence_sequences_of(const struct pass *pass) {
    return pass->rows / pass->shape->steps;
}

static struct affine_shape recurrence_input_shape(const struct pass *pass) {
    return (struct affine_shape){pass->rows, pass->shape->inputs, pass->shape->latents};
}

static struct affine_shape recurrence_output_shape(const struct pass *pass) {
    return (struct affine_shape){pass->rows, pass->shape->latents, pass->shape->outputs};
}

/* From the hidden states before a step, none before the first, to those of the step. */
static struct affine_shape recurrence_recurrent_shape(const struct pass *pass, bool is_linked) {
    size_t hidden = pass->shape->latents;
    return (struct affine_shape){recurrence_sequences_of(pass), is_linked ? hidden : 0, hidden};
}

static enum activation recurrence_activation_of(const struct pass *pass) {
    return pass->shape->rectified ? ACTIVATION_RELU : ACTIVATION_LINEAR;
}

/* The rows of a step in an array [rows][latents][L]. */
static float *recurrence_at_step(const struct pass *pass, float *array, size_t step) {
    return array +
           step * recurrence_sequences_of(pass) * pass->shape->latents * pass->kernel->lanes;
}

static void recurrence_forward(const struct pass *pass) {
    const struct kernel *kernel = pass->kernel;
    float *h = pass->latents;
    kernel->affine(recurrence_input_shape(pass), pass->inputs, pass->weights[WI], pass->weights[BI],
                   ACTIVATION_LINEAR, h);
    for (size_t step = 0; step < pass->shape->steps; step++) {
        const float *before = step == 0 ? h : recurrence_at_step(pass, h, step - 1);
        kernel->affine_add(recurrence_recurrent_shape(pass, step > 0), before, pass->weights[WR],
                           pass->weights[BR], recurrence_activation_of(pass),
                           recurrence_at_step(pass, h, step));
    }
    kernel->affine(recurrence_output_shape(pass), h, pass->weights[WO], pass->weights[BO],
                   ACTIVATION_LINEAR, pass->outputs);
    pass_add_latent_values(pass);
}

/* Turns dh, the gradient by each hidden state through its own output and penalty, into that by what
 * the activation is taken of (Werbos 1990). */
static void recurrence_go_back(const struct pass *pass, float *dh) {
    size_t steps = pass->shape->steps;
    for (size_t step = steps; step-- > 0;) {
        bool is_last = step + 1 == steps;
        struct affine_shape shape = recurrence_recurrent_shape(pass, true);
        shape.outputs = is_last ? 0 : shape.outputs;
        const float *after = is_last ? pass->scratch : recurrence_at_step(pass, dh, step + 1);
        const float *rectified =
            pass->shape->rectified ? recurrence_at_step(pass, pass->latents, step) : NULL;
        pass->kernel->affine_backward_add(shape, after, pass->weights[WR], rectified,
                                          recurrence_at_step(pass, dh, step));
    }
}

/* The first step has no state before it, but a bias. */
static void recurrence_add_recurrent_gradient(const struct pass *pass, float *dz) {
    struct affine_shape first = recurrence_recurrent_shape(pass, false);
    struct affine_shape others = recurrence_recurrent_shape(pass, true);
    others.rows = pass->rows - first.rows;
    pass->kernel->affine_gradient(first, dz, pass->latents, pass->gradients[WR],
                                  pass->gradients[BR]);
    pass->kernel->affine_gradient(others, recurrence_at_step(pass, dz, 1), pass->latents,
                                  pass->gradients[WR], pass->gradients[BR]);
}

static void recurrence_gradient(const struct pass *pass) {
    const struct kernel *kernel = pass->kernel;
    float *dy = pass->outputs;
    float *dh = pass->scratch;
    recurrence_forward(pass);
    kernel->square_error(pass->rows, pass->shape->outputs, pass->outputs, pass->targets,
                         pass->sample_weights, pass->fit, dy, pass->fit_sum);
    kernel->affine_gradient(recurrence_output_shape(pass), dy, pass->latents, pass->gradients[WO],
                            pass->gradients[BO]);
    kernel->affine_backward(recurrence_output_shape(pass), dy, pass->weights[WO], NULL, dh);
    pass_add_latent_gradient(pass, dh);
    recurrence_go_back(pass, dh);
    kernel->affine_gradient(recurrence_input_shape(pass), dh, pass->inputs, pass->gradients[WI],
                            pass->gradients[BI]);
    recurrence_add_recurrent_gradient(pass, dh);
}

#define RECURRENT_NETWORK(kind, described)                                                         \
    {                                                                                              \
        .component = {.name = #kind "_rnn",                                                        \
                      .help = described ", trained through time (figure 3)",                       \
                      COMPONENT_PARAMETERS(parameters),                                            \
                      .settings_size = sizeof(struct recurrence_settings)},                        \
        .trains = true, .needs_targets = true, .recurrent = true,                                  \
        .shape = recurrence_shape_##kind, .initialise = recurrence_initialise,                     \
        .gradient = recurrence_gradient, .forward = recurrence_forward                             \
    }

const struct network linear_rnn_network =
    RECURRENT_NETWORK(linear, "linear recurrent network and readout");
const struct network relu_rnn_network =
    RECURRENT_NETWORK(relu, "rectified recurrent network and linear readout");
