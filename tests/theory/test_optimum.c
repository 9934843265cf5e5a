#include "theory/autoencoder.h"

enum { SETS = 60, DIRECTIONS = 500, NETWORKS = 40, NEURONS_MAX = 64 };

static const double rounding = 1e-9;

/* Data of all kinds, with exact and with penalised reproduction. */
static struct costs draw_case(size_t k, struct random_stream *stream, struct data *data) {
    draw_any(data, k, stream);
    return (struct costs){k % 2 == 0 ? INFINITY : pow(10.0, between(stream, 0.0, 3.0)),
                          pow(10.0, between(stream, -2.0, 1.0)), between(stream, 0.01, 1.0),
                          between(stream, 0.01, 1.0)};
}

static void test_neurons_are_what_the_optimum_claims(void **state) {
    (void)state;
    struct random_stream stream = stream_of(1);
    SCOPED(arena_free) struct arena arena = {0};
    for (size_t k = 0; k < SETS; k++, arena_reset(&arena)) {
        struct data data;
        struct costs costs = draw_case(k, &stream, &data);
        struct optimum optimum = optimum_of(&data, &costs, &arena);
        struct performance performance = perform(&data, &costs, &optimum.neurons);
        assert_near(performance.loss, optimum.energy, rounding * optimum.energy);
        assert_true(performance.least_latent >= -rounding);
        assert_true(isfinite(costs.fit) || performance.worst_error <= 1e-8);
        assert_true(optimum.bound <= optimum.energy && optimum.gap <= 1e-9);
        assert_true(optimum.energy <= optimum.modular_energy * (1.0 + rounding));
        for (size_t n = 1; n < optimum.neurons.count; n++) { /* the longest first */
            const double *neuron = optimum.neurons.weights_in + n * data.sources;
            assert_true(sum_of_squares(neuron, data.sources) <=
                        sum_of_squares(neuron - data.sources, data.sources) * (1.0 + rounding));
        }
    }
}

/* The equivalence theorem, on sampled directions and on the neurons themselves. */
static void test_certificate_holds_in_every_direction(void **state) {
    (void)state;
    struct random_stream stream = stream_of(2);
    SCOPED(arena_free) struct arena arena = {0};
    for (size_t k = 0; k < SETS; k++, arena_reset(&arena)) {
        struct data data;
        double covariance[SOURCES_MAX][SOURCES_MAX];
        double w[SOURCES_MAX];
        struct costs costs = draw_case(k, &stream, &data);
        struct optimum optimum = optimum_of(&data, &costs, &arena);
        struct moments moments = moments_of(&data);
        covariance_of(&moments, &costs, &optimum.neurons, data.sources, covariance);
        for (size_t i = 0; i < DIRECTIONS + optimum.neurons.count; i++) {
            double image[SOURCES_MAX] = {0.0};
            draw_direction(data.sources, &stream, w);
            if (i >= DIRECTIONS) {
                memcpy(w, optimum.neurons.weights_in + (i - DIRECTIONS) * data.sources,
                       data.sources * sizeof *w);
            }
            for (size_t j = 0; j < data.sources; j++) {
                for (size_t l = 0; l < data.sources; l++) {
                    image[j] += covariance[j][l] * w[l];
                }
            }
            double worth = costs.weights_out * sum_of_squares(image, data.sources);
            double cost = cost_along(&data, &moments, &costs, w);
            assert_true(worth <= cost * (1.0 + 1e-8));
            assert_true(i < DIRECTIONS || worth >= cost * (1.0 - 1e-4)); /* used: equality */
        }
    }
}

/* A network near the neurons, with up to two more; the best biases; exact where it has to be. */
static void vary(const struct data *data, const struct costs *costs, const struct neurons *neurons,
                 struct random_stream *stream, struct neurons *varied) {
    struct moments moments = moments_of(data);
    double covariance[SOURCES_MAX][SOURCES_MAX];
    size_t sources = data->sources;
    double size = pow(10.0, between(stream, -4.0, 0.0));
    varied->count = neurons->count + (size_t)random_below(stream, 3);
    assert_true(varied->count <= NEURONS_MAX);
    for (size_t i = 0; i < varied->count * sources; i++) {
        double old = i < neurons->count * sources ? neurons->weights_in[i] : 0.0;
        varied->weights_in[i] = old + size * random_normal(stream);
    }
    covariance_of(&moments, costs, varied, sources, covariance);
    for (size_t k = 0; k < varied->count; k++) {
        const double *w = varied->weights_in + k * sources;
        varied->biases[k] = support_along(data, &moments, w);
        for (size_t j = 0; j < sources; j++) {
            double *out = &varied->weights_out[k * sources + j];
            *out = isfinite(costs->fit) ? 0.1 * size * random_normal(stream) : 0.0;
            for (size_t l = 0; l < sources; l++) {
                *out += covariance[j][l] * w[l];
            }
        }
    }
}

static void test_no_other_network_is_better(void **state) {
    (void)state;
    struct random_stream stream = stream_of(3);
    SCOPED(arena_free) struct arena arena = {0};
    static double in[NEURONS_MAX * SOURCES_MAX];
    static double out[NEURONS_MAX * SOURCES_MAX];
    static double biases[NEURONS_MAX];
    struct neurons varied = {0, in, biases, out};
    double nearest = INFINITY;
    for (size_t k = 0; k < SETS; k++, arena_reset(&arena)) {
        struct data data;
        struct costs costs = draw_case(k, &stream, &data);
        struct optimum optimum = optimum_of(&data, &costs, &arena);
        for (size_t i = 0; i < NETWORKS; i++) {
            vary(&data, &costs, &optimum.neurons, &stream, &varied);
            struct performance performance = perform(&data, &costs, &varied);
            assert_true(performance.least_latent >= -rounding);
            assert_true(isfinite(costs.fit) || performance.worst_error <= 1e-6);
            assert_true(performance.loss >= optimum.bound * (1.0 - 1e-12));
            nearest = fmin(nearest, performance.loss / optimum.bound - 1.0);
        }
    }
    assert_true(nearest < 1e-4); /* some came close */
}

/* The least of c a + μ/(c + μ/(fit · variance)) over amounts c ≥ 0 of one source's neuron. */
static double energy_of_one(const struct costs *costs, double variance, double reach) {
    double a = costs->activity * (variance + reach * reach) + costs->weights_in;
    double prior = isfinite(costs->fit) ? costs->weights_out / (costs->fit * variance) : 0.0;
    double amount = fmax(0.0, sqrt(costs->weights_out / a) - prior);
    return amount * a + costs->weights_out / (amount + prior);
}

/* Independent sources with all corners are modular: each is a problem of its own. */
static void test_energy_of_a_grid(void **state) {
    (void)state;
    const double fits[] = {INFINITY, 100.0, 10.0, 2.0};
    SCOPED(arena_free) struct arena arena = {0};
    for (size_t sources = 1; sources <= 4; sources++) {
        for (size_t f = 0; f < sizeof fits / sizeof *fits; f++, arena_reset(&arena)) {
            struct data data;
            fill_grid(&data, 3, sources);
            for (size_t n = 0; n < data.samples; n++) {
                data.points[n * sources] *= 0.5;
            }
            struct costs costs = {fits[f], 0.7, 0.3, 0.2};
            struct optimum optimum = optimum_of(&data, &costs, &arena);
            double expected = energy_of_one(&costs, 0.25 * 2.0 / 3.0, 0.5) +
                              (double)(sources - 1) * energy_of_one(&costs, 2.0 / 3.0, 1.0);
            assert_near(optimum.energy, expected, rounding * expected);
            assert_near(optimum.modular_energy, expected, rounding * expected);
            assert_true(fabs(optimum.price) <= rounding);
            assert_true(optimum.neurons.count == 0 || optimum.angle <= 1e-6);
        }
    }
}

/* Where errors are cheap nothing is the best network. */
static void test_nothing_is_optimal_when_errors_are_cheap(void **state) {
    (void)state;
    SCOPED(arena_free) struct arena arena = {0};
    struct data data;
    fill_grid(&data, 3, 2);
    struct costs costs = {0.01, 1.0, 1.0, 1.0};
    struct optimum optimum = optimum_of(&data, &costs, &arena);
    double expected = costs.fit * 2.0 * 2.0 / 3.0;
    assert_near(optimum.energy, expected, rounding * expected);
    assert_true(optimum.gap <= rounding);
}

/* s, s: the coordinate √2 s along (1, 1)/√2 is all there is. A constant source adds nothing. */
static void test_dependent_sources(void **state) {
    (void)state;
    struct random_stream stream = stream_of(4);
    SCOPED(arena_free) struct arena arena = {0};
    for (size_t k = 0; k < SETS; k++, arena_reset(&arena)) {
        struct data one;
        struct data two = {0};
        struct data three = {0};
        struct costs costs = {k % 2 == 0 ? INFINITY : 30.0, 1.0, 0.1, 0.2};
        draw(&one, (enum kind)(k % KINDS), 20, 1, &stream);
        struct moments moments = moments_of(&one);
        two = three = one;
        two.sources = 2;
        three.sources = 3;
        for (size_t n = 0; n < one.samples; n++) {
            two.points[2 * n] = two.points[2 * n + 1] = one.points[n];
            three.points[3 * n] = 4.0; /* constant */
            three.points[3 * n + 1] = 0.6 * one.points[n];
            three.points[3 * n + 2] = -0.8 * one.points[n]; /* along one line, of length 1 */
        }
        double single = energy_of_one(&costs, moments.covariance[0][0], moments.reach[0]);
        double twice =
            energy_of_one(&costs, 2.0 * moments.covariance[0][0], sqrt(2.0) * moments.reach[0]);
        const struct data *sets[] = {&one, &two, &three};
        const double expected[] = {single, twice, single};
        for (size_t s = 0; s < 3; s++) {
            struct optimum optimum = optimum_of(sets[s], &costs, &arena);
            struct performance performance = perform(sets[s], &costs, &optimum.neurons);
            assert_near(optimum.energy, expected[s], rounding * expected[s]);
            assert_near(performance.loss, expected[s], rounding * expected[s]);
            assert_true(optimum.gap <= rounding);
        }
    }
}

static void check_limited(const struct data *data, const struct costs *costs, size_t most,
                          const struct optimum *best, struct arena *arena) {
    struct error error = {0};
    struct geometry geometry;
    struct optimum limited;
    geometry_of(data, arena, &geometry);
    assert_ok(&error, optimum_find(&geometry, costs, most, arena, &limited, &error));
    struct performance performance = perform(data, costs, &limited.neurons);
    assert_true(limited.neurons.count <= most);
    bool has_axes = most >= data->sources && !isnan(limited.modular_energy);
    assert_true(!has_axes || limited.energy <= limited.modular_energy * (1.0 + rounding));
    if (fabs(performance.loss - limited.energy) > rounding * limited.energy) {
        fail_msg("%zu neurons: loss %.17g, energy %.17g", most, performance.loss, limited.energy);
    }
    assert_true(limited.energy >= best->energy * (1.0 - rounding));
    assert_true(limited.bound <= best->energy * (1.0 + rounding));
    assert_near(limited.gap, 1.0 - limited.bound / limited.energy, rounding);
}

/* Sources of very different ranges, λ over many decades: the bound stays below what is attained. */
static void test_bound_is_below_energy_in_any_units(void **state) {
    (void)state;
    struct random_stream stream = stream_of(11);
    SCOPED(arena_free) struct arena arena = {0};
    for (size_t k = 0; k < 400; k++, arena_reset(&arena)) {
        struct data data;
        draw_any(&data, k, &stream);
        for (size_t j = 0; j < data.sources; j++) {
            double unit = pow(10.0, between(&stream, -4.0, 4.0));
            for (size_t n = 0; n < data.samples; n++) {
                data.points[n * data.sources + j] *= unit;
            }
        }
        struct costs costs = costs_of_lambda(pow(10.0, between(&stream, -8.0, 4.0)));
        costs.fit = k % 2 == 0 ? INFINITY : pow(10.0, between(&stream, -2.0, 4.0));
        struct geometry geometry;
        struct optimum optimum;
        struct error error = {0};
        geometry_of(&data, &arena, &geometry);
        enum status status = optimum_find(&geometry, &costs, 0, &arena, &optimum, &error);
        if (status == STATUS_OK && !(optimum.bound <= optimum.energy * (1.0 + 1e-9) &&
                                     optimum.bound > 0.0 && optimum.gap < 1e-3)) {
            fail_msg("data set %zu: bound %.17g, energy %.17g", k, optimum.bound, optimum.energy);
        }
        assert_true(status == STATUS_OK || status == STATUS_BAD_INPUT);
    }
}

/* Few samples, some of hardly any weight, or in a thin cloud: no neuron that a descent finds is
 * overlooked, and no bound is above what is attained. */
static void test_light_samples_and_thin_clouds(void **state) {
    (void)state;
    struct random_stream stream = stream_of(12);
    SCOPED(arena_free) struct arena arena = {0};
    for (size_t k = 0; k < 40; k++, arena_reset(&arena)) {
        struct data data;
        struct geometry geometry;
        struct optimum descended;
        struct error error = {0};
        double sum = 0.0;
        draw(&data, UNIFORM, 4 + k % 4, 3, &stream);
        for (size_t n = 0; n < data.samples; n++) {
            data.weights[n] = pow(10.0, between(&stream, -6.0, 0.0));
            sum += data.weights[n];
        }
        double thickness = k % 2 == 0 ? 1.0 : pow(10.0, between(&stream, -9.0, -3.0));
        for (size_t n = 0; n < data.samples; n++) {
            data.weights[n] /= sum;
            data.points[3 * n + 2] = data.points[3 * n] + thickness * data.points[3 * n + 2];
        }
        struct costs costs = {0.6, pow(10.0, between(&stream, -3.0, -1.0)),
                              pow(10.0, between(&stream, -3.0, -1.0)),
                              pow(10.0, between(&stream, -3.0, -1.0))};
        struct optimum optimum = optimum_of(&data, &costs, &arena);
        forget_hull(&data, &arena, &geometry);
        assert_ok(&error, optimum_find(&geometry, &costs, 0, &arena, &descended, &error));
        assert_true(optimum.energy <= descended.energy * (1.0 + 1e-8));
        assert_true(descended.bound <= optimum.energy * (1.0 + 1e-8));
        assert_true(optimum.gap <= 1e-8);
    }
}

static void test_limited_neurons(void **state) {
    (void)state;
    struct random_stream stream = stream_of(5);
    SCOPED(arena_free) struct arena arena = {0};
    for (size_t k = 0; k < SETS; k++, arena_reset(&arena)) {
        struct data data;
        struct costs costs = draw_case(k, &stream, &data);
        struct optimum best = optimum_of(&data, &costs, &arena);
        for (size_t most = isfinite(costs.fit) ? 1 : data.sources; most <= best.neurons.count;
             most++) {
            check_limited(&data, &costs, most, &best, &arena);
        }
    }
}

/* Of equal amounts only one is dropped. */
static void test_limited_among_equals(void **state) {
    (void)state;
    SCOPED(arena_free) struct arena arena = {0};
    for (size_t sources = 2; sources <= 4; sources++, arena_reset(&arena)) {
        struct data data;
        fill_grid(&data, 2, sources);
        struct costs costs = {50.0, 1.0, 0.1, 0.1};
        struct optimum best = optimum_of(&data, &costs, &arena);
        assert_int_equal(best.neurons.count, sources);
        check_limited(&data, &costs, sources - 1, &best, &arena);
    }
}

/* ±e_j: the best neurons point to the corners of a cube, all alike; `sources` of them suffice. */
static void test_limited_to_as_many_as_sources(void **state) {
    (void)state;
    SCOPED(arena_free) struct arena arena = {0};
    for (size_t sources = 2; sources <= 3; sources++, arena_reset(&arena)) {
        struct data data = {.samples = 2 * sources, .sources = sources};
        for (size_t j = 0; j < sources; j++) {
            data.points[2 * j * sources + j] = 1.0;
            data.points[(2 * j + 1) * sources + j] = -1.0;
        }
        weigh_equally(&data);
        struct costs costs = costs_of_lambda(0.1);
        struct optimum best = optimum_of(&data, &costs, &arena);
        check_limited(&data, &costs, sources, &best, &arena);
    }
}

static void test_unbounded_costs_are_refused(void **state) {
    (void)state;
    const struct costs refused[] = {
        {0.0, 1.0, 1.0, 1.0}, {-1.0, 1.0, 1.0, 1.0},      {1.0, 1.0, 1.0, 0.0},
        {1.0, 0.0, 0.0, 1.0}, {INFINITY, -1.0, 2.0, 1.0}, {INFINITY, 1.0, 1.0, INFINITY},
        {1.0, NAN, 1.0, 1.0}, {NAN, 1.0, 1.0, 1.0},
    };
    SCOPED(arena_free) struct arena arena = {0};
    struct geometry geometry;
    struct data data;
    fill_grid(&data, 2, 2);
    geometry_of(&data, &arena, &geometry);
    for (size_t k = 0; k < sizeof refused / sizeof *refused; k++) {
        struct error error = {0};
        struct optimum optimum;
        assert_false(costs_are_bounded(&refused[k]));
        assert_int_equal(optimum_find(&geometry, &refused[k], 0, &arena, &optimum, &error),
                         STATUS_BAD_INPUT);
        assert_message(&error, "no optimum");
    }
    assert_true(costs_are_bounded(&(struct costs){1.0, 0.0, 1.0, 1.0}));
    assert_true(costs_are_bounded(&(struct costs){INFINITY, 1.0, 0.0, 1.0}));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_neurons_are_what_the_optimum_claims),
        cmocka_unit_test(test_certificate_holds_in_every_direction),
        cmocka_unit_test(test_no_other_network_is_better),
        cmocka_unit_test(test_energy_of_a_grid),
        cmocka_unit_test(test_nothing_is_optimal_when_errors_are_cheap),
        cmocka_unit_test(test_dependent_sources),
        cmocka_unit_test(test_bound_is_below_energy_in_any_units),
        cmocka_unit_test(test_light_samples_and_thin_clouds),
        cmocka_unit_test(test_limited_neurons),
        cmocka_unit_test(test_limited_among_equals),
        cmocka_unit_test(test_limited_to_as_many_as_sources),
        cmocka_unit_test(test_unbounded_costs_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
