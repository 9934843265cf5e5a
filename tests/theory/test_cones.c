#include "theory/cones.h"

#include "theory/forms.h"
#include "theory/partition.h"

enum { SETS = 180, DIRECTIONS = 2000, VALLEYS = 5 };

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
    struct valleys valleys;
    must(cones_minimum(&problem->geometry.fan, &problem->any.form, above_all, arena, &valleys,
                       &error),
         &error);
    assert_int_equal(valleys.count, 1);
    double value = valleys.values[0];
    assert_true(fabs(along(problem, valleys.directions) - value) <= rounding * (1.0 + fabs(value)));
    return value;
}

/* The first half of the directions everywhere, the second around the lowest met. */
static void test_no_direction_is_lower(void **state) {
    (void)state;
    struct random_stream stream = stream_of(1);
    struct arena arena = {0};
    for (size_t k = 0; k < SETS; k++, arena_reset(&arena)) {
        struct problem problem;
        double best[SOURCES_MOST] = {1.0};
        double w[SOURCES_MOST];
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
    arena_free(&arena);
}

static void test_minimum_is_within_the_bounds_of_a_partition(void **state) {
    (void)state;
    struct random_stream stream = stream_of(2);
    struct arena arena = {0};
    struct error error = {0};
    for (size_t k = 0; k < SETS; k++, arena_reset(&arena)) {
        struct problem problem;
        struct valleys valleys;
        double bound;
        draw_problem(k, &stream, &problem, &arena);
        double value = minimum(&problem, &arena);
        double close = rounding * (1.0 + fabs(value));
        must(partition_below(&problem.geometry.fan, &problem.any.form, above_all, 1, &arena,
                             &valleys, &bound, &error),
             &error);
        assert_int_equal(valleys.count, 1);
        assert_true(bound <= value + close);
        assert_true(bound >= value - 0.01 * (1.0 + fabs(value)));
        assert_true(valleys.values[0] >= value - close);
        assert_true(fabs(along(&problem, valleys.directions) - valleys.values[0]) <= close);
    }
    arena_free(&arena);
}

static void test_valleys_are_sorted_and_below_the_threshold(void **state) {
    (void)state;
    struct random_stream stream = stream_of(3);
    struct arena arena = {0};
    struct error error = {0};
    for (size_t k = 0; k < SETS; k++, arena_reset(&arena)) {
        struct problem problem;
        struct valleys valleys;
        draw_problem(k, &stream, &problem, &arena);
        const struct fan *fan = &problem.geometry.fan;
        const struct form *form = &problem.any.form;
        double value = minimum(&problem, &arena);
        double close = rounding * (1.0 + fabs(value));
        double threshold = value + 3.0;
        must(cones_below(fan, form, threshold, VALLEYS, &arena, &valleys, &error), &error);
        assert_true(valleys.count >= 1 && valleys.count <= VALLEYS);
        assert_true(fabs(valleys.values[0] - value) <= close);
        for (size_t v = 0; v < valleys.count; v++) {
            double here = along(&problem, valleys.directions + v * fan->width);
            assert_true(fabs(here - valleys.values[v]) <= rounding * (1.0 + fabs(here)));
            assert_true(here < threshold + close);
            assert_true(v == 0 || valleys.values[v] >= valleys.values[v - 1]);
        }
        must(cones_below(fan, form, value - 10.0 * close, VALLEYS, &arena, &valleys, &error),
             &error);
        assert_int_equal(valleys.count, 0);
        must(cones_minimum(fan, form, value - 10.0 * close, &arena, &valleys, &error), &error);
        assert_int_equal(valleys.count, 0);
    }
    arena_free(&arena);
}

static void test_the_lowest_are_noted(void **state) {
    (void)state;
    enum { ROOM = 3 };
    const double met[] = {5, 9, 2, 7, 2.5, 100, 1, NAN, 8};
    double values[ROOM + 1];
    double directions[ROOM + 1];
    struct valleys valleys = {0, values, directions};
    for (size_t k = 0; k < sizeof met / sizeof *met; k++) {
        double direction = (double)k;
        valleys_note(&valleys, ROOM, 1, 100.0, met[k], &direction);
    }
    assert_int_equal(valleys.count, ROOM);
    const size_t lowest[ROOM] = {6, 2, 4};
    for (size_t k = 0; k < ROOM; k++) {
        assert_true(values[k] == met[lowest[k]] && directions[k] == (double)lowest[k]);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_no_direction_is_lower),
        cmocka_unit_test(test_minimum_is_within_the_bounds_of_a_partition),
        cmocka_unit_test(test_valleys_are_sorted_and_below_the_threshold),
        cmocka_unit_test(test_the_lowest_are_noted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
