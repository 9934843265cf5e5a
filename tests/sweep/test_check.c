/* What parses but cannot work is refused at its place, whichever job it is in. */

#include "sweep/check.h"

#include "sweep/built.h"

#define NETWORK "network: {kind: dense}\n"
#define TRAIN "train: {steps: 100}\n"
#define REST NETWORK TRAIN

static void assert_refused(enum status status, const struct error *error, const char *message) {
    assert_int_equal(status, STATUS_BAD_INPUT);
    assert_string_equal(error->message, message);
}

/* The message, or NULL where duplicates are not refused. */
static void duplicates(const char *text, const char *message) {
    struct built built;
    struct error error = {0};
    built_begin(&built, text);
    enum status status = check_duplicates(&built.grid, &error);
    if (message == NULL) {
        assert_int_equal(status, STATUS_OK);
    } else {
        assert_refused(status, &error, message);
    }
    built_end(&built);
}

static void test_duplicates(void **state) {
    (void)state;
    duplicates("data: {kind: lattice, amount: !grid [1, 2, 3]}\n" REST, NULL);
    duplicates("data: {kind: lattice, amount: !grid [1, 2, 1.0]}\n" REST,
               "s.yaml:1:44: data.amount: 1 is twice on this axis");
    duplicates("data: {kind: lattice, values: !linspace [3, 4, 2]}\n" REST, NULL);
    duplicates("data: {kind: lattice}\nnetwork: {kind: !grid [dense, lookup, dense]}\n" TRAIN,
               "s.yaml:2:39: network.kind: dense is twice on this axis");
    /* Axes that advance together are compared together. */
    duplicates("data: {kind: lattice, amount: !zip:a [1, 2, 1], values: !zip:a [3, 3, 4]}\n" REST,
               NULL);
    duplicates("data: {kind: lattice, amount: !zip:a [1, 2, 1], values: !zip:a [3, 3, 3]}\n" REST,
               "s.yaml:1:45: data.amount: 1 is twice on this axis");
    /* Draws may meet: these are of two numbers. */
    duplicates("data: {kind: lattice, values: !uniform [3, 4, 5]}\n" REST, NULL);
}

static void check(const char *text, const char *message) {
    struct built built;
    struct error error = {0};
    built_begin(&built, text);
    enum status status = check_case(&built.sweep, &built.grid, &error);
    if (message == NULL) {
        assert_int_equal(status, STATUS_OK);
    } else {
        assert_refused(status, &error, message);
    }
    built_end(&built);
}

/* The culprit's value in the job at fault, else what chose the component. */
static void test_place(void **state) {
    (void)state;
    check("data: {kind: lattice, change: corner, amount: !grid [1, 2]}\n" REST, NULL);
    check("data: {kind: lattice, change: corner, amount: !grid [1, 0]}\n" REST,
          "s.yaml:1:57: data.amount: a corner needs an amount above 0");
    check("data: {kind: lattice, change: corner}\n" REST,
          "s.yaml:1:14: data.amount: a corner needs an amount above 0");
    check("data: {kind: lattice, values: 999}\n" REST,
          "s.yaml:1:14: data.kind: 999 values are too many for this test");
    check("data: {kind: lattice}\nnetwork: {kind: dense, hidden: !grid [2, [1, 2, 3, 4]]}\n" TRAIN,
          "s.yaml:2:17: network.kind: at most three layers, got 4");
}

/* All combinations of the axes that a check looks at, while there are few. */
static void test_combinations(void **state) {
    (void)state;
    check("data: {kind: lattice, change: !grid [diagonal, corner], amount: !grid [1, 0]}\n" REST,
          "s.yaml:1:75: data.amount: a corner needs an amount above 0");
    /* 100 x 64 x 20 combinations: one axis at a time finds what is wrong with the first values. */
    check("data: {kind: lattice, change: corner, values: !range [2, 102], sources: !range [1, 65], "
          "amount: !range [19, -1, -1]}\n" REST,
          "s.yaml:1:97: data.amount: a corner needs an amount above 0");
    check("data: {kind: lattice, change: !grid [diagonal, corner], values: !range [2, 102], "
          "sources: !range [1, 65], amount: !range [19, -1, -1]}\n" REST,
          NULL);
    /* A batch is compared with each size of the data. */
    check("data: {kind: lattice, values: !grid [5, 4]}\n" NETWORK
          "train: {steps: 1, batch: !grid [4, 5]}\n",
          "s.yaml:3:36: train.batch: a batch of 5 samples, and the data set has 4: expected no "
          "more, or 0 for all of them");
}

/* Files are opened for their size, so neighbouring jobs with the same data ask once. */
static void test_sizes_are_asked_once(void **state) {
    (void)state;
    struct built built;
    struct error error = {0};
    built_begin(&built, "data: {kind: lattice, values: !grid [5, 6]}\n"
                        "network: {kind: dense, slope: !grid [0.1, 0.2, 0.3]}\n" TRAIN);
    *lattice_asked() = 0;
    assert_ok(&error, check_case(&built.sweep, &built.grid, &error));
    assert_int_equal(*lattice_asked(), 2);
    built_end(&built);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_duplicates),
        cmocka_unit_test(test_place),
        cmocka_unit_test(test_combinations),
        cmocka_unit_test(test_sizes_are_asked_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
