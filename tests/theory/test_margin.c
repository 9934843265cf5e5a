#include "theory/matrix.h"
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

static void test_out_of_reach(void **state) {
    (void)state;
    const size_t too_many = HULL_DIMENSION_MAX + 1;
    struct random_stream stream = stream_of(1);
    SCOPED(arena_free) struct arena arena = {0};
    struct error error = {0};
    struct geometry geometry;
    struct margin margin;
    size_t samples = 30;
    double points[30 * (HULL_DIMENSION_MAX + 1)];
    double weights[30];
    for (size_t k = 0; k < samples * too_many; k++) {
        points[k] = random_uniform(&stream);
        weights[k % samples] = 1.0 / (double)samples;
    }
    assert_ok(&error, geometry_make(points, weights, samples, too_many, &arena, &geometry, &error));
    assert_int_equal(margin_find_exact(&geometry, MARGIN_TOLERANCE, &arena, &margin, &error),
                     STATUS_BAD_INPUT);
    assert_message(&error, "9 sources");
    assert_ok(&error, geometry_make(points, weights, samples, 2, &arena, &geometry, &error));
    assert_ok(&error, margin_find_exact(&geometry, MARGIN_TOLERANCE, &arena, &margin, &error));
    assert_true(margin.exact);
}

/* Every point of a square combined with every point of a triangle, the square in units of 1e-6 and
 * with one corner 1e-5 of its side too near: that is within the tolerance, but large in such units.
 */
static void fill_square_and_triangle(struct data *data, double unit) {
    const double square[4][2] = {{0, 0}, {unit, 0}, {0, unit}, {unit, unit * (1 - 1e-5)}};
    const double triangle[3][2] = {{0, 0}, {1, 0}, {0, 1}};
    *data = (struct data){.samples = 12, .sources = 4};
    for (size_t n = 0; n < data->samples; n++) {
        memcpy(data->points + 4 * n, square[n % 4], sizeof *square);
        memcpy(data->points + 4 * n + 2, triangle[n / 4], sizeof *triangle);
    }
    weigh_equally(data);
}

static double share_of_ranges(const struct data *data, const double *w) {
    struct moments moments = moments_of(data);
    double unit = 0.0;
    for (size_t j = 0; j < data->sources; j++) {
        unit += pow(moments.range[j] * w[j], 2);
    }
    return margin_along(data, &moments, w) / unit;
}

static void test_direction_shows_why(void **state) {
    (void)state;
    SCOPED(arena_free) struct arena arena = {0};
    struct error error = {0};
    for (int large = 0; large < 2; large++) {
        struct data data;
        double w[4];
        struct geometry geometry;
        struct margin margin;
        fill_square_and_triangle(&data, large ? 1e6 : 1.0);
        geometry_of(&data, &arena, &geometry);
        assert_ok(&error, margin_find(&geometry, MARGIN_TOLERANCE, &arena, &margin, &error));
        assert_false(margin.modular);
        assert_ok(&error,
                  margin_direction(&geometry, &margin, MARGIN_TOLERANCE, &arena, w, &error));
        assert_true(share_of_ranges(&data, w) < -0.01);
        assert_near(matrix_length(4, w), 1.0, 1e-12);
        assert_true(fabs(w[2] - w[3]) < 1e-6 && fabs(w[0]) < 1e-6 && fabs(w[1]) < 1e-6);
        bool same = matrix_dot(4, w, margin.direction) > 1 - 1e-9;
        assert_int_equal(same, !large);
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
        cmocka_unit_test(test_out_of_reach),
        cmocka_unit_test(test_direction_shows_why),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
