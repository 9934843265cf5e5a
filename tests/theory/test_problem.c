/* The optimal-design problem of a cloud, in coordinates of its affine hull. */
#include "theory/problem.h"

#include "theory/moments.h"

enum { SETS = 40 };

static const struct costs costs = {INFINITY, 0.7, 0.2, 1.0};

/* activity · (wᵀCw + h(w)²) + weights_in · |w|², from the samples. */
static double cost_of(const struct data *data, const double *w) {
    struct moments moments = moments_of(data);
    double cost = costs.activity * pow(support_along(data, &moments, w), 2);
    for (size_t i = 0; i < data->sources; i++) {
        cost += costs.weights_in * w[i] * w[i];
        for (size_t j = 0; j < data->sources; j++) {
            cost += costs.activity * w[i] * moments.covariance[i][j] * w[j];
        }
    }
    return cost;
}

/* Makes the last source the sum of the others. */
static void make_dependent(struct data *data) {
    for (size_t n = 0; n < data->samples; n++) {
        double *point = data->points + n * data->sources;
        point[data->sources - 1] = 0.0;
        for (size_t j = 0; j + 1 < data->sources; j++) {
            point[data->sources - 1] += point[j];
        }
    }
}

static void test_cost_is_the_clouds(void **state) {
    (void)state;
    struct random_stream stream = stream_of(5);
    SCOPED(arena_free) struct arena arena = {0};
    for (size_t k = 0; k < SETS; k++, arena_reset(&arena)) {
        struct error error = {0};
        struct data data;
        struct geometry geometry;
        struct problem problem;
        double w[SOURCES_MAX] = {0};
        draw_any(&data, k, &stream);
        if (k % 2 == 1) {
            make_dependent(&data);
        }
        geometry_of(&data, &arena, &geometry);
        assert_ok(&error, problem_make(&geometry, &costs, &arena, &problem, &error));
        assert_int_equal(problem.width, data.sources - k % 2);
        assert_int_equal(problem.design.count, data.sources); /* the axes */
        double direction[SOURCES_MAX];
        for (size_t i = 0; i < problem.width; i++) {
            direction[i] = random_normal(&stream);
            for (size_t j = 0; j < data.sources; j++) {
                w[j] += direction[i] * problem.basis[i * data.sources + j];
            }
        }
        double cost = problem_cost(&problem, direction);
        assert_near(cost / cost_of(&data, w), 1.0, 1e-9);
        problem_add(&problem, direction);
        assert_int_equal(problem.design.count, data.sources + 1);
        assert_near(problem_cost(&problem, direction), 1.0, 1e-12);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_cost_is_the_clouds)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
