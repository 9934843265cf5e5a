/* From designs to networks; test_optimum.c checks what the networks of optima do. */
#include "theory/neurons.h"

#include "theory/data.h"

static const struct costs costs = {INFINITY, 1.0, 0.1, 0.1};

static void make_problem(const struct data *data, struct arena *arena, struct geometry *geometry,
                         struct problem *problem) {
    struct error error = {0};
    geometry_of(data, arena, geometry);
    assert_ok(&error, problem_make(geometry, &costs, arena, problem, &error));
}

/* A neuron beside an axis, in a tenth of its amount, becomes one with it. */
static void test_clusters_become_one_neuron(void **state) {
    (void)state;
    SCOPED(arena_free) struct arena arena = {0};
    struct error error = {0};
    struct data data;
    struct geometry geometry;
    struct problem problem;
    struct neurons neurons = {0};
    double near[] = {1.0, 1e-5};
    fill_grid(&data, 5, 2);
    make_problem(&data, &arena, &geometry, &problem);
    assert_ok(&error, design_solve(&problem.design, &arena, &error));
    double value = problem.design.value;
    near[0] = problem.design.neurons[0] < 0.0 ? -1.0 : 1.0;
    problem_add(&problem, near);
    problem.design.amounts[2] = 0.1 * problem.design.amounts[0];
    problem.design.amounts[0] *= 0.9;
    assert_ok(&error, neurons_tidy(&problem, 1e-6, &arena, &error));
    assert_int_equal(problem.design.count, 2);
    assert_near(problem.design.value / value, 1.0, 1e-6);
    assert_ok(&error, neurons_take(&problem, &arena, &neurons, &error));
    assert_int_equal(neurons.count, 2);
}

static void test_too_few_neurons_are_refused(void **state) {
    (void)state;
    SCOPED(arena_free) struct arena arena = {0};
    struct error error = {0};
    struct data data;
    struct geometry geometry;
    struct problem problem;
    fill_grid(&data, 3, 3);
    make_problem(&data, &arena, &geometry, &problem);
    assert_ok(&error, design_solve(&problem.design, &arena, &error));
    assert_int_equal(neurons_limit(&geometry, 2, &problem, &arena, &error), STATUS_BAD_INPUT);
    assert_message(&error, "2 neurons cannot reproduce 3 independent sources");
    assert_ok(&error, neurons_limit(&geometry, 3, &problem, &arena, &error));
    assert_int_equal(problem.design.count, 3);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_clusters_become_one_neuron),
        cmocka_unit_test(test_too_few_neurons_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
