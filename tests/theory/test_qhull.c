/* Facets from Qhull; test_hull.c compares hulls of all dimensions with their definition. */
#include "theory/qhull.h"

#include "theory/data.h"

enum { MANY = 120 };

static void find_facets(const struct data *data, struct arena *arena, struct hull *hull) {
    struct error error = {0};
    struct cloud cloud;
    assert_ok(&error, cloud_make(data->points, data->weights, data->samples, data->sources, arena,
                                 &cloud, &error));
    *hull = (struct hull){.dimension = data->sources, .complete = true};
    assert_ok(&error, ARENA_NEW(arena, hull->columns, data->sources, &error));
    for (size_t j = 0; j < data->sources; j++) {
        hull->columns[j] = j;
    }
    assert_ok(&error, qhull_facets(&cloud, arena, hull, &error));
}

/* Of a grid only the corners are vertices, and square sides are cut into triangles. */
static void test_cube(void **state) {
    (void)state;
    SCOPED(arena_free) struct arena arena = {0};
    struct data data;
    struct hull hull;
    fill_grid(&data, 4, 3);
    find_facets(&data, &arena, &hull);
    assert_true(hull.complete);
    assert_int_equal(hull.vertex_count, 8);
    assert_int_equal(hull.facet_count, 12);
}

/* In eight dimensions the hull of many points on a sphere has too many facets. */
static void test_large_hulls_are_given_up(void **state) {
    (void)state;
    SCOPED(arena_free) struct arena arena = {0};
    struct random_stream stream = stream_of(3);
    struct data data = {.samples = MANY, .sources = 8};
    struct hull hull;
    weigh_equally(&data);
    for (size_t n = 0; n < MANY; n++) {
        double squares = 0.0;
        for (size_t j = 0; j < 8; j++) {
            data.points[8 * n + j] = random_normal(&stream);
            squares += pow(data.points[8 * n + j], 2);
        }
        for (size_t j = 0; j < 8; j++) {
            data.points[8 * n + j] /= sqrt(squares);
        }
    }
    find_facets(&data, &arena, &hull);
    assert_false(hull.complete);
    assert_int_equal(hull.facet_count, 0);
    data.samples = 12;
    weigh_equally(&data);
    find_facets(&data, &arena, &hull);
    assert_true(hull.complete);
    assert_int_equal(hull.vertex_count, 12);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_cube),
        cmocka_unit_test(test_large_hulls_are_given_up),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
