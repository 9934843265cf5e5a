/* The value of a key that is not an axis, for jobs of each kind. */

#include "sweep/setting.h"

#include "sweep/sweep.h"

#include "sweep/tables.h"

#include <math.h>

struct fixture {
    struct sweep *sweep;
    struct arena arena;
    struct settings_of_key values;
};

static void recall(struct fixture *fixture, const char *text) {
    struct error error = {0};
    *fixture = (struct fixture){0};
    assert_ok(&error, sweep_recall(text, "nowhere/a.yaml", "", &fixture->sweep, &error));
}

static void look_up(struct fixture *fixture, const char *key) {
    struct error error = {0};
    assert_ok(&error,
              setting_values(fixture->sweep, key, &fixture->arena, &fixture->values, &error));
}

static void end(struct fixture *fixture) {
    sweep_free(fixture->sweep);
    arena_free(&fixture->arena);
}

static void assert_value(const struct fixture *fixture, size_t i, const char *kind,
                         const char *text) {
    assert_true(i < fixture->values.count);
    assert_string_equal(fixture->values.list[i].kind, kind);
    assert_string_equal(fixture->values.list[i].text, text);
}

static void test_given_and_default_values(void **state) {
    (void)state;
    struct fixture fixture;
    recall(&fixture, "data: {kind: lattice, values: 4}\n"
                     "network: {kind: dense}\n"
                     "train: {steps: 1e2}\n");
    look_up(&fixture, "train.steps");
    assert_int_equal(fixture.values.count, 1);
    assert_null(fixture.values.selector);
    assert_value(&fixture, 0, "", "100");
    assert_true(fixture.values.list[0].number == 100);
    look_up(&fixture, "train.learning_rate");
    assert_value(&fixture, 0, "", "0.001");
    look_up(&fixture, "data.values");
    assert_string_equal(fixture.values.selector, "data.kind");
    assert_value(&fixture, 0, "lattice", "4");
    look_up(&fixture, "network.hidden");
    assert_value(&fixture, 0, "dense", "16");
    look_up(&fixture, "data.kind");
    assert_null(fixture.values.selector);
    assert_value(&fixture, 0, "", "lattice");
    assert_true(isnan(fixture.values.list[0].number));
    look_up(&fixture, "train.solver");
    assert_value(&fixture, 0, "", "adam");
    static const char *const absent[] = {"data.points", "train.weight_decay", "data.other", "seed"};
    for (size_t i = 0; i < sizeof absent / sizeof *absent; i++) {
        look_up(&fixture, absent[i]);
        assert_int_equal(fixture.values.count, 0);
    }
    end(&fixture);
}

/* A key may be of several kinds, with a value or a default for each. */
static void test_values_of_kinds(void **state) {
    (void)state;
    struct fixture fixture;
    recall(&fixture, "network: {kind: dense}\n"
                     "train: {steps: 5}\n"
                     "data: {kind: lattice}\n"
                     "cases:\n"
                     "- {data.sources: 7}\n"
                     "- {data.kind: points, data.sources: 7}\n");
    look_up(&fixture, "data.sources");
    assert_int_equal(fixture.values.count, 2);
    assert_value(&fixture, 0, "points", "7");
    assert_value(&fixture, 1, "lattice", "7");
    look_up(&fixture, "data.points");
    assert_int_equal(fixture.values.count, 1);
    assert_value(&fixture, 0, "points", "32");
    end(&fixture);
}

static void test_keys(void **state) {
    (void)state;
    struct fixture fixture;
    struct error error = {0};
    const char **keys;
    size_t count;
    recall(&fixture, "data: {kind: lattice, targets: not-there.h5:/x}\n"
                     "network: {kind: dense}\n"
                     "train: {steps: 5}\n");
    assert_ok(&error, setting_keys(fixture.sweep, &fixture.arena, &keys, &count, &error));
    assert_int_equal(count, 5);
    assert_string_equal(keys[1], "data.targets");
    assert_string_equal(keys[4], "train.solver");
    look_up(&fixture, "data.targets");
    assert_value(&fixture, 0, "lattice", "not-there.h5:/x");
    end(&fixture);
}

static void test_columns_hold_all_values(void **state) {
    (void)state;
    const struct parameter integer = {.type = PARAMETER_INTEGER, .unit = "steps", .help = "so"};
    const struct parameter real = {.type = PARAMETER_REAL};
    const struct parameter text = {.type = PARAMETER_CHOICE};
    const struct setting list[] = {
        {"", &integer, "5", 5}, {"", &real, "0.125", 0.125}, {"", &text, "corner", (double)NAN}};
    struct axis_column column = setting_column("train.steps", list, 1);
    assert_string_equal(column.key, "train.steps");
    assert_string_equal(column.unit, "steps");
    assert_int_equal(column.type, PARAMETER_INTEGER);
    assert_int_equal(setting_column("train.steps", list, 2).type, PARAMETER_REAL);
    column = setting_column("train.steps", list, 3);
    assert_int_equal(column.type, PARAMETER_TEXT);
    assert_int_equal(column.text_bytes, 6);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_given_and_default_values),
        cmocka_unit_test(test_values_of_kinds),
        cmocka_unit_test(test_keys),
        cmocka_unit_test(test_columns_hold_all_values),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
