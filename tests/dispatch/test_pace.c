/* When a waiting rank sees a message, compared with napping step by step. */

#include "dispatch/pace.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void test_naps_grow_to_a_limit(void **state) {
    (void)state;
    double nap = pace_first_nap();
    for (int k = 0; k < 100; k++) {
        double next = pace_next_nap(nap);
        assert_true(next >= nap && next <= 2.0 * nap);
        nap = next;
    }
    assert_true(pace_next_nap(nap) == nap);
    assert_true(nap > pace_first_nap() && nap < 0.05);
}

static void test_seen_at_the_next_look(void **state) {
    (void)state;
    static const double arrivals[] = {-1.0, 0.0, 1e-6, 19e-6, 1e-4, 1.5e-3, 0.0123, 0.777};
    for (size_t k = 0; k < sizeof arrivals / sizeof arrivals[0]; k++) {
        double look = 0.0;
        double nap = pace_first_nap();
        while (look < arrivals[k]) {
            look += nap;
            nap = pace_next_nap(nap);
        }
        assert_true(fabs(pace_seen(0.0, arrivals[k]) - look) < 1e-9);
        assert_true(fabs(pace_seen(5.0, 5.0 + arrivals[k]) - 5.0 - look) < 1e-9);
    }
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(test_naps_grow_to_a_limit),
    cmocka_unit_test(test_seen_at_the_next_look),
};

int main(void) {
    return cmocka_run_group_tests(tests, NULL, NULL);
}
