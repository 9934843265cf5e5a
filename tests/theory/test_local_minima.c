#include "theory/local_minima.h"

#include "check.h"

enum { MOST = 3, WIDTH = 2 };

/* The lowest few below the threshold, each with its direction, in ascending order. */
static void test_the_lowest_are_kept(void **state) {
    (void)state;
    static const double values[] = {4.0, 1.0, 9.0, 3.0, 2.0, 10.0, NAN};
    static const double lowest[MOST] = {1.0, 2.0, 3.0};
    SCOPED(arena_free) struct arena arena = {0};
    struct error error = {0};
    struct local_minima minima;
    assert_ok(&error, local_minima_make(MOST, WIDTH, &arena, &minima, &error));
    for (size_t k = 0; k < COUNT(values); k++) {
        const double direction[WIDTH] = {values[k], -values[k]};
        local_minima_add(&minima, 10.0, values[k], direction);
    }
    assert_int_equal(minima.count, MOST);
    for (size_t k = 0; k < MOST; k++) {
        assert_true(minima.values[k] == lowest[k]);
        assert_true(minima.directions[WIDTH * k] == lowest[k]);
        assert_true(minima.directions[WIDTH * k + 1] == -lowest[k]);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_the_lowest_are_kept)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
