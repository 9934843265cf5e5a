/* Errors found after parsing name the place of the value that the job has. */

#include "sweep/sweep.h"

#include "sweep/tables.h"

static const char text[] = "data: {kind: !grid [lattice, points], sources: !grid [2, 3]}\n"
                           "network: {kind: dense}\n"
                           "train: {steps: !range [1, 3]}\n"
                           "cases:\n"
                           "- {network.slope: 0.1}\n"
                           "- {data.kind: lattice, network.slope: 0.2}\n";

static void test_places(void **state) {
    (void)state;
    /* 2 kinds x 2 sources x 2 steps in the first case, half as many in the second. */
    static const struct {
        int64_t job;
        const char *key, *message;
    } places[] = {
        {0, "data.sources", "s.yaml:1:55: data.sources: wrong"},
        {2, "data.sources", "s.yaml:1:58: data.sources: wrong"},
        {0, "data.kind", "s.yaml:1:21: data.kind: wrong"},
        {4, "data.kind", "s.yaml:1:30: data.kind: wrong"},
        {8, "data.kind", "s.yaml:6:15: data.kind: wrong"},
        /* Not given: where the component is chosen, else the case. */
        {5, "data.values", "s.yaml:1:30: data.values: wrong"},
        {11, "network.hidden", "s.yaml:2:17: network.hidden: wrong"},
        {0, "loss.fit", "s.yaml:5:3: loss.fit: wrong"},
        {8, "loss.fit", "s.yaml:6:3: loss.fit: wrong"},
        {7, "network.slope", "s.yaml:5:19: network.slope: wrong"},
        {8, "network.slope", "s.yaml:6:39: network.slope: wrong"},
        {1, "train.steps", "s.yaml:3:16: train.steps: wrong"},
    };
    struct error error = {0};
    SCOPED(sweep_release) struct sweep *sweep = NULL;
    assert_ok(&error, sweep_parse(text, "s.yaml", NULL, 0, &sweep, &error));
    assert_int_equal(sweep->job_count, 12);
    for (size_t i = 0; i < COUNT(places); i++) {
        (void)error_set(&error, STATUS_STORAGE, "wrong");
        assert_int_equal(sweep_prefix_place(sweep, places[i].job, places[i].key, &error),
                         STATUS_STORAGE);
        assert_string_equal(error.message, places[i].message);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_places)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
