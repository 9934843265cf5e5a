/**
 * @file
 * The gradient of the whole loss at the initial weights, as a training step would find it.
 */
#pragma once

#include "solver/loading.h"
#include "solver/trial.h"

/** How the gradient is found. */
struct way {
    bool by_samples; /**< keeps the data's statistics from the network */
    size_t tile;     /**< samples in one pass, of whole sequences, at most what the bundle chooses;
                          0: that */
};

/**
 * Lays lanes out and leaves the gradient in bundle.gradient; the terms of the loss go to
 * sums[4][L]: FIT, ACT, NEG, SPA.
 */
static inline struct bundle gradients_of(const struct kernel *kernel,
                                         const struct network_shape *shape,
                                         const struct lane *lanes, size_t count, struct way way,
                                         float **sums, struct arena *arena) {
    struct error error = {0};
    struct bundle bundle;
    float *fit;
    assert_ok(&error, bundle_make(kernel, shape, lanes, count, arena, &bundle, &error));
    load_samples(&bundle, 0);
    assert_ok(&error, ARENA_NEW(arena, *sums, 4 * kernel->lanes, &error));
    assert_ok(&error, ARENA_NEW(arena, fit, kernel->lanes, &error));
    for (size_t lane = 0; lane < count; lane++) {
        fit[lane] = (float)lanes[lane].job->loss.fit;
    }
    if (way.tile > 0) {
        bundle.tile = way.tile;
        load_samples(&bundle, 0); /* where a sequence lies depends on it */
    }
    for (size_t n = 0; n < bundle.samples; n += bundle.tile) {
        struct pass pass = bundle_pass(&bundle, n);
        pass.fit = fit;
        pass.negativity_power = (int)lanes[0].job->loss.negativity_power;
        pass.fit_sum = *sums;
        pass.activity_sum = *sums + kernel->lanes;
        pass.negativity_sum = *sums + 2 * kernel->lanes;
        pass.sparsity_sum = bundle.sparsity_slopes == NULL ? NULL : *sums + 3 * kernel->lanes;
        if (way.by_samples) {
            pass.statistics = (struct input_statistics){NULL, NULL, NULL};
        }
        bundle.network->gradient(&pass);
    }
    for (size_t t = 0; t < shape->tensor_count; t++) {
        const struct tensor_shape *tensor = &shape->tensors[t];
        kernel->add_scaled(tensor->rows * tensor->columns, bundle.penalties + t * kernel->lanes,
                           bundle.tensors[t], bundle.gradients[t]);
    }
    return bundle;
}

/** One lane's gradient out of such a bundle, [parameter_count]. */
static inline float *gradient_of_lane(const struct bundle *bundle, size_t lane,
                                      struct arena *arena) {
    struct error error = {0};
    float *gradient;
    size_t count = bundle->shape.parameter_count;
    assert_ok(&error, ARENA_NEW(arena, gradient, count, &error));
    bundle_extract(bundle, bundle->gradient, count, lane, gradient);
    return gradient;
}

/** Terms of the loss that gradients_of gives. */
enum { TERMS = 4 };

/** Gradient and terms of one lane. */
struct found {
    float *gradient;
    float terms[TERMS];
};

static inline struct found found_of(const struct bundle *bundle, size_t lane, const float *sums,
                                    struct arena *arena) {
    struct found found = {gradient_of_lane(bundle, lane, arena), {0}};
    for (size_t k = 0; k < TERMS; k++) {
        found.terms[k] = sums[k * bundle->kernel->lanes + lane];
    }
    return found;
}

static inline void expect_found(const struct network_shape *shape, const struct found *found,
                                const struct found *expected) {
    assert_memory_equal(found->gradient, expected->gradient,
                        shape->parameter_count * sizeof *found->gradient);
    assert_memory_equal(found->terms, expected->terms, sizeof found->terms);
}

/** What each of the lanes gives by itself: alone[count]. */
static inline void find_alone(const struct kernel *kernel, const struct network_shape *shape,
                              const struct lane *lanes, size_t count, struct found *alone,
                              struct arena *arena) {
    for (size_t k = 0; k < count; k++) {
        float *sums;
        struct bundle bundle =
            gradients_of(kernel, shape, &lanes[k], 1, (struct way){0}, &sums, arena);
        alone[k] = found_of(&bundle, 0, sums, arena);
    }
}

/** Lanes `which` of `all` side by side, each against itself alone. */
static inline void expect_as_alone(const struct kernel *kernel, const struct network_shape *shape,
                                   const struct lane *all, struct way way, const size_t *which,
                                   size_t count, const struct found *alone, struct arena *arena) {
    struct lane lanes[KERNEL_LANES];
    float *sums;
    for (size_t k = 0; k < count; k++) {
        lanes[k] = all[which[k]];
    }
    struct bundle bundle = gradients_of(kernel, shape, lanes, count, way, &sums, arena);
    for (size_t k = 0; k < count; k++) {
        struct found found = found_of(&bundle, k, sums, arena);
        expect_found(shape, &found, &alone[which[k]]);
    }
}
