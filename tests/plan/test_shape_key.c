/* Jobs share a bundle exactly when they do the same operations on numbers of the same shape. */

#include "sweeps.h"

#define BASE                                                                                       \
    "data: {kind: uniform, sources: 2, points: 8}\n"                                               \
    "network: {kind: linear_autoencoder, hidden: 4}\n"                                             \
    "train: {steps: 100}\n"

#define SEQUENCES                                                                                  \
    "data: {kind: teacher, steps: 4, chunk: 4}\n"                                                  \
    "network: {kind: relu_rnn, hidden: 32}\n"                                                      \
    "train: {steps: 100}\n"

/* Whether two values of a key, as text, may share a bundle in a sweep of some text. */
static bool shares_in(const char *text, const char *key, const char *one, const char *other) {
    uint64_t keys[2];
    const char *values[2] = {one, other};
    for (size_t k = 0; k < 2; k++) {
        char override[128];
        const char *overrides[] = {override};
        struct sweep *sweep = NULL;
        struct error error = {0};
        (void)snprintf(override, sizeof override, "%s=%s", key, values[k]);
        assert_ok(&error, sweep_parse(text, "test.yaml", overrides, 1, &sweep, &error));
        keys[k] = key_of(sweep, 0);
        sweep_free(sweep);
    }
    return keys[0] == keys[1];
}

static bool shares(const char *key, const char *one, const char *other) {
    return shares_in(BASE, key, one, other);
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
    assert_false(shares("loss.sparsity", "0", "0.1"));
    assert_false(shares("train.batch", "0", "4"));
}

/* An index and a row of as many numbers are laid out differently. */
static void test_one_hot_and_dense_inputs_are_kept_apart(void **state) {
    (void)state;
    static const char *const data[] = {
        "data: {kind: what_where}\n",
        "data: {kind: uniform, sources: 81, points: 81}\n",
    };
    uint64_t keys[2];
    for (size_t k = 0; k < 2; k++) {
        char text[256];
        struct sweep *sweep = NULL;
        struct error error = {0};
        struct sized_job sized;
        (void)snprintf(text, sizeof text,
                       "%snetwork: {kind: feedforward, hidden: 4}\ntrain: {steps: 100}\n", data[k]);
        assert_ok(&error, sweep_parse(text, "test.yaml", NULL, 0, &sweep, &error));
        assert_ok(&error, sized_job_decode(sweep, 0, &sized, &error));
        sized.network.outputs = 2; /* as if a file had given the rows such targets */
        keys[k] = shape_key_of(&sized);
        sweep_free(sweep);
    }
    assert_true(keys[0] != keys[1]);
}

/* Sequences may be more or fewer, but of one length; and wide networks are trained alone. */
static void test_sequences(void **state) {
    (void)state;
    assert_true(shares_in(SEQUENCES, "data.sequences", "20", "63"));
    assert_true(shares_in(SEQUENCES, "data.sequences", "64", "2000"));
    assert_false(shares_in(SEQUENCES, "data.sequences", "63", "64"));
    assert_false(shares_in(SEQUENCES, "data.steps", "4", "5"));
    assert_false(shares_in(SEQUENCES, "network.kind", "relu_rnn", "linear_rnn"));
    assert_true(shares_in(SEQUENCES, "data.scale", "0.5", "0.7"));
    assert_true(shares_in(SEQUENCES, "network.gain", "0.5", "1"));
    /* A step is of a batch. */
    assert_true(shares_in(SEQUENCES "train.batch: 8\n", "data.sequences", "63", "64"));
    assert_true(shares_in(SEQUENCES "train.batch: 64\n", "data.sequences", "64", "2000"));
}

/* A network of single samples does not mind what sequences they come in. */
static void test_sequences_as_single_samples(void **state) {
    (void)state;
    static const char single[] = "data: {kind: teacher, sequences: 20, steps: 4, chunk: 4}\n"
                                 "network: {kind: feedforward, hidden: 32}\n"
                                 "train: {steps: 100}\n";
    assert_true(shares_in(single, "data.sequences", "63", "64"));
    assert_true(shares_in(single, "data.steps", "4", "5"));
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(test_what_lanes_may_differ_in),
    cmocka_unit_test(test_what_keeps_jobs_apart),
    cmocka_unit_test(test_sequences),
    cmocka_unit_test(test_sequences_as_single_samples),
    cmocka_unit_test(test_one_hot_and_dense_inputs_are_kept_apart),
};

int main(void) {
    return cmocka_run_group_tests(tests, NULL, NULL);
}
