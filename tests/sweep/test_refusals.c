/* What a sweep may not contain, and the whole message for it: place, key, what was expected. */

#include "sweep/sweep.h"

#include "sweep/tables.h"

#include <stdio.h>
#include <stdlib.h>

#define DATA "data: {kind: points, sources: 2}\n"
#define NETWORK "network: {kind: dense}\n"
#define TRAIN "train: {steps: 100}\n"
#define SINGLE DATA NETWORK TRAIN

struct refusal {
    const char *text;
    const char *message; /**< after "s.yaml:" */
};

static void assert_refused(const char *text, const char *const *overrides, size_t count,
                           const char *message) {
    struct error error = {0};
    struct sweep *sweep = NULL;
    if (sweep_parse(text, "s.yaml", overrides, count, &sweep, &error) == STATUS_OK) {
        sweep_free(sweep);
        fail_msg("accepted, instead of: %s\n%s", message, text);
    }
    assert_null(sweep);
    assert_int_equal(error.status, STATUS_BAD_INPUT);
    assert_string_equal(error.message, message);
}

static void assert_each(const struct refusal *refusals, size_t count) {
    for (size_t i = 0; i < count; i++) {
        char message[ERROR_MESSAGE_BYTES];
        (void)snprintf(message, sizeof message, "s.yaml:%s", refusals[i].message);
        assert_refused(refusals[i].text, NULL, 0, message);
    }
}

#define ASSERT_EACH(refusals) assert_each(refusals, sizeof(refusals) / sizeof(refusals)[0])

static void test_not_a_sweep(void **state) {
    (void)state;
    static const struct refusal refusals[] = {
        {"", " empty; expected YAML"},
        {"# a comment\n", " empty; expected YAML"},
        {"- 1\n", "1:1: expected a mapping of keys to values, such as seed: 1"},
        {"just text", "1:1: expected a mapping of keys to values, such as seed: 1"},
        {"a: [1, 2", "2:1: not valid YAML: did not find expected ',' or ']' while parsing a flow "
                     "sequence"},
        {"a: b: c\n", "1:5: not valid YAML: mapping values are not allowed in this context"},
        {"seed: 1\n\xff\n", "2:1: not UTF-8 text (invalid leading UTF-8 octet)"},
        {"seed: 1\n---\nseed: 2\n", "3:1: a second YAML document; expected one"},
        {"seed: *one\n", "1:7: not valid YAML: found undefined alias"},
        {"data: &a {b: *a}\n", NULL},
        {"? [1, 2]\n: 3\n", "1:3: a key must be a plain word"},
        {"name: \"a\\0b\"\n", "1:7: a text must not contain a zero byte"},
    };
    for (size_t i = 0; i < sizeof refusals / sizeof refusals[0]; i++) {
        if (refusals[i].message != NULL) {
            assert_each(&refusals[i], 1);
        }
    }
    assert_refused("data: &a {b: *a}\n", NULL, 0, "s.yaml:1:11: nested more than 32 deep");
}

static void test_keys(void **state) {
    (void)state;
    static const struct refusal refusals[] = {
        {SINGLE "sed: 1\n", "4:1: unknown key 'sed'; did you mean 'seed'?"},
        {SINGLE "dat.points: 1\n", "4:1: unknown key 'dat.points'; did you mean 'data.points'?"},
        {SINGLE "zebra: 1\n", "4:1: unknown key 'zebra'; expected data, network, train, loss, "
                              "scoring, name, seed, replicates, samples, cases, scores or save"},
        {SINGLE "data.poins: 3\n", "4:1: unknown key 'data.poins'; did you mean 'data.points'? "
                                   "data.kind points takes kind, points, sources"},
        {SINGLE "train.weight_decay: 3\n",
         "4:1: unknown key 'train.weight_decay'; train.solver adam takes steps, learning_rate, "
         "batch, solver"},
        {SINGLE "loss: {fitt: 3}\n",
         "4:8: unknown key 'loss.fitt'; did you mean 'loss.fit'? loss takes fit, weights"},
        {SINGLE "seed: 1\nseed: 2\n", "5:1: duplicate key 'seed', already at line 4"},
        {SINGLE "data.sources: 2\n", "4:1: duplicate key 'data.sources', already at line 1"},
        {DATA NETWORK, "1:1: missing key 'train.steps': train needs an integer: steps to train"},
        {NETWORK TRAIN, "1:1: missing key 'data.kind'; expected points, lattice, picture or tune"},
        {DATA TRAIN,
         "1:1: missing key 'network.kind'; expected dense, lookup, mapper, echo or idle"},
        {"data: {kind: points}\n" NETWORK TRAIN,
         "1:8: missing key 'data.sources': points needs an integer: how many sources"},
        {"data: 3\n" NETWORK TRAIN, "1:7: data: expected a mapping, data: {KEY: VALUE, …}"},
        {"data: {kind: pints, sources: 2}\n" NETWORK TRAIN,
         "1:14: data.kind: unknown 'pints'; did you mean 'points'? Expected points, lattice, "
         "picture or tune"},
        {SINGLE "network.hidden: {a: 1}\n",
         "4:17: network.hidden: expected an integer or a list of them, got a mapping"},
    };
    ASSERT_EACH(refusals);
}

static void test_values(void **state) {
    (void)state;
    static const struct refusal refusals[] = {
        {SINGLE "data.points: 2.5\n", "4:14: data.points: expected an integer, got '2.5'"},
        {SINGLE "data.points: many\n", "4:14: data.points: expected an integer, got 'many'"},
        {SINGLE "data.points: \"3\"\n",
         "4:14: data.points: expected an integer, got the text \"3\""},
        {SINGLE "data.points:\n", "4:13: data.points: expected an integer, got nothing"},
        {SINGLE "data.points: [3]\n", "4:14: data.points: expected an integer, got a list"},
        {SINGLE "data.points: 0\n",
         "4:14: data.points: 0 is out of range; expected from 1 to 1000000 samples"},
        {SINGLE "data.points: 99999999999999999999\n",
         "4:14: data.points: 99999999999999999999 does not fit in 64 bits"},
        {SINGLE "network.slope: 1\n",
         "4:16: network.slope: 1 is out of range; expected above 0 and below 1"},
        {SINGLE "network.slope: .nan\n",
         "4:16: network.slope: expected a finite number, got '.nan'"},
        {SINGLE "network.slope: -.inf\n",
         "4:16: network.slope: expected a finite number, got '-.inf'"},
        {SINGLE "network.slope: 0x1p-1\n", "4:16: network.slope: expected a number, got '0x1p-1'"},
        {SINGLE "network.slope: 1e999\n",
         "4:16: network.slope: 1e999 is too large for double precision"},
        {SINGLE "network.slope: 1e-999\n",
         "4:16: network.slope: 1e-999 is too small for double precision"},
        {SINGLE "network.hidden: [16, 0]\n",
         "4:22: network.hidden: 0 is out of range; expected from 1 to 4096 units"},
        {SINGLE "train.solver: adm\n",
         "4:15: train.solver: unknown 'adm'; did you mean 'adam'? Expected adam or decay"},
        {SINGLE "seed: 1.5\n", "4:7: seed: expected an integer, got '1.5'"},
        {SINGLE "replicates: 0\n",
         "4:13: replicates: 0 is out of range; expected from 1 to 1000000000"},
        {SINGLE "name: a/b\n", "4:7: name: expected a word without '/'"},
        {SINGLE "scores: [sprad]\n",
         "4:10: scores: unknown 'sprad'; did you mean 'spread'? Expected one or a list of "
         "spread, order or census"},
        {SINGLE "scores: [order, order]\n", "4:17: scores: 'order' is there twice"},
        {SINGLE "save: [all]\n", "4:8: save: expected one or a list of weights, activity, sources "
                                 "or history, got 'all'"},
    };
    ASSERT_EACH(refusals);
}

static void test_axes(void **state) {
    (void)state;
    static const struct refusal refusals[] = {
        {SINGLE "data.points: !grid []\n", "4:14: data.points: an axis without values"},
        {SINGLE "data.points: !grid 3\n",
         "4:14: data.points: !grid takes a list of values: !grid [1, 2, 3]"},
        {SINGLE "data.points: !grid [1, 2, 1]\n", "4:27: data.points: 1 is twice on this axis"},
        {SINGLE "train.learning_rate: !grid [1e-2, 0.01]\n",
         "4:35: train.learning_rate: 0.01 is twice on this axis"},
        {SINGLE "data.points: !grid [1, 2, x]\n",
         "4:27: data.points: expected an integer, got 'x'"},
        {SINGLE "data.points: !grid [1, !grid [2]]\n",
         "4:24: data.points: tag '!grid' cannot stand here"},
        {SINGLE "data.points: !gird [1, 2]\n",
         "4:14: data.points: unknown tag '!gird'; did you mean '!grid'? known are !grid, "
         "!linspace, !logspace, !range, !uniform and !zip:label"},
        {SINGLE "data.points: !zip [1, 2]\n",
         "4:14: data.points: !zip needs a label: !zip:pair [1, 2]"},
        {SINGLE "data.points: !zip:a [1, 2]\nnetwork.slope: !zip:a [0.1, 0.2, 0.3]\n",
         "5:16: network.slope: !zip:a has 3 values here but 2 for data.points (line 4); axes of "
         "one label advance together"},
        {SINGLE "data.points: !zip:a [1, 1]\nnetwork.slope: !zip:a [0.1, 0.1]\n",
         "4:25: data.points: 1 is twice on this axis"},
        {SINGLE "data.points: !linspace [1, 2, 3]\n",
         "4:14: data.points: expected an integer, got '1.5'"},
        {SINGLE "data.points: !linspace [1, 2]\n",
         "4:14: data.points: expected !linspace [first, last, how many]"},
        {SINGLE "data.points: !linspace [1, 2, 0]\n", "4:31: data.points: an axis without values"},
        {SINGLE "data.points: !linspace [2, 2, 5]\n",
         "4:14: data.points: 5 values from 2 to the same number"},
        {SINGLE "network.slope: !logspace [0, 1, 3]\n",
         "4:27: network.slope: !logspace needs its first and last value above 0, got 0"},
        {SINGLE "data.points: !range [5, 1]\n", "4:14: data.points: an axis without values"},
        {SINGLE "data.points: !range [1, 5, 0]\n", "4:28: data.points: the step of !range is 0"},
        {SINGLE "data.points: !range [1e15]\n",
         "4:14: data.points: an axis of more than 10000000 values"},
        {SINGLE "network.slope: !uniform [0.1, 0.9]\n",
         "4:16: network.slope: how many? Give 'samples: N' at the top level, or here: !uniform "
         "[low, high, samples]"},
        {SINGLE "network.slope: !uniform [0.9, 0.1, 3]\n",
         "4:16: network.slope: !uniform needs low below high"},
        {SINGLE "network.slope: !uniform {low: 0.9, samples: 3}\n",
         "4:16: network.slope: !uniform needs high"},
        {SINGLE "network.slope: !uniform {low: 0.9, hgh: 3}\n",
         "4:36: network.slope: unknown 'hgh'; expected !uniform {low, high, samples}"},
        {SINGLE "network.slope: !uniform [0.5, 1.5, 100]\n", NULL},
        {SINGLE "seed: !grid [1, 2]\n", "4:7: seed: cannot be an axis ('!grid')"},
        {SINGLE "scores: !grid [spread]\n", "4:9: scores: cannot be an axis ('!grid')"},
        {"data: !grid [1]\n" NETWORK TRAIN, "1:7: data: expected a mapping, data: {KEY: VALUE, …}"},
        {SINGLE "data.points: !linspace [1, 3, 3]\nreplicates: 1000000000\n"
                "network.slope: !linspace [0.1, 0.9, 1000001]\n"
                "train.learning_rate: !linspace [0.1, 0.9, 1000001]\n",
         "6:1: network.slope: more jobs than 64 bits can number"},
    };
    for (size_t i = 0; i < sizeof refusals / sizeof refusals[0]; i++) {
        if (refusals[i].message != NULL) {
            assert_each(&refusals[i], 1);
        }
    }
    assert_refused(SINGLE "data.kind: !grid [points]\n", NULL, 0,
                   "s.yaml:4:1: duplicate key 'data.kind', already at line 1");
}

static void test_cases(void **state) {
    (void)state;
    static const struct refusal refusals[] = {
        {SINGLE "cases: []\n", "4:8: cases: a list without cases"},
        {SINGLE "cases: {data.points: 3}\n", "4:8: cases: expected a list of mappings"},
        {SINGLE "cases:\n - 3\n", "5:4: cases: expected a mapping, such as {data.kind: grid}"},
        {SINGLE "cases:\n - {data.points: 3}\n - {seed: 3}\n",
         "6:5: 'seed' cannot differ between cases"},
        {SINGLE "cases:\n - {data.points: 3}\n - {data.kind: lattice}\n - {data.points: 4, "
                "data.kind: lattice}\n",
         "7:5: unknown key 'data.points'; data.kind lattice in case "
         "3 (line 7) takes kind, sources, values, change, amount, targets"},
        {"data: {kind: lattice, values: 3}\n" NETWORK TRAIN
         "cases:\n - {data.kind: lattice}\n - {data: {kind: points, sources: 2}}\n",
         "1:23: unknown key 'data.values'; data.kind points in case 2 (line 6) takes kind, points, "
         "sources"},
        {"data: {kind: !grid [lattice, points], values: 3, sources: 2}\n" NETWORK TRAIN,
         "1:39: unknown key 'data.values'; data.kind points takes kind, points, sources"},
    };
    ASSERT_EACH(refusals);
}

#define LATTICE "data: {kind: lattice, change: corner, amount: !grid [1, 0]}\n"

static void test_combinations(void **state) {
    (void)state;
    static const struct refusal refusals[] = {
        {LATTICE NETWORK TRAIN, "1:57: data.amount: a corner needs an amount above 0"},
        {"data: {kind: lattice, amount: 0}\n" NETWORK TRAIN
         "cases:\n - {data.change: independent}\n - {data.change: corner}\n"
         " - {data.change: corner, data.amount: 1}\n",
         "1:31: data.amount: a corner needs an amount above 0"},
        {"data: {kind: lattice}\n" NETWORK TRAIN
         "cases:\n - {data.change: corner}\n - {data.change: corner, data.amount: 1}\n",
         "1:14: data.amount: a corner needs an amount above 0"},
        /* Only the last of four combinations is at fault. */
        {"data: {kind: lattice, change: !grid [diagonal, corner], amount: !grid [1, 0]}\n" NETWORK
             TRAIN,
         "1:75: data.amount: a corner needs an amount above 0"},
        /* 500 x 64 x 5 of them: too many, but some value is at fault with all others at first. */
        {"data: {kind: lattice, change: corner, values: !range [2, 502], sources: !range [1, 65], "
         "amount: !grid [1, 2, 3, 4, 0]}\n" NETWORK TRAIN,
         "1:116: data.amount: a corner needs an amount above 0"},
        {"data: {kind: lattice, values: !grid [3, 999]}\n" NETWORK TRAIN,
         "1:14: data.kind: 999 values are too many for this test"},
        {DATA "network: {kind: dense, hidden: [1, 2, 3, 4]}\n" TRAIN,
         "2:17: network.kind: at most three layers, got 4"},
        {SINGLE "loss: {weights: !grid [[1], [2, 3]]}\n",
         "4:29: loss.weights: 2 coefficients; expected one, or one for each of the 1 weight "
         "matrices of 'dense'"},
        {"network: {kind: idle}\nscores: [spread]\n",
         "2:10: scores: 'spread' needs a data section"},
        {DATA "network: {kind: idle}\nscores: [spread, order]\n",
         "3:18: scores: 'order' needs latents, and network 'idle' has none"},
        {"data: {kind: picture}\n" NETWORK TRAIN,
         "1:14: data.kind: network 'dense' takes no one-hot inputs, and 'picture' "
         "has no others; expected another network, or data with dense inputs"},
        {"data: {kind: !grid [lattice, picture]}\n" NETWORK TRAIN,
         "1:30: data.kind: network 'dense' takes no one-hot inputs, and 'picture' "
         "has no others; expected another network, or data with dense inputs"},
        {"data: {kind: picture}\nnetwork: {kind: !grid [lookup, dense]}\n" TRAIN,
         "1:14: data.kind: network 'dense' takes no one-hot inputs, and 'picture' "
         "has no others; expected another network, or data with dense inputs"},
        {SINGLE "scores: [spread, census]\n",
         "4:18: scores: 'census' counts labels; the sources of 'points' are continuous; use "
         "'spread'"},
        {"data: {kind: !grid [lattice, points], sources: 2}\n" NETWORK TRAIN "scores: census\n",
         "4:9: scores: 'census' counts labels; the sources of 'points' are continuous; use "
         "'spread'"},
        {"data: {kind: lattice, sources: !grid [2, 3]}\n" NETWORK TRAIN "scores: [census]\n",
         "4:10: scores: 'census' needs 2 sources; 'lattice' has 3"},
        {"data: {kind: lattice, targets: missing.csv}\n" NETWORK TRAIN,
         "1:32: data.targets: cannot open 'missing.csv': No such file or directory"},
        {"data: {kind: lattice, targets: /}\n" NETWORK TRAIN,
         "1:32: data.targets: '/' is a folder, expected a file"},
        {"data: {kind: lattice, targets: /proc/self/status}\n" NETWORK TRAIN,
         "1:32: data.targets: network 'dense' reproduces its input and takes no targets"},
    };
    ASSERT_EACH(refusals);
}

#define TUNE "data: {kind: tune}\n"
#define ECHO "network: {kind: echo}\n"

/* Sequences, and targets that are not the inputs, for networks that do not take them. */
static void test_sequences(void **state) {
    (void)state;
    static const struct refusal refusals[] = {
        {TUNE NETWORK TRAIN,
         "1:14: data.kind: network 'dense' reproduces its input, which the targets of 'tune' are "
         "not; expected a network such as feedforward"},
        {"data: {kind: tune, steps: !grid [5, 0]}\n" ECHO TRAIN,
         "1:37: data.steps: network 'echo' takes sequences, and 'tune' has single samples; "
         "expected the steps of a sequence"},
        {DATA ECHO TRAIN,
         "1:14: data.kind: network 'echo' takes sequences, and 'points' has single "
         "samples; expected data such as oscillation"},
        {TUNE "network: {kind: !grid [echo, mapper]}\n" TRAIN "train.batch: !grid [3, 4]\n",
         "4:24: train.batch: a batch of 4 sequences, and the data set has 3: expected no more, or "
         "0 "
         "for all of them"},
        {TUNE "network: {kind: mapper}\n" TRAIN "train.batch: !grid [15, 16]\n",
         "4:25: train.batch: a batch of 16 samples, and the data set has 15: expected no more, or "
         "0 "
         "for all of them"},
    };
    ASSERT_EACH(refusals);
}

static void test_overrides(void **state) {
    (void)state;
    static const char *const refusals[][2] = {
        {"train.steps", "--set train.steps: expected KEY=VALUE"},
        {"=3", "--set =3: expected KEY=VALUE"},
        {"train.stps=3",
         "--set train.stps=3: unknown key 'train.stps'; did you mean "
         "'train.steps'? train.solver adam takes steps, learning_rate, batch, solver"},
        {"train.steps=x", "--set train.steps=x: train.steps: expected an integer, got 'x'"},
        {"train.steps=", "--set train.steps=: empty; expected YAML"},
        {"train.steps=!grid [1, 1]",
         "--set train.steps=!grid [1, 1]: train.steps: 1 is twice on this axis"},
        {"train.steps=[1", "--set train.steps=[1: not valid YAML: did not find expected ',' or "
                           "']' while parsing a flow sequence"},
        {"cases=[]", "--set cases=[]: cases cannot be set; edit the file, or set a key of them"},
    };
    for (size_t i = 0; i < sizeof refusals / sizeof refusals[0]; i++) {
        assert_refused(SINGLE, &refusals[i][0], 1, refusals[i][1]);
    }
}

static void test_files(void **state) {
    (void)state;
    struct error error = {0};
    struct sweep *sweep = NULL;
    assert_int_equal(sweep_load("no/such.yaml", NULL, 0, &sweep, &error), STATUS_BAD_INPUT);
    assert_string_equal(error.message, "cannot open 'no/such.yaml': No such file or directory");
    assert_int_equal(sweep_load("/", NULL, 0, &sweep, &error), STATUS_BAD_INPUT);
    assert_string_equal(error.message, "'/' is a folder, expected a file");
    assert_int_equal(sweep_load("/proc/self/exe", NULL, 0, &sweep, &error), STATUS_BAD_INPUT);
    assert_string_equal(error.message, "'/proc/self/exe' is a binary file, expected a YAML text");
    assert_null(sweep);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_not_a_sweep), cmocka_unit_test(test_keys),
        cmocka_unit_test(test_values),      cmocka_unit_test(test_axes),
        cmocka_unit_test(test_cases),       cmocka_unit_test(test_combinations),
        cmocka_unit_test(test_sequences),   cmocka_unit_test(test_overrides),
        cmocka_unit_test(test_files),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
