/*
 * Recurrent networks against the naive ones in double precision, on every kernel; and bit for bit
 * whatever the variant and the neighbours.
 */
#include "network/gradients.h"
#include "network/orthogonal.h"
#include "network/recurrence_oracle.h"
#include "network/sequences.h"
#include "solver/distance.h"

static const double TOLERANCE = 2e-5;

enum { LANES_USED = 8, SHORT_LANES = 4, WIDE_NAMES = KERNEL_NAMES - LANES_NAMES };

/* Sequences of each lane: the first few are trained without padding when alone or together. */
static const size_t sequences[LANES_USED] = {1, 2, 3, 4, 5, 9, 17, 24};

static const struct recurrent tried[] = {
    {"linear_rnn", 1, 1, 1, 1, 1, false}, {"linear_rnn", 7, 2, 2, 3, 2, true},
    {"linear_rnn", 16, 7, 2, 2, 1, true}, {"linear_rnn", 33, 7, 3, 1, 1, false},
    {"relu_rnn", 5, 1, 3, 2, 1, true},    {"relu_rnn", 8, 2, 1, 1, 2, false},
    {"relu_rnn", 13, 7, 2, 5, 1, true},   {"relu_rnn", 37, 7, 4, 3, 2, true},
    {"relu_rnn", 3, 2, 40, 6, 1, false},
};
enum { TRIED = sizeof tried / sizeof tried[0] };

/* Lanes of one shape with different data, sequences and coefficients. */
struct side_by_side {
    struct arena arena;
    struct trial trials[LANES_USED];
    struct lane lanes[LANES_USED];
    const struct network_shape *shape;
    size_t steps;
};

static void set_up(struct side_by_side *side, size_t which) {
    *side = (struct side_by_side){.shape = &side->trials[0].shape, .steps = tried[which].steps};
    for (size_t k = 0; k < LANES_USED; k++) {
        side->trials[k] =
            sequence_trial(which * LANES_USED + k, sequences[k], &tried[which], &side->arena);
        side->lanes[k] = trial_lane(&side->trials[k]);
    }
}

static void expect_lane(size_t which, const struct bundle *bundle, size_t at,
                        const struct lane *lane, const float *sums, struct arena *arena) {
    struct recurrence_oracle o = recurrence_oracle_make(lane, &bundle->shape, arena);
    struct loss_values loss = recurrence_oracle_gradient(&o);
    size_t all = bundle->kernel->lanes;
    double terms[] = {loss.fit, loss.activity, loss.negativity, loss.sparsity};
    double off = distance(gradient_of_lane(bundle, at, arena), o.base.gradient, o.base.count);
    for (size_t k = 0; k < TERMS; k++) {
        double expected = k == 3 && !tried[which].sparse ? 0.0 : terms[k];
        off = fmax(off, fabs((double)sums[k * all + at] - expected) / (1.0 + expected));
    }
    if (!(off <= TOLERANCE)) {
        fail_msg("network %zu by %s, lane %zu, tiles of %zu rows: off by %.3g", which,
                 bundle->kernel->name, at, bundle->tile, off);
    }
}

/* The first `used` lanes, as many at once as the kernel takes, in tiles of some sequences. */
static void check_kernel(const struct kernel *kernel, size_t which, struct side_by_side *side,
                         size_t used, size_t tile) {
    for (size_t first = 0; first < used; first += kernel->lanes) {
        size_t left = used - first;
        size_t count = left < kernel->lanes ? left : kernel->lanes;
        float *sums;
        struct bundle bundle =
            gradients_of(kernel, side->shape, side->lanes + first, count,
                         (struct way){.tile = tile * side->steps}, &sums, &side->arena);
        for (size_t k = 0; k < count; k++) {
            expect_lane(which, &bundle, k, &side->lanes[first + k], sums, &side->arena);
        }
    }
}

/* All lanes; those that need no padding; and tiles of one sequence, as where activity is large. */
static void test_gradient_is_the_oracles(void **state) {
    (void)state;
    for (size_t which = 0; which < TRIED; which++) {
        struct side_by_side side;
        set_up(&side, which);
        for (size_t v = 0; v < KERNEL_NAMES; v++) {
            const struct kernel *kernel = kernel_named(kernel_names[v]);
            if (kernel != NULL) {
                check_kernel(kernel, which, &side, LANES_USED, 0);
                check_kernel(kernel, which, &side, LANES_USED, 1);
                check_kernel(kernel, which, &side, SHORT_LANES, 0);
            }
        }
        arena_free(&side.arena);
    }
}

/* That tiles are several, the last one shorter, and that few sequences are not padded, is what the
 * networks and lanes above are chosen for. */
static void test_tiles_are_of_all_kinds(void **state) {
    (void)state;
    bool shorter = false;
    bool several = false;
    bool one = false;
    for (size_t which = 0; which < TRIED; which++) {
        struct side_by_side side;
        float *sums;
        set_up(&side, which);
        struct bundle all = gradients_of(kernel_best(false), side.shape, side.lanes, LANES_USED,
                                         (struct way){0}, &sums, &side.arena);
        struct bundle few = gradients_of(kernel_best(false), side.shape, side.lanes, 3,
                                         (struct way){0}, &sums, &side.arena);
        assert_int_equal(all.tile % side.steps, 0);
        assert_int_equal(few.samples, 3 * side.steps);
        shorter = shorter || all.samples % all.tile != 0;
        several = several || all.samples / all.tile > 2;
        one = one || all.samples == all.tile;
        arena_free(&side.arena);
    }
    assert_true(shorter && several && one);
}

static void test_same_bits_in_all_company(void **state) {
    (void)state;
    static const size_t in_order[LANES_USED] = {0, 1, 2, 3, 4, 5, 6, 7};
    static const size_t reversed[LANES_USED] = {7, 6, 5, 4, 3, 2, 1, 0};
    static const size_t crowd[KERNEL_LANES] = {2, 2, 5, 2, 0, 2, 2, 7, 2, 5, 2, 1, 2, 2, 2, 6};
    const struct way way = {0};
    for (size_t which = 0; which < TRIED; which++) {
        struct side_by_side side;
        struct found alone[LANES_USED];
        set_up(&side, which);
        find_alone(kernel_named("portable"), side.shape, side.lanes, LANES_USED, alone,
                   &side.arena);
        for (size_t v = 0; v < LANES_NAMES; v++) {
            const struct kernel *kernel = kernel_named(kernel_names[v]);
            if (kernel != NULL) {
                expect_as_alone(kernel, side.shape, side.lanes, way, in_order, LANES_USED, alone,
                                &side.arena);
                expect_as_alone(kernel, side.shape, side.lanes, way, in_order, SHORT_LANES, alone,
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

static void test_wide_variants_give_the_same_bits(void **state) {
    (void)state;
    for (size_t which = 0; which < TRIED; which++) {
        struct side_by_side side;
        struct found expected[LANES_USED];
        set_up(&side, which);
        find_alone(kernel_named("wide_portable"), side.shape, side.lanes, LANES_USED, expected,
                   &side.arena);
        for (size_t v = 0; v < WIDE_NAMES; v++) {
            const struct kernel *kernel = kernel_named(kernel_names[LANES_NAMES + v]);
            struct found found[LANES_USED];
            if (kernel == NULL) {
                continue;
            }
            find_alone(kernel, side.shape, side.lanes, LANES_USED, found, &side.arena);
            for (size_t k = 0; k < LANES_USED; k++) {
                expect_found(side.shape, &found[k], &expected[k]);
            }
        }
        arena_free(&side.arena);
    }
}

/* A leaky unit: after an impulse its state is a power of the leak, which has no rounding at 1/2. */
static void test_leak(void **state) {
    (void)state;
    enum { STEPS = 7 };
    static const struct recurrent unit = {"linear_rnn", 1, STEPS, 1, 1, 1, false};
    SCOPED(arena_free) struct arena arena = {0};
    struct trial trial = sequence_trial(1, 1, &unit, &arena);
    struct lane lane = trial_lane(&trial);
    double *impulse = numbers_of(&arena, STEPS);
    float *sums;
    impulse[0] = 1.0;
    trial.data.inputs = impulse;
    for (size_t k = 0; k < 6; k++) {
        static const double weights[] = {1.0, 0.0, 0.5, 0.0, -2.0, 1.0}; /* Wi bi Wr br Wo bo */
        trial.initial[k] = weights[k];
    }
    for (size_t v = 0; v < KERNEL_NAMES; v++) {
        const struct kernel *kernel = kernel_named(kernel_names[v]);
        if (kernel == NULL) {
            continue;
        }
        struct bundle bundle =
            gradients_of(kernel, &trial.shape, &lane, 1, (struct way){0}, &sums, &arena);
        struct pass pass = bundle_pass(&bundle, 0);
        pass.negativity_power = 1;
        pass.activity_sum = pass.negativity_sum = sums;
        bundle.network->forward(&pass);
        for (size_t t = 0; t < STEPS; t++) {
            float expected = ldexpf(1.0f, -(int)t);
            assert_true(pass.latents[t * kernel->lanes] == expected);
            assert_true(pass.outputs[t * kernel->lanes] == 1.0f - 2.0f * expected);
        }
    }
}

/* Matrices are gain times orthonormal ones in the order of the tensors, biases 0. */
static void test_first_weights(void **state) {
    (void)state;
    const double gain = 2.5;
    for (size_t which = 0; which < TRIED; which++) {
        struct arena arena = {0};
        struct trial trial = sequence_trial(1, 1, &tried[which], &arena);
        struct random_stream streams[2];
        streams[0] = streams[1] = random_stream_of((struct job_hash){{3, 4}}, RANDOM_WEIGHTS);
        double *expected = numbers_of(&arena, trial.shape.parameter_count);
        const double *found = trial.initial;
        trial_set_real(&trial, "gain", gain);
        trial.job.network->initialise(trial.job.network_settings.bytes, &trial.shape, &streams[0],
                                      trial.initial);
        for (size_t t = 0; t < trial.shape.tensor_count; t++) {
            const struct tensor_shape *tensor = &trial.shape.tensors[t];
            size_t numbers = tensor->rows * tensor->columns;
            if (tensor->penalised) {
                orthogonal_draw(tensor->rows, tensor->columns, &streams[1], expected);
            }
            for (size_t k = 0; k < numbers; k++) {
                assert_true(found[k] == (tensor->penalised ? gain * expected[k] : 0.0));
            }
            found += numbers;
        }
        arena_free(&arena);
    }
}

static void expect_tensor(const struct tensor_shape *found, const struct tensor_shape *expected) {
    assert_string_equal(found->name, expected->name);
    assert_int_equal(found->rows, expected->rows);
    assert_int_equal(found->columns, expected->columns);
    assert_string_equal(found->row_dimension, expected->row_dimension);
    assert_int_equal(found->penalised, expected->penalised);
    if (expected->column_dimension == NULL) {
        assert_null(found->column_dimension);
    } else {
        assert_string_equal(found->column_dimension, expected->column_dimension);
    }
}

static void test_shape(void **state) {
    (void)state;
    static const struct tensor_shape expected[] = {
        {"Wi", 7, 3, "latent", "input", true},       {"bi", 7, 1, "latent", NULL, false},
        {"Wr", 7, 7, "latent", "from_latent", true}, {"br", 7, 1, "latent", NULL, false},
        {"Wo", 9, 7, "output", "latent", true},      {"bo", 9, 1, "output", NULL, false},
    };
    const struct network *relu = network_called("relu_rnn");
    struct job job = {0};
    *(int64_t *)setting_of(&job.network_settings, &relu->component, "hidden", PARAMETER_INTEGER) =
        7;
    const void *settings = job.network_settings.bytes;
    const struct dataset_size data = {.samples = 20, .steps = 5, .inputs = 3, .targets = 9};
    const struct dataset_size single = {.samples = 20, .inputs = 3, .targets = 9};
    struct error error = {0};
    struct network_shape shape;
    assert_int_equal(relu->shape(settings, &single, &shape, &error), STATUS_BAD_INPUT);
    assert_int_equal(relu->shape(settings, &data, &shape, &error), STATUS_OK);
    assert_int_equal(shape.tensor_count, 6);
    for (size_t t = 0; t < 6; t++) {
        expect_tensor(&shape.tensors[t], &expected[t]);
    }
    assert_int_equal(shape.inputs, 3);
    assert_int_equal(shape.latents, 7);
    assert_int_equal(shape.outputs, 9);
    assert_int_equal(shape.steps, 5);
    assert_int_equal(shape.parameter_count, 7 * 3 + 7 + 7 * 7 + 7 + 9 * 7 + 9);
    assert_int_equal(shape.widest, 9);
    assert_true(shape.rectified && !shape.one_hot && !shape.uses_statistics);
    assert_int_equal(network_called("linear_rnn")->shape(settings, &data, &shape, &error),
                     STATUS_OK);
    assert_false(shape.rectified);
}

int main(void) {
    kernel_prepare();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_gradient_is_the_oracles),
        cmocka_unit_test(test_tiles_are_of_all_kinds),
        cmocka_unit_test(test_same_bits_in_all_company),
        cmocka_unit_test(test_wide_variants_give_the_same_bits),
        cmocka_unit_test(test_leak),
        cmocka_unit_test(test_first_weights),
        cmocka_unit_test(test_shape),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
