/*
 * Predicted memory against the arrays that a bundle, its batches and its evaluation have; how it
 * grows; and which networks are wide.
 */
#include "network/sequences.h"
#include "solver/evaluate.h"
#include "solver/memory.h"
#include "solver/training.h"

static const double CLOSE = 1.25; /* factor by which predicted memory may be off */

static struct memory memory_of_trial(const struct trial *trial) {
    return memory_of(&trial->shape, &trial->job, &trial->data.size, KERNEL_LANES);
}

/* Of one lane's data, of the double-precision weights it starts with, and of what evaluation and
 * scores make of them. */
static double lane_bytes(const struct trial *trial) {
    const struct dataset_size *size = &trial->data.size;
    size_t drawn = size->sources + size->inputs + 1 + (size->own_targets ? size->targets : 0);
    size_t evaluated = trial->shape.latents + trial->shape.outputs;
    size_t weights = trial->shape.parameter_count;
    return (double)(size->samples * (drawn + evaluated) * sizeof(double) +
                    weights * (2 * sizeof(double) + sizeof(float)));
}

/* Of everything that training has for all lanes together. */
static double training_bytes(const struct training *training) {
    const struct bundle *b = &training->bundle;
    size_t row = b->shape.inputs + b->shape.outputs + 3 + (b->sparsity_slopes != NULL);
    size_t computed = b->shape.latents + b->shape.outputs + b->shape.scratch_per_row;
    size_t numbers = b->samples * row + b->tile * computed + 5 * b->shape.parameter_count;
    double bytes = (double)(numbers * b->kernel->lanes * sizeof(float));
    for (size_t lane = 0; lane < b->count && b->batched; lane++) {
        size_t samples = b->lanes[lane].data->size.samples;
        bytes += (double)(samples * (b->shape.inputs + b->shape.outputs) * sizeof(float));
    }
    return bytes;
}

/* A full bundle of jobs of one shape. */
static void expect_foretold(const struct recurrent *recurrent, size_t sequences, size_t batch) {
    SCOPED(arena_free) struct arena arena = {0};
    struct error error = {0};
    struct trial trials[KERNEL_LANES];
    struct lane lanes[KERNEL_LANES];
    struct training training;
    double taken = 0.0;
    size_t full = 1;
    for (size_t k = 0; k < full; k++) {
        trials[k] = sequence_trial(k + 1, sequences, recurrent, &arena);
        trials[k].job.train.batch = (int64_t)batch;
        lanes[k] = trial_lane(&trials[k]);
        taken += lane_bytes(&trials[k]);
        full = bundle_kernel(&trials[0].shape, &lanes[0])->lanes;
    }
    assert_ok(&error, training_make(bundle_kernel(&trials[0].shape, &lanes[0]), &trials[0].shape,
                                    lanes, full, &arena, &training, &error));
    taken += training_bytes(&training);
    const struct dataset_size *size = &trials[0].data.size;
    taken += (double)(size->samples * (size->sources + trials[0].shape.latents) * sizeof(double));
    struct memory memory = memory_of_trial(&trials[0]);
    double foretold = memory_total(&memory);
    if (!(foretold < CLOSE * taken && taken < CLOSE * foretold)) {
        fail_msg("%s of %lld units, %zu sequences, batch %zu: %.0f bytes foretold, %.0f taken",
                 recurrent->network, (long long)recurrent->hidden, sequences, batch, foretold,
                 taken);
    }
}

/* Of whatever is most: weights, samples, or rows, side by side and wide. */
static void test_bundles_take_what_is_foretold(void **state) {
    (void)state;
    static const struct recurrent small = {"linear_rnn", 4, 6, 2, 2, 1, true};
    static const struct recurrent large = {"relu_rnn", 64, 3, 2, 1, 1, false};
    static const struct recurrent heavy = {"linear_rnn", 300, 2, 2, 1, 1, false};
    static const struct recurrent broad = {"relu_rnn", 3, 4, 60, 50, 1, false};
    static const size_t counts[] = {1, 7, 40, 600};
    static const size_t batches[] = {0, 1, 7};
    for (size_t c = 0; c < sizeof counts / sizeof counts[0]; c++) {
        for (size_t b = 0; b < sizeof batches / sizeof batches[0]; b++) {
            if (batches[b] <= counts[c]) {
                expect_foretold(&large, counts[c], batches[b]);
                expect_foretold(&heavy, counts[c], batches[b]);
                expect_foretold(&broad, counts[c], batches[b]);
            }
        }
    }
    expect_foretold(&small, 600, 0);
    expect_foretold(&small, 600, 5);
    expect_foretold(&small, 5000, 64);
}

/* Of the shape and sizes alone: no numbers are needed for it. */
static struct memory memory_for(int64_t hidden, size_t steps, size_t sequences, size_t batch) {
    SCOPED(arena_free) struct arena arena = {0};
    const struct recurrent recurrent = {"linear_rnn", hidden, steps, 2, 3, 1, false};
    struct trial trial = sequence_trial(1, 1, &recurrent, &arena);
    trial.data.size.samples = sequences * steps;
    trial.job.train.batch = (int64_t)batch;
    struct memory memory = memory_of_trial(&trial);
    return memory;
}

static bool is_near(double a, double b) {
    return fabs(a - b) <= 1e-9 * fabs(b);
}

/* Samples are kept for all of a data set; rows are those of a batch where there is one. */
static void test_growth_with_the_data(void **state) {
    (void)state;
    enum { HIDDEN_UNITS = 8, T = 10, COUNT = 1000, MORE = 4 * COUNT, BATCH = 50 };
    struct memory one = memory_for(HIDDEN_UNITS, T, COUNT, 0);
    struct memory more = memory_for(HIDDEN_UNITS, T, MORE, 0);
    struct memory batch = memory_for(HIDDEN_UNITS, T, COUNT, BATCH);
    struct memory more_batch = memory_for(HIDDEN_UNITS, T, MORE, BATCH);
    assert_true(is_near(more.samples, 4.0 * one.samples));
    assert_true(more.rows > 3.0 * one.rows && more.rows < 4.0 * one.rows);
    assert_true(more.weights == one.weights && batch.weights == one.weights);
    assert_true(more_batch.rows == batch.rows && batch.rows < one.rows / 5.0);
    assert_true(is_near(more_batch.samples, 4.0 * batch.samples));
    assert_true(batch.samples > one.samples); /* with a copy to draw from */
    assert_true(memory_total(&one) == one.weights + one.samples + one.rows);
}

/* Sequences of twice as many steps are twice as many samples, and rows of a pass. */
static void test_growth_with_steps_and_units(void **state) {
    (void)state;
    struct memory one = memory_for(8, 10, 50, 0);
    struct memory longer = memory_for(8, 20, 50, 0);
    struct memory larger = memory_for(16, 10, 50, 0);
    assert_true(is_near(longer.samples, 2.0 * one.samples));
    assert_true(is_near(longer.rows, 2.0 * one.rows));
    assert_true(longer.weights == one.weights);
    assert_true(is_near(larger.weights / one.weights,
                        (16.0 * (2 + 16 + 3 + 2) + 3) / (8.0 * (2 + 8 + 3 + 2) + 3)));
    assert_true(larger.samples > one.samples);
    /* One network at a time instead of sixteen of almost its size. */
    struct memory lanes = memory_for(31, 10, 100, 0);
    struct memory wide = memory_for(32, 10, 100, 0);
    assert_true(wide.weights < lanes.weights / 8.0 && wide.samples < lanes.samples / 4.0);
}

static bool is_wide(int64_t hidden, size_t steps, size_t sequences) {
    SCOPED(arena_free) struct arena arena = {0};
    const struct recurrent recurrent = {"relu_rnn", hidden, steps, 2, 3, 1, false};
    struct trial trial = sequence_trial(1, 1, &recurrent, &arena);
    bool wide = network_is_wide(&trial.shape, sequences * steps);
    return wide;
}

/* By units and sequences of a step, however long these are; or by weights alone. */
static void test_which_networks_are_wide(void **state) {
    (void)state;
    static const size_t steps[] = {1, 2, 200};
    for (size_t k = 0; k < sizeof steps / sizeof steps[0]; k++) {
        assert_true(is_wide(32, steps[k], 64));
        assert_false(is_wide(32, steps[k], 63));
        assert_false(is_wide(31, steps[k], 10000));
        assert_true(is_wide(64, steps[k], 32));
        assert_false(is_wide(64, steps[k], 31));
        assert_true(is_wide(400, steps[k], 1)); /* more than 131 072 weights */
        assert_false(is_wide(300, steps[k], 1));
    }
}

/* Sequences of a batch count, not those of the data; a job's neighbours do not matter. */
static void test_kernels_are_chosen_by_the_job_itself(void **state) {
    (void)state;
    static const size_t cases[][3] = {{63, 0, KERNEL_LANES}, /* sequences, batch, lanes */
                                      {64, 0, 1},
                                      {1000, 63, KERNEL_LANES},
                                      {1000, 64, 1}};
    static const struct recurrent recurrent = {"linear_rnn", 32, 3, 2, 1, 1, false};
    SCOPED(arena_free) struct arena arena = {0};
    for (size_t c = 0; c < sizeof cases / sizeof cases[0]; c++) {
        struct trial trial = sequence_trial(c, cases[c][0], &recurrent, &arena);
        struct lane lane = trial_lane(&trial);
        trial.job.train.batch = (int64_t)cases[c][1];
        assert_int_equal(network_step_samples(&trial.job, &trial.shape, &trial.data.size),
                         3 * (cases[c][1] > 0 ? cases[c][1] : cases[c][0]));
        assert_int_equal(bundle_kernel(&trial.shape, &lane)->lanes, cases[c][2]);
    }
}

/* As many as lie in the cache, of whole quanta; but one where the states of a pass were too many.
 */
static void test_sequences_of_a_tile(void **state) {
    (void)state;
    static const size_t lanes_tiles[][2] = {{1, 64},  {3, 64}, {16, 16},
                                            {17, 16}, {33, 8}, {999, 8}};
    SCOPED(arena_free) struct arena arena = {0};
    for (size_t k = 0; k < sizeof lanes_tiles / sizeof lanes_tiles[0]; k++) {
        const struct recurrent recurrent = {"linear_rnn", (int64_t)lanes_tiles[k][0], 2, 1, 1, 1,
                                            false};
        struct trial trial = sequence_trial(1, 1, &recurrent, &arena);
        assert_int_equal(bundle_tile(&trial.shape, KERNEL_LANES), lanes_tiles[k][1]);
        trial.shape.steps = (size_t)1 << 20;
        assert_int_equal(bundle_tile(&trial.shape, KERNEL_LANES), 1);
        assert_int_equal(bundle_tile(&trial.shape, 1), 1);
    }
}

int main(void) {
    kernel_prepare();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_bundles_take_what_is_foretold),
        cmocka_unit_test(test_growth_with_the_data),
        cmocka_unit_test(test_growth_with_steps_and_units),
        cmocka_unit_test(test_which_networks_are_wide),
        cmocka_unit_test(test_kernels_are_chosen_by_the_job_itself),
        cmocka_unit_test(test_sequences_of_a_tile),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
