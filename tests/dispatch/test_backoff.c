/* When a waiting rank sees a message, compared with napping step by step. */

#include "dispatch/backoff.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void test_naps_grow_to_a_limit(void **state) {
    (void)state;
    double wait_once = backoff_first();
    for (int k = 0; k < 100; k++) {
        double next = backoff_next(wait_once);
        assert_true(next >= wait_once && next <= 2.0 * wait_once);
        wait_once = next;
    }
    assert_true(backoff_next(wait_once) == wait_once);
    assert_true(wait_once > backoff_first() && wait_once < 0.05);
}

static void test_seen_at_the_next_look(void **state) {
    (void)state;
    static const double arrivals[] = {-1.0, 0.0, 1e-6, 19e-6, 1e-4, 1.5e-3, 0.0123, 0.777};
    for (size_t k = 0; k < sizeof arrivals / sizeof arrivals[0]; k++) {
        double look = 0.0;
        double wait_once = backoff_first();
        while (look < arrivals[k]) {
            look += wait_once;
            wait_once = backoff_next(wait_once);
        }
        assert_true(fabs(backoff_seen(0.0, arrivals[k]) - look) < 1e-9);
        assert_true(fabs(backoff_seen(5.0, 5.0 + arrivals[k]) - 5.0 - look) < 1e-9);
    }
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(test_naps_grow_to_a_limit),
    cmocka_unit_test(test_seen_at_the_next_look),
};

int main(void) {
    return cmocka_run_group_tests(tests, NULL, NULL);
}
