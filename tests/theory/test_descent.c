/* Descents on fans without a hull end in local minima, on grids as on random points. */
#include "theory/forms.h"

#include "theory/cones.h"
#include "theory/descent.h"

#include "theory/matrix.h"

enum { SETS = 60, STARTS = 20, NEIGHBOURS = 200 };
static const double rounding = 1e-9;

static double value_at(const struct plain_form *plain, const double *unit) {
    return form_value(plain, unit, fan_lowest(&plain->fan, unit, 0));
}

/* No direction near by is lower. */
static void check_minimum(const struct plain_form *plain, const double *unit, double value,
                          struct random_stream *stream) {
    size_t width = plain->fan.width;
    for (size_t i = 0; i < NEIGHBOURS; i++) {
        double near_by[SOURCES_MOST] = {0};
        draw_direction(width, stream, near_by);
        for (size_t j = 0; j < width; j++) {
            near_by[j] = unit[j] + 1e-4 * near_by[j];
        }
        matrix_normalise(width, near_by);
        assert_true(value_at(plain, near_by) >= value - rounding * (1.0 + fabs(value)));
    }
}

static void check_descents(const struct data *data, const struct form *form,
                           struct random_stream *stream, struct arena *arena) {
    struct error error = {0};
    struct geometry geometry;
    struct plain_form plain;
    struct valleys lowest;
    geometry_of(data, arena, &geometry);
    must(cones_minimum(&geometry.fan, form, INFINITY, arena, &lowest, &error), &error);
    forget_hull(data, arena, &geometry);
    must(form_plain(&geometry.fan, form, arena, &plain, &error), &error);
    for (size_t k = 0; k < STARTS; k++) {
        double unit[SOURCES_MOST] = {0};
        double value = 0.0;
        draw_direction(data->sources, stream, unit);
        matrix_normalise(data->sources, unit);
        double before = value_at(&plain, unit);
        must(descent_run(&plain, arena, unit, &value, &error), &error);
        assert_true(value <= before + rounding * (1.0 + fabs(before)));
        assert_true(value >= lowest.values[0] - rounding * (1.0 + fabs(value)));
        check_minimum(&plain, unit, value, stream);
    }
}

static void test_descents_end_in_minima(void **state) {
    (void)state;
    struct random_stream stream = stream_of(21);
    struct arena arena = {0};
    for (size_t k = 0; k < SETS; k++, arena_reset(&arena)) {
        struct data data;
        struct any_form any;
        if (k % 2 == 0) {
            fill_grid(&data, 3, 3);
        } else {
            draw(&data, UNIFORM, 30, 2 + k % 3, &stream);
        }
        draw_form(data.sources, k, &stream, &any);
        check_descents(&data, &any.form, &stream, &arena);
    }
    arena_free(&arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_descents_end_in_minima)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
