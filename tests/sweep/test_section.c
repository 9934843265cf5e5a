/* Sections: which keys belong to them, which components they have, and what they fill. */

#include "sweep/section.h"

#include "sweep/tables.h"

static void test_keys(void **state) {
    (void)state;
    assert_true(section_holds(SECTION_DATA, "data.kind"));
    assert_true(section_holds(SECTION_TRAIN, "train.steps"));
    assert_true(section_holds(SECTION_SOLVER, "train.steps"));
    assert_false(section_holds(SECTION_DATA, "data"));
    assert_false(section_holds(SECTION_DATA, "database.kind"));
    assert_false(section_holds(SECTION_LOSS, "train.steps"));
    assert_string_equal(section_parameter_name("train.steps"), "steps");
}

static void test_components(void **state) {
    (void)state;
    static const size_t counts[] = {
        [SECTION_DATA] = 4,   [SECTION_NETWORK] = 5, [SECTION_TRAIN] = 1,
        [SECTION_SOLVER] = 2, [SECTION_LOSS] = 1,    [SECTION_SCORING] = 1};
    for (enum section section = 0; section < SECTION_COUNT; section++) {
        assert_int_equal(section_component_count(section), counts[section]);
        assert_null(section_component(section, counts[section]));
        /* Only a section with a choice has a key for it. */
        assert_int_equal(sections[section].selector != NULL, counts[section] > 1);
    }
    assert_ptr_equal(section_component(SECTION_DATA, 1), &lattice.component);
    assert_ptr_equal(section_component(SECTION_LOSS, 0), &loss_component);
    assert_string_equal(sections[SECTION_SOLVER].fallback, "adam");
    assert_null(sections[SECTION_DATA].fallback);
}

/* Each section fills a part of the job of its own. */
static void test_settings(void **state) {
    (void)state;
    struct job job = {0};
    assert_ptr_equal(section_settings(SECTION_DATA, &job), &job.data);
    assert_ptr_equal(section_settings(SECTION_NETWORK, &job), &job.network_settings);
    assert_ptr_equal(section_settings(SECTION_TRAIN, &job), &job.train);
    assert_ptr_equal(section_settings(SECTION_SOLVER, &job), &job.solver_settings);
    assert_ptr_equal(section_settings(SECTION_LOSS, &job), &job.loss);
    assert_ptr_equal(section_settings(SECTION_SCORING, &job), &job.scoring);
    section_choose(SECTION_DATA, 0, &job);
    section_choose(SECTION_NETWORK, 4, &job);
    section_choose(SECTION_SOLVER, 1, &job);
    section_choose(SECTION_LOSS, 0, &job);
    assert_ptr_equal(job.distribution, &points);
    assert_ptr_equal(job.network, &idle);
    assert_ptr_equal(job.solver, &decay);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_keys),
        cmocka_unit_test(test_components),
        cmocka_unit_test(test_settings),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
