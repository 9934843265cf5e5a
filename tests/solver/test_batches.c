/* Which samples a batch has, how much they count, and what training with them gives. */
#include "solver/drawing.h"

/* Counts of one lane's samples within the epoch at hand. */
struct epoch {
    size_t samples, visited;
    unsigned char seen[64];
};

static void visit(struct epoch *epoch, size_t sample) {
    assert_true(sample < epoch->samples);
    assert_int_equal(epoch->seen[sample], 0);
    epoch->seen[sample] = 1;
    if (++epoch->visited == epoch->samples) {
        *epoch = (struct epoch){.samples = epoch->samples};
    }
}

/* Batches that divide epochs, span two of them, are one, and span several. */
static void test_epochs_visit_every_sample_once(void **state) {
    (void)state;
    static const size_t batches[] = {1, 3, 4, 8, 13, 20, 31};
    for (size_t b = 0; b < sizeof batches / sizeof batches[0]; b++) {
        struct drawing drawing;
        struct epoch epochs[LANES_USED] = {0};
        set_up(&drawing, kernel_best(false), &autoencoder, batches[b], in_order, LANES_USED);
        for (size_t k = 0; k < LANES_USED; k++) {
            epochs[k].samples = sizes[k];
        }
        for (size_t left = 0; left < EPOCHS * sizes[LANES_USED - 1]; left += batches[b]) {
            batches_draw(&drawing.batches, &drawing.bundle);
            for (size_t k = 0; k < LANES_USED; k++) {
                for (size_t row = 0; row < batches[b]; row++) {
                    visit(&epochs[k], drawn(&drawing, row, k));
                }
            }
        }
        arena_free(&drawing.arena);
    }
}

static void test_epochs_differ(void **state) {
    (void)state;
    const size_t longest = LANES_USED - 1;
    struct drawing drawing;
    uint32_t first[64];
    set_up(&drawing, kernel_best(false), &autoencoder, sizes[longest], &longest, 1);
    batches_draw(&drawing.batches, &drawing.bundle);
    memcpy(first, drawing.batches.drawn, sizes[longest] * sizeof *first);
    batches_draw(&drawing.batches, &drawing.bundle);
    assert_memory_not_equal(first, drawing.batches.drawn, sizes[longest] * sizeof *first);
    arena_free(&drawing.arena);
}

static void expect_table(const struct drawing *drawing, const float *array, size_t row, size_t lane,
                         const double *numbers, size_t width) {
    size_t lanes = drawing->bundle.kernel->lanes;
    for (size_t k = 0; k < width; k++) {
        assert_true(array[(row * width + k) * lanes + lane] == (float)numbers[k]);
    }
}

/* A row holds the sample drawn, which counts w N / B; rows behind the batch count nothing. */
static void expect_row(const struct drawing *drawing, size_t row, size_t lane) {
    const struct bundle *bundle = &drawing->bundle;
    const struct dataset *data = &drawing->trials[lane].data;
    const struct loss_settings *loss = &drawing->trials[lane].job.loss;
    size_t at = row * bundle->kernel->lanes + lane;
    double weight = 0.0;
    if (row < drawing->batches.size) {
        size_t n = drawn(drawing, row, lane);
        weight = data->weights[n] * (double)data->size.samples / (double)drawing->batches.size;
        if (data->hot != NULL) {
            assert_int_equal(bundle->hot[at], data->hot[n]);
        } else {
            expect_table(drawing, bundle->inputs, row, lane, data->inputs + n * data->size.inputs,
                         data->size.inputs);
        }
        expect_table(drawing, bundle->targets, row, lane, data->targets + n * data->size.targets,
                     data->size.targets);
    }
    assert_near((double)bundle->sample_weights[at], weight, 1e-7 * weight);
    assert_near((double)bundle->activity_slopes[at], 2.0 * loss->activity * weight, 1e-7 * weight);
    assert_near((double)bundle->negativity_slopes[at],
                (double)loss->negativity_power * loss->negativity * weight, 2e-7 * weight);
    if (loss->sparsity > 0.0) {
        assert_near((double)bundle->sparsity_slopes[at], loss->sparsity * weight, 2e-7 * weight);
    }
}

static void expect_rows(const struct kernel *kernel, const struct stack *stack, size_t batch,
                        bool equal_weights) {
    struct drawing drawing;
    struct error error = {0};
    set_up(&drawing, kernel, stack, batch, in_order + 2, kernel->lanes == 1 ? 1 : 3);
    for (size_t k = 0; k < drawing.bundle.count && equal_weights; k++) {
        double *weights = numbers_of(&drawing.arena, drawing.trials[k].data.size.samples);
        for (size_t n = 0; n < drawing.trials[k].data.size.samples; n++) {
            weights[n] = 1.0 / (double)drawing.trials[k].data.size.samples;
        }
        drawing.trials[k].data.weights = weights;
    }
    assert_ok(&error, batches_make(&drawing.bundle, &drawing.arena, &drawing.batches, &error));
    assert_int_equal(drawing.bundle.samples % KERNEL_ROW_QUANTUM, 0);
    assert_true(drawing.bundle.samples < batch + KERNEL_ROW_QUANTUM);
    for (size_t times = 0; times < EPOCHS; times++) {
        batches_draw(&drawing.batches, &drawing.bundle);
        for (size_t lane = 0; lane < drawing.bundle.count; lane++) {
            for (size_t row = 0; row < drawing.bundle.samples; row++) {
                expect_row(&drawing, row, lane);
            }
        }
    }
    arena_free(&drawing.arena);
}

static void test_rows_hold_what_was_drawn(void **state) {
    (void)state;
    for (size_t s = 0; s < STACKS; s++) {
        for (size_t batch = 3; batch <= 13; batch += 5) {
            for (int equal = 0; equal <= 1; equal++) {
                expect_rows(kernel_best(false), stacks[s], batch, equal == 1);
                expect_rows(kernel_named("wide_portable"), stacks[s], batch, equal == 1);
            }
        }
    }
}

/* Lanes that are not in use have the inputs of the first, so that those may agree. */
static void test_unused_lanes_have_inputs_of_the_first(void **state) {
    (void)state;
    struct drawing drawing;
    set_up(&drawing, kernel_best(false), &one_hot, 5, in_order + 2, 2);
    batches_draw(&drawing.batches, &drawing.bundle);
    for (size_t row = 0; row < drawing.bundle.samples; row++) {
        const uint32_t *hot = drawing.bundle.hot + row * KERNEL_LANES;
        for (size_t lane = 2; lane < KERNEL_LANES; lane++) {
            assert_int_equal(hot[lane], hot[0]);
        }
    }
    arena_free(&drawing.arena);
}

/* Lane `lane` of one drawing has the bits of lane `other` of another. */
static void expect_same_lane(const struct drawing *a, size_t lane, const struct drawing *b,
                             size_t other) {
    size_t inputs = a->bundle.shape.inputs;
    for (size_t row = 0; row < a->batches.size; row++) {
        size_t at = row * KERNEL_LANES;
        assert_int_equal(drawn(a, row, lane), drawn(b, row, other));
        assert_true(a->bundle.sample_weights[at + lane] == b->bundle.sample_weights[at + other]);
        if (a->bundle.hot != NULL) {
            assert_int_equal(a->bundle.hot[at + lane], b->bundle.hot[at + other]);
        }
        for (size_t k = 0; k < inputs && a->bundle.hot == NULL; k++) {
            assert_true(a->bundle.inputs[at * inputs + k * KERNEL_LANES + lane] ==
                        b->bundle.inputs[at * inputs + k * KERNEL_LANES + other]);
        }
    }
}

/* Data sets of other sizes beside it, in whatever place. */
static void test_lanes_draw_as_alone(void **state) {
    (void)state;
    enum { BATCH = 6, TIMES = 12 };
    static const size_t crowd[] = {5, 3, 0, 4, 3, 1, 1, 2, 5, 0, 0, 3, 2, 1, 4, 5};
    for (size_t s = 0; s < STACKS; s++) {
        struct drawing together;
        struct drawing alone[LANES_USED];
        set_up(&together, kernel_best(false), stacks[s], BATCH, crowd, KERNEL_LANES);
        for (size_t k = 0; k < LANES_USED; k++) {
            set_up(&alone[k], kernel_best(false), stacks[s], BATCH, &in_order[k], 1);
        }
        for (size_t times = 0; times < TIMES; times++) {
            batches_draw(&together.batches, &together.bundle);
            for (size_t k = 0; k < LANES_USED; k++) {
                batches_draw(&alone[k].batches, &alone[k].bundle);
            }
            for (size_t lane = 0; lane < KERNEL_LANES; lane++) {
                expect_same_lane(&together, lane, &alone[crowd[lane]], 0);
            }
        }
        for (size_t k = 0; k < LANES_USED; k++) {
            arena_free(&alone[k].arena);
        }
        arena_free(&together.arena);
    }
}

/* The first batch of a job of some hash, of N = `samples`, all of them in the order drawn. */
static void order_of(struct job_hash hash, size_t samples, uint32_t *order) {
    SCOPED(arena_free) struct arena arena = {0};
    struct error error = {0};
    struct bundle bundle;
    struct batches batches;
    struct trial trial = trial_make(samples, 1, 1, &arena);
    struct lane lane = trial_lane(&trial);
    trial.job.hash = hash;
    trial.job.train.batch = (int64_t)samples;
    assert_ok(&error,
              bundle_make(kernel_best(false), &trial.shape, &lane, 1, &arena, &bundle, &error));
    assert_ok(&error, batches_make(&bundle, &arena, &batches, &error));
    batches_draw(&batches, &bundle);
    memcpy(order, batches.drawn, samples * sizeof *order);
}

static void test_jobs_have_orders_of_their_own(void **state) {
    (void)state;
    enum { SAMPLES = 40 };
    static const struct job_hash hashes[] = {
        {{1, 2}}, {{1, 2}}, {{1, 3}}, {{2, 2}}, {{1ull << 40, 2}}};
    uint32_t orders[5][SAMPLES];
    for (size_t h = 0; h < 5; h++) {
        order_of(hashes[h], SAMPLES, orders[h]);
    }
    assert_memory_equal(orders[0], orders[1], sizeof orders[0]);
    for (size_t h = 2; h < 5; h++) {
        for (size_t other = 1; other < h; other++) {
            assert_memory_not_equal(orders[h], orders[other], sizeof orders[0]);
        }
    }
}

static double chi_square(const int *counts, size_t outcomes, int draws) {
    double expected = (double)draws / (double)outcomes;
    double sum = 0.0;
    for (size_t k = 0; k < outcomes; k++) {
        sum += (counts[k] - expected) * (counts[k] - expected) / expected;
    }
    return sum;
}

/* Over jobs, every sample is as likely to come first, and to come last, and every order of a few is
 * as likely as any. */
static void test_orders_are_equally_likely(void **state) {
    (void)state;
    enum { JOBS = 6000, SAMPLES = 13, FEW = 4, FEW_ORDERS = 24 };
    const double most_12 = 45.1; /* quantiles 1 − 1e-5 of chi-square with 12 degrees of freedom, */
    const double most_23 = 63.1; /* and with 23 */
    int first[SAMPLES] = {0};
    int last[SAMPLES] = {0};
    int orders[FEW_ORDERS] = {0};
    for (uint64_t job = 0; job < JOBS; job++) {
        uint32_t order[SAMPLES];
        order_of((struct job_hash){{job, 7}}, SAMPLES, order);
        first[order[0]]++;
        last[order[SAMPLES - 1]]++;
        order_of((struct job_hash){{job, 8}}, FEW, order);
        /* Lehmer's code of the order. */
        size_t before = (order[2] < order[1]) + (size_t)(order[3] < order[1]);
        orders[(size_t)6 * order[0] + 2 * before + (order[3] < order[2])]++;
    }
    assert_true(chi_square(first, SAMPLES, JOBS) < most_12);
    assert_true(chi_square(last, SAMPLES, JOBS) < most_12);
    assert_true(chi_square(orders, FEW_ORDERS, JOBS) < most_23);
}

int main(void) {
    kernel_prepare();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_epochs_visit_every_sample_once),
        cmocka_unit_test(test_epochs_differ),
        cmocka_unit_test(test_rows_hold_what_was_drawn),
        cmocka_unit_test(test_unused_lanes_have_inputs_of_the_first),
        cmocka_unit_test(test_lanes_draw_as_alone),
        cmocka_unit_test(test_jobs_have_orders_of_their_own),
        cmocka_unit_test(test_orders_are_equally_likely),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
