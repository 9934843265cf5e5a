/* Descents on fans without a hull end in local minima, on grids as on random points. */
#include "theory/forms.h"

#include "theory/cones.h"
#include "theory/descent.h"

#include "theory/matrix.h"

enum { SETS = 60, STARTS = 20, NEIGHBOURS = 200 };
static const double rounding = 1e-9;

static double value_at(const struct standard_quotient *standard, const double *unit) {
    return quotient_value(standard, unit, fan_lowest(&standard->fan, unit, 0));
}

/* No direction near by is lower. */
static void check_minimum(const struct standard_quotient *standard, const double *unit,
                          double value, struct random_stream *stream) {
    size_t width = standard->fan.width;
    for (size_t i = 0; i < NEIGHBOURS; i++) {
        double near_by[SOURCES_MAX] = {0};
        draw_direction(width, stream, near_by);
        for (size_t j = 0; j < width; j++) {
            near_by[j] = unit[j] + 1e-4 * near_by[j];
        }
        matrix_normalise(width, near_by);
        assert_true(value_at(standard, near_by) >= value - rounding * (1.0 + fabs(value)));
    }
}

static void check_descents(const struct data *data, const struct quotient *quotient,
                           struct random_stream *stream, struct arena *arena) {
    struct error error = {0};
    struct geometry geometry;
    struct standard_quotient standard;
    struct local_minima lowest;
    geometry_of(data, arena, &geometry);
    assert_ok(&error, cones_below(&geometry.fan, quotient, INFINITY, 1, arena, &lowest, &error));
    forget_hull(data, arena, &geometry);
    assert_ok(&error, quotient_standardise(&geometry.fan, quotient, arena, &standard, &error));
    for (size_t k = 0; k < STARTS; k++) {
        double unit[SOURCES_MAX] = {0};
        double value = 0.0;
        draw_direction(data->sources, stream, unit);
        matrix_normalise(data->sources, unit);
        double before = value_at(&standard, unit);
        assert_ok(&error, descent_run(&standard, arena, unit, &value, &error));
        assert_true(value <= before + rounding * (1.0 + fabs(before)));
        assert_true(value >= lowest.values[0] - rounding * (1.0 + fabs(value)));
        check_minimum(&standard, unit, value, stream);
    }
}

static void test_descents_end_in_minima(void **state) {
    (void)state;
    struct random_stream stream = stream_of(21);
    SCOPED(arena_free) struct arena arena = {0};
    for (size_t k = 0; k < SETS; k++, arena_reset(&arena)) {
        struct data data;
        struct any_form any;
        if (k % 2 == 0) {
            fill_grid(&data, 3, 3);
        } else {
            draw(&data, UNIFORM, 30, 2 + k % 3, &stream);
        }
        draw_form(data.sources, k, &stream, &any);
        check_descents(&data, &any.quotient, &stream, &arena);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_descents_end_in_minima)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
