/* Denormal numbers vanish only where that was asked for. */
#include "kernel/denormals.h"

#include "check.h"

#include <stdbool.h>

#include <float.h>

static bool denormals_count(void) {
    volatile float smallest = FLT_MIN;
    volatile float half = smallest / 2.0f;
    volatile float whole = half * 2.0f;
    return whole == smallest;
}

static void test_denormals_vanish_and_come_back(void **state) {
    (void)state;
    assert_true(denormals_count());
    uint64_t saved = denormals_to_zero();
#if defined(__x86_64__) || defined(__aarch64__)
    assert_false(denormals_count());
#endif
    denormals_restore(&saved);
    assert_true(denormals_count());
}

static void test_restoring_is_nested(void **state) {
    (void)state;
    uint64_t outer = denormals_to_zero();
    bool before = denormals_count();
    uint64_t inner = denormals_to_zero();
    denormals_restore(&inner);
    assert_int_equal(denormals_count(), before);
    denormals_restore(&outer);
    assert_true(denormals_count());
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_denormals_vanish_and_come_back),
        cmocka_unit_test(test_restoring_is_nested),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
