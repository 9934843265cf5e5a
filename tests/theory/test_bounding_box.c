/* Corners of the bounding box and the samples below them. */
#include "theory/bounding_box.h"
#include "theory/moments.h"

enum { SETS = 300 };

static void box_of(const struct data *data, struct cloud *cloud, struct bounding_box *box,
                   struct arena *arena) {
    struct error error = {0};
    assert_ok(&error, cloud_make(data->points, data->weights, data->samples, data->sources, arena,
                                 cloud, &error));
    assert_ok(&error, bounding_box_make(cloud, data->points, arena, box, &error));
}

static double height(const struct data *data, const double *w, const double *point) {
    double sum = 0.0;
    for (size_t j = 0; j < data->sources; j++) {
        sum += w[j] * point[j];
    }
    return sum;
}

/* Along random directions: no sample is below the one found, no sample and no corner below the
 * corner. */
static void test_lowest(void **state) {
    (void)state;
    struct random_stream stream = stream_of(1);
    SCOPED(arena_free) struct arena arena = {0};
    for (size_t k = 0; k < SETS; k++, arena_reset(&arena)) {
        struct data data;
        struct data corners;
        struct cloud cloud;
        struct bounding_box box;
        double w[SOURCES_MAX];
        double corner[SOURCES_MAX];
        size_t which;
        draw_any(&data, k, &stream);
        draw_direction(data.sources, &stream, w);
        corners = data;
        add_corners(&corners, 0.5);
        box_of(&data, &cloud, &box, &arena);
        size_t support = bounding_box_support(&box, w);
        bounding_box_corner(&box, w, false, support, corner);
        assert_true(bounding_box_corner_at(&box, corner, &which));
        for (size_t j = 0; j < data.sources; j++) {
            assert_int_equal(which >> j & 1, w[j] < 0.0);
        }
        for (size_t n = 0; n < corners.samples; n++) {
            const double *point = corners.points + n * data.sources;
            double value = height(&data, w, point);
            assert_true(value >= height(&data, w, corner) - 1e-12);
            assert_true(n >= data.samples ||
                        value >= height(&data, w, data.points + support * data.sources) - 1e-12);
        }
    }
}

static void test_sides_that_are_open(void **state) {
    (void)state;
    SCOPED(arena_free) struct arena arena = {0};
    struct data data = {
        .samples = 4, .sources = 3, .points = {0, 5, 0.3, 1, 5, 0.9, 0.2, 5, 0, 0.8, 5, 1}};
    struct cloud cloud;
    struct bounding_box box;
    double corner[3];
    size_t which;
    weigh_equally(&data);
    box_of(&data, &cloud, &box, &arena);
    const double along[3] = {1, 0, 0};
    const double nearly[3] = {1, 0, -1e-12};
    assert_int_equal(bounding_box_support(&box, along), 0);
    bounding_box_corner(&box, along, false, 0, corner);
    assert_true(corner[0] == 0.0 && corner[1] == 5.0 && corner[2] == 0.0);
    bounding_box_corner(&box, along, true, 1, corner);
    assert_true(corner[0] == 0.0 && corner[1] == 5.0 && corner[2] == 1.0);
    bounding_box_corner(&box, nearly, false, 0, corner);
    assert_true(corner[2] == 0.0);
    bounding_box_corner(&box, nearly, true, 0, corner);
    assert_true(corner[2] == 1.0);
    assert_true(bounding_box_corner_at(&box, corner, &which));
    assert_int_equal(which, 2); /* the constant source has no bit */
    assert_false(bounding_box_corner_at(&box, data.points, &which));
}

/* On a line along which all samples are equally low, the one nearest to the corner (0, 2). */
static void test_equally_low(void **state) {
    (void)state;
    SCOPED(arena_free) struct arena arena = {0};
    struct data data = {
        .samples = 5, .sources = 2, .points = {0, 0, 1, 2, 0.3, 0.6, 0.45, 0.9, 0.8, 1.6}};
    struct cloud cloud;
    struct bounding_box box;
    const double w[2] = {2 / sqrt(5), -1 / sqrt(5)};
    weigh_equally(&data);
    box_of(&data, &cloud, &box, &arena);
    assert_int_equal(bounding_box_support(&box, w), 3);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_lowest),
        cmocka_unit_test(test_sides_that_are_open),
        cmocka_unit_test(test_equally_low),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
