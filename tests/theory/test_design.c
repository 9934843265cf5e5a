#include "theory/design.h"

#include "theory/data.h"

enum { WIDTH_MAX = 4, NEURONS = 30 };

static struct design make(size_t width, double output, const double *prior, struct arena *arena) {
    struct error error = {0};
    struct design design;
    assert_ok(&error, design_make(width, output, prior, NEURONS, arena, &design, &error));
    return design;
}

static void solve(struct design *design, struct arena *arena) {
    struct error error = {0};
    assert_ok(&error, design_solve(design, arena, &error));
}

/* Each is a problem of its own: the least of c + μ/(c/a + p). */
static void test_orthogonal_neurons(void **state) {
    (void)state;
    const double costs[WIDTH_MAX] = {0.5, 1.0, 3.0, 20.0};
    const double priors[] = {0.0, 0.05, 0.3, 5.0};
    const double output = 0.7;
    SCOPED(arena_free) struct arena arena = {0};
    for (size_t k = 0; k < sizeof priors / sizeof *priors; k++, arena_reset(&arena)) {
        double prior[WIDTH_MAX * WIDTH_MAX] = {0.0};
        double expected = 0.0;
        struct design design = make(WIDTH_MAX, output, prior, &arena);
        for (size_t j = 0; j < WIDTH_MAX; j++) {
            double neuron[WIDTH_MAX] = {0.0};
            neuron[j] = 1.0 / sqrt(costs[j]);
            prior[j * WIDTH_MAX + j] = priors[k];
            design_add(&design, neuron);
        }
        solve(&design, &arena);
        for (size_t j = 0; j < WIDTH_MAX; j++) {
            double amount = fmax(0.0, sqrt(output * costs[j]) - costs[j] * priors[k]);
            expected += amount + output / (amount / costs[j] + priors[k]);
            assert_near(design.amounts[j], amount, 1e-5);
        }
        assert_near(design.value, expected, 1e-11 * expected);
    }
}

/* x and y in one dimension, whatever there is of a prior: only the longer is worth its cost. */
static void test_the_longer_of_parallel_neurons(void **state) {
    (void)state;
    SCOPED(arena_free) struct arena arena = {0};
    const double prior[] = {0.1};
    struct design design = make(1, 2.0, prior, &arena);
    design_add(&design, (double[]){1.0});
    design_add(&design, (double[]){-1.5});
    solve(&design, &arena);
    design_prune(&design, 1e-9);
    assert_int_equal(design.count, 1);
    assert_true(design.neurons[0] == -1.5);
    double amount = (sqrt(2.0 * 1.5 * 1.5) - 0.1) / (1.5 * 1.5);
    assert_near(design.amounts[0], amount, 1e-6);
}

/* c + μ tr (c x xᵀ + P)⁻¹ of one neuron in the plane. */
static double value_of(double c, const double *x, const double *prior, double output) {
    double a = prior[0] + c * x[0] * x[0];
    double b = prior[1] + c * x[0] * x[1];
    double d = prior[3] + c * x[1] * x[1];
    return c + output * (a + d) / (a * d - b * b);
}

static void test_one_amount_by_search(void **state) {
    (void)state;
    struct random_stream stream = stream_of(1);
    SCOPED(arena_free) struct arena arena = {0};
    for (size_t k = 0; k < 50; k++, arena_reset(&arena)) {
        double p = between(&stream, 0.1, 1.0);
        double q = between(&stream, 0.1, 1.0);
        double r = between(&stream, -0.9, 0.9) * sqrt(p * q);
        double prior[] = {p, r, r, q};
        double x[] = {random_normal(&stream), random_normal(&stream)};
        struct design design = make(2, 1.0, prior, &arena);
        design_add(&design, x);
        solve(&design, &arena);
        double low = 0.0;
        double high = 100.0;
        for (int step = 0; step < 200; step++) { /* ternary search of a convex function */
            double left = low + (high - low) / 3.0;
            double right = high - (high - low) / 3.0;
            bool descending = value_of(left, x, prior, 1.0) > value_of(right, x, prior, 1.0);
            low = descending ? left : low;
            high = descending ? high : right;
        }
        double expected = value_of(low, x, prior, 1.0);
        assert_near(design.value, expected, 1e-11 * expected);
        assert_near(design.amounts[0], low, 1e-4 * (1.0 + low));
    }
}

/* V from its definition: V · (Σ c x xᵀ + prior) = 1. Returns the value. */
static double check_spread(const struct design *design) {
    size_t width = design->width;
    double value = 0.0;
    for (size_t i = 0; i < width; i++) {
        for (size_t j = 0; j < width; j++) {
            double product = 0.0;
            for (size_t l = 0; l < width; l++) {
                double information = design->prior[l * width + j];
                for (size_t k = 0; k < design->count; k++) {
                    const double *x = design->neurons + k * width;
                    information += design->amounts[k] * x[l] * x[j];
                }
                product += design->covariance[i * width + l] * information;
            }
            assert_near(product, i == j, 1e-10);
        }
        value += design->output * design->covariance[i * width + i];
    }
    for (size_t k = 0; k < design->count; k++) {
        value += design->amounts[k];
    }
    return value;
}

/* μ x_kᵀV²x_k ≤ 1 for all k, and equal where c_k > 0. */
static void test_conditions_of_optimality(void **state) {
    (void)state;
    struct random_stream stream = stream_of(2);
    SCOPED(arena_free) struct arena arena = {0};
    for (size_t k = 0; k < 100; k++, arena_reset(&arena)) {
        size_t width = 1 + k % WIDTH_MAX;
        double prior[WIDTH_MAX * WIDTH_MAX] = {0.0};
        struct design design = make(width, pow(10.0, between(&stream, -3.0, 2.0)), prior, &arena);
        for (size_t j = 0; j < width; j++) {
            prior[j * width + j] = k % 2 == 0 ? 0.0 : between(&stream, 0.0, 0.5);
        }
        for (size_t n = 0; n < NEURONS; n++) {
            double neuron[WIDTH_MAX];
            for (size_t j = 0; j < width; j++) {
                neuron[j] = random_normal(&stream);
            }
            design_add(&design, neuron);
        }
        solve(&design, &arena);
        double value = check_spread(&design);
        assert_near(design.value, value, 1e-12 * value);
        for (size_t n = 0; n < NEURONS; n++) {
            double worth = 0.0;
            for (size_t i = 0; i < width; i++) {
                double image = 0.0;
                for (size_t j = 0; j < width; j++) {
                    image += design.covariance[i * width + j] * design.neurons[n * width + j];
                }
                worth += design.output * image * image;
            }
            assert_true(design.amounts[n] >= 0.0);
            assert_true(worth <= 1.0 + 1e-9);
            assert_true(design.amounts[n] * (1.0 - worth) <= 1e-11 * value);
        }
    }
}

static void test_prune_keeps_the_others(void **state) {
    (void)state;
    SCOPED(arena_free) struct arena arena = {0};
    const double prior[] = {1, 0, 0, 1};
    struct design design = make(2, 1.0, prior, &arena);
    const double amounts[] = {0.5, 0.0, 2.0, 0.1};
    for (size_t k = 0; k < 4; k++) {
        design_add(&design, (double[]){(double)k, -1.0});
        design.amounts[k] = amounts[k];
    }
    design_prune(&design, 0.1);
    assert_int_equal(design.count, 2);
    assert_true(design.amounts[0] == 0.5 && design.amounts[1] == 2.0);
    assert_true(design.neurons[0] == 0.0 && design.neurons[2] == 2.0);
}

static void test_neurons_that_do_not_span_are_refused(void **state) {
    (void)state;
    SCOPED(arena_free) struct arena arena = {0};
    struct error error = {0};
    const double prior[] = {0, 0, 0, 0};
    struct design design = make(2, 1.0, prior, &arena);
    design_add(&design, (double[]){1.0, 2.0});
    assert_int_not_equal(design_solve(&design, &arena, &error), STATUS_OK);
    assert_true(strlen(error.message) > 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_orthogonal_neurons),
        cmocka_unit_test(test_the_longer_of_parallel_neurons),
        cmocka_unit_test(test_one_amount_by_search),
        cmocka_unit_test(test_conditions_of_optimality),
        cmocka_unit_test(test_prune_keeps_the_others),
        cmocka_unit_test(test_neurons_that_do_not_span_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
