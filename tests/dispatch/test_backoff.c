/* When a waiting rank receives a message, compared with sleeping step by step. */

#include "dispatch/backoff.h"

#include "check.h"

#include <math.h>

static void test_sleeps_grow_to_a_limit(void **state) {
    (void)state;
    double interval = backoff_first;
    for (int k = 0; k < 100; k++) {
        double next = backoff_next(interval);
        assert_true(next >= interval && next <= 2.0 * interval);
        interval = next;
    }
    assert_true(backoff_next(interval) == interval);
    assert_true(interval > backoff_first && interval < 0.05);
}

static void test_seen_at_the_next_probe(void **state) {
    (void)state;
    static const double arrivals[] = {-1.0, 0.0, 1e-6, 19e-6, 1e-4, 1.5e-3, 0.0123, 0.777};
    for (size_t k = 0; k < sizeof arrivals / sizeof arrivals[0]; k++) {
        double probe = 0.0;
        double interval = backoff_first;
        while (probe < arrivals[k]) {
            probe += interval;
            interval = backoff_next(interval);
        }
        assert_near(backoff_receive_time(0.0, arrivals[k]), probe, 1e-9);
        assert_near(backoff_receive_time(5.0, 5.0 + arrivals[k]) - 5.0, probe, 1e-9);
    }
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(test_sleeps_grow_to_a_limit),
    cmocka_unit_test(test_seen_at_the_next_probe),
};

int main(void) {
    return cmocka_run_group_tests(tests, NULL, NULL);
}
