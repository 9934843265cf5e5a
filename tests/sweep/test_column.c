/* The keys in which jobs differ, with a column wide enough for all their values. */

#include "sweep/sweep.h"

#include "sweep/tables.h"

static void assert_columns(const struct sweep *sweep, const char *const *keys, size_t count) {
    assert_int_equal(sweep->column_count, count);
    for (size_t i = 0; i < count; i++) {
        assert_string_equal(sweep->columns[i].key, keys[i]);
    }
}

static void assert_cell(const struct sweep *sweep, size_t column, int64_t job, const char *text,
                        double number) {
    char got[32];
    sweep_column_text(sweep, column, job, got, sizeof got);
    assert_string_equal(got, text);
    double value = sweep_column_number(sweep, column, job);
    assert_true(value == number || (isnan(value) && isnan(number)));
}

/* Axes, and keys that differ only between cases; jobs without a key have an empty cell. */
static void test_values_of_cases(void **state) {
    (void)state;
    static const char *const keys[] = {"data.kind", "train.steps", "data.points", "data.values"};
    struct error error = {0};
    SCOPED(sweep_release) struct sweep *sweep = NULL;
    assert_ok(&error, sweep_parse("data: {kind: lattice, sources: 2}\n"
                                  "network: {kind: dense}\n"
                                  "train: {steps: !grid [10, 2000]}\n"
                                  "cases:\n"
                                  "- {data.kind: points, data.points: 7}\n"
                                  "- {data.values: 5}\n"
                                  "- {data.values: 3}\n",
                                  "s.yaml", NULL, 0, &sweep, &error));
    assert_columns(sweep, keys, COUNT(keys));
    assert_cell(sweep, 0, 1, "points", NAN);
    assert_cell(sweep, 0, 2, "lattice", NAN);
    assert_cell(sweep, 1, 0, "10", 10);
    assert_cell(sweep, 1, 5, "2000", 2000);
    assert_cell(sweep, 2, 1, "7", 7);
    assert_cell(sweep, 2, 2, "", NAN);
    assert_cell(sweep, 3, 0, "", NAN);
    assert_cell(sweep, 3, 3, "5", 5);
    assert_cell(sweep, 3, 4, "3", 3);
    assert_int_equal(sweep->columns[0].text_bytes, strlen("lattice"));
    assert_int_equal(sweep->columns[1].text_bytes, strlen("2000"));
    assert_int_equal(sweep->columns[1].type, PARAMETER_INTEGER);
    assert_string_equal(sweep->columns[1].unit, "steps");
    assert_string_equal(sweep->columns[1].help, "steps to train");
}

/* A default counts as a value: 3 is that of lattice.values. */
static void test_defaults_are_values(void **state) {
    (void)state;
    static const char *const keys[] = {"data.values"};
    static const char text[] = "data: {kind: lattice}\nnetwork: {kind: dense}\ntrain: {steps: 1}\n"
                               "cases: [{data.values: %s}, {data.amount: 0}]\n";
    struct error error = {0};
    char filled[256];
    for (int values = 3; values < 5; values++) {
        char number[2] = {(char)('0' + values), '\0'};
        SCOPED(sweep_release) struct sweep *sweep = NULL;
        (void)snprintf(filled, sizeof filled, text, number);
        assert_ok(&error, sweep_parse(filled, "s.yaml", NULL, 0, &sweep, &error));
        assert_columns(sweep, keys, values == 3 ? 0 : 1);
        if (values == 4) {
            assert_cell(sweep, 0, 0, "4", 4);
            assert_cell(sweep, 0, 1, "3", 3);
        }
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_values_of_cases),
        cmocka_unit_test(test_defaults_are_values),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
