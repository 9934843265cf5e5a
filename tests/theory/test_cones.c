#include "theory/cones.h"

#include "theory/forms.h"
#include "theory/partition.h"

enum { SETS = 180, DIRECTIONS = 2000, MINIMA = 5 };

static const double above_all = 1e6;  /* no form here has such a value */
static const double rounding = 1e-11; /* of the values, which are of order 10 */

struct problem {
    struct data data;
    struct moments moments;
    struct geometry geometry;
    struct any_form any;
};

static void draw_problem(size_t k, struct random_stream *stream, struct problem *problem,
                         struct arena *arena) {
    draw_any(&problem->data, k, stream);
    draw_form(problem->data.sources, k, stream, &problem->any);
    problem->moments = moments_of(&problem->data);
    geometry_of(&problem->data, arena, &problem->geometry);
}

static double along(const struct problem *problem, const double *w) {
    return quotient_along(&problem->data, &problem->moments, &problem->any, w);
}

static double minimum(const struct problem *problem, struct arena *arena) {
    struct error error = {0};
    struct local_minima minima;
    assert_ok(&error, cones_below(&problem->geometry.fan, &problem->any.quotient, above_all, 1,
                                  arena, &minima, &error));
    assert_int_equal(minima.count, 1);
    double value = minima.values[0];
    assert_near(along(problem, minima.directions), value, rounding * (1.0 + fabs(value)));
    return value;
}

/* The first half of the directions everywhere, the second around the lowest met. */
static void test_no_direction_is_lower(void **state) {
    (void)state;
    struct random_stream stream = stream_of(1);
    SCOPED(arena_free) struct arena arena = {0};
    for (size_t k = 0; k < SETS; k++, arena_reset(&arena)) {
        struct problem problem;
        double best[SOURCES_MAX] = {1.0};
        double w[SOURCES_MAX];
        draw_problem(k, &stream, &problem, &arena);
        double value = minimum(&problem, &arena);
        double lowest = INFINITY;
        for (size_t i = 0; i < DIRECTIONS; i++) {
            draw_direction(problem.data.sources, &stream, w);
            double size = pow(10.0, -4.0 * (double)i / DIRECTIONS);
            for (size_t j = 0; i > DIRECTIONS / 2 && j < problem.data.sources; j++) {
                w[j] = best[j] + size * w[j];
            }
            double here = along(&problem, w);
            assert_true(here >= value - rounding * (1.0 + fabs(value)));
            if (here < lowest) {
                lowest = here;
                memcpy(best, w, sizeof best);
            }
        }
    }
}

static void test_minimum_is_within_the_bounds_of_a_partition(void **state) {
    (void)state;
    struct random_stream stream = stream_of(2);
    SCOPED(arena_free) struct arena arena = {0};
    struct error error = {0};
    for (size_t k = 0; k < SETS; k++, arena_reset(&arena)) {
        struct problem problem;
        struct local_minima minima;
        double bound;
        draw_problem(k, &stream, &problem, &arena);
        double value = minimum(&problem, &arena);
        double close = rounding * (1.0 + fabs(value));
        assert_ok(&error, partition_below(&problem.geometry.fan, &problem.any.quotient, above_all,
                                          1, &arena, &minima, &bound, &error));
        assert_int_equal(minima.count, 1);
        assert_true(bound <= value + close);
        assert_true(bound >= value - 0.01 * (1.0 + fabs(value)));
        assert_true(minima.values[0] >= value - close);
        assert_near(along(&problem, minima.directions), minima.values[0], close);
    }
}

static void test_minima_are_sorted_and_below_the_threshold(void **state) {
    (void)state;
    struct random_stream stream = stream_of(3);
    SCOPED(arena_free) struct arena arena = {0};
    struct error error = {0};
    for (size_t k = 0; k < SETS; k++, arena_reset(&arena)) {
        struct problem problem;
        struct local_minima minima;
        draw_problem(k, &stream, &problem, &arena);
        const struct fan *fan = &problem.geometry.fan;
        const struct quotient *quotient = &problem.any.quotient;
        double value = minimum(&problem, &arena);
        double close = rounding * (1.0 + fabs(value));
        double threshold = value + 3.0;
        assert_ok(&error, cones_below(fan, quotient, threshold, MINIMA, &arena, &minima, &error));
        assert_true(minima.count >= 1 && minima.count <= MINIMA);
        assert_near(minima.values[0], value, close);
        for (size_t v = 0; v < minima.count; v++) {
            double here = along(&problem, minima.directions + v * fan->width);
            assert_near(here, minima.values[v], rounding * (1.0 + fabs(here)));
            assert_true(here < threshold + close);
            assert_true(v == 0 || minima.values[v] >= minima.values[v - 1]);
        }
        assert_ok(&error, cones_below(fan, quotient, value - 10.0 * close, MINIMA, &arena, &minima,
                                      &error));
        assert_int_equal(minima.count, 0);
        assert_ok(&error,
                  cones_below(fan, quotient, value - 10.0 * close, 1, &arena, &minima, &error));
        assert_int_equal(minima.count, 0);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_no_direction_is_lower),
        cmocka_unit_test(test_minimum_is_within_the_bounds_of_a_partition),
        cmocka_unit_test(test_minima_are_sorted_and_below_the_threshold),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
