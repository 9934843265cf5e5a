/*
 * Stacks of layers against the naive one in double precision, on every kernel; and bit for bit
 * whatever the variant, the tile and the neighbours.
 */
#include "network/gradients.h"
#include "network/stack_oracle.h"
#include "network/stacks.h"
#include "solver/distance.h"

static const double TOLERANCE = 2e-5;

enum {
    LANES_USED = 13,
    MIN_SAMPLES = 3,
    MORE_SAMPLES =
        5, /* lane k has LEAST + MORE k samples: up to 63, several tiles of wide layers */
    PIXELS = 17,
};

/* Which samples lanes have. */
enum samples {
    DENSE,
    ALL_INPUTS,  /* one hot, every input once: lanes agree */
    SOME_INPUTS, /* one hot, every input at most once: lanes agree where they have it */
    REPEATED,    /* one hot, inputs several times: lanes differ */
};

struct family {
    struct stack stack;
    enum samples samples;
};

static const struct family families[] = {
    {{"mlp_autoencoder", {0}, 0, 6, false, 3, 0, false, 1, false}, DENSE},
    {{"mlp_autoencoder", {0}, 0, 5, true, 2, 0, false, 2, true}, DENSE},
    {{"mlp_autoencoder", {16}, 1, 6, false, 5, 0, false, 2, false}, DENSE},
    {{"mlp_autoencoder", {16, 16}, 2, 6, false, 8, 0, false, 1, false}, DENSE},
    {{"mlp_autoencoder", {16, 7}, 2, 4, true, 4, 0, false, 1, true}, DENSE},
    {{"mlp_autoencoder", {40, 3, 17}, 3, 33, false, 6, 0, false, 1, true}, DENSE},
    {{"feedforward", {25}, 1, 0, true, 4, 3, false, 1, false}, DENSE},
    {{"feedforward", {9, 12, 5}, 3, 0, true, 4, 2, false, 2, true}, DENSE},
    {{"feedforward", {25}, 1, 0, true, PIXELS, 2, true, 1, false}, ALL_INPUTS},
    {{"feedforward", {25}, 1, 0, true, PIXELS, 2, true, 1, true}, SOME_INPUTS},
    {{"feedforward", {40, 7, 11}, 3, 0, true, PIXELS, 2, true, 1, true}, SOME_INPUTS},
    {{"feedforward", {25, 6}, 2, 0, true, PIXELS, 2, true, 1, false}, REPEATED},
    {{"feedforward", {40}, 1, 0, true, PIXELS, 2, true, 2, true}, REPEATED},
};
enum { FAMILIES = sizeof families / sizeof families[0] };

/* Lanes of one shape with different data, sizes and coefficients. */
struct side_by_side {
    struct arena arena;
    struct trial trials[LANES_USED];
    struct lane lanes[LANES_USED];
    const struct network_shape *shape;
};

static size_t samples_of(enum samples samples, size_t lane) {
    switch (samples) {
    case DENSE:
        return MIN_SAMPLES + MORE_SAMPLES * lane;
    case ALL_INPUTS:
        return PIXELS;
    case SOME_INPUTS:
        return lane + 1;
    case REPEATED:
        break;
    }
    return PIXELS + MORE_SAMPLES * lane;
}

static void set_up(struct side_by_side *side, size_t family) {
    *side = (struct side_by_side){.shape = &side->trials[0].shape};
    for (size_t k = 0; k < LANES_USED; k++) {
        side->trials[k] =
            stack_trial(family * LANES_USED + k, samples_of(families[family].samples, k),
                        &families[family].stack, &side->arena);
        side->lanes[k] = trial_lane(&side->trials[k]);
    }
}

static void expect_lane(size_t family, const struct bundle *bundle, size_t at,
                        const struct lane *lane, const float *sums, struct arena *arena) {
    struct stack_oracle o = stack_oracle_make(lane, &bundle->shape, arena);
    struct loss_values loss = stack_gradient(&o);
    size_t all = bundle->kernel->lanes;
    double terms[] = {loss.fit, loss.activity, loss.negativity, loss.sparsity};
    double off = distance(gradient_of_lane(bundle, at, arena), o.base.gradient, o.base.count);
    for (size_t k = 0; k < TERMS; k++) {
        double expected = k == 3 && !families[family].stack.sparse ? 0.0 : terms[k];
        off = fmax(off, fabs((double)sums[k * all + at] - expected) / (1.0 + expected));
    }
    if (!(off <= TOLERANCE)) {
        fail_msg("family %zu by %s, lane %zu: off by %.3g", family, bundle->kernel->name, at, off);
    }
}

static void check_kernel(const struct kernel *kernel, size_t family, struct side_by_side *side) {
    for (size_t first = 0; first < LANES_USED; first += kernel->lanes) {
        size_t left = LANES_USED - first;
        size_t count = left < kernel->lanes ? left : kernel->lanes;
        float *sums;
        struct bundle bundle = gradients_of(kernel, side->shape, side->lanes + first, count,
                                            (struct way){0}, &sums, &side->arena);
        for (size_t k = 0; k < count; k++) {
            expect_lane(family, &bundle, k, &side->lanes[first + k], sums, &side->arena);
        }
    }
}

static void test_gradient_is_the_oracles(void **state) {
    (void)state;
    for (size_t family = 0; family < FAMILIES; family++) {
        struct side_by_side side;
        set_up(&side, family);
        for (size_t v = 0; v < KERNEL_NAMES; v++) {
            const struct kernel *kernel = kernel_named(kernel_names[v]);
            if (kernel != NULL) {
                check_kernel(kernel, family, &side);
            }
        }
        arena_free(&side.arena);
    }
}

/* Which rows the samples lie in is what a family is about. */
static void test_lanes_agree_where_they_may(void **state) {
    (void)state;
    for (size_t family = 0; family < FAMILIES; family++) {
        struct side_by_side side;
        float *sums;
        set_up(&side, family);
        enum samples samples = families[family].samples;
        struct bundle bundle = gradients_of(kernel_best(false), side.shape, side.lanes, LANES_USED,
                                            (struct way){0}, &sums, &side.arena);
        assert_int_equal(bundle.by_input, samples == ALL_INPUTS || samples == SOME_INPUTS);
        for (size_t row = 0; bundle.by_input && row < PIXELS; row++) {
            for (size_t lane = 0; lane < KERNEL_LANES; lane++) {
                assert_int_equal(bundle.hot[row * KERNEL_LANES + lane], row);
            }
        }
        arena_free(&side.arena);
    }
}

static void test_same_bits_in_all_company(void **state) {
    (void)state;
    static const size_t in_order[LANES_USED] = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12};
    static const size_t reversed[LANES_USED] = {12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0};
    static const size_t crowd[KERNEL_LANES] = {2, 2, 9, 2, 0, 2, 2, 12, 2, 5, 2, 1, 2, 2, 2, 7};
    for (size_t family = 0; family < FAMILIES; family++) {
        struct side_by_side side;
        struct found alone[LANES_USED];
        set_up(&side, family);
        find_alone(kernel_named("portable"), side.shape, side.lanes, LANES_USED, alone,
                   &side.arena);
        for (size_t v = 0; v < LANES_NAMES; v++) {
            const struct kernel *kernel = kernel_named(kernel_names[v]);
            for (size_t tile = 0; kernel != NULL && tile <= KERNEL_ROW_QUANTUM;
                 tile += KERNEL_ROW_QUANTUM) {
                const struct way way = {.tile = tile};
                expect_as_alone(kernel, side.shape, side.lanes, way, in_order, LANES_USED, alone,
                                &side.arena);
                expect_as_alone(kernel, side.shape, side.lanes, way, reversed, LANES_USED, alone,
                                &side.arena);
                expect_as_alone(kernel, side.shape, side.lanes, way, crowd, KERNEL_LANES, alone,
                                &side.arena);
            }
        }
        arena_free(&side.arena);
    }
}

/* Mean and mean square of a tensor's first weights, within five standard errors of what a
 * distribution of that variance has, whose squares vary by `spread` of it. */
static void expect_moments(const double *numbers, size_t count, double variance, double spread) {
    double mean = 0.0;
    double squares = 0.0;
    for (size_t k = 0; k < count; k++) {
        mean += numbers[k] / (double)count;
        squares += numbers[k] * numbers[k] / (double)count;
    }
    double error = 5.0 / sqrt((double)count);
    assert_true(fabs(mean) <= error * sqrt(variance));
    assert_near(squares, variance, error * spread * variance);
}

/* W normal with deviation gain / sqrt(fan-in), b uniform within bias_gain / sqrt(fan-in). */
static void test_first_weights(void **state) {
    (void)state;
    enum { WIDE = 300, NARROW = 40, INPUTS = 9 };
    const double gain = 3.0;
    const double bias_gain = 0.5;
    const struct layers layers = {
        .count = 3, .widths = {INPUTS, WIDE, NARROW, WIDE}, .latent_layer = 1};
    SCOPED(arena_free) struct arena arena = {0};
    struct network_shape shape;
    struct random_stream stream = random_stream_of((struct job_hash){{1, 2}}, RANDOM_WEIGHTS);
    layers_shape(&layers, &shape);
    double *weights = numbers_of(&arena, shape.parameter_count);
    layers_initialise(&(struct layers_gain){gain, bias_gain}, &shape, &stream, weights);
    for (size_t k = 0; k < layers.count; k++) {
        double fan_in = (double)layers.widths[k];
        size_t width = layers.widths[k + 1];
        double bound = bias_gain / sqrt(fan_in);
        expect_moments(weights, width * layers.widths[k], gain * gain / fan_in, sqrt(2.0));
        weights += width * layers.widths[k];
        expect_moments(weights, width, bound * bound / 3.0, sqrt(4.0 / 5.0));
        for (size_t u = 0; u < width; u++) {
            assert_true(fabs(weights[u]) <= bound);
        }
        weights += width;
    }
}

/* Gains of 0 make zeros. */
static void test_first_weights_without_gain(void **state) {
    (void)state;
    enum { INPUTS = 3, LATENTS = 5, MATRIX = INPUTS * LATENTS };
    const struct layers layers = {.count = 2, .widths = {INPUTS, LATENTS, 2}};
    SCOPED(arena_free) struct arena arena = {0};
    struct network_shape shape;
    struct random_stream stream = random_stream_of((struct job_hash){{1, 2}}, RANDOM_WEIGHTS);
    layers_shape(&layers, &shape);
    double *weights = numbers_of(&arena, shape.parameter_count);
    layers_initialise(&(struct layers_gain){1.0, 0.0}, &shape, &stream, weights);
    for (size_t k = MATRIX; k < MATRIX + LATENTS; k++) {
        assert_true(weights[k] == 0.0);
    }
    layers_initialise(&(struct layers_gain){0.0, 1.0}, &shape, &stream, weights);
    for (size_t k = 0; k < MATRIX; k++) {
        assert_true(weights[k] == 0.0);
    }
}

/* Tensor by tensor: widths, names, which are penalised, and dimensions that meet. */
static void test_shape(void **state) {
    (void)state;
    const struct layers layers = {
        .count = 3, .widths = {4, 7, 5, 2}, .latent_layer = 1, .rectified_latents = true};
    static const struct tensor_shape expected[] = {
        {"W1", 7, 4, "layer_1", "input", true},   {"b1", 7, 1, "layer_1", NULL, false},
        {"W2", 5, 7, "layer_2", "layer_1", true}, {"b2", 5, 1, "layer_2", NULL, false},
        {"W3", 2, 5, "output", "layer_2", true},  {"b3", 2, 1, "output", NULL, false},
    };
    struct network_shape shape;
    layers_shape(&layers, &shape);
    assert_int_equal(shape.tensor_count, 6);
    for (size_t t = 0; t < 6; t++) {
        assert_string_equal(shape.tensors[t].name, expected[t].name);
        assert_int_equal(shape.tensors[t].rows, expected[t].rows);
        assert_int_equal(shape.tensors[t].columns, expected[t].columns);
        assert_string_equal(shape.tensors[t].row_dimension, expected[t].row_dimension);
        assert_int_equal(shape.tensors[t].penalised, expected[t].penalised);
        if (expected[t].column_dimension == NULL) {
            assert_null(shape.tensors[t].column_dimension);
        } else {
            assert_string_equal(shape.tensors[t].column_dimension, expected[t].column_dimension);
        }
    }
    assert_int_equal(shape.inputs, 4);
    assert_int_equal(shape.latents, 5);
    assert_int_equal(shape.outputs, 2);
    assert_int_equal(shape.parameter_count, 7 * 4 + 7 + 5 * 7 + 5 + 2 * 5 + 2);
    assert_true(shape.rectified && !shape.one_hot && !shape.uses_statistics);
    assert_int_equal(shape.widest, 7);
}

int main(void) {
    kernel_prepare();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_gradient_is_the_oracles),
        cmocka_unit_test(test_lanes_agree_where_they_may),
        cmocka_unit_test(test_same_bits_in_all_company),
        cmocka_unit_test(test_first_weights),
        cmocka_unit_test(test_first_weights_without_gain),
        cmocka_unit_test(test_shape),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
