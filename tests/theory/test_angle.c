#include "theory/angle.h"

#include "theory/data.h"

static const double rounding = 1e-14;

static void test_angle_from_axis(void **state) {
    (void)state;
    assert_true(angle_from_axis((double[]){0, -3, 0}, 3) == 0.0);
    assert_true(angle_from_axis((double[]){2}, 1) == 0.0);
    assert_near(angle_from_axis((double[]){1, -1, 1}, 3), acos(1 / sqrt(3)), rounding);
    for (int degrees = -180; degrees <= 180; degrees++) { /* back and forth, each 45 degrees */
        double angle = degrees * acos(-1.0) / 180.0;
        double expected = fabs(remainder(degrees, 90)) * acos(-1.0) / 180.0;
        double direction[] = {5 * cos(angle), 5 * sin(angle)};
        assert_near(angle_from_axis(direction, 2), expected, rounding);
    }
}

/* acos would see nothing below 1e-8. */
static void test_small_angles_are_exact(void **state) {
    (void)state;
    assert_near(angle_from_axis((double[]){1, 1e-12}, 2), 1e-12, 1e-24);
}

static void test_short_neurons_do_not_count(void **state) {
    (void)state;
    const double directions[] = {10, 0, 0.9, 0.3, 3, 0.3};
    assert_near(angle_most_mixed(directions, 3, 2), atan(0.1), rounding);
    assert_near(angle_most_mixed(directions + 2, 2, 2), atan(1.0 / 3.0), rounding);
    assert_true(isnan(angle_most_mixed(directions, 0, 2)));
    assert_true(isnan(angle_most_mixed((double[]){0, 0}, 1, 2)));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_angle_from_axis),
        cmocka_unit_test(test_small_angles_are_exact),
        cmocka_unit_test(test_short_neurons_do_not_count),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
