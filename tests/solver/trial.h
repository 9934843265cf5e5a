/**
 * @file
 * What the tests of training share: linear autoencoders made by hand, without a sweep.
 */
#pragma once

#include "base/random.h"
#include "check.h"
#include "solver/solver.h"
#include "solver/train.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/** One job with its data and initial weights; all arrays belong to the arena. */
struct trial {
    struct job job;
    struct dataset data;
    struct network_shape shape;
    double *initial; /**< [parameter_count] */
};

/** Variants of the kernel, those of lanes first, best first. */
static const char *const kernel_names[] = {"avx512",      "avx2",      "portable",
                                           "wide_avx512", "wide_avx2", "wide_portable"};
enum { LANES_NAMES = 3, KERNEL_NAMES = sizeof kernel_names / sizeof kernel_names[0] };

static inline const struct network *network_called(const char *name) {
    for (const struct network *const *each = networks; *each != NULL; each++) {
        if (strcmp((*each)->component.name, name) == 0) {
            return *each;
        }
    }
    fail_msg("no network '%s'", name);
    abort();
}

static inline const struct solver *solver_called(const char *name) {
    for (const struct solver *const *each = solvers; *each != NULL; each++) {
        if (strcmp((*each)->component.name, name) == 0) {
            return *each;
        }
    }
    fail_msg("no solver '%s'", name);
    abort();
}

/** Where a component's parameter lies in its settings. */
static inline void *setting_of(struct settings *settings, const struct component *component,
                               const char *name, enum parameter_type type) {
    for (size_t k = 0; k < component->parameter_count; k++) {
        if (strcmp(component->parameters[k].name, name) == 0) {
            assert_int_equal(component->parameters[k].type, type);
            return settings->bytes + component->parameters[k].offset;
        }
    }
    fail_msg("%s has no parameter '%s'", component->name, name);
    abort();
}

static inline double *numbers_of(struct arena *arena, size_t count) {
    struct error error = {0};
    double *numbers = NULL;
    if (ARENA_NEW(arena, numbers, count, &error) != STATUS_OK) {
        abort(); /* which analysers know not to return */
    }
    return numbers;
}

/** A linear autoencoder of `sources` inputs on `samples` samples of equal weight; data and initial
 * weights are left zero. The loss is FIT alone until the caller says otherwise. */
static inline struct trial trial_make(size_t samples, size_t sources, size_t hidden,
                                      struct arena *arena) {
    struct error error = {0};
    struct trial trial = {
        .job = {.network = network_called("linear_autoencoder"),
                .solver = solver_called("adam"),
                .train = {.learning_rate = 1e-3, .rate_every = 1, .rate_factor = 1.0},
                .loss = {.fit = 1.0, .negativity_power = 1}},
        .data = {.size = {.samples = samples,
                          .sources = sources,
                          .inputs = sources,
                          .targets = sources}},
    };
    struct moment_settings moments = {0.9, 0.999, 1e-8, 0.0};
    memcpy(trial.job.solver_settings.bytes, &moments, sizeof moments);
    int64_t units = (int64_t)hidden;
    memcpy(setting_of(&trial.job.network_settings, &trial.job.network->component, "hidden",
                      PARAMETER_INTEGER),
           &units, sizeof units);
    double *weights = numbers_of(arena, samples);
    for (size_t n = 0; n < samples; n++) {
        weights[n] = 1.0 / (double)samples;
    }
    double *x = numbers_of(arena, samples * sources);
    trial.data.sources = trial.data.inputs = trial.data.targets = x;
    trial.data.weights = weights;
    trial.job.loss.weights = (struct reals){numbers_of(arena, 1), 1};
    assert_int_equal(trial.job.network->shape(trial.job.network_settings.bytes, &trial.data.size,
                                              &trial.shape, &error),
                     STATUS_OK);
    trial.initial = numbers_of(arena, trial.shape.parameter_count);
    return trial;
}

/** Sets a parameter of the network. */
static inline void trial_set_real(struct trial *trial, const char *name, double value) {
    memcpy(setting_of(&trial->job.network_settings, &trial->job.network->component, name,
                      PARAMETER_REAL),
           &value, sizeof value);
}

static inline void trial_penalise_weights(struct trial *trial, double coefficient,
                                          struct arena *arena) {
    double *value = numbers_of(arena, 1);
    *value = coefficient;
    trial->job.loss.weights = (struct reals){value, 1};
}

/** One coefficient for W1, another for W2. */
static inline void trial_penalise_each(struct trial *trial, double first, double second,
                                       struct arena *arena) {
    double *values = numbers_of(arena, 2);
    values[0] = first;
    values[1] = second;
    trial->job.loss.weights = (struct reals){values, 2};
}

/**
 * A trial of random data in [0, 1], sample weights, initial weights and coefficients of the loss,
 * all different for each `key`.
 */
static inline struct trial trial_random(uint64_t key, size_t samples, size_t sources, size_t hidden,
                                        struct arena *arena) {
    struct random_stream stream = random_stream_of((struct job_hash){{key, ~key}}, RANDOM_DATA);
    struct trial trial = trial_make(samples, sources, hidden, arena);
    double *x = numbers_of(arena, samples * sources);
    double *weights = numbers_of(arena, samples);
    double total = 0.0;
    for (size_t k = 0; k < samples * sources; k++) {
        x[k] = random_uniform(&stream);
    }
    for (size_t n = 0; n < samples; n++) {
        weights[n] = 0.1 + random_uniform(&stream);
        total += weights[n];
    }
    for (size_t n = 0; n < samples; n++) {
        weights[n] /= total;
    }
    for (size_t k = 0; k < trial.shape.parameter_count; k++) {
        trial.initial[k] = random_normal(&stream);
    }
    trial.data.sources = trial.data.inputs = trial.data.targets = x;
    trial.data.weights = weights;
    trial.job.loss.fit = 0.5 + random_uniform(&stream);
    trial.job.loss.activity = 0.1 * random_uniform(&stream);
    trial.job.loss.negativity = random_uniform(&stream);
    trial_penalise_weights(&trial, 0.01 * random_uniform(&stream), arena);
    return trial;
}

static inline struct lane trial_lane(const struct trial *trial) {
    return (struct lane){.job = &trial->job, .data = &trial->data, .initial = trial->initial};
}

/** Trains `count` lanes of the same shape; results[count]. */
static inline void train_lanes(const struct kernel *kernel, const struct trial *first,
                               const struct lane *lanes, size_t count, struct arena *arena,
                               struct trained *results) {
    struct error error = {0};
    const struct poll poll = {poll_continue, NULL, NULL};
    assert_ok(&error,
              train_bundle(kernel, &first->shape, lanes, count, &poll, arena, results, &error));
}
