/*
 * The linear autoencoder's gradient and the terms of its loss against the oracle, by samples and by
 * statistics, on every kernel; and all variants of the lanes against one another, bit for bit.
 */
#include "network/gradients.h"
#include "solver/distance.h"
#include "solver/oracle.h"

static const double TOLERANCE = 1e-5;

static const size_t sources[] = {1, 2, 3, 4, 5, 8};
static const size_t hidden[] = {1, 5, 16, 17};
enum {
    SOURCES = sizeof sources / sizeof sources[0],
    HIDDEN = sizeof hidden / sizeof hidden[0],
    MIN_SAMPLES = 3,
    MORE_SAMPLES = 5, /* lane k has LEAST + MORE k samples: often no multiple of the quantum */
    LANES_USED = 13,  /* and so up to 63, more than a tile where layers are wide */
};

static const struct way ways[] = {
    {false, 0}, {true, 0}, {false, KERNEL_ROW_QUANTUM}, {true, KERNEL_ROW_QUANTUM}};
enum { WAYS = sizeof ways / sizeof ways[0] };

/* Lanes of one shape with different data, sizes and coefficients. */
struct side_by_side {
    struct arena arena;
    struct trial trials[KERNEL_LANES];
    struct lane lanes[KERNEL_LANES];
    const struct network_shape *shape;
};

static void set_up(struct side_by_side *side, uint64_t key, size_t inputs, size_t latents,
                   int64_t power) {
    *side = (struct side_by_side){.shape = &side->trials[0].shape};
    for (size_t k = 0; k < LANES_USED; k++) {
        side->trials[k] = trial_random(key * LANES_USED + k, MIN_SAMPLES + MORE_SAMPLES * k, inputs,
                                       latents, &side->arena);
        side->trials[k].job.loss.negativity_power = power;
        if (k % 3 == 0) {
            trial_penalise_each(&side->trials[k], 0.3, 0.05 * (double)k, &side->arena);
        }
        side->lanes[k] = trial_lane(&side->trials[k]);
    }
}

static void expect_lane(const char *path, const struct bundle *bundle, size_t at,
                        const struct lane *lane, const float *sums, struct arena *arena) {
    struct oracle oracle = oracle_make(lane, &bundle->shape, arena);
    struct loss_values loss = oracle_gradient(&oracle);
    size_t all = bundle->kernel->lanes;
    double terms[] = {loss.fit, loss.activity, loss.negativity};
    double off = distance(gradient_of_lane(bundle, at, arena), oracle.gradient, oracle.count);
    for (size_t k = 0; k < sizeof terms / sizeof terms[0]; k++) {
        off = fmax(off, fabs((double)sums[k * all + at] - terms[k]) / (1.0 + terms[k]));
    }
    if (!(off <= TOLERANCE)) {
        fail_msg("%s by %s, %zu sources, %zu latents, power %lld, lane %zu: off by %.3g",
                 bundle->kernel->name, path, oracle.sources, oracle.hidden,
                 (long long)lane->job->loss.negativity_power, at, off);
    }
}

static void check_kernel(const struct kernel *kernel, struct side_by_side *side) {
    for (size_t w = 0; w < WAYS; w++) {
        const char *path = ways[w].by_samples ? "samples" : "default";
        for (size_t first = 0; first < LANES_USED; first += kernel->lanes) {
            size_t left = LANES_USED - first;
            size_t count = left < kernel->lanes ? left : kernel->lanes;
            float *sums;
            struct bundle bundle = gradients_of(kernel, side->shape, side->lanes + first, count,
                                                ways[w], &sums, &side->arena);
            for (size_t k = 0; k < count; k++) {
                expect_lane(path, &bundle, k, &side->lanes[first + k], sums, &side->arena);
            }
        }
    }
}

static void check_all_kernels(struct side_by_side *side) {
    for (size_t v = 0; v < KERNEL_NAMES; v++) {
        const struct kernel *kernel = kernel_named(kernel_names[v]);
        if (kernel != NULL) {
            check_kernel(kernel, side);
        }
    }
}

static void check_bits(struct side_by_side *side) {
    size_t bytes = side->shape->parameter_count * KERNEL_LANES * sizeof(float);
    for (size_t w = 0; w < WAYS; w++) {
        float *expected_sums;
        struct bundle expected =
            gradients_of(kernel_named("portable"), side->shape, side->lanes, LANES_USED,
                         (struct way){ways[w].by_samples, 0}, &expected_sums, &side->arena);
        for (size_t v = 0; v < LANES_NAMES; v++) {
            const struct kernel *kernel = kernel_named(kernel_names[v]);
            if (kernel != NULL) {
                float *sums;
                struct bundle bundle = gradients_of(kernel, side->shape, side->lanes, LANES_USED,
                                                    ways[w], &sums, &side->arena);
                assert_memory_equal(bundle.gradient, expected.gradient, bytes);
                assert_memory_equal(sums, expected_sums, sizeof *sums * 3 * KERNEL_LANES);
            }
        }
    }
}

static void for_every_shape(void (*check)(struct side_by_side *side)) {
    for (size_t s = 0; s < SOURCES; s++) {
        for (size_t h = 0; h < HIDDEN; h++) {
            for (int64_t power = 1; power <= 2; power++) {
                struct side_by_side side;
                set_up(&side, s * HIDDEN + h, sources[s], hidden[h], power);
                check(&side);
                arena_free(&side.arena);
            }
        }
    }
}

static void test_gradient_is_the_oracles(void **state) {
    (void)state;
    for_every_shape(check_all_kernels);
}

/* Variants of the lanes and sizes of the tiles change no bit. */
static void test_variants_and_tiles_give_the_same_bits(void **state) {
    (void)state;
    for_every_shape(check_bits);
}

/* Whether a network meets its data through its statistics is visible: without them it fills its
 * latents.
 */
static void test_statistics_are_used_for_few_inputs_and_power_1(void **state) {
    (void)state;
    for (size_t s = 0; s < SOURCES; s++) {
        for (int64_t power = 1; power <= 2; power++) {
            struct side_by_side side;
            float *sums;
            set_up(&side, s, sources[s], hidden[1], power);
            struct bundle bundle = gradients_of(kernel_best(false), side.shape, side.lanes,
                                                LANES_USED, (struct way){0}, &sums, &side.arena);
            bool by_samples = bundle.latents[0] != 0.0f;
            assert_int_equal(by_samples, sources[s] > KERNEL_STATISTICS_INPUTS_MAX || power == 2);
            arena_free(&side.arena);
        }
    }
}

/* Normal with deviation gain / sqrt(fan-in), biases zero. */
static void test_first_weights(void **state) {
    (void)state;
    enum { INPUTS = 4, LATENTS = 2500 };
    const double gain = 3.0;
    SCOPED(arena_free) struct arena arena = {0};
    struct trial trial = trial_make(1, INPUTS, LATENTS, &arena);
    struct random_stream stream = random_stream_of((struct job_hash){{1, 2}}, RANDOM_WEIGHTS);
    trial_set_real(&trial, "gain", gain);
    trial.job.network->initialise(trial.job.network_settings.bytes, &trial.shape, &stream,
                                  trial.initial);
    const double *number = trial.initial;
    for (size_t t = 0; t < trial.shape.tensor_count; t++) {
        const struct tensor_shape *tensor = &trial.shape.tensors[t];
        size_t count = tensor->rows * tensor->columns;
        double squares = 0.0;
        for (size_t k = 0; k < count; k++, number++) {
            squares += *number * *number / (double)count;
        }
        double expected = tensor->penalised ? gain * gain / (double)tensor->columns : 0.0;
        assert_near(squares, expected, 0.05 * expected);
    }
}

int main(void) {
    kernel_prepare();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_gradient_is_the_oracles),
        cmocka_unit_test(test_variants_and_tiles_give_the_same_bits),
        cmocka_unit_test(test_first_weights),
        cmocka_unit_test(test_statistics_are_used_for_few_inputs_and_power_1),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
