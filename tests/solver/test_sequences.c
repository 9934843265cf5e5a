/*
 * Sequences in the rows of a bundle: where every step lies, what padding holds, what a batch has,
 * and that evaluation maps rows back to samples.
 */
#include "network/recurrence_oracle.h"
#include "network/sequences.h"
#include "solver/distance.h"
#include "solver/evaluate.h"
#include "solver/loading.h"
#include "solver/training.h"

enum { LANES_USED = 5, STEPS = 3, SEQUENCES_MAX = 45 };

/* Tiles of 64 sequences, of 16 and of 8. */
static const struct recurrent narrow = {"linear_rnn", 3, STEPS, 2, 1, 1, true};
static const struct recurrent middle = {"relu_rnn", 16, STEPS, 2, 3, 2, false};
static const struct recurrent broad = {"linear_rnn", 33, STEPS, 1, 2, 1, false};
static const struct recurrent *const networks_tried[] = {&narrow, &middle, &broad};
enum { NETWORKS = sizeof networks_tried / sizeof networks_tried[0] };

static const size_t sequences[LANES_USED] = {2, 4, 9, 24, SEQUENCES_MAX};
static const size_t batches_tried[] = {0, 1, 2, 3, 5, 8, 20, 24};
enum { BATCHES = sizeof batches_tried / sizeof batches_tried[0] };

struct side_by_side {
    struct arena arena;
    struct trial trials[LANES_USED];
    struct lane lanes[LANES_USED];
    struct bundle bundle;
    struct batches batches;
};

/* `count` lanes from lane `first` on; a batch of 0 takes all. */
static void set_up(struct side_by_side *side, const struct kernel *kernel,
                   const struct recurrent *recurrent, size_t first, size_t count, size_t batch) {
    struct error error = {0};
    *side = (struct side_by_side){0};
    for (size_t k = 0; k < count; k++) {
        side->trials[k] =
            sequence_trial(first + k + 1, sequences[first + k], recurrent, &side->arena);
        side->trials[k].job.train.batch = (int64_t)batch;
        side->lanes[k] = trial_lane(&side->trials[k]);
    }
    assert_ok(&error, bundle_make(kernel, &side->trials[0].shape, side->lanes, count, &side->arena,
                                  &side->bundle, &error));
    if (batch > 0) {
        assert_ok(&error, batches_make(&side->bundle, &side->arena, &side->batches, &error));
    } else {
        load_samples(&side->bundle, 0);
    }
}

/* Lanes that have as many sequences as the batch. */
static size_t first_lane(size_t batch) {
    size_t first = 0;
    while (sequences[first] < batch) {
        first++;
    }
    return first;
}

/* Rows of a step follow those of the step before, tile by tile; every row belongs to one step of
 * one sequence, and those beyond the bundle's sequences to none. */
static void expect_layout(const struct bundle *bundle) {
    size_t all = bundle->samples / STEPS;
    size_t tile = bundle->tile / STEPS;
    assert_int_equal(bundle->samples % STEPS, 0);
    assert_int_equal(bundle->tile % STEPS, 0);
    for (size_t s = 0; s < all; s++) {
        size_t start = s / tile * tile;
        size_t in_tile = all - start < tile ? all - start : tile;
        struct bundle_rows rows = bundle_rows(bundle, s);
        for (size_t t = 0; t < STEPS; t++) {
            assert_int_equal(rows.first + t * rows.stride,
                             start * STEPS + t * in_tile + (s - start));
        }
    }
    for (size_t s = all; s < all + 2 * tile; s++) {
        assert_true(bundle_rows(bundle, s).first >= bundle->samples);
    }
}

static void test_steps_are_blocks_of_rows(void **state) {
    (void)state;
    size_t shorter = 0;
    for (size_t k = 0; k < NETWORKS; k++) {
        for (size_t b = 0; b < BATCHES; b++) {
            struct side_by_side side;
            size_t first = first_lane(batches_tried[b]);
            set_up(&side, kernel_best(false), networks_tried[k], first, LANES_USED - first,
                   batches_tried[b]);
            expect_layout(&side.bundle);
            shorter += side.bundle.samples % side.bundle.tile != 0;
            arena_free(&side.arena);
        }
    }
    assert_true(shorter > 0);
}

/* A row of one lane holds sample n, and counts `weight`. */
static void expect_row(const struct side_by_side *side, size_t lane, size_t row, size_t n,
                       double weight) {
    const struct bundle *bundle = &side->bundle;
    const struct dataset *data = &side->trials[lane].data;
    const struct loss_settings *loss = &side->trials[lane].job.loss;
    size_t lanes = bundle->kernel->lanes;
    size_t at = row * lanes + lane;
    for (size_t k = 0; k < data->size.inputs; k++) {
        assert_true(bundle->inputs[(row * data->size.inputs + k) * lanes + lane] ==
                    (float)data->inputs[n * data->size.inputs + k]);
    }
    for (size_t k = 0; k < data->size.targets; k++) {
        assert_true(bundle->targets[(row * data->size.targets + k) * lanes + lane] ==
                    (float)data->targets[n * data->size.targets + k]);
    }
    assert_near((double)bundle->sample_weights[at], weight, 1e-7 * weight);
    assert_near((double)bundle->activity_slopes[at], 2.0 * loss->activity * weight, 1e-7 * weight);
    assert_near((double)bundle->negativity_slopes[at],
                (double)loss->negativity_power * loss->negativity * weight, 2e-7 * weight);
}

/* Sequences first, first + 1, … of samples; then the one at `first` again, or that at 0 where there
 * is none, of weight 0. */
static void expect_chunk(const struct side_by_side *side, size_t lane, size_t first) {
    const struct dataset *data = &side->trials[lane].data;
    for (size_t k = 0; k < side->bundle.samples; k++) {
        struct bundle_rows rows = bundle_rows(&side->bundle, k / STEPS);
        size_t row = rows.first + k % STEPS * rows.stride;
        size_t n = first + k;
        bool there = n < data->size.samples;
        size_t padding = (first < data->size.samples ? first : 0) + k % STEPS;
        expect_row(side, lane, row, there ? n : padding, there ? data->weights[n] : 0.0);
        assert_true(!there || load_row(&side->bundle, lane, first, n) == row);
    }
}

static void test_rows_hold_sequences_and_whole_ones_as_padding(void **state) {
    (void)state;
    for (size_t k = 0; k < NETWORKS; k++) {
        for (size_t b = 0; b < BATCHES; b++) {
            struct side_by_side side;
            size_t lanes = first_lane(batches_tried[b]);
            set_up(&side, kernel_best(false), networks_tried[k], lanes, LANES_USED - lanes,
                   batches_tried[b]);
            size_t longest = bundle_longest(&side.bundle);
            for (size_t first = 0; first < longest; first += side.bundle.samples) {
                load_samples(&side.bundle, first);
                for (size_t lane = 0; lane < side.bundle.count; lane++) {
                    expect_chunk(&side, lane, first);
                }
            }
            arena_free(&side.arena);
        }
    }
}

/* Few sequences are not padded, since rows of one step need not be a multiple of anything. */
static void test_few_sequences_are_not_padded(void **state) {
    (void)state;
    static const size_t padded[LANES_USED] = {2, 4, 16, 24, 48};
    for (size_t lane = 0; lane < LANES_USED; lane++) {
        struct side_by_side side;
        set_up(&side, kernel_best(false), &narrow, lane, 1, 0);
        assert_int_equal(side.bundle.samples, padded[lane] * STEPS);
        arena_free(&side.arena);
    }
}

/* The sequence that a row of the batch holds, by what was drawn. */
static void expect_batch(const struct side_by_side *side, size_t lane, unsigned char *seen) {
    const struct bundle *bundle = &side->bundle;
    const struct dataset *data = &side->trials[lane].data;
    size_t count = data->size.samples / STEPS;
    for (size_t s = 0; s < bundle->samples / STEPS; s++) {
        struct bundle_rows rows = bundle_rows(bundle, s);
        for (size_t t = 0; t < STEPS; t++) {
            size_t row = rows.first + t * rows.stride;
            if (s < side->batches.size) {
                size_t n = (size_t)side->batches.drawn[s * bundle->count + lane] * STEPS + t;
                expect_row(side, lane, row, n,
                           data->weights[n] * (double)count / (double)side->batches.size);
            } else {
                assert_true(bundle->sample_weights[row * bundle->kernel->lanes + lane] == 0.0f);
            }
        }
        if (s < side->batches.size) {
            size_t sequence = side->batches.drawn[s * bundle->count + lane];
            assert_true(sequence < count);
            seen[sequence]++;
        }
    }
}

/* As many batches as there are sequences make as many epochs as a batch is large: each of them has
 * all sequences once, all steps of one in their order. */
static void expect_epochs(const struct kernel *kernel, const struct recurrent *recurrent,
                          size_t batch, size_t lane) {
    struct side_by_side side;
    unsigned char seen[SEQUENCES_MAX] = {0};
    set_up(&side, kernel, recurrent, lane, 1, batch);
    size_t drawn = 0;
    for (size_t k = 0; k < sequences[lane]; k++) {
        batches_draw(&side.batches, &side.bundle);
        expect_batch(&side, 0, seen);
        drawn += batch;
        for (size_t s = 0; s < sequences[lane]; s++) {
            size_t least = drawn / sequences[lane];
            assert_true(seen[s] >= least && seen[s] <= least + 1);
        }
    }
    for (size_t s = 0; s < sequences[lane]; s++) {
        assert_int_equal(seen[s], batch);
    }
    arena_free(&side.arena);
}

static void test_batches_are_of_whole_sequences(void **state) {
    (void)state;
    for (size_t k = 0; k < NETWORKS; k++) {
        for (size_t b = 1; b < BATCHES; b++) {
            for (size_t lane = first_lane(batches_tried[b]); lane < LANES_USED; lane++) {
                expect_epochs(kernel_best(false), networks_tried[k], batches_tried[b], lane);
                expect_epochs(kernel_best(true), networks_tried[k], batches_tried[b], lane);
            }
        }
    }
}

/* Lanes draw what they draw alone, whatever the sizes beside them. */
static void test_lanes_draw_as_alone(void **state) {
    (void)state;
    enum { BATCH = 5, FIRST = 2, TIMES = 20 };
    struct side_by_side together;
    set_up(&together, kernel_best(false), &middle, FIRST, LANES_USED - FIRST, BATCH);
    for (size_t lane = 0; lane < together.bundle.count; lane++) {
        struct side_by_side alone;
        struct error error = {0};
        set_up(&alone, kernel_best(false), &middle, FIRST + lane, 1, BATCH);
        assert_ok(&error,
                  batches_make(&together.bundle, &together.arena, &together.batches, &error));
        for (size_t k = 0; k < TIMES; k++) {
            batches_draw(&together.batches, &together.bundle);
            batches_draw(&alone.batches, &alone.bundle);
            for (size_t s = 0; s < BATCH; s++) {
                assert_int_equal(together.batches.drawn[s * together.bundle.count + lane],
                                 alone.batches.drawn[s]);
            }
        }
        arena_free(&alone.arena);
    }
    arena_free(&together.arena);
}

/* A sequence behind the batch is that of its number, or the first where there is none. */
static void expect_padding(const struct side_by_side *side, size_t batch) {
    const struct bundle *bundle = &side->bundle;
    for (size_t s = batch; s < bundle->samples / STEPS; s++) {
        struct bundle_rows rows = bundle_rows(bundle, s);
        for (size_t lane = 0; lane < bundle->count; lane++) {
            size_t count = side->trials[lane].data.size.samples / STEPS;
            for (size_t t = 0; t < STEPS; t++) {
                size_t n = (s < count ? s : 0) * STEPS + t;
                expect_row(side, lane, rows.first + t * rows.stride, n, 0.0);
            }
        }
    }
}

/* Also after a look at all samples, which goes on for as long as the longest lane has some: what
 * rows behind the batch hold may overflow, so it must not follow from the neighbours. */
static void test_padding_of_a_batch_is_the_lanes_own(void **state) {
    (void)state;
    enum { BATCH = 5, FIRST = 2, TIMES = 3 };
    struct side_by_side side;
    struct training training;
    struct error error = {0};
    set_up(&side, kernel_best(false), &narrow, FIRST, LANES_USED - FIRST, BATCH);
    assert_ok(&error, training_make(kernel_best(false), &side.trials[0].shape, side.lanes,
                                    LANES_USED - FIRST, &side.arena, &training, &error));
    side.bundle = training.bundle;
    assert_true(side.bundle.samples > (size_t)BATCH * STEPS);
    for (size_t k = 0; k < TIMES; k++) {
        (void)training_loss(&training);
        expect_padding(&side, BATCH);
        training_measure(&training);
    }
    arena_free(&side.arena);
}

/* Latents and loss of a lane are the naive network's on the data in their order. */
static void expect_evaluated(const struct lane *lane, const struct network_shape *shape,
                             const struct trained *result, struct arena *arena) {
    static const double tolerance = 2e-5;
    struct recurrence_oracle o = recurrence_oracle_make(lane, shape, arena);
    double expected = recurrence_oracle_loss(&o).total;
    assert_false(result->diverged);
    assert_near(result->loss.total / expected, 1.0, tolerance);
    for (size_t s = 0; s < lane->data->size.samples / STEPS; s++) {
        recurrence_oracle_forward(&o, s);
        for (size_t k = 0; k < STEPS * shape->latents; k++) {
            double found = result->latents[s * STEPS * shape->latents + k];
            if (!(fabs(found - o.h[k]) <= tolerance * (1.0 + fabs(o.h[k])))) {
                fail_msg("latent %zu of sequence %zu of %zu is %.9g, expected %.9g", k, s,
                         lane->data->size.samples / STEPS, found, o.h[k]);
            }
        }
    }
}

static void expect_evaluation(const struct kernel *kernel, const struct recurrent *recurrent,
                              size_t batch, size_t first, size_t count) {
    struct side_by_side side;
    struct trained results[LANES_USED] = {0};
    struct error error = {0};
    set_up(&side, kernel, recurrent, first, count, batch);
    if (batch > 0) {
        batches_draw(&side.batches, &side.bundle);
    }
    assert_ok(&error, evaluate_bundle(&side.bundle, &side.arena, results, &error));
    for (size_t lane = 0; lane < count; lane++) {
        expect_evaluated(&side.lanes[lane], &side.trials[0].shape, &results[lane], &side.arena);
    }
    arena_free(&side.arena);
}

/* Of all samples in one go, and in as many goes as a batch takes, in tiles of which the last one is
 * shorter. */
static void test_latents_are_in_the_order_of_the_data(void **state) {
    (void)state;
    for (size_t k = 0; k < NETWORKS; k++) {
        for (size_t b = 0; b < BATCHES; b++) {
            size_t first = first_lane(batches_tried[b]);
            expect_evaluation(kernel_best(false), networks_tried[k], batches_tried[b], first,
                              LANES_USED - first);
            for (size_t lane = first; lane < LANES_USED; lane++) {
                expect_evaluation(kernel_best(true), networks_tried[k], batches_tried[b], lane, 1);
            }
        }
    }
}

/* Tiles of a wide network that are not all its sequences: 512 of them. */
static void test_latents_of_several_wide_tiles(void **state) {
    (void)state;
    enum { MANY = 1100, BATCH = 600 };
    for (size_t batch = 0; batch <= BATCH; batch += BATCH) {
        struct arena arena = {0};
        struct error error = {0};
        struct bundle bundle;
        struct trained result = {0};
        struct trial trial = sequence_trial(3, MANY, &narrow, &arena);
        struct lane lane = trial_lane(&trial);
        trial.job.train.batch = (int64_t)batch;
        assert_ok(&error,
                  bundle_make(kernel_best(true), &trial.shape, &lane, 1, &arena, &bundle, &error));
        load_samples(&bundle, 0);
        assert_true(bundle.samples > bundle.tile);
        assert_ok(&error, evaluate_bundle(&bundle, &arena, &result, &error));
        expect_evaluated(&lane, &trial.shape, &result, &arena);
        arena_free(&arena);
    }
}

int main(void) {
    kernel_prepare();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_steps_are_blocks_of_rows),
        cmocka_unit_test(test_rows_hold_sequences_and_whole_ones_as_padding),
        cmocka_unit_test(test_few_sequences_are_not_padded),
        cmocka_unit_test(test_batches_are_of_whole_sequences),
        cmocka_unit_test(test_lanes_draw_as_alone),
        cmocka_unit_test(test_padding_of_a_batch_is_the_lanes_own),
        cmocka_unit_test(test_latents_are_in_the_order_of_the_data),
        cmocka_unit_test(test_latents_of_several_wide_tiles),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
