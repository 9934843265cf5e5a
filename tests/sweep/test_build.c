/* A case: which axes make up its dimensions, which components it uses, and what each key means. */

#include "sweep/built.h"

#define NETWORK "network: {kind: dense}\n"
#define TRAIN "train: {steps: 100}\n"
#define POINTS "data: {kind: points, sources: 2}\n"

static const struct grid_key *key(const struct built *built, const char *name) {
    const struct grid_key *found = grid_find(&built->grid, name);
    if (found == NULL) {
        fail_msg("no key %s", name);
    }
    return found;
}

static void assert_refused(const char *text, const char *message) {
    struct built built;
    struct error error = {0};
    assert_int_equal(built_try(&built, text, &error), STATUS_BAD_INPUT);
    assert_string_equal(error.message, message);
    built_end(&built);
}

/* In the order of the file, the replicate last; axes of one label share a dimension. */
static void test_dimensions(void **state) {
    (void)state;
    struct built built;
    built_begin(&built,
                "data: {kind: points, sources: !zip:a [2, 3, 4], points: !zip:b [8, 9]}\n" NETWORK
                "train: {steps: !zip:a [10, 20, 30]}\nreplicates: 5\n");
    static const int64_t lengths[] = {3, 2, 5};
    assert_int_equal(built.subgrid.dimension_count, 3);
    for (size_t i = 0; i < 3; i++) {
        assert_int_equal(built.subgrid.dimensions[i].length, lengths[i]);
    }
    assert_int_equal(key(&built, "data.sources")->dimension, 0);
    assert_int_equal(key(&built, "train.steps")->dimension, 0);
    assert_int_equal(key(&built, "data.points")->dimension, 1);
    assert_int_equal(key(&built, "data.kind")->dimension, NO_DIMENSION);
    assert_ptr_equal(built.grid.dimensions[0].first, key(&built, "data.sources"));
    built_end(&built);
    assert_refused(
        "data: {kind: points, sources: !zip:a [2, 3]}\n" NETWORK
        "train: {steps: !zip:a [10, 20, 30]}\n",
        "s.yaml:3:16: train.steps: !zip:a has 3 values here but 2 for data.sources (line "
        "1); axes of one label advance together");
}

/* Data change the size of a job, and so do parameters that say so. */
static void test_dimensions_that_shape(void **state) {
    (void)state;
    struct built built;
    built_begin(&built, "data: {kind: points, sources: !grid [2, 3]}\n"
                        "network: {kind: !grid [dense, lookup], slope: !grid [0.1, 0.2]}\n"
                        "train: {steps: !grid [1, 2], learning_rate: !grid [0.1, 0.2]}\n");
    static const bool shapes[] = {true, true, false, true, false, false};
    assert_int_equal(built.subgrid.dimension_count, 6);
    for (size_t i = 0; i < 6; i++) {
        assert_int_equal(built.subgrid.dimensions[i].shapes, shapes[i]);
    }
    built_end(&built);
}

static void test_components_in_use(void **state) {
    (void)state;
    struct built built;
    built_begin(&built, "data: {kind: !grid [tune, lattice]}\n" NETWORK TRAIN);
    static const bool used[] = {false, true, false, true};
    for (size_t i = 0; i < 4; i++) {
        assert_int_equal(built.grid.used[SECTION_DATA][i], used[i]);
    }
    /* Sections that are left out take their defaults, a selector its own. */
    assert_true(built.grid.present[SECTION_LOSS]);
    assert_ptr_equal(built.grid.selectors[SECTION_SOLVER], key(&built, "train.solver"));
    assert_true(built.grid.used[SECTION_SOLVER][0]);
    assert_null(built.grid.selectors[SECTION_LOSS]);
    built_end(&built);
    built_begin(&built, "network: {kind: idle}\nloss: {fit: 2}\n");
    assert_false(built.grid.present[SECTION_DATA]);
    assert_false(built.grid.present[SECTION_TRAIN]);
    assert_true(built.grid.present[SECTION_LOSS]);
    built_end(&built);
}

/* A key has values as each component in use declares it. */
static void test_types_of_keys(void **state) {
    (void)state;
    struct built built;
    built_begin(&built, "data: {kind: !grid [lattice, points], sources: 2}\n" NETWORK
                        "train: {steps: 100, solver: decay, weight_decay: 0.5}\n");
    const struct typed_values *typed = key(&built, "data.sources")->typed;
    assert_ptr_equal(typed[0].parameter, &points_parameters[1]);
    assert_ptr_equal(typed[1].parameter, &lattice_parameters[0]);
    assert_null(typed[2].parameter);
    /* 2 is the default of a lattice, and points have none. */
    assert_string_equal(typed[0].values[0].identity, "2");
    assert_null(typed[1].values[0].identity);
    assert_string_equal(typed[1].values[0].text, "2");
    assert_int_equal(key(&built, "train.steps")->section, SECTION_TRAIN);
    assert_int_equal(key(&built, "train.weight_decay")->section, SECTION_SOLVER);
    built_end(&built);
}

/* Everything but the axes: what is given, else defaults. */
static void test_templates(void **state) {
    (void)state;
    struct built built;
    built_begin(&built, "data: {kind: !grid [lattice, points], sources: 7}\n" NETWORK TRAIN);
    const struct points_settings *of_points =
        (const void *)built.grid.templates[SECTION_DATA][0].bytes;
    const struct lattice_settings *of_lattice =
        (const void *)built.grid.templates[SECTION_DATA][1].bytes;
    const struct train_settings *train = (const void *)built.grid.templates[SECTION_TRAIN][0].bytes;
    assert_int_equal(of_points->sources, 7);
    assert_int_equal(of_points->points, 32);
    assert_int_equal(of_lattice->sources, 7);
    assert_int_equal(of_lattice->values, 3);
    assert_string_equal(of_lattice->targets.path, "");
    assert_int_equal(train->steps, 100);
    assert_true(train->learning_rate == 0.001);
    built_end(&built);
}

static void test_refusals(void **state) {
    (void)state;
    assert_refused(POINTS TRAIN, "s.yaml:1:1: missing key 'network.kind'; expected dense, lookup, "
                                 "mapper, echo or idle");
    assert_refused(
        "data: {points: 3}\n" NETWORK TRAIN,
        "s.yaml:1:8: missing key 'data.kind'; expected points, lattice, picture or tune");
    assert_refused(POINTS NETWORK "train: {learning_rate: 1}\n",
                   "s.yaml:3:9: missing key 'train.steps': train needs an integer: steps to train");
    assert_refused(
        POINTS NETWORK TRAIN "train.solver: decay\ntrain.weight_deca: 1\n",
        "s.yaml:5:1: unknown key 'train.weight_deca'; did you mean 'train.weight_decay'? "
        "train.solver decay takes steps, learning_rate, batch, solver, weight_decay");
    assert_refused(POINTS NETWORK TRAIN "network.size: 1\n",
                   "s.yaml:4:1: unknown key 'network.size'; network.kind dense takes kind, hidden, "
                   "slope");
}

/* The text of a case names it. */
static void test_refusals_name_the_case(void **state) {
    (void)state;
    struct built built;
    struct error error = {0};
    assert_ok(&error, built_read(&built, "\n" POINTS TRAIN, &error));
    built.grid.number = 3;
    assert_int_equal(build_case(&built.sweep, &built.grid, &built.keys, &error), STATUS_BAD_INPUT);
    assert_string_equal(error.message, "s.yaml:2:1: missing key 'network.kind' in case 3 (line 2); "
                                       "expected dense, lookup, mapper, echo or idle");
    built_end(&built);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_dimensions),
        cmocka_unit_test(test_dimensions_that_shape),
        cmocka_unit_test(test_components_in_use),
        cmocka_unit_test(test_types_of_keys),
        cmocka_unit_test(test_templates),
        cmocka_unit_test(test_refusals),
        cmocka_unit_test(test_refusals_name_the_case),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
