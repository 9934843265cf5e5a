#include "theory/hull.h"

#include "theory/moments.h"

enum { SETS = 120, DIRECTIONS = 100 };

static double height(const struct cloud *cloud, const double *normal, size_t sample) {
    double sum = 0.0;
    for (size_t j = 0; j < cloud->sources; j++) {
        sum += normal[j] * cloud->points[sample * cloud->sources + j];
    }
    return sum;
}

/* Every normal is lowest on its facet: no sample is below, and all corners are there. */
static void check_facets(const struct geometry *geometry) {
    const struct cloud *cloud = &geometry->cloud;
    const struct hull *hull = &geometry->hull;
    for (size_t f = 0; f < hull->facet_count; f++) {
        const double *normal = hull->normals + f * cloud->sources;
        double lowest = INFINITY;
        double size = 0.0;
        for (size_t n = 0; n < cloud->samples; n++) {
            lowest = fmin(lowest, height(cloud, normal, n));
            size = fmax(size, fabs(height(cloud, normal, n)));
        }
        assert_true(size > 0.0);
        for (size_t k = 0; k < hull->dimension; k++) {
            size_t corner = hull->facets[f * hull->dimension + k];
            assert_true(corner < hull->vertex_count);
            assert_true(k == 0 || corner > hull->facets[f * hull->dimension + k - 1]);
            assert_true(height(cloud, normal, hull->vertices[corner]) - lowest <= 1e-11 * size);
        }
    }
}

static void check_vertices(const struct data *data, const struct geometry *geometry,
                           struct random_stream *stream) {
    struct moments moments = moments_of(data);
    const struct hull *hull = &geometry->hull;
    double w[SOURCES_MAX] = {0};
    for (size_t i = 0; i < DIRECTIONS; i++) {
        double support = -INFINITY;
        draw_direction(data->sources, stream, w);
        for (size_t v = 0; v < hull->vertex_count; v++) {
            assert_true(v == 0 || hull->vertices[v] > hull->vertices[v - 1]);
            support = fmax(support, -height(&geometry->cloud, w, hull->vertices[v]));
        }
        assert_near(support, support_along(data, &moments, w), 1e-12 * moments.scale);
    }
}

static void test_facets_and_vertices_of_any_data(void **state) {
    (void)state;
    struct random_stream stream = stream_of(1);
    SCOPED(arena_free) struct arena arena = {0};
    for (size_t k = 0; k < SETS; k++, arena_reset(&arena)) {
        struct data data;
        struct geometry geometry;
        draw(&data, (enum kind)(k % KINDS), 8 + k % 30, 1 + k / KINDS % 5, &stream);
        geometry_of(&data, &arena, &geometry);
        assert_true(geometry.hull.complete);
        check_facets(&geometry);
        check_vertices(&data, &geometry, &stream);
    }
}

/* Whether all samples are on one side of the plane through three of them. */
static bool is_facet(const struct data *data, size_t a, size_t b, size_t c) {
    const double *p = data->points + 3 * a;
    const double *q = data->points + 3 * b;
    const double *r = data->points + 3 * c;
    double u[3] = {q[0] - p[0], q[1] - p[1], q[2] - p[2]};
    double v[3] = {r[0] - p[0], r[1] - p[1], r[2] - p[2]};
    double normal[3] = {u[1] * v[2] - u[2] * v[1], u[2] * v[0] - u[0] * v[2],
                        u[0] * v[1] - u[1] * v[0]};
    size_t above = 0;
    for (size_t n = 0; n < data->samples; n++) {
        const double *x = data->points + 3 * n;
        double side =
            normal[0] * (x[0] - p[0]) + normal[1] * (x[1] - p[1]) + normal[2] * (x[2] - p[2]);
        above += n != a && n != b && n != c && side > 0.0;
    }
    return above == 0 || above == data->samples - 3;
}

/* Of points in general position the facets are known by looking at all triples. */
static void test_every_facet_is_found(void **state) {
    (void)state;
    struct random_stream stream = stream_of(2);
    SCOPED(arena_free) struct arena arena = {0};
    for (size_t k = 0; k < 20; k++, arena_reset(&arena)) {
        struct data data;
        struct geometry geometry;
        size_t expected = 0;
        draw(&data, k % 2 == 0 ? UNIFORM : SKEWED, 5 + k, 3, &stream);
        for (size_t a = 0; a < data.samples; a++) {
            for (size_t b = 0; b < a; b++) {
                for (size_t c = 0; c < b; c++) {
                    expected += is_facet(&data, a, b, c);
                }
            }
        }
        geometry_of(&data, &arena, &geometry);
        assert_int_equal(geometry.hull.facet_count, expected);
        assert_int_equal(geometry.hull.facet_count, 2 * geometry.hull.vertex_count - 4);
    }
}

static void test_only_corners_of_a_grid_are_vertices(void **state) {
    (void)state;
    SCOPED(arena_free) struct arena arena = {0};
    for (size_t sources = 1; sources <= 5; sources++, arena_reset(&arena)) {
        struct data data;
        struct geometry geometry;
        fill_grid(&data, 3, sources);
        geometry_of(&data, &arena, &geometry);
        assert_int_equal(geometry.hull.vertex_count, (size_t)1 << sources);
        check_facets(&geometry);
        assert_int_equal(geometry.hull.dimension, sources);
    }
}

/* Sources 2 and 4 follow from the others. */
static void test_flat_data(void **state) {
    (void)state;
    struct random_stream stream = stream_of(3);
    SCOPED(arena_free) struct arena arena = {0};
    struct data data;
    struct geometry geometry;
    draw(&data, UNIFORM, 40, 5, &stream);
    for (size_t n = 0; n < data.samples; n++) {
        double *point = data.points + 5 * n;
        point[2] = 3.0;
        point[4] = point[0] - 2.0 * point[1];
    }
    geometry_of(&data, &arena, &geometry);
    assert_int_equal(geometry.hull.dimension, 3);
    check_facets(&geometry);
    check_vertices(&data, &geometry, &stream);
}

static void test_more_dimensions_are_out_of_reach(void **state) {
    (void)state;
    struct random_stream stream = stream_of(4);
    SCOPED(arena_free) struct arena arena = {0};
    struct data data;
    struct geometry geometry;
    draw(&data, UNIFORM, 40, HULL_DIMENSION_MAX + 1, &stream);
    geometry_of(&data, &arena, &geometry);
    assert_false(geometry.hull.complete);
    assert_int_equal(geometry.hull.vertex_count + geometry.hull.facet_count, 0);
    assert_int_equal(geometry.hull.dimension, HULL_DIMENSION_MAX + 1);
    assert_int_equal(geometry.fan.vertex_count, data.samples);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_facets_and_vertices_of_any_data),
        cmocka_unit_test(test_every_facet_is_found),
        cmocka_unit_test(test_only_corners_of_a_grid_are_vertices),
        cmocka_unit_test(test_flat_data),
        cmocka_unit_test(test_more_dimensions_are_out_of_reach),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
