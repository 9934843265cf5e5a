#include "theory/fan.h"

#include "theory/moments.h"

enum { SETS = 90, DIRECTIONS = 60 };

static double height(const struct fan *fan, const double *direction, size_t vertex) {
    double sum = 0.0;
    for (size_t i = 0; i < fan->width; i++) {
        sum += direction[i] * fan->vertices[vertex * fan->width + i];
    }
    return sum;
}

static void draw_fan(size_t k, struct random_stream *stream, struct data *data,
                     struct geometry *geometry, struct arena *arena) {
    draw(data, (enum kind)(k % KINDS), 7 + k % 40, 1 + k / KINDS % 5, stream);
    geometry_of(data, arena, geometry);
}

/* From every vertex, and where all samples are vertices. */
static void test_lowest_is_the_support(void **state) {
    (void)state;
    struct random_stream stream = stream_of(1);
    struct error error = {0};
    SCOPED(arena_free) struct arena arena = {0};
    for (size_t k = 0; k < SETS; k++, arena_reset(&arena)) {
        struct data data;
        struct geometry geometry;
        struct fan all;
        double w[SOURCES_MAX];
        draw_fan(k, &stream, &data, &geometry, &arena);
        struct moments moments = moments_of(&data);
        const struct fan *fan = &geometry.fan;
        geometry.hull.complete = false;
        assert_ok(&error, fan_make(&geometry.cloud, &geometry.hull, &arena, &all, &error));
        for (size_t i = 0; i < DIRECTIONS; i++) {
            draw_direction(data.sources, &stream, w);
            double support = support_along(&data, &moments, w);
            double close = 1e-12 * moments.scale;
            size_t from = i % fan->vertex_count;
            assert_true(fabs(height(fan, w, fan_lowest(fan, w, from)) + support) <= close);
            assert_true(fabs(height(&all, w, fan_lowest(&all, w, from)) + support) <= close);
        }
    }
}

static void test_rays_are_lowest_on_their_facets(void **state) {
    (void)state;
    struct random_stream stream = stream_of(2);
    SCOPED(arena_free) struct arena arena = {0};
    for (size_t k = 0; k < SETS; k++, arena_reset(&arena)) {
        struct data data;
        struct geometry geometry;
        draw_fan(k, &stream, &data, &geometry, &arena);
        struct moments moments = moments_of(&data);
        const struct fan *fan = &geometry.fan;
        for (size_t f = 0; f < fan->facet_count; f++) {
            const double *ray = fan->rays + f * fan->width;
            double support = support_along(&data, &moments, ray);
            double square = 0.0;
            for (size_t i = 0; i < fan->width; i++) {
                square += ray[i] * ray[i];
            }
            assert_near(square, 1.0, 1e-12);
            for (size_t c = 0; c < fan->dimension; c++) {
                double low = height(fan, ray, fan->facets[f * fan->dimension + c]);
                assert_true(fabs(low + support) <= 1e-11 * moments.scale);
            }
        }
    }
}

static bool has_corner(const struct fan *fan, size_t facet, size_t vertex) {
    bool found = false;
    for (size_t c = 0; c < fan->dimension; c++) {
        found = found || fan->facets[facet * fan->dimension + c] == vertex;
    }
    return found;
}

static size_t times_in(const size_t *list, size_t begin, size_t end, size_t wanted) {
    size_t times = 0;
    for (size_t k = begin; k < end; k++) {
        times += list[k] == wanted;
    }
    return times;
}

static void test_stars_and_neighbours(void **state) {
    (void)state;
    struct random_stream stream = stream_of(3);
    SCOPED(arena_free) struct arena arena = {0};
    for (size_t k = 0; k < SETS; k++, arena_reset(&arena)) {
        struct data data;
        struct geometry geometry;
        draw_fan(k, &stream, &data, &geometry, &arena);
        const struct fan *fan = &geometry.fan;
        for (size_t v = 0; v < fan->vertex_count; v++) {
            bool met[SAMPLES_MAX] = {false}; /* in a facet around v */
            for (size_t f = 0; f < fan->facet_count; f++) {
                size_t times = times_in(fan->star, fan->star_starts[v], fan->star_starts[v + 1], f);
                assert_int_equal(times, has_corner(fan, f, v));
                for (size_t c = 0; c < fan->dimension && times > 0; c++) {
                    met[fan->facets[f * fan->dimension + c]] = true;
                }
            }
            for (size_t u = 0; u < fan->vertex_count; u++) {
                bool expected = u != v && (met[u] || fan->dimension == 1);
                size_t times = times_in(fan->neighbours, fan->neighbour_starts[v],
                                        fan->neighbour_starts[v + 1], u);
                assert_int_equal(times, expected);
            }
        }
    }
}

/* Shear of points, and its inverse transpose of directions: products stay. */
static void test_map_keeps_products(void **state) {
    (void)state;
    const double points[] = {2, 1, 0, 0, 1, 3, 0, 0, 1};
    const double directions[] = {0.5, 0, 0, -0.5, 1, 0, 1.5, -3, 1};
    struct random_stream stream = stream_of(4);
    SCOPED(arena_free) struct arena arena = {0};
    struct error error = {0};
    struct data data;
    struct geometry geometry;
    struct fan mapped;
    draw(&data, UNIFORM, 30, 3, &stream);
    geometry_of(&data, &arena, &geometry);
    const struct fan *fan = &geometry.fan;
    assert_ok(&error, fan_map(fan, 3, points, directions, &arena, &mapped, &error));
    for (size_t f = 0; f < fan->facet_count; f++) {
        double first = height(&mapped, mapped.rays + 3 * f, 0) / height(fan, fan->rays + 3 * f, 0);
        for (size_t v = 0; v < fan->vertex_count; v++) {
            assert_near(height(&mapped, mapped.rays + 3 * f, v),
                        first * height(fan, fan->rays + 3 * f, v), 1e-12);
        }
        assert_true(first > 0.0);
    }
}

static void test_span_of_a_flat(void **state) {
    (void)state;
    struct random_stream stream = stream_of(5);
    SCOPED(arena_free) struct arena arena = {0};
    struct data data;
    struct geometry geometry;
    double basis[4 * 4];
    draw(&data, UNIFORM, 30, 4, &stream);
    for (size_t n = 0; n < data.samples; n++) {
        double *point = data.points + 4 * n;
        point[0] = point[2] + 0.5 * point[3];
    }
    geometry_of(&data, &arena, &geometry);
    assert_int_equal(geometry.fan.dimension, 3);
    fan_span(&geometry.fan, basis);
    double across[4] = {1.0 / 1.5, 0.0, -1.0 / 1.5, -0.5 / 1.5}; /* a unit vector */
    for (size_t i = 0; i < 3; i++) {
        double product = 0.0;
        for (size_t j = 0; j < 3; j++) {
            double sum = 0.0;
            for (size_t l = 0; l < 4; l++) {
                sum += basis[4 * i + l] * basis[4 * j + l];
            }
            assert_near(sum, i == j, 1e-12);
        }
        for (size_t l = 0; l < 4; l++) {
            product += basis[4 * i + l] * across[l];
        }
        assert_true(fabs(product) <= 1e-12);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_lowest_is_the_support),
        cmocka_unit_test(test_stars_and_neighbours),
        cmocka_unit_test(test_rays_are_lowest_on_their_facets),
        cmocka_unit_test(test_map_keeps_products),
        cmocka_unit_test(test_span_of_a_flat),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
