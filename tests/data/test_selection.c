#include "data/selection.h"

#include "check.h"

#include <stdbool.h>
#include <string.h>

enum { COLUMNS = 4 };

static const char *const NAMES[COLUMNS] = {"x", "y", "2", "angle"};

/* Column j holds j + 1, and ten times that. */
static struct points table(struct arena *arena, bool has_names) {
    struct error error = {0};
    struct points points = {.rows = 2, .columns = COLUMNS};
    const char **names;
    assert_ok(&error, ARENA_NEW(arena, points.values, 2 * COLUMNS, &error));
    assert_ok(&error, ARENA_NEW(arena, names, COLUMNS, &error));
    for (size_t j = 0; j < COLUMNS; j++) {
        points.values[j] = (double)j + 1;
        points.values[COLUMNS + j] = 10 * ((double)j + 1);
        names[j] = NAMES[j];
    }
    points.names = has_names ? names : NULL;
    return points;
}

static void check_first_row(const char *text, const double *expected, size_t count) {
    SCOPED(arena_free) struct arena arena = {0};
    struct error error = {0};
    struct points points = table(&arena, true);
    assert_ok(&error, points_select(text, "p.csv", &arena, &points, &error));
    assert_int_equal(points.columns, count);
    for (size_t k = 0; k < count; k++) {
        assert_true(points.values[k] == expected[k]);
        assert_true(points.values[count + k] == 10 * expected[k]);
        assert_string_equal(points.names[k], NAMES[(size_t)expected[k] - 1]);
    }
}

static void test_numbers_ranges_and_names(void **state) {
    (void)state;
    check_first_row("4,1", (const double[]){4, 1}, 2);
    check_first_row("3-4,x", (const double[]){3, 4, 1}, 3);
    check_first_row("2", (const double[]){3}, 1); /* a name goes before a number */
    check_first_row("1-1", (const double[]){1}, 1);
}

static void check_refused(const char *text, bool has_names, const char *expected) {
    SCOPED(arena_free) struct arena arena = {0};
    struct error error = {0};
    struct points points = table(&arena, has_names);
    assert_int_equal(points_select(text, "p.csv", &arena, &points, &error), STATUS_BAD_INPUT);
    assert_message(&error, expected);
}

static void test_what_is_not_there_is_refused(void **state) {
    (void)state;
    check_refused("5", true, "no column '5'");
    check_refused("0", false, "no column '0': expected numbers from 1 to 4");
    check_refused("angel", true, "did you mean 'angle'?");
    check_refused("3-1", false, "'3-1'");
    check_refused("1-", false, "'1-'");
    check_refused("-1", false, "'-1'");
    check_refused("", false, "no column ''");
    check_refused("x,1", true, "column 1 of p.csv is chosen twice");
    check_refused("1-3,3", false, "column 3 of p.csv is chosen twice");
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_numbers_ranges_and_names),
                                       cmocka_unit_test(test_what_is_not_there_is_refused)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
