#include "theory/moments.h"

static const double rounding = 1e-12;

static void test_one_source_is_modular(void **state) {
    (void)state;
    struct random_stream stream = stream_of(1);
    SCOPED(arena_free) struct arena arena = {0};
    for (size_t k = 0; k < KINDS; k++, arena_reset(&arena)) {
        struct data data;
        draw(&data, (enum kind)k, 20, 1, &stream);
        struct margin margin = margin_of(&data, &arena);
        assert_true(fabs(margin.value) <= rounding * moments_of(&data).scale);
        assert_true(margin.modular && margin.exact && margin.known);
        assert_near(fabs(margin.direction[0]), 1.0, rounding);
    }
}

/* With w·(1, 1) = √u the value is u (support² + variance) − reach² − variance: lowest for u = 0. */
static void test_duplicated_source(void **state) {
    (void)state;
    struct random_stream stream = stream_of(2);
    SCOPED(arena_free) struct arena arena = {0};
    for (size_t k = 0; k < KINDS; k++, arena_reset(&arena)) {
        struct data data;
        draw(&data, (enum kind)k, 30, 2, &stream);
        for (size_t n = 0; n < data.samples; n++) {
            data.points[2 * n + 1] = data.points[2 * n];
        }
        struct moments moments = moments_of(&data);
        struct margin margin = margin_of(&data, &arena);
        double expected = -(pow(moments.reach[0], 2) + moments.covariance[0][0]);
        assert_near(margin.value, expected, rounding * moments.scale);
        assert_near(fabs(margin.direction[0]), sqrt(0.5), 1e-9);
        assert_true(fabs(margin.direction[0] + margin.direction[1]) <= 1e-9);
        assert_true(!margin.modular && margin.exact && margin.known);
    }
}

/* Against angles of 2e-4 radians; the value changes by no more than its slope times that. */
static void test_collinear_sources(void **state) {
    (void)state;
    enum { ANGLES = 31416 };
    struct random_stream stream = stream_of(3);
    SCOPED(arena_free) struct arena arena = {0};
    for (size_t k = 0; k < KINDS; k++, arena_reset(&arena)) {
        struct data data;
        double lowest = INFINITY;
        draw(&data, (enum kind)k, 12, 2, &stream);
        double factor = between(&stream, -3.0, 3.0);
        for (size_t n = 0; n < data.samples; n++) {
            data.points[2 * n + 1] = 0.5 + factor * data.points[2 * n];
        }
        struct moments moments = moments_of(&data);
        struct margin margin = margin_of(&data, &arena);
        for (size_t a = 0; a < ANGLES; a++) {
            double angle = 2.0 * acos(-1.0) * (double)a / ANGLES;
            double w[SOURCES_MAX] = {cos(angle), sin(angle)};
            lowest = fmin(lowest, margin_along(&data, &moments, w));
        }
        assert_true(margin.value <= lowest + rounding * moments.scale);
        assert_true(margin.value >= lowest - 1e-5 * moments.scale);
        assert_true(!margin.modular && margin.known);
    }
}

static void test_constant_source_changes_nothing(void **state) {
    (void)state;
    struct random_stream stream = stream_of(4);
    SCOPED(arena_free) struct arena arena = {0};
    for (size_t k = 0; k < 60; k++, arena_reset(&arena)) {
        struct data data;
        draw_any(&data, k, &stream);
        if (k % 3 == 0) {
            add_corners(&data, 0.1);
        }
        struct data more = data;
        more.sources++;
        for (size_t n = 0; n < data.samples; n++) {
            double *point = more.points + n * more.sources;
            memcpy(point + 1, data.points + n * data.sources, data.sources * sizeof *point);
            point[0] = 1e3;
        }
        struct margin standard = margin_of(&data, &arena);
        struct margin margin = margin_of(&more, &arena);
        assert_near(standard.value, margin.value, rounding * moments_of(&data).scale);
        assert_int_equal(standard.modular, margin.modular);
    }
}

/* A square without one corner, whose facet x + y = 1 is at fault. */
static void test_square_without_a_corner(void **state) {
    (void)state;
    SCOPED(arena_free) struct arena arena = {0};
    struct data data = {3, 2, {0, 0, 1, 0, 0, 1}, {0}};
    weigh_equally(&data);
    struct margin margin = margin_of(&data, &arena);
    /* Mean 1/3, reach 1/3, covariance −1/9: for w = −(1, 1)/√2 the support is 1/(3√2), its square
       1/18, while wᵀSw is 1/9 + 1/9. */
    assert_true(margin.value <= -1.0 / 6.0 + rounding);
    struct moments moments = moments_of(&data);
    for (size_t a = 0; a < 10000; a++) {
        double w[SOURCES_MAX] = {cos((double)a), sin((double)a)};
        assert_true(margin.value <= margin_along(&data, &moments, w) + rounding);
    }
    assert_true(!margin.modular);
}

/* Almost flat clouds have cones of almost opposite rays. No descent finds anything lower. */
static void test_thin_clouds(void **state) {
    (void)state;
    struct random_stream stream = stream_of(9);
    SCOPED(arena_free) struct arena arena = {0};
    for (size_t k = 0; k < 40; k++, arena_reset(&arena)) {
        struct data data;
        struct error error = {0};
        struct geometry geometry;
        struct margin descended;
        double thickness = pow(10.0, between(&stream, -10.0, -5.0));
        draw(&data, UNIFORM, 4 + k % 8, 3, &stream);
        for (size_t n = 0; n < data.samples; n++) {
            data.points[3 * n + 2] = data.points[3 * n] + thickness * random_uniform(&stream);
        }
        struct margin margin = margin_of(&data, &arena);
        forget_hull(&data, &arena, &geometry);
        assert_ok(&error, margin_find(&geometry, MARGIN_TOLERANCE, &arena, &descended, &error));
        assert_true(margin.exact);
        if (margin.value > descended.value + 1e-9 || margin.value < descended.bound - 1e-9) {
            fail_msg("thickness %g: %.12g, but a descent found %.12g, bound %.12g", thickness,
                     margin.value, descended.value, descended.bound);
        }
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_one_source_is_modular),
        cmocka_unit_test(test_duplicated_source),
        cmocka_unit_test(test_collinear_sources),
        cmocka_unit_test(test_constant_source_changes_nothing),
        cmocka_unit_test(test_square_without_a_corner),
        cmocka_unit_test(test_thin_clouds),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
