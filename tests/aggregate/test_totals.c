#include "aggregate/totals.h"

#include "check.h"

static void test_headings(void **state) {
    struct error error;
    const char *text;
    assert_ok(&error, totals_heading(*state, "a", "s", &text, &error));
    assert_string_equal(text, "a [s]");
    assert_ok(&error, totals_heading(*state, "a", "1", &text, &error));
    assert_string_equal(text, "a");
    assert_ok(&error, totals_heading(*state, "a", "", &text, &error));
    assert_string_equal(text, "a");
}

static void test_totals(void **state) {
    struct error error;
    struct table table = {.sweeps = 1, .job_count = 20, .rows = {.done = 20}};
    const char *text;
    assert_ok(&error, totals_text(&table, *state, &text, &error));
    assert_string_equal(text, "20 of 20 jobs done");
    table.rows = (struct table_count){.done = 9, .missing = 2, .diverged = 3, .quarantined = 1};
    table.torn = 1;
    table.repeated = 5;
    assert_ok(&error, totals_text(&table, *state, &text, &error));
    assert_string_equal(text, "9 of 15 jobs done; not in the means: 2 missing, 3 diverged, "
                              "1 quarantined (1 of the missing half-written)");
}

static void test_undefined_scores_are_counted(void **state) {
    struct error error;
    struct table_cell cells[] = {{.count = 4, .undefined = 1}, {.count = 2, .undefined = 2}};
    struct table_group groups[] = {{.cells = &cells[0]}, {.cells = &cells[1]}};
    struct table_score score = {.name = "angle", .unit = "deg"};
    const struct table table = {.score_count = 1,
                                .scores = &score,
                                .group_count = COUNT(groups),
                                .groups = groups,
                                .rows = {.done = 9}};
    const char *account = "all";
    assert_int_equal(totals_count_undefined(&table, 0), 3);
    assert_ok(&error, totals_undefined(&table, *state, &account, &error));
    assert_string_equal(account, "all; angle is undefined for 3 done jobs");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_headings, arena_set_up, arena_tear_down),
        cmocka_unit_test_setup_teardown(test_totals, arena_set_up, arena_tear_down),
        cmocka_unit_test_setup_teardown(test_undefined_scores_are_counted, arena_set_up,
                                        arena_tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
