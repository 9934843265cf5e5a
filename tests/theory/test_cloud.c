#include "theory/cloud.h"

#include "theory/moments.h"

static void test_moments(void **state) {
    (void)state;
    struct random_stream stream = stream_of(1);
    for (size_t k = 0; k < 60; k++) {
        struct arena arena = {0};
        struct geometry geometry;
        struct data data;
        double w[SOURCES_MAX];
        draw_any(&data, k, &stream);
        struct moments moments = moments_of(&data);
        double close = 1e-13 * moments.scale;
        geometry_of(&data, &arena, &geometry);
        const struct cloud *cloud = &geometry.cloud;
        for (size_t i = 0; i < data.sources; i++) {
            assert_near(cloud->mean[i], moments.mean[i], close);
            assert_near(cloud->reach[i], moments.reach[i], close);
            assert_near(cloud->range[i], moments.range[i], close);
            for (size_t j = 0; j < data.sources; j++) {
                double covariance = moments.covariance[i][j];
                double condition = i == j ? pow(moments.reach[i], 2) : -covariance;
                size_t at = i * data.sources + j;
                assert_near(cloud->covariance[at], covariance, close);
                assert_near(cloud->condition[at], condition, close);
            }
        }
        for (size_t i = 0; i < 20; i++) {
            draw_direction(data.sources, &stream, w);
            double support = support_along(&data, &moments, w);
            assert_near(cloud_support(cloud, w), support, close);
            assert_near(support * support - cloud_demand(cloud, w),
                        margin_along(&data, &moments, w), 10.0 * close);
        }
        arena_free(&arena);
    }
}

/* Far from 0 the mean's own rounding, about 1e-7 here, would be seen. */
static void test_centred_far_away(void **state) {
    (void)state;
    struct random_stream stream = stream_of(2);
    for (size_t k = 0; k < KINDS; k++) {
        struct arena arena = {0};
        struct geometry geometry;
        struct data data;
        double sum = 0.0;
        draw(&data, (enum kind)k, 50, 1, &stream);
        weigh_randomly(&data, &stream);
        for (size_t n = 0; n < data.samples; n++) {
            data.points[n] += 1e9;
        }
        geometry_of(&data, &arena, &geometry);
        for (size_t n = 0; n < data.samples; n++) {
            sum += data.weights[n] * geometry.cloud.points[n];
        }
        assert_true(fabs(sum) <= 1e-14);
        arena_free(&arena);
    }
}

static void test_rounding_is_no_range(void **state) {
    (void)state;
    SCOPED(arena_free) struct arena arena = {0};
    struct geometry geometry;
    struct data data = {3, 2, {0.3, 0, 0.1 + 0.2, 1, 0.3, 2}, {0}}; /* 0.1 + 0.2 is not 0.3 */
    weigh_equally(&data);
    geometry_of(&data, &arena, &geometry);
    assert_true(geometry.cloud.range[0] == 0.0 && geometry.cloud.reach[0] == 0.0);
    for (size_t n = 0; n < 3; n++) {
        assert_true(geometry.cloud.points[2 * n] == 0.0);
    }
    assert_true(geometry.cloud.range[1] == 2.0);
}

static void refuse(struct data *data, const char *first, const char *second) {
    SCOPED(arena_free) struct arena arena = {0};
    struct error error = {0};
    struct geometry geometry;
    weigh_equally(data);
    assert_int_equal(geometry_make(data->points, data->weights, data->samples, data->sources,
                                   &arena, &geometry, &error),
                     STATUS_BAD_INPUT);
    assert_message(&error, first);
    assert_message(&error, second);
}

static void test_unusable_points_are_refused(void **state) {
    (void)state;
    refuse(&(struct data){3, 2, {0, 1, 2, 3, 4, NAN}, {0}}, "sample 3", "source 2");
    refuse(&(struct data){3, 2, {0, 1, INFINITY, 3, 4, 5}, {0}}, "sample 2", "source 1");
    refuse(&(struct data){3, 2, {1, 2, 1, 2, 1, 2}, {0}}, "3 points", "equal");
    refuse(&(struct data){1, 2, {1, 2}, {0}}, "1 points", "equal");
}

static void test_support(void **state) {
    (void)state;
    SCOPED(arena_free) struct arena arena = {0};
    struct geometry geometry;
    struct data data = {5, 1, {0, 2, -1, -1, 2}, {0}};
    weigh_equally(&data);
    geometry_of(&data, &arena, &geometry);
    assert_near(cloud_support(&geometry.cloud, (double[]){1.0}), 1.4, 1e-15);
    assert_near(cloud_support(&geometry.cloud, (double[]){-1.0}), 1.6, 1e-15);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_moments),
        cmocka_unit_test(test_centred_far_away),
        cmocka_unit_test(test_rounding_is_no_range),
        cmocka_unit_test(test_unusable_points_are_refused),
        cmocka_unit_test(test_support),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
