/* Grids: a text becomes these jobs, in this order. */

#include "sweep/sweep.h"

#include "sweep/tables.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static struct sweep *parse_with(const char *text, const char *const *overrides, size_t count) {
    struct error error = {0};
    struct sweep *sweep = NULL;
    assert_ok(&error, sweep_parse(text, "folder/a sweep.yaml", overrides, count, &sweep, &error));
    return sweep;
}

static struct sweep *parse(const char *text) {
    return parse_with(text, NULL, 0);
}

static size_t column(const struct sweep *sweep, const char *key) {
    for (size_t i = 0; i < sweep->column_count; i++) {
        if (strcmp(sweep->columns[i].key, key) == 0) {
            return i;
        }
    }
    fail_msg("no column %s", key);
    return 0;
}

static void assert_cell(const struct sweep *sweep, const char *key, int64_t job, const char *text) {
    char buffer[64];
    sweep_column_text(sweep, column(sweep, key), job, buffer, sizeof buffer);
    assert_string_equal(buffer, text);
}

#define SINGLE                                                                                     \
    "data: {kind: points, sources: 2}\n"                                                           \
    "network: {kind: dense}\n"                                                                     \
    "train: {steps: 100}\n"

static void test_single_job_has_defaults(void **state) {
    (void)state;
    struct sweep *sweep = parse(SINGLE);
    struct job job;
    assert_int_equal(sweep->job_count, 1);
    assert_int_equal(sweep->column_count, 0);
    assert_string_equal(sweep->name, "a sweep");
    assert_string_equal(sweep->overrides, "");
    sweep_job(sweep, 0, &job);
    const struct points_settings *data = (const void *)job.data.bytes;
    const struct dense_settings *network = (const void *)job.network_settings.bytes;
    assert_ptr_equal(job.distribution, &points);
    assert_ptr_equal(job.network, &dense);
    assert_ptr_equal(job.solver, &adam);
    assert_int_equal(data->points, 32);
    assert_int_equal(data->sources, 2);
    assert_int_equal(network->hidden.count, 1);
    assert_int_equal(network->hidden.values[0], 16);
    assert_int_equal(job.train.steps, 100);
    assert_true(job.train.learning_rate == 0.001);
    assert_true(job.loss.fit == 1);
    sweep_free(sweep);
}

static void test_axes_multiply_last_fastest(void **state) {
    (void)state;
    struct sweep *sweep = parse("replicates: 2\n"
                                "data: {kind: points, sources: !grid [2, 3]}\n"
                                "network: {kind: dense, hidden: !grid [[4, 8], 16]}\n"
                                "train: {steps: 1e2, learning_rate: !linspace [0.1, 0.3, 3]}\n");
    static const double rates[] = {0.1, 0.2, 0.3};
    struct job job;
    assert_int_equal(sweep->job_count, 2 * 2 * 3 * 2);
    assert_int_equal(sweep->column_count, 3);
    for (int64_t i = 0; i < sweep->job_count; i++) {
        sweep_job(sweep, i, &job);
        assert_int_equal(job.index, i);
        assert_int_equal(job.replicate, i % 2);
        assert_int_equal(sweep_job_case(sweep, i), 0);
        assert_int_equal(((const struct points_settings *)(void *)job.data.bytes)->sources,
                         2 + i / 12);
        assert_true(job.train.learning_rate == rates[i / 2 % 3]);
    }
    assert_cell(sweep, "network.hidden", 0, "[4, 8]");
    assert_cell(sweep, "network.hidden", 6, "16");
    assert_int_equal(sweep->columns[column(sweep, "network.hidden")].text_bytes, 6);
    assert_true(sweep_column_number(sweep, column(sweep, "train.learning_rate"), 23) == 0.3);
    assert_true(sweep->cases[0].dimensions[0].shapes);
    assert_true(sweep->cases[0].dimensions[1].shapes);
    assert_false(sweep->cases[0].dimensions[2].shapes);
    assert_false(sweep->cases[0].dimensions[3].shapes);
    sweep_free(sweep);
}

static void test_zipped_axes_advance_together(void **state) {
    (void)state;
    struct sweep *sweep = parse("data: {kind: points, sources: !zip:size [2, 3, 4]}\n"
                                "network: {kind: dense, hidden: !zip:size [8, 8, 16]}\n"
                                "train: {steps: !grid [1, 2]}\n");
    assert_int_equal(sweep->job_count, 6);
    assert_int_equal(sweep->cases[0].dimension_count, 3);
    assert_cell(sweep, "data.sources", 4, "4");
    assert_cell(sweep, "network.hidden", 4, "16");
    assert_cell(sweep, "network.hidden", 3, "8");
    sweep_free(sweep);
}

static const char CASES[] = "network: {kind: dense}\n"
                            "train: {steps: 10, learning_rate: !grid [0.1, 0.2]}\n"
                            "data: {kind: lattice, sources: 3}\n"
                            "replicates: 3\n"
                            "cases:\n"
                            "  - {data.change: independent}\n"
                            "  - {data: {change: corner, amount: !linspace [0.3, 1.0, 8]}}\n"
                            "  - {data.kind: points}\n";

static void test_cases_are_a_union(void **state) {
    (void)state;
    struct sweep *sweep = parse(CASES);
    assert_int_equal(sweep->case_count, 3);
    assert_int_equal(sweep->cases[1].first, 6);
    assert_int_equal(sweep->cases[1].count, 2 * 8 * 3);
    assert_int_equal(sweep->job_count, 6 + 48 + 6);
    assert_int_equal(sweep_job_case(sweep, 5), 0);
    assert_int_equal(sweep_job_case(sweep, 6), 1);
    assert_int_equal(sweep_job_case(sweep, 54), 2);
    assert_cell(sweep, "data.kind", 53, "lattice");
    assert_cell(sweep, "data.kind", 54, "points");
    assert_cell(sweep, "data.change", 6, "corner");
    assert_cell(sweep, "data.change", 54, "");
    assert_cell(sweep, "data.amount", 0, "0");
    assert_cell(sweep, "data.amount", 6 + 3, "0.4");
    struct job job;
    sweep_job(sweep, 59, &job);
    assert_ptr_equal(job.distribution, &points);
    assert_int_equal(job.replicate, 2);
    assert_true(job.train.learning_rate == 0.2);
    sweep_free(sweep);
}

static void test_set_holds_in_base_and_cases(void **state) {
    (void)state;
    const char *const overrides[] = {"data.change=diagonal", "train.learning_rate=!grid [1, 2, 3]",
                                     "replicates=1", "train.steps=7"};
    struct sweep *sweep = parse_with("network: {kind: dense}\n"
                                     "train: {learning_rate: 0.5}\n"
                                     "data: {kind: lattice}\n"
                                     "replicates: 3\n"
                                     "cases: [{data.values: 4, train.steps: 9}, "
                                     "{data.change: corner, data.amount: 1, train.steps: 8}]\n",
                                     overrides, 4);
    assert_int_equal(sweep->job_count, 6);
    assert_string_equal(sweep->overrides, "data.change=diagonal\ntrain.learning_rate=!grid "
                                          "[1, 2, 3]\nreplicates=1\ntrain.steps=7");
    for (int64_t i = 0; i < 6; i++) {
        struct job job;
        sweep_job(sweep, i, &job);
        assert_int_equal(job.train.steps, 7);
        assert_int_equal(((const struct lattice_settings *)(void *)job.data.bytes)->change, 2);
        assert_true(job.train.learning_rate == (double)(1 + i % 3));
    }
    sweep_free(sweep);
}

static void test_kinds_may_be_axes(void **state) {
    (void)state;
    struct sweep *sweep = parse("network: {kind: dense}\n"
                                "train: {steps: 1, solver: !grid [adam, decay]}\n"
                                "data: {kind: !grid [points, lattice], sources: !grid [2, 3]}\n");
    assert_int_equal(sweep->job_count, 8);
    struct job job;
    sweep_job(sweep, 7, &job);
    assert_ptr_equal(job.solver, &decay);
    assert_ptr_equal(job.distribution, &lattice);
    assert_int_equal(((const struct lattice_settings *)(void *)job.data.bytes)->sources, 3);
    assert_true(((const struct decay_settings *)(void *)job.solver_settings.bytes)->weight_decay ==
                0.01);
    sweep_job(sweep, 1, &job);
    assert_ptr_equal(job.distribution, &points);
    assert_int_equal(((const struct points_settings *)(void *)job.data.bytes)->sources, 3);
    sweep_free(sweep);
}

static void test_idle_network_needs_nothing(void **state) {
    (void)state;
    struct sweep *sweep = parse("network: {kind: idle}\nreplicates: 5\n");
    struct job job;
    assert_int_equal(sweep->job_count, 5);
    sweep_job(sweep, 4, &job);
    assert_null(job.distribution);
    assert_null(job.solver);
    sweep_free(sweep);
}

/* One that takes one-hot inputs, and one that never looks at data. */
static void test_one_hot_inputs_find_their_network(void **state) {
    (void)state;
    struct sweep *sweep = parse("data: {kind: !grid [picture, lattice]}\n"
                                "network: {kind: !grid [lookup, idle]}\n"
                                "train: {steps: 1}\n");
    assert_int_equal(sweep->job_count, 4);
    sweep_free(sweep);
}

static void test_scores_and_save(void **state) {
    (void)state;
    struct sweep *sweep = parse(SINGLE "scores: [order, spread]\nsave: [history, weights]\n");
    assert_int_equal(sweep->score_count, 2);
    assert_ptr_equal(sweep->scores[0], &order);
    assert_int_equal(sweep->save, SAVE_HISTORY | SAVE_WEIGHTS);
    sweep_free(sweep);
    sweep = parse(SINGLE "scores: spread\nname: other\nseed: -3\n");
    assert_int_equal(sweep->score_count, 1);
    assert_string_equal(sweep->name, "other");
    assert_int_equal(sweep->seed, -3);
    sweep_free(sweep);
}

/* How scores are computed is a section like loss: with defaults, and with axes. */
static void test_scoring(void **state) {
    (void)state;
    struct job job;
    struct sweep *sweep = parse(SINGLE);
    sweep_job(sweep, 0, &job);
    assert_true(job.scoring.noise == 0.01);
    sweep_free(sweep);
    sweep = parse(SINGLE "scoring: {noise: !grid [0, 0.25]}\n");
    assert_int_equal(sweep->job_count, 2);
    assert_string_equal(sweep->columns[0].key, "scoring.noise");
    sweep_job(sweep, 1, &job);
    assert_true(job.scoring.noise == 0.25);
    sweep_free(sweep);
}

/* One coefficient serves any number of matrices. */
static void test_one_weight_for_all_matrices(void **state) {
    (void)state;
    sweep_free(parse("data: {kind: points, sources: 2}\ntrain: {steps: 5}\n"
                     "network: {kind: dense, hidden: [4, 8]}\n"
                     "loss: {weights: !grid [0.1, [0.1, 0.2]]}\n"));
}

static void test_aliases_are_followed(void **state) {
    (void)state;
    struct sweep *sweep = parse("data: {kind: points, sources: &two 2}\n"
                                "network: {kind: dense, hidden: *two}\n"
                                "train: {steps: 5}\n");
    struct job job;
    sweep_job(sweep, 0, &job);
    assert_int_equal(
        ((const struct dense_settings *)(void *)job.network_settings.bytes)->hidden.values[0], 2);
    sweep_free(sweep);
}

static uint64_t fingerprint(const char *text) {
    struct sweep *sweep = parse(text);
    uint64_t result = sweep->fingerprint;
    sweep_free(sweep);
    return result;
}

static void test_fingerprint_is_of_the_grid(void **state) {
    (void)state;
    uint64_t grid = fingerprint(CASES);
    assert_true(grid == fingerprint("name: another # comment\n"
                                    "network.kind: dense\n"
                                    "train:\n"
                                    "  learning_rate: !linspace [1e-1, 2e-1, 2]\n"
                                    "  steps: 1e1\n"
                                    "  solver: adam\n"
                                    "data: {sources: 3, kind: lattice}\n"
                                    "replicates: 3\n"
                                    "cases:\n"
                                    "  - {data.change: independent}\n"
                                    "  - {data: {change: corner, amount: !grid "
                                    "[0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0]}}\n"
                                    "  - {data.kind: points}\n"));
    uint64_t single = fingerprint(SINGLE);
    assert_true(single != grid);
    assert_true(single != fingerprint(SINGLE "seed: 1"));
    assert_true(single != fingerprint(SINGLE "replicates: 2"));
    assert_true(single != fingerprint(SINGLE "scores: spread"));
    assert_true(single != fingerprint(SINGLE "save: weights"));
    assert_true(single != fingerprint(SINGLE "data.points: 33"));
    assert_true(single == fingerprint(SINGLE "data.points: 32"));
    assert_true(fingerprint(SINGLE "loss.fit: !grid [1, 2]\ndata.points: !grid [1, 2]") !=
                fingerprint(SINGLE "data.points: !grid [1, 2]\nloss.fit: !grid [1, 2]"));
    assert_true(fingerprint(SINGLE "data.points: !grid [1, 2]") !=
                fingerprint(SINGLE "data.points: !grid [2, 1]"));
}

static void test_huge_grid_is_cheap(void **state) {
    (void)state;
    struct timespec start;
    struct timespec end;
    (void)clock_gettime(CLOCK_MONOTONIC, &start);
    struct sweep *sweep = parse("network: {kind: dense, slope: !linspace [0.001, 0.999, 999]}\n"
                                "data: {kind: points, sources: 2, points: !range [1, 1001]}\n"
                                "train: {steps: 10, learning_rate: !logspace [1e-6, 1, 1001]}\n"
                                "seed: 4\n");
    assert_int_equal(sweep->job_count, (int64_t)999 * 1000 * 1001);
    struct job job;
    sweep_job(sweep, sweep->job_count - 1, &job);
    assert_true(job.train.learning_rate == 1);
    (void)clock_gettime(CLOCK_MONOTONIC, &end);
    double seconds =
        (double)(end.tv_sec - start.tv_sec) + 1e-9 * (double)(end.tv_nsec - start.tv_nsec);
    assert_true(seconds < 0.5);
    sweep_free(sweep);
}

/* What a results file keeps of a sweep is enough to read it again. */
static void test_restored_sweeps_are_the_same(void **state) {
    (void)state;
    const char *overrides[] = {"replicates=3", "train.steps=!grid [5, 7]"};
    struct error error = {0};
    struct sweep *again = NULL;
    struct sweep *sweep = parse_with(SINGLE, overrides, 2);
    assert_ok(&error, sweep_restore(sweep->text, sweep->path, sweep->overrides, &again, &error));
    assert_int_equal(again->job_count, 6);
    assert_true(again->fingerprint == sweep->fingerprint);
    assert_string_equal(again->overrides, sweep->overrides);
    assert_cell(again, "train.steps", 5, "7");
    sweep_free(again);
    assert_ok(&error, sweep_restore(sweep->text, sweep->path, "", &again, &error));
    assert_true(again->fingerprint != sweep->fingerprint);
    sweep_free(again);
    sweep_free(sweep);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_single_job_has_defaults),
        cmocka_unit_test(test_restored_sweeps_are_the_same),
        cmocka_unit_test(test_axes_multiply_last_fastest),
        cmocka_unit_test(test_zipped_axes_advance_together),
        cmocka_unit_test(test_cases_are_a_union),
        cmocka_unit_test(test_set_holds_in_base_and_cases),
        cmocka_unit_test(test_kinds_may_be_axes),
        cmocka_unit_test(test_idle_network_needs_nothing),
        cmocka_unit_test(test_one_hot_inputs_find_their_network),
        cmocka_unit_test(test_scores_and_save),
        cmocka_unit_test(test_scoring),
        cmocka_unit_test(test_one_weight_for_all_matrices),
        cmocka_unit_test(test_aliases_are_followed),
        cmocka_unit_test(test_fingerprint_is_of_the_grid),
        cmocka_unit_test(test_huge_grid_is_cheap),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
