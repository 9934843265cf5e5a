/* Launchers tell a process its rank. */

#include "base/launch.h"

#include "check.h"

static const char *const names[] = {"OMPI_COMM_WORLD_RANK", "PMIX_RANK", "SLURM_PROCID"};

static void test_first(void **state) {
    (void)state;
    for (size_t i = 0; i < COUNT(names); i++) {
        assert_int_equal(unsetenv(names[i]), 0);
    }
    assert_true(launch_is_first());
    for (size_t i = 0; i < COUNT(names); i++) {
        assert_int_equal(setenv(names[i], "3", 1), 0);
        assert_false(launch_is_first());
        assert_int_equal(setenv(names[i], "0", 1), 0);
        assert_true(launch_is_first());
        assert_int_equal(unsetenv(names[i]), 0);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_first)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
