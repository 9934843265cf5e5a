#include "theory/forms.h"

#include "theory/matrix.h"

/* A unit vector u in coordinates of the norm is the direction R⁻¹ u, and has its value. */
static void test_values_in_plain_coordinates(void **state) {
    (void)state;
    struct random_stream stream = stream_of(1);
    SCOPED(arena_free) struct arena arena = {0};
    struct error error = {0};
    for (size_t k = 0; k < 60; k++, arena_reset(&arena)) {
        struct data data;
        struct geometry geometry;
        struct any_form any;
        struct standard_quotient standard;
        double u[SOURCES_MAX];
        double w[SOURCES_MAX];
        double cone[SOURCES_MAX * SOURCES_MAX];
        draw_any(&data, k, &stream);
        draw_form(data.sources, k, &stream, &any);
        geometry_of(&data, &arena, &geometry);
        assert_ok(&error,
                  quotient_standardise(&geometry.fan, &any.quotient, &arena, &standard, &error));
        struct moments moments = moments_of(&data);
        for (size_t i = 0; i < 20; i++) {
            draw_direction(data.sources, &stream, u);
            matrix_apply(data.sources, data.sources, standard.back, u, w);
            double expected = quotient_along(&data, &moments, &any, w);
            size_t lowest = fan_lowest(&standard.fan, u, 0);
            double close = 1e-10 * (1.0 + fabs(expected));
            assert_near(quotient_value(&standard, u, lowest), expected, close);
            quotient_on_cone(&standard, lowest, cone);
            assert_near(product_along(cone, data.sources, u), expected, close);
            assert_near(product_along(any.norm, data.sources, w), 1.0, 1e-10);
        }
    }
}

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
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_values_in_plain_coordinates),
        cmocka_unit_test(test_the_lowest_are_kept),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
