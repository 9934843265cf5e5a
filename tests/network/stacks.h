/**
 * @file
 * Trials of stacked networks: random data, one hot or dense, weights and coefficients of the loss.
 */
#pragma once

#include "network/layers.h"
#include "solver/trial.h"

enum { STACK_HIDDEN_MAX = 3 };

/** A network by its settings, and its data's widths. */
struct stack {
    const char *network;
    int64_t hidden[STACK_HIDDEN_MAX];
    size_t depth;   /**< hidden layers in use */
    int64_t latent; /**< of an autoencoder */
    bool rectified; /**< its latents */
    size_t inputs;
    size_t targets; /**< those of an autoencoder are the inputs */
    bool one_hot;
    int64_t power; /**< of the negativity */
    bool sparse;
};

static inline struct integers stack_list(const int64_t *values, size_t count, struct arena *arena) {
    struct error error = {0};
    int64_t *copy = NULL;
    if (ARENA_NEW(arena, copy, count + 1, &error) != STATUS_OK) {
        abort(); /* which analysers know not to return */
    }
    memcpy(copy, values, count * sizeof *copy);
    return (struct integers){copy, count};
}

static inline void stack_set_network(struct job *job, const struct stack *stack,
                                     struct arena *arena) {
    job->network = network_called(stack->network);
    memset(&job->network_settings, 0, sizeof job->network_settings);
    const struct component *component = &job->network->component;
    struct integers hidden = stack_list(stack->hidden, stack->depth, arena);
    memcpy(setting_of(&job->network_settings, component, "hidden", PARAMETER_INTEGERS), &hidden,
           sizeof hidden);
    if (strcmp(stack->network, "mlp_autoencoder") == 0) {
        int activation = stack->rectified ? ACTIVATION_RELU : ACTIVATION_LINEAR;
        memcpy(setting_of(&job->network_settings, component, "latent", PARAMETER_INTEGER),
               &stack->latent, sizeof stack->latent);
        memcpy(setting_of(&job->network_settings, component, "latent_activation", PARAMETER_CHOICE),
               &activation, sizeof activation);
    }
}

/* Inputs one hot in ascending order: samples are spread over them, at times several to one where
 * there are more samples than inputs. */
static inline const uint32_t *stack_hot(struct random_stream *stream, size_t samples, size_t inputs,
                                        struct arena *arena) {
    struct error error = {0};
    uint32_t *hot = NULL;
    if (ARENA_NEW(arena, hot, samples, &error) != STATUS_OK) {
        abort();
    }
    size_t n = 0;
    for (size_t input = 0; input < inputs && n < samples && samples <= inputs; input++) {
        /* Knuth's choice of `samples` out of `inputs`, in order. */
        if (random_uniform(stream) * (double)(inputs - input) < (double)(samples - n)) {
            hot[n++] = (uint32_t)input;
        }
    }
    for (; n < samples; n++) {
        hot[n] = (uint32_t)(n * inputs / samples);
    }
    return hot;
}

static inline double *stack_numbers(struct random_stream *stream, size_t count,
                                    struct arena *arena) {
    double *numbers = numbers_of(arena, count);
    for (size_t k = 0; k < count; k++) {
        numbers[k] = random_normal(stream);
    }
    return numbers;
}

static inline struct dataset stack_data(struct random_stream *stream, size_t samples,
                                        const struct stack *stack, struct arena *arena) {
    bool own = strcmp(stack->network, "mlp_autoencoder") != 0;
    double *weights = numbers_of(arena, samples);
    struct dataset data = {
        .size = {.samples = samples, .inputs = stack->inputs, .one_hot = stack->one_hot}};
    double total = 0.0;
    data.size.targets = own ? stack->targets : stack->inputs;
    data.size.sources = data.size.targets;
    if (stack->one_hot) {
        data.hot = stack_hot(stream, samples, stack->inputs, arena);
    } else {
        data.inputs = stack_numbers(stream, samples * stack->inputs, arena);
    }
    data.targets = own ? stack_numbers(stream, samples * data.size.targets, arena) : data.inputs;
    data.sources = data.targets;
    for (size_t n = 0; n < samples; n++) {
        weights[n] = 0.1 + random_uniform(stream);
        total += weights[n];
    }
    for (size_t n = 0; n < samples; n++) {
        weights[n] /= total;
    }
    data.weights = weights;
    return data;
}

/* W ~ N(0, 1 / fan-in), and biases that are not 0 either. */
static inline void stack_set_weights(struct trial *trial, struct random_stream *stream,
                                     struct arena *arena) {
    static const double BIAS = 0.3;
    double *next = trial->initial = numbers_of(arena, trial->shape.parameter_count);
    for (size_t t = 0; t < trial->shape.tensor_count; t++) {
        const struct tensor_shape *tensor = &trial->shape.tensors[t];
        double deviation = tensor->penalised ? 1.0 / sqrt((double)tensor->columns) : BIAS;
        for (size_t k = 0; k < tensor->rows * tensor->columns; k++) {
            *next++ = deviation * random_normal(stream);
        }
    }
}

/** A coefficient a matrix, all different. */
static inline void stack_penalise_each(struct trial *trial, struct arena *arena) {
    size_t matrices = trial->shape.tensor_count / 2;
    double *values = numbers_of(arena, matrices);
    for (size_t k = 0; k < matrices; k++) {
        values[k] = 0.01 * (double)(k + 1);
    }
    trial->job.loss.weights = (struct reals){values, matrices};
}

/** The rest of a trial whose data and network are chosen: its shape, weights and coefficients. */
static inline void stack_finish(struct trial *trial, int64_t power, bool sparse,
                                struct random_stream *stream, struct arena *arena) {
    struct error error = {0};
    assert_int_equal(trial->job.network->shape(trial->job.network_settings.bytes, &trial->data.size,
                                               &trial->shape, &error),
                     STATUS_OK);
    stack_set_weights(trial, stream, arena);
    trial->job.loss.fit = 0.5 + random_uniform(stream);
    trial->job.loss.activity = 0.1 * random_uniform(stream);
    trial->job.loss.negativity = random_uniform(stream);
    trial->job.loss.negativity_power = power;
    trial->job.loss.sparsity = sparse ? 0.1 + random_uniform(stream) : 0.0;
    stack_penalise_each(trial, arena);
}

/** A trial with everything different for each `key`; the job's hash is made of it as well. */
static inline struct trial stack_trial(uint64_t key, size_t samples, const struct stack *stack,
                                       struct arena *arena) {
    struct random_stream stream = random_stream_of((struct job_hash){{key, ~key}}, RANDOM_DATA);
    struct trial trial = trial_make(1, 1, 1, arena);
    trial.job.hash = (struct job_hash){{key, ~key}};
    trial.data = stack_data(&stream, samples, stack, arena);
    stack_set_network(&trial.job, stack, arena);
    stack_finish(&trial, stack->power, stack->sparse, &stream, arena);
    return trial;
}

/** Checks the settings of a network with `depth` hidden layers; errors blame their number. */
static inline enum status stack_check_depth(const struct stack *stack, size_t depth,
                                            struct error *error) {
    SCOPED(arena_free) struct arena arena = {0};
    struct job job;
    int64_t widths[LAYERS_MAX + 1] = {0};
    stack_set_network(&job, stack, &arena);
    struct integers hidden = stack_list(widths, depth, &arena);
    memcpy(setting_of(&job.network_settings, &job.network->component, "hidden", PARAMETER_INTEGERS),
           &hidden, sizeof hidden);
    enum status status = job.network->component.check(job.network_settings.bytes, error);
    assert_true(status == STATUS_OK || strcmp(error->culprit, "hidden") == 0);
    return status;
}

/** The parameters `gain` and `bias_gain` of the network are those of its first weights. */
static inline void expect_gains_of_settings(const struct stack *stack) {
    static const struct layers_gain gain = {2.5, 0.7};
    SCOPED(arena_free) struct arena arena = {0};
    struct trial trial = stack_trial(1, 1, stack, &arena);
    struct random_stream streams[2];
    streams[0] = streams[1] = random_stream_of((struct job_hash){{3, 4}}, RANDOM_WEIGHTS);
    double *expected = numbers_of(&arena, trial.shape.parameter_count);
    trial_set_real(&trial, "gain", gain.gain);
    trial_set_real(&trial, "bias_gain", gain.bias_gain);
    trial.job.network->initialise(trial.job.network_settings.bytes, &trial.shape, &streams[0],
                                  trial.initial);
    layers_initialise(&gain, &trial.shape, &streams[1], expected);
    assert_memory_equal(trial.initial, expected, trial.shape.parameter_count * sizeof *expected);
}
