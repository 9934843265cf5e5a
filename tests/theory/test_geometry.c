/* Adding samples to a geometry is the same as making it from all samples. */
#include "theory/geometry.h"
#include "theory/moments.h"

enum { SETS = 300, ADDED_MAX = 3 };

static const double rounding = 1e-12;

/* Samples within the bounding box, some on its corners, each with a weight of 1/N. */
static size_t draw_added(const struct data *data, struct data *all, struct random_stream *stream) {
    size_t count = (size_t)random_below(stream, ADDED_MAX + 1);
    double share = 1.0 / (double)data->samples;
    *all = *data;
    for (size_t k = 0; k < count; k++) {
        for (size_t j = 0; j < data->sources; j++) {
            double a = data->points[random_below(stream, data->samples) * data->sources + j];
            double b = data->points[random_below(stream, data->samples) * data->sources + j];
            all->points[all->samples * data->sources + j] = a + random_uniform(stream) * (b - a);
        }
        all->weights[all->samples++] = share;
    }
    for (size_t n = 0; n < all->samples; n++) {
        all->weights[n] /= 1.0 + (double)count * share;
    }
    return count;
}

static void check_clouds(const struct cloud *a, const struct cloud *b, double scale) {
    for (size_t j = 0; j < a->sources; j++) {
        assert_near(a->mean[j], b->mean[j], rounding * sqrt(scale));
        assert_near(a->reach[j], b->reach[j], rounding * sqrt(scale));
        assert_near(a->range[j], b->range[j], rounding * sqrt(scale));
    }
    for (size_t k = 0; k < a->sources * a->sources; k++) {
        assert_near(a->covariance[k], b->covariance[k], rounding * scale);
        assert_near(a->condition[k], b->condition[k], rounding * scale);
    }
}

static void test_same_as_from_all_samples(void **state) {
    (void)state;
    struct random_stream stream = stream_of(1);
    SCOPED(arena_free) struct arena arena = {0};
    struct error error = {0};
    for (size_t k = 0; k < SETS; k++, arena_reset(&arena)) {
        struct data data;
        struct data all;
        struct geometry geometry;
        struct geometry augmented;
        struct geometry whole;
        struct margin margin;
        draw_any(&data, k, &stream);
        size_t count = draw_added(&data, &all, &stream);
        double scale = moments_of(&data).scale;
        geometry_of(&data, &arena, &geometry);
        geometry_of(&all, &arena, &whole);
        assert_ok(&error, geometry_augment(&geometry, all.points + data.samples * data.sources,
                                           count, &arena, &augmented, &error));
        check_clouds(&augmented.cloud, &whole.cloud, scale);
        assert_ok(&error, margin_find(&augmented, MARGIN_TOLERANCE, &arena, &margin, &error));
        struct margin expected = margin_of(&all, &arena);
        assert_near(margin.value, expected.value, 10 * rounding * scale);
        assert_int_equal(margin.modular, expected.modular);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_same_as_from_all_samples),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
