#include "theory/partition.h"

#include "theory/forms.h"

enum { SETS = 24, DIRECTIONS = 3000 };

/* The geometry where the hull is out of reach. */
static struct margin margin_without_hull(const struct data *data, struct arena *arena) {
    struct error error = {0};
    struct geometry geometry;
    struct margin margin;
    forget_hull(data, arena, &geometry);
    assert_ok(&error, margin_find(&geometry, MARGIN_TOLERANCE, arena, &margin, &error));
    assert_false(margin.exact);
    return margin;
}

/* All corners are there, whatever they weigh: orthants show that no direction is below 0. */
static void test_weighted_corners_are_modular(void **state) {
    (void)state;
    struct random_stream stream = stream_of(1);
    SCOPED(arena_free) struct arena arena = {0};
    for (size_t sources = 2; sources <= 8; sources++, arena_reset(&arena)) {
        struct data data;
        fill_grid(&data, 2, sources);
        weigh_randomly(&data, &stream);
        struct margin margin = margin_without_hull(&data, &arena);
        assert_true(margin.known && margin.modular);
        assert_true(fabs(margin.value) <= 1e-12 && fabs(margin.bound) <= 1e-12);
    }
}

static void test_many_sources_with_corners_are_modular(void **state) {
    (void)state;
    struct random_stream stream = stream_of(2);
    SCOPED(arena_free) struct arena arena = {0};
    for (size_t sources = 5; sources <= 7; sources++, arena_reset(&arena)) {
        struct data data;
        draw(&data, CORRELATED, 100, sources, &stream);
        add_corners(&data, 0.01);
        struct margin margin = margin_without_hull(&data, &arena);
        assert_true(margin.known && margin.modular);
    }
}

/* With the hull and without it. */
static void test_margin_without_hull(void **state) {
    (void)state;
    struct random_stream stream = stream_of(3);
    SCOPED(arena_free) struct arena arena = {0};
    size_t mixed = 0;
    for (size_t k = 0; k < SETS; k++, arena_reset(&arena)) {
        struct data data;
        draw_any(&data, k, &stream);
        double close = 1e-12 * moments_of(&data).scale;
        struct margin exact = margin_of(&data, &arena);
        struct margin margin = margin_without_hull(&data, &arena);
        assert_true(margin.bound <= exact.value + close);
        assert_true(margin.value >= exact.value - close);
        assert_true(!margin.known || margin.modular == exact.modular);
        mixed += margin.known && !margin.modular;
    }
    assert_true(mixed > SETS / 2);
}

/* 5 … 13 sources: by orthants, and by eigenvalues beyond PARTITION_WIDTH_MAX. */
static void test_bound_is_below_every_direction(void **state) {
    (void)state;
    struct random_stream stream = stream_of(4);
    SCOPED(arena_free) struct arena arena = {0};
    struct error error = {0};
    const size_t widths[] = {5, 9, PARTITION_WIDTH_MAX, PARTITION_WIDTH_MAX + 1};
    for (size_t k = 0; k < sizeof widths / sizeof *widths; k++, arena_reset(&arena)) {
        struct data data;
        struct geometry geometry;
        struct any_form any;
        struct local_minima minima;
        double bound;
        double w[SOURCES_MAX];
        draw(&data, k % 2 == 0 ? UNIFORM : CORRELATED, 40, widths[k], &stream);
        draw_form(widths[k], k, &stream, &any);
        forget_hull(&data, &arena, &geometry);
        assert_ok(&error, partition_below(&geometry.fan, &any.quotient, 1e6, 3, &arena, &minima,
                                          &bound, &error));
        struct moments moments = moments_of(&data);
        assert_true(isfinite(bound) && minima.count >= 1 && minima.count <= 3);
        assert_true(bound <= minima.values[0]);
        for (size_t v = 0; v < minima.count; v++) {
            double value = quotient_along(&data, &moments, &any, minima.directions + v * widths[k]);
            assert_near(value, minima.values[v], 1e-10 * (1.0 + fabs(value)));
        }
        for (size_t i = 0; i < DIRECTIONS; i++) {
            draw_direction(widths[k], &stream, w);
            for (size_t j = 0; i % 2 == 0 && j < widths[k]; j++) {
                w[j] = minima.directions[j] + 0.1 * w[j];
            }
            assert_true(quotient_along(&data, &moments, &any, w) >= bound);
        }
    }
}

/* The optimum's certificate does not need the hull either. */
static void test_optimum_without_hull(void **state) {
    (void)state;
    struct random_stream stream = stream_of(5);
    SCOPED(arena_free) struct arena arena = {0};
    struct error error = {0};
    struct costs costs = costs_of_lambda(0.1);
    for (size_t k = 0; k < 6; k++, arena_reset(&arena)) {
        struct data data;
        struct geometry geometry;
        struct optimum optimum;
        draw_any(&data, k, &stream);
        struct optimum exact = optimum_of(&data, &costs, &arena);
        forget_hull(&data, &arena, &geometry);
        assert_ok(&error, optimum_find(&geometry, &costs, 0, &arena, &optimum, &error));
        assert_true(optimum.bound <= exact.energy * (1.0 + 1e-9));
        assert_true(optimum.energy >= exact.energy * (1.0 - 1e-9));
        assert_true(optimum.bound >= 0.9 * exact.energy);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_weighted_corners_are_modular),
        cmocka_unit_test(test_many_sources_with_corners_are_modular),
        cmocka_unit_test(test_margin_without_hull),
        cmocka_unit_test(test_bound_is_below_every_direction),
        cmocka_unit_test(test_optimum_without_hull),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
