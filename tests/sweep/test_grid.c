/* Digits: which value of each key a job has, from its number within the case. */

#include "sweep/built.h"

#include <math.h>

#define NETWORK "network: {kind: dense}\n"
#define TRAIN "train: {steps: 100}\n"

static void test_measure(void **state) {
    (void)state;
    struct built built;
    struct error error = {0};
    built_begin(&built,
                "data: {kind: lattice, values: !range [2, 5], amount: !grid [1, 2]}\n" NETWORK TRAIN
                "replicates: 5\n");
    assert_int_equal(built.subgrid.first, 0);
    assert_int_equal(built.subgrid.count, 30);
    assert_int_equal(built.sweep.job_count, 30);
    assert_int_equal(built.grid.dimensions[0].stride, 10);
    assert_int_equal(built.grid.dimensions[1].stride, 5);
    assert_int_equal(built.grid.dimensions[2].stride, 1);
    /* The next case begins where this one ends. */
    assert_ok(&error, grid_measure(&built.grid, &built.sweep.job_count, &error));
    assert_int_equal(built.subgrid.first, 30);
    assert_int_equal(built.sweep.job_count, 60);
    int64_t nearly_all = INT64_MAX - 29;
    assert_int_equal(grid_measure(&built.grid, &nearly_all, &error), STATUS_BAD_INPUT);
    assert_string_equal(error.message, "s.yaml:1:1: cases: more jobs than 64 bits can number");
    built.subgrid.dimensions[1].length = INT64_MAX / 5;
    assert_int_equal(grid_measure(&built.grid, &built.sweep.job_count, &error), STATUS_BAD_INPUT);
    assert_string_equal(error.message,
                        "s.yaml:1:23: data.values: more jobs than 64 bits can number");
    built_end(&built);
}

static const char *text_of(const struct built *built, const char *key, int64_t local) {
    const struct parameter *parameter = NULL;
    return grid_value(&built->grid, grid_find(&built->grid, key), local, &parameter)->text;
}

static void test_digits(void **state) {
    (void)state;
    struct built built;
    built_begin(&built,
                "data: {kind: lattice, values: !range [2, 5], amount: !grid [1, 2]}\n" NETWORK TRAIN
                "replicates: 5\n");
    for (int64_t job = 0; job < 30; job++) {
        static const char *const values[] = {"2", "3", "4"};
        static const char *const amounts[] = {"1", "2"};
        assert_string_equal(text_of(&built, "data.values", job), values[job / 10]);
        assert_string_equal(text_of(&built, "data.amount", job), amounts[job / 5 % 2]);
        assert_string_equal(text_of(&built, "train.steps", job), "100");
    }
    built_end(&built);
}

/* A key's value depends on the component that the job has. */
static void test_components(void **state) {
    (void)state;
    struct built built;
    struct job job = {0};
    const struct parameter *parameter = NULL;
    built_begin(&built, "data: {kind: !grid [lattice, points], sources: !grid [3, 4]}\n" NETWORK
                        "train: {steps: !grid [1, 2]}\n");
    const struct grid_key *sources = grid_find(&built.grid, "data.sources");
    assert_int_equal(grid_component(&built.grid, SECTION_DATA, 0), 1);
    assert_int_equal(grid_component(&built.grid, SECTION_DATA, 4), 0);
    assert_int_equal(grid_component(&built.grid, SECTION_LOSS, 4), 0);
    assert_string_equal(grid_value(&built.grid, sources, 2, &parameter)->text, "4");
    assert_ptr_equal(parameter, &lattice_parameters[0]);
    (void)grid_value(&built.grid, sources, 4, &parameter);
    assert_ptr_equal(parameter, &points_parameters[1]);
    assert_int_equal(grid_typed_count(&built.grid, sources), 4);
    assert_ptr_equal(grid_first_typed(sources)->parameter, &points_parameters[1]);
    assert_int_equal(grid_typed_count(&built.grid, grid_find(&built.grid, "data.kind")), 1);
    grid_resolve(&built.grid, 7, &job);
    const struct points_settings *data = (const void *)job.data.bytes;
    assert_ptr_equal(job.distribution, &points);
    assert_int_equal(data->sources, 4);
    assert_int_equal(data->points, 32);
    assert_int_equal(job.train.steps, 2);
    grid_resolve(&built.grid, 0, &job);
    const struct lattice_settings *corner = (const void *)job.data.bytes;
    assert_ptr_equal(job.distribution, &lattice);
    assert_int_equal(corner->sources, 3);
    assert_int_equal(corner->values, 3);
    assert_int_equal(job.train.steps, 1);
    built_end(&built);
}

/* The value that jobs of one kind have for a key, given or not. */
static void test_constants(void **state) {
    (void)state;
    struct built built;
    const struct parameter *parameter = NULL;
    built_begin(&built, "data: {kind: !grid [lattice, points], sources: 3}\n" NETWORK TRAIN);
    const struct sweep *sweep = &built.sweep;
    enum { POINTS, LATTICE, PICTURE };
    assert_string_equal(
        grid_constant(sweep, 0, SECTION_DATA, LATTICE, "data.sources", &parameter)->text, "3");
    assert_string_equal(
        grid_constant(sweep, 0, SECTION_DATA, LATTICE, "data.values", &parameter)->text, "3");
    assert_ptr_equal(parameter, &lattice_parameters[1]);
    assert_null(grid_constant(sweep, 0, SECTION_DATA, POINTS, "data.values", &parameter));
    assert_null(grid_constant(sweep, 0, SECTION_DATA, PICTURE, "data.sources", &parameter));
    assert_string_equal(grid_constant(sweep, 0, SECTION_LOSS, 0, "loss.weights", &parameter)->text,
                        "0");
    built_end(&built);
    built_begin(&built, "network: {kind: idle}\n");
    assert_null(grid_constant(sweep, 0, SECTION_LOSS, 0, "loss.weights", &parameter));
    built_end(&built);
}

static void test_defaults(void **state) {
    (void)state;
    struct built built;
    struct error error = {0};
    const struct value *first = NULL;
    const struct value *again = NULL;
    built_begin(&built, "network: {kind: idle}\n");
    assert_ok(&error, grid_defaults(&built.sweep, SECTION_DATA, 0, &first, &error));
    assert_ok(&error, grid_defaults(&built.sweep, SECTION_DATA, 0, &again, &error));
    assert_ptr_equal(first, again);
    assert_string_equal(first[0].text, "32");
    assert_null(first[1].text);
    built_end(&built);
}

/* The keys of all cases, each once. */
static void test_all_keys(void **state) {
    (void)state;
    static struct grid_key first[] = {{.key = "data.kind"}, {.key = "data.points"}};
    static struct grid_key second[] = {
        {.key = "data.points"}, {.key = "train.steps"}, {.key = "data.kind"}};
    struct grid_case cases[] = {{.key_count = 2, .keys = first}, {.key_count = 3, .keys = second}};
    struct sweep_private own = {.cases = cases};
    struct sweep sweep = {.case_count = 2, .own = &own};
    SCOPED(arena_free) struct arena arena = {0};
    struct error error = {0};
    const struct grid_key **keys;
    size_t count;
    assert_ok(&error, grid_all_keys(&sweep, &arena, &keys, &count, &error));
    assert_int_equal(count, 3);
    assert_ptr_equal(keys[0]->key, first[0].key);
    assert_ptr_equal(keys[1]->key, first[1].key);
    assert_ptr_equal(keys[2]->key, second[1].key);
    assert_ptr_equal(grid_find(&cases[1], "train.steps"), &second[1]);
    assert_null(grid_find(&cases[0], "train.steps"));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_measure),    cmocka_unit_test(test_digits),
        cmocka_unit_test(test_components), cmocka_unit_test(test_constants),
        cmocka_unit_test(test_defaults),   cmocka_unit_test(test_all_keys),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
