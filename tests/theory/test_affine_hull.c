/* The affine hull: which sources are independent. */

#include "theory/data.h"
#include "theory/hull.h"

static size_t dimension_of(const struct data *data, size_t *columns) {
    SCOPED(arena_free) struct arena arena = {0};
    struct error error = {0};
    struct cloud cloud;
    struct hull hull;
    assert_ok(&error, cloud_make(data->points, data->weights, data->samples, data->sources, &arena,
                                 &cloud, &error));
    assert_ok(&error, hull_make(&cloud, &arena, &hull, &error));
    memcpy(columns, hull.columns, hull.dimension * sizeof *columns);
    return hull.dimension;
}

/* `rank` independent sources and combinations of them, in units that differ by up to 1e8. */
static void test_rank_of_combinations(void **state) {
    (void)state;
    struct random_stream stream = stream_of(1);
    for (size_t k = 0; k < 60; k++) {
        struct data data;
        size_t columns[SOURCES_MAX];
        double mixing[SOURCES_MAX * SOURCES_MAX];
        size_t sources = 2 + k % 5;
        size_t rank = 1 + k % sources;
        draw(&data, CORRELATED, 30, sources, &stream);
        for (size_t i = 0; i < sources * sources; i++) {
            mixing[i] = between(&stream, 0.5, 1.5) * (random_below(&stream, 2) == 0 ? -1.0 : 1.0);
        }
        for (size_t n = 0; n < data.samples; n++) {
            double *point = data.points + n * sources;
            for (size_t j = rank; j < sources; j++) {
                point[j] = 3.0;
                for (size_t i = 0; i < rank; i++) {
                    point[j] += mixing[j * sources + i] * point[i];
                }
                point[j] *= k % 2 == 0 ? 1e-4 : 1e4;
            }
        }
        assert_int_equal(dimension_of(&data, columns), rank);
        for (size_t j = 1; j < rank; j++) {
            assert_true(columns[j] > columns[j - 1] && columns[j] < sources);
        }
    }
}

static void test_constant_sources_are_left_out(void **state) {
    (void)state;
    struct data data = {4, 3, {7, 0, 5, 7, 1, 5, 7, 0, 6, 7, 1, 6}, {0}};
    size_t columns[3];
    weigh_equally(&data);
    assert_int_equal(dimension_of(&data, columns), 2);
    assert_true(columns[0] == 1 && columns[1] == 2);
}

/* One millionth of a range off the line is off the line; rounding is not. */
static void test_nearly_flat(void **state) {
    (void)state;
    size_t columns[2];
    for (int far = 0; far < 2; far++) {
        struct data data = {3, 2, {0, 0, 1, 1, 0.5, far ? 0.5 + 1e-6 : 0.5 + 1e-14}, {0}};
        weigh_equally(&data);
        assert_int_equal(dimension_of(&data, columns), 1 + far);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rank_of_combinations),
        cmocka_unit_test(test_constant_sources_are_left_out),
        cmocka_unit_test(test_nearly_flat),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
