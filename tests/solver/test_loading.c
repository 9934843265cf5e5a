/* Rows of samples: which sample lies where, and what padding holds. */
#include "network/stacks.h"
#include "solver/loading.h"

enum { LANES_USED = 3, BATCH = 6, PIXELS = 12 };

static const struct stack supervised = {"feedforward", {9}, 1, 0, true, 3, 2, false, 2, true};
static const struct stack autoencoder = {
    "mlp_autoencoder", {7}, 1, 4, false, 3, 0, false, 1, false};
static const struct stack one_hot = {"feedforward", {9}, 1, 0, true, PIXELS, 2, true, 1, true};

struct side_by_side {
    struct arena arena;
    struct trial trials[LANES_USED];
    struct lane lanes[LANES_USED];
    struct bundle bundle;
};

static void set_up(struct side_by_side *side, const struct stack *stack, const size_t *samples,
                   int64_t batch) {
    struct error error = {0};
    *side = (struct side_by_side){0};
    for (size_t k = 0; k < LANES_USED; k++) {
        side->trials[k] = stack_trial(k, samples[k], stack, &side->arena);
        side->trials[k].job.train.batch = batch;
        side->lanes[k] = trial_lane(&side->trials[k]);
    }
    assert_ok(&error, bundle_make(kernel_best(false), &side->trials[0].shape, side->lanes,
                                  LANES_USED, &side->arena, &side->bundle, &error));
    load_samples(&side->bundle, 0);
}

/* A lane's row holds sample n, and counts `weight`. */
static void expect_row(const struct side_by_side *side, size_t lane, size_t row, size_t n,
                       double weight) {
    const struct bundle *bundle = &side->bundle;
    const struct dataset *data = &side->trials[lane].data;
    const struct loss_settings *loss = &side->trials[lane].job.loss;
    size_t at = row * KERNEL_LANES + lane;
    for (size_t k = 0; k < data->size.inputs && data->hot == NULL; k++) {
        assert_true(bundle->inputs[(row * data->size.inputs + k) * KERNEL_LANES + lane] ==
                    (float)data->inputs[n * data->size.inputs + k]);
    }
    for (size_t k = 0; k < data->size.targets; k++) {
        assert_true(bundle->targets[(row * data->size.targets + k) * KERNEL_LANES + lane] ==
                    (float)data->targets[n * data->size.targets + k]);
    }
    assert_true(bundle->sample_weights[at] == (float)weight);
    assert_true(bundle->activity_slopes[at] == (float)(2.0 * loss->activity * weight));
    assert_true(bundle->negativity_slopes[at] ==
                (float)((double)loss->negativity_power * loss->negativity * weight));
    assert_int_equal(bundle->sparsity_slopes != NULL, loss->sparsity > 0.0);
    assert_true(bundle->sparsity_slopes == NULL ||
                bundle->sparsity_slopes[at] == (float)(loss->sparsity * weight));
}

/* Samples first, first + 1, … and then that at `first` again, or the first one where that is
 * beyond the end, of weight 0. */
static void expect_chunk(const struct side_by_side *side, size_t lane, size_t first) {
    const struct dataset *data = &side->trials[lane].data;
    for (size_t row = 0; row < side->bundle.samples; row++) {
        size_t n = first + row;
        size_t padding = first < data->size.samples ? first : 0;
        bool there = n < data->size.samples;
        expect_row(side, lane, row, there ? n : padding, there ? data->weights[n] : 0.0);
        assert_true(!there || load_row(&side->bundle, lane, first, n) == row);
        assert_true(data->hot == NULL ||
                    side->bundle.hot[row * KERNEL_LANES + lane] == data->hot[there ? n : padding]);
    }
}

static void expect_chunks(const struct stack *stack, const size_t *samples, int64_t batch,
                          size_t chunks) {
    struct side_by_side side;
    set_up(&side, stack, samples, batch);
    assert_false(side.bundle.by_input);
    assert_int_equal(bundle_longest(&side.bundle), samples[LANES_USED - 1]);
    size_t first = 0;
    for (size_t chunk = 0; chunk < chunks; chunk++, first += side.bundle.samples) {
        load_samples(&side.bundle, first);
        for (size_t lane = 0; lane < LANES_USED; lane++) {
            expect_chunk(&side, lane, first);
        }
    }
    assert_true(first >= samples[LANES_USED - 1]);
    arena_free(&side.arena);
}

static void test_dense_samples_follow_one_another(void **state) {
    (void)state;
    static const size_t samples[LANES_USED] = {3, 9, 21};
    expect_chunks(&supervised, samples, 0, 1);
    expect_chunks(&autoencoder, samples, 0, 1);
}

/* Rows of a batch take all samples in turn; lanes with fewer samples are padded throughout. */
static void test_chunks_go_on_from_the_first(void **state) {
    (void)state;
    static const size_t samples[LANES_USED] = {3, 9, 21};
    static const size_t hot_samples[LANES_USED] = {3, 8, PIXELS};
    expect_chunks(&supervised, samples, BATCH, 3);
    expect_chunks(&autoencoder, samples, BATCH, 3);
    expect_chunks(&one_hot, hot_samples, BATCH, 2);
}

/* Inputs that come several times leave no row to each. */
static void test_repeated_inputs_follow_one_another(void **state) {
    (void)state;
    static const size_t samples[LANES_USED] = {5, PIXELS, PIXELS + 7};
    expect_chunks(&one_hot, samples, 0, 1);
}

/* Each in the row of its input; absent inputs are there with weight 0, and every lane agrees. */
static void test_one_hot_samples_lie_by_input(void **state) {
    (void)state;
    static const size_t samples[LANES_USED] = {5, PIXELS, 1};
    struct side_by_side side;
    set_up(&side, &one_hot, samples, 0);
    assert_true(side.bundle.by_input);
    assert_true(side.bundle.samples >= PIXELS);
    for (size_t lane = 0; lane < LANES_USED; lane++) {
        const struct dataset *data = &side.trials[lane].data;
        size_t n = 0;
        double total = 0.0;
        for (size_t row = 0; row < side.bundle.samples; row++) {
            bool there = n < data->size.samples && data->hot[n] == row;
            expect_row(&side, lane, row, there ? n : 0, there ? data->weights[n] : 0.0);
            assert_true(!there || load_row(&side.bundle, lane, 0, n) == row);
            total += (double)side.bundle.sample_weights[row * KERNEL_LANES + lane];
            n += there;
        }
        assert_int_equal(n, data->size.samples);
        assert_near(total, 1.0, 1e-6);
    }
    for (size_t at = 0; at < (size_t)PIXELS * KERNEL_LANES; at++) {
        assert_int_equal(side.bundle.hot[at], at / KERNEL_LANES); /* lanes not in use as well */
    }
    for (size_t at = 0; at < side.bundle.samples * KERNEL_LANES; at++) {
        assert_true(side.bundle.hot[at] < PIXELS);
    }
    arena_free(&side.arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_dense_samples_follow_one_another),
        cmocka_unit_test(test_chunks_go_on_from_the_first),
        cmocka_unit_test(test_repeated_inputs_follow_one_another),
        cmocka_unit_test(test_one_hot_samples_lie_by_input),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
