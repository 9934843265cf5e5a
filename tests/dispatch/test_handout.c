/* Hand-outs as they are packed and read, and when the next one is asked for. */

#include "dispatch/handout.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

/* Bundle b: 1 … PLAN_WIDTH_MOST jobs, all different. */
static struct plan_bundle bundle_number(int64_t b) {
    struct plan_bundle bundle = {.count = 1 + (int)(b * 7 % PLAN_WIDTH_MOST),
                                 .cost = 0.1 * (double)b};
    for (int k = 0; k < bundle.count; k++) {
        bundle.jobs[k] = b * 1000000007 + k;
    }
    return bundle;
}

static void test_bundles_come_back(void **state) {
    (void)state;
    struct handout handout;
    for (int64_t count = 0; count <= HANDOUT_BUNDLES_MOST; count += 7) {
        handout_clear(&handout);
        for (int64_t b = 0; b < count; b++) {
            struct plan_bundle bundle = bundle_number(b);
            handout_add(&handout, &bundle);
        }
        assert_int_equal(handout_count(&handout), count);
        assert_in_range(handout.used, 1, HANDOUT_WORDS_MOST);
        for (int64_t b = count; b-- > 0;) {
            struct plan_bundle given = bundle_number(b);
            struct plan_bundle read = handout_bundle(&handout, b);
            assert_int_equal(read.count, given.count);
            assert_true(read.cost == given.cost);
            assert_memory_equal(read.jobs, given.jobs, (size_t)given.count * sizeof given.jobs[0]);
        }
    }
}

static void test_full_bundles_fill_a_handout(void **state) {
    (void)state;
    struct handout handout;
    struct plan_bundle full = {.count = PLAN_WIDTH_MOST};
    handout_clear(&handout);
    assert_int_equal(handout.used, 1);
    for (int b = 0; b < HANDOUT_BUNDLES_MOST; b++) {
        handout_add(&handout, &full);
    }
    assert_int_equal(handout.used, HANDOUT_WORDS_MOST);
}

static void test_short_bundles_are_asked_for_ahead(void **state) {
    (void)state;
    assert_false(handout_asks_before(0, 2, 1e-3));
    assert_true(handout_asks_before(1, 2, 1e-3));
    assert_false(handout_asks_before(1, 2, 1.0));
    assert_false(handout_asks_before(1, 2, 0.0));
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(test_bundles_come_back),
    cmocka_unit_test(test_full_bundles_fill_a_handout),
    cmocka_unit_test(test_short_bundles_are_asked_for_ahead),
};

int main(void) {
    return cmocka_run_group_tests(tests, NULL, NULL);
}
