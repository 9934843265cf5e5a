/* What prescriptions share: the margin must be exact, and one direction explains why it is below 0.
 */
#include "theory/matrix.h"
#include "theory/moments.h"
#include "theory/prescribe.h"

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
    assert_int_equal(prescribe_margin(&geometry, MARGIN_TOLERANCE, &arena, &margin, &error),
                     STATUS_BAD_INPUT);
    assert_message(&error, "9 sources");
    assert_ok(&error, geometry_make(points, weights, samples, 2, &arena, &geometry, &error));
    assert_ok(&error, prescribe_margin(&geometry, MARGIN_TOLERANCE, &arena, &margin, &error));
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
                  prescribe_direction(&geometry, &margin, MARGIN_TOLERANCE, &arena, w, &error));
        assert_true(share_of_ranges(&data, w) < -0.01);
        assert_near(matrix_length(4, w), 1.0, 1e-12);
        assert_true(fabs(w[2] - w[3]) < 1e-6 && fabs(w[0]) < 1e-6 && fabs(w[1]) < 1e-6);
        bool same = matrix_dot(4, w, margin.direction) > 1 - 1e-9;
        assert_int_equal(same, !large);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_out_of_reach),
        cmocka_unit_test(test_direction_shows_why),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
