/* What has to hold for margin and optimum of any data, on thousands of random data sets. */
#include "theory/changes.h"
#include "theory/moments.h"

enum {
    MARGIN_SETS = 1500, /* whose margins are compared under every change */
    ENERGY_SETS = 360,  /* whose optima are */
    CORNER_SETS = 600,
    PRICE_SETS = 600,
    SAMPLED_SETS = 180,
    DIRECTIONS = 2000, /* sampled in each */
};

static const double margin_rounding = 1e-11; /* of the largest range, squared */
static const double energy_rounding = 1e-9;  /* relative; optima are found to 1e-10 */

static void check_close(const char *what, size_t k, double a, double b, double tolerance) {
    if (!(fabs(a - b) <= tolerance)) {
        fail_msg("%s, data set %zu: %.17g and %.17g", what, k, a, b);
    }
}

static void test_margin_is_invariant(void **state) {
    (void)state;
    struct random_stream stream = stream_of(1);
    SCOPED(arena_free) struct arena arena = {0};
    size_t modular = 0;
    for (size_t k = 0; k < MARGIN_SETS; k++, arena_reset(&arena)) {
        struct data data;
        draw_any(&data, k, &stream);
        double scale = moments_of(&data).scale;
        struct margin standard = margin_of(&data, &arena);
        modular += standard.modular;
        for (size_t c = 0; c < CHANGES; c++) {
            struct data changed = data;
            changes[c].apply(&changed, &stream);
            struct margin margin = margin_of(&changed, &arena);
            check_close(changes[c].name, k, standard.value, margin.value, margin_rounding * scale);
            assert_int_equal(standard.modular, margin.modular);
        }
    }
    assert_true(modular > MARGIN_SETS / 20 && modular < MARGIN_SETS / 2);
}

static void test_optimum_is_invariant(void **state) {
    (void)state;
    struct random_stream stream = stream_of(2);
    SCOPED(arena_free) struct arena arena = {0};
    for (size_t k = 0; k < ENERGY_SETS; k++, arena_reset(&arena)) {
        struct data data;
        draw_any(&data, k, &stream);
        struct costs costs = costs_of_lambda(pow(10.0, between(&stream, -4.0, 1.0)));
        costs.fit = k % 2 == 0 ? INFINITY : pow(10.0, between(&stream, 0.0, 3.0));
        struct optimum standard = optimum_of(&data, &costs, &arena);
        struct data changed = data;
        changes[k % CHANGES].apply(&changed, &stream);
        struct optimum optimum = optimum_of(&changed, &costs, &arena);
        check_close(changes[k % CHANGES].name, k, standard.energy, optimum.energy,
                    energy_rounding * standard.energy);
        check_close("modular energy", k, standard.modular_energy, optimum.modular_energy,
                    energy_rounding * standard.energy);
        assert_true(standard.gap <= energy_rounding && optimum.gap <= energy_rounding);
    }
}

static void scale_source(struct data *data, size_t j, double factor) {
    for (size_t n = 0; n < data->samples; n++) {
        data->points[n * data->sources + j] *= factor;
    }
}

static void test_units_only_scale(void **state) {
    (void)state;
    struct random_stream stream = stream_of(3);
    SCOPED(arena_free) struct arena arena = {0};
    for (size_t k = 0; k < ENERGY_SETS; k++, arena_reset(&arena)) {
        struct data data;
        draw_any(&data, k, &stream);
        double factor = pow(10.0, between(&stream, -4.0, 4.0));
        double square = factor * factor;
        double scale = moments_of(&data).scale;
        struct costs costs = costs_of_lambda(0.1);
        struct costs scaled_costs = costs_of_lambda(0.1 * square);
        struct margin standard = margin_of(&data, &arena);
        struct optimum optimum = optimum_of(&data, &costs, &arena);
        for (size_t j = 0; j < data.sources; j++) {
            scale_source(&data, j, factor);
        }
        struct margin margin = margin_of(&data, &arena);
        struct optimum scaled = optimum_of(&data, &scaled_costs, &arena);
        check_close("margin", k, margin.value / square, standard.value, margin_rounding * scale);
        check_close("energy", k, scaled.energy / square, optimum.energy,
                    energy_rounding * optimum.energy);
        check_close("price", k, scaled.price, optimum.price, energy_rounding);
        assert_int_equal(margin.modular, standard.modular);
    }
}

static void test_modular_does_not_depend_on_one_unit(void **state) {
    (void)state;
    struct random_stream stream = stream_of(4);
    SCOPED(arena_free) struct arena arena = {0};
    for (size_t k = 0; k < CORNER_SETS; k++, arena_reset(&arena)) {
        struct data data;
        draw_any(&data, k, &stream);
        bool modular = margin_of(&data, &arena).modular;
        scale_source(&data, k % data.sources, pow(10.0, between(&stream, -5.0, 5.0)));
        if (modular != margin_of(&data, &arena).modular) {
            fail_msg("data set %zu was %smodular in other units", k, modular ? "" : "not ");
        }
    }
}

/* For corners −m_j and M_k of the box: E[(s_j + m_j)(s_k + m_k)] ≥ 0 bounds every C_jk. */
static void test_corners_of_the_box_make_any_data_modular(void **state) {
    (void)state;
    struct random_stream stream = stream_of(5);
    SCOPED(arena_free) struct arena arena = {0};
    for (size_t k = 0; k < CORNER_SETS; k++, arena_reset(&arena)) {
        struct data data;
        draw_any(&data, k, &stream);
        add_corners(&data, k % 2 == 0 ? 0.5 : 1e-4);
        double scale = moments_of(&data).scale;
        struct costs costs = costs_of_lambda(0.01);
        struct margin margin = margin_of(&data, &arena);
        check_close("margin", k, margin.value, 0.0, margin_rounding * scale);
        assert_true(margin.modular && margin.known);
        if (k % 4 == 0) {
            check_close("price", k, optimum_of(&data, &costs, &arena).price, 0.0, energy_rounding);
        }
    }
}

/*
 * With λ = costs.weights_in the modular network has V_jj = √(a_j/λ), a_j the cost of axis j, and
 * λ wᵀV²w − a(w) = wᵀSw − h(w)² for all w. Hence an amount c of the neuron w changes the loss by
 * c a(w) − c b/(1 + c q), b = λ wᵀV²w, q = wᵀVw, at best by −(√b − √a(w))²/q. And where a(w) ≥ ρ b
 * for all w, no network has less than √ρ of the modular energy.
 */
static void price_bounds(const struct data *data, const struct costs *costs,
                         const struct margin *margin, double *least, double *most) {
    struct moments moments = moments_of(data);
    const double *w = margin->direction;
    double energy = 0.0;
    double b = 0.0;
    double q = 0.0;
    double cheapest = INFINITY;
    for (size_t j = 0; j < data->sources; j++) {
        double cost = costs->activity * (moments.covariance[j][j] + pow(moments.reach[j], 2)) +
                      costs->weights_in;
        energy += 2.0 * sqrt(costs->weights_out * cost);
        b += cost * w[j] * w[j];
        q += sqrt(cost / costs->weights_out) * w[j] * w[j];
        cheapest = fmin(cheapest, cost);
    }
    double a = cost_along(data, &moments, costs, w);
    *least = a < b ? pow(sqrt(b) - sqrt(a), 2) / (q * energy) : 0.0;
    *most = 1.0 - sqrt(fmax(0.0, 1.0 + costs->activity * margin->value / cheapest));
}

static void test_margin_bounds_the_price(void **state) {
    (void)state;
    const double certain = 1e-8; /* prices above it are none of rounding's */
    struct random_stream stream = stream_of(6);
    SCOPED(arena_free) struct arena arena = {0};
    size_t priced = 0;
    for (size_t k = 0; k < PRICE_SETS; k++, arena_reset(&arena)) {
        struct data data;
        double least;
        double most;
        draw_any(&data, k, &stream);
        struct costs costs = costs_of_lambda(pow(10.0, between(&stream, -4.0, 0.0)));
        struct margin margin = margin_of(&data, &arena);
        struct optimum optimum = optimum_of(&data, &costs, &arena);
        price_bounds(&data, &costs, &margin, &least, &most);
        if (optimum.price < least - energy_rounding || optimum.price > most + energy_rounding) {
            fail_msg("data set %zu: price %g is not within %g and %g", k, optimum.price, least,
                     most);
        }
        assert_false(margin.modular && optimum.price > certain);
        priced += least > certain;
    }
    assert_true(priced > PRICE_SETS / 2);
}

static void test_no_direction_is_below_the_margin(void **state) {
    (void)state;
    struct random_stream stream = stream_of(7);
    SCOPED(arena_free) struct arena arena = {0};
    for (size_t k = 0; k < SAMPLED_SETS; k++, arena_reset(&arena)) {
        struct data data;
        double w[SOURCES_MAX];
        double length = 0.0;
        draw_any(&data, k, &stream);
        struct moments moments = moments_of(&data);
        struct margin margin = margin_of(&data, &arena);
        for (size_t j = 0; j < data.sources; j++) {
            length += pow(margin.direction[j], 2);
        }
        check_close("length", k, length, 1.0, 1e-12);
        check_close("attained", k, margin.value, margin_along(&data, &moments, margin.direction),
                    1e-12 * moments.scale);
        for (size_t i = 0; i < DIRECTIONS; i++) {
            draw_direction(data.sources, &stream, w);
            for (size_t j = 0; i % 2 == 0 && j < data.sources; j++) { /* near the lowest */
                w[j] = margin.direction[j] + 1e-3 * w[j];
            }
            double square = 0.0;
            for (size_t j = 0; j < data.sources; j++) {
                square += w[j] * w[j];
            }
            assert_true(margin_along(&data, &moments, w) / square >=
                        margin.value - 1e-12 * moments.scale);
        }
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_margin_is_invariant),
        cmocka_unit_test(test_optimum_is_invariant),
        cmocka_unit_test(test_units_only_scale),
        cmocka_unit_test(test_modular_does_not_depend_on_one_unit),
        cmocka_unit_test(test_corners_of_the_box_make_any_data_modular),
        cmocka_unit_test(test_margin_bounds_the_price),
        cmocka_unit_test(test_no_direction_is_below_the_margin),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
