/* Jobs share a bundle exactly when they do the same operations on numbers of the same shape. */

#include "sweeps.h"

#define BASE                                                                                       \
    "data: {kind: uniform, sources: 2, points: 8}\n"                                               \
    "network: {kind: linear_autoencoder, hidden: 4}\n"                                             \
    "train: {steps: 100}\n"

/* Whether two values of a key may share a bundle; both values as text. */
static bool shares(const char *key, const char *one, const char *other) {
    uint64_t keys[2];
    const char *values[2] = {one, other};
    for (size_t k = 0; k < 2; k++) {
        char override[128];
        const char *overrides[] = {override};
        struct sweep *sweep = NULL;
        struct error error = {.status = STATUS_OK};
        (void)snprintf(override, sizeof override, "%s=%s", key, values[k]);
        assert_ok(sweep_parse(BASE, "test.yaml", overrides, 1, &sweep, &error), error);
        keys[k] = key_of(sweep, 0);
        sweep_free(sweep);
    }
    return keys[0] == keys[1];
}

static void test_what_lanes_may_differ_in(void **state) {
    (void)state;
    assert_true(shares("data.points", "8", "9"));
    assert_true(shares("train.learning_rate", "1e-3", "1e-2"));
    assert_true(shares("loss.fit", "1", "2"));
    assert_true(shares("loss.activity", "0", "0.1"));
    assert_true(shares("loss.negativity", "0", "0.1"));
    assert_true(shares("loss.weights", "0", "0.1"));
    assert_true(shares("seed", "1", "2"));
}

static void test_what_keeps_jobs_apart(void **state) {
    (void)state;
    assert_false(shares("network.hidden", "4", "5"));
    assert_false(shares("data.sources", "2", "3"));
    assert_false(shares("train.steps", "100", "101"));
    assert_false(shares("train.solver", "adam", "adamw"));
    assert_false(shares("train.clip", "none", "norm"));
    assert_false(shares("train.keep", "last", "best"));
    assert_false(shares("loss.negativity_power", "1", "2"));
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(test_what_lanes_may_differ_in),
    cmocka_unit_test(test_what_keeps_jobs_apart),
};

int main(void) {
    return cmocka_run_group_tests(tests, NULL, NULL);
}
