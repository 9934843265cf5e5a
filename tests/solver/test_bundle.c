/* How lanes are laid out: the lane innermost, shorter ones padded with weight zero. */
#include "solver/loading.h"
#include "solver/trial.h"

enum { SOURCES = 2, HIDDEN_UNITS = 3, LANES_USED = 3 };
static const size_t samples[LANES_USED] = {4, 9, 13};

struct side_by_side {
    struct arena arena;
    struct trial trials[LANES_USED];
    struct lane lanes[LANES_USED];
    struct bundle bundle;
};

static void set_up(struct side_by_side *side, const struct kernel *kernel, size_t count,
                   size_t sources, size_t hidden) {
    struct error error = {0};
    *side = (struct side_by_side){0};
    for (size_t k = 0; k < LANES_USED; k++) {
        side->trials[k] = trial_random(k, samples[k], sources, hidden, &side->arena);
        trial_penalise_each(&side->trials[k], 0.5, 0.25 * (double)k, &side->arena);
        side->lanes[k] = trial_lane(&side->trials[k]);
    }
    assert_ok(&error, bundle_make(kernel, &side->trials[0].shape, side->lanes, count, &side->arena,
                                  &side->bundle, &error));
    load_samples(&side->bundle, 0);
}

/* The numbers of a lane in [..][L], of which there are `count`, and zeros from there to `padded`.
 */
static void expect_column(const struct bundle *bundle, const float *array, size_t lane,
                          const double *expected, size_t count, size_t padded) {
    for (size_t k = 0; k < padded; k++) {
        float number = k < count ? (float)expected[k] : 0.0f;
        assert_true(array[k * bundle->kernel->lanes + lane] == number);
    }
}

/* The rows of a lane's table, of which there are `rows`; padding repeats the first. */
static void expect_rows(const struct bundle *bundle, const float *array, size_t lane,
                        const double *expected, size_t rows, size_t width) {
    for (size_t k = 0; k < bundle->samples * width; k++) {
        double number = expected[k < rows * width ? k : k % width];
        assert_true(array[k * bundle->kernel->lanes + lane] == (float)number);
    }
}

static void test_lanes_are_innermost_and_padded(void **state) {
    (void)state;
    struct side_by_side side;
    const struct bundle *bundle = &side.bundle;
    set_up(&side, kernel_best(false), LANES_USED, SOURCES, HIDDEN_UNITS);
    assert_int_equal(bundle->count, LANES_USED);
    assert_int_equal(bundle->samples, 16); /* 13, rounded up to the quantum */
    assert_ptr_equal(bundle->targets, bundle->inputs);
    for (size_t k = 0; k < LANES_USED; k++) {
        const struct dataset *data = &side.trials[k].data;
        expect_rows(bundle, bundle->inputs, k, data->inputs, samples[k], SOURCES);
        expect_column(bundle, bundle->sample_weights, k, data->weights, samples[k],
                      bundle->samples);
        expect_column(bundle, bundle->weights, k, side.trials[k].initial,
                      bundle->shape.parameter_count, bundle->shape.parameter_count);
    }
    for (size_t k = LANES_USED; k < bundle->kernel->lanes; k++) {
        expect_column(bundle, bundle->sample_weights, k, NULL, 0, bundle->samples);
        expect_column(bundle, bundle->weights, k, NULL, 0, bundle->shape.parameter_count);
    }
    arena_free(&side.arena);
}

static void test_tensors_follow_one_another(void **state) {
    (void)state;
    struct side_by_side side;
    const struct bundle *bundle = &side.bundle;
    float column[SOURCES * HIDDEN_UNITS];
    set_up(&side, kernel_best(false), LANES_USED, SOURCES, HIDDEN_UNITS);
    size_t offset = 0;
    for (size_t t = 0; t < bundle->shape.tensor_count; t++) {
        const struct tensor_shape *tensor = &bundle->shape.tensors[t];
        size_t numbers = tensor->rows * tensor->columns;
        assert_ptr_equal(bundle->tensors[t], bundle->weights + offset * KERNEL_LANES);
        assert_ptr_equal(bundle->gradients[t], bundle->gradient + offset * KERNEL_LANES);
        bundle_extract(bundle, bundle->tensors[t], numbers, 1, column);
        for (size_t k = 0; k < numbers; k++) {
            assert_true(column[k] == (float)side.trials[1].initial[offset + k]);
        }
        offset += numbers;
    }
    assert_int_equal(offset, bundle->shape.parameter_count);
    arena_free(&side.arena);
}

/* Biases are never penalised; matrices each with their own coefficient. */
static void test_penalties_go_to_their_matrices(void **state) {
    (void)state;
    struct side_by_side side;
    set_up(&side, kernel_best(false), LANES_USED, SOURCES, HIDDEN_UNITS);
    for (size_t k = 0; k < LANES_USED; k++) {
        const double expected[] = {0.5, 0.0, 0.25 * (double)k, 0.0};
        expect_column(&side.bundle, side.bundle.penalties, k, expected, 4, 4);
    }
    arena_free(&side.arena);
}

/* The mean of a weighted data set, and its covariance, by their definitions. */
static void test_statistics_are_those_of_the_data(void **state) {
    (void)state;
    struct side_by_side side;
    set_up(&side, kernel_best(false), LANES_USED, SOURCES, HIDDEN_UNITS);
    for (size_t k = 0; k < LANES_USED; k++) {
        const struct dataset *data = &side.trials[k].data;
        double mean[SOURCES] = {0};
        double product = 0.0;
        for (size_t n = 0; n < samples[k]; n++) {
            mean[0] += data->weights[n] * data->inputs[n * SOURCES];
            mean[1] += data->weights[n] * data->inputs[n * SOURCES + 1];
            product += data->weights[n] * data->inputs[n * SOURCES] * data->inputs[n * SOURCES + 1];
        }
        const float *covariance = side.bundle.covariance;
        expect_column(&side.bundle, side.bundle.mean, k, mean, SOURCES, SOURCES);
        double expected = product - mean[0] * mean[1];
        assert_near((double)covariance[KERNEL_LANES + k], expected, 1e-7);
        assert_true(covariance[KERNEL_LANES + k] == covariance[(size_t)2 * KERNEL_LANES + k]);
        assert_true(covariance[k] > 0.0f && covariance[(size_t)3 * KERNEL_LANES + k] > 0.0f);
    }
    arena_free(&side.arena);
    set_up(&side, kernel_best(false), LANES_USED, KERNEL_STATISTICS_INPUTS_MAX + 1, HIDDEN_UNITS);
    assert_null(bundle_pass(&side.bundle, 0).statistics.mean);
    arena_free(&side.arena);
}

static void test_passes_cover_all_samples_once(void **state) {
    (void)state;
    struct side_by_side side;
    size_t first = 0;
    size_t passes = 0;
    set_up(&side, kernel_best(false), LANES_USED, SOURCES, HIDDEN_UNITS);
    side.bundle.tile = KERNEL_ROW_QUANTUM;
    for (; first < side.bundle.samples; passes++) {
        struct pass pass = bundle_pass(&side.bundle, first);
        assert_int_equal(pass.rows % KERNEL_ROW_QUANTUM, 0);
        assert_int_equal(pass.first, first == 0);
        assert_ptr_equal(pass.inputs, side.bundle.inputs + first * SOURCES * KERNEL_LANES);
        assert_ptr_equal(pass.sample_weights, side.bundle.sample_weights + first * KERNEL_LANES);
        first += pass.rows;
        assert_int_equal(pass.last, first == side.bundle.samples);
    }
    assert_int_equal(first, side.bundle.samples);
    assert_int_equal(passes, 2);
    arena_free(&side.arena);
}

static void test_targets_of_their_own_are_laid_out(void **state) {
    (void)state;
    struct side_by_side side;
    struct error error = {0};
    set_up(&side, kernel_named("wide_portable"), 1, SOURCES, HIDDEN_UNITS);
    double *targets = numbers_of(&side.arena, samples[0] * SOURCES);
    for (size_t k = 0; k < samples[0] * SOURCES; k++) {
        targets[k] = (double)k;
    }
    side.trials[0].data.targets = targets;
    assert_ok(&error, bundle_make(kernel_named("wide_portable"), &side.trials[0].shape, side.lanes,
                                  1, &side.arena, &side.bundle, &error));
    load_samples(&side.bundle, 0);
    assert_ptr_not_equal(side.bundle.targets, side.bundle.inputs);
    expect_rows(&side.bundle, side.bundle.targets, 0, targets, samples[0], SOURCES);
    arena_free(&side.arena);
}

/* By the job's own shape alone: the paper's autoencoder is small, one of a thousand units is not.
 */
static void test_only_large_networks_are_wide(void **state) {
    (void)state;
    SCOPED(arena_free) struct arena arena = {0};
    struct trial small = trial_make(8, 2, 16, &arena);
    struct trial large = trial_make(8, 64, 1024, &arena);
    assert_false(network_is_wide(&small.shape, 1));
    assert_true(network_is_wide(&large.shape, 1));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_lanes_are_innermost_and_padded),
        cmocka_unit_test(test_tensors_follow_one_another),
        cmocka_unit_test(test_penalties_go_to_their_matrices),
        cmocka_unit_test(test_statistics_are_those_of_the_data),
        cmocka_unit_test(test_passes_cover_all_samples_once),
        cmocka_unit_test(test_targets_of_their_own_are_laid_out),
        cmocka_unit_test(test_only_large_networks_are_wide),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
