#include "score/scored.h"

enum { WHATS = 4, WHERES = 5, CELLS = WHATS * WHERES, UNITS = 2 };

static const double TOLERANCE = 1e-12;

struct field {
    size_t samples;
    double source[4 * CELLS];
    double latent[2 * CELLS * UNITS];
    double weights[2 * CELLS];
};

static double index_of(const struct field *field) {
    struct score_input input = {.samples = field->samples,
                                .sources = 2,
                                .latents = UNITS,
                                .source = field->source,
                                .latent = field->latent,
                                .weights = field->weights};
    return score_of("variance_index", &input, NULL);
}

/* Unit 1 is what·a + where·b, unit 2 likewise with c and d, on the whole field. */
static void fill(struct field *field, double a, double b, double c, double d) {
    field->samples = CELLS;
    for (size_t n = 0; n < CELLS; n++) {
        const size_t row = n / WHERES;
        double what = (double)row;
        double where = (double)(n % WHERES);
        field->source[2 * n] = what;
        field->source[2 * n + 1] = 10.0 * where;
        field->latent[UNITS * n] = a * what + b * where;
        field->latent[UNITS * n + 1] = c * what + d * where + 3.0;
        field->weights[n] = 1.0 / CELLS;
    }
}

/* Variance of 0 … count − 1. */
static double variance(double count) {
    return (count * count - 1.0) / 12.0;
}

static void test_modular_units(void **state) {
    (void)state;
    struct field field;
    fill(&field, 1.0, 0.0, 0.0, -2.0);
    assert_true(index_of(&field) < TOLERANCE);
}

/* Variances of additive units add up; alike in both, all units mix as far as can be. */
static void test_additive_units(void **state) {
    (void)state;
    struct field field;
    const double what = variance(WHATS);
    const double where = variance(WHERES);
    fill(&field, 1.0, 0.5, 2.0, 3.0);
    double mixed = fmin(what, 0.25 * where) + fmin(4.0 * what, 9.0 * where);
    double total = what + 0.25 * where + 4.0 * what + 9.0 * where;
    assert_true(same_within(index_of(&field), mixed / total, TOLERANCE));
    fill(&field, 1.0 / sqrt(what), 1.0 / sqrt(where), 2.0 / sqrt(what), -2.0 / sqrt(where));
    assert_true(same_within(index_of(&field), 0.5, TOLERANCE));
}

/* A unit that answers to one cell: within its what the variance is that of one where among many. */
static void test_conjunction(void **state) {
    (void)state;
    struct field field;
    fill(&field, 0.0, 0.0, 0.0, 0.0);
    field.latent[0] = 1.0;
    double of_where = (1.0 / WHERES) * (1.0 - 1.0 / WHERES) / WHATS;
    double of_what = (1.0 / WHATS) * (1.0 - 1.0 / WHATS) / WHERES;
    double expected = fmin(of_where, of_what) / (of_where + of_what);
    assert_true(same_within(index_of(&field), expected, TOLERANCE));
}

/* A sample of weight 2w is two of weight w, also where cells are missing. */
static void test_weights_are_repetitions(void **state) {
    (void)state;
    struct field weighted;
    struct field repeated;
    fill(&weighted, 1.0, 0.5, 2.0, 3.0);
    weighted.samples = CELLS - 3;
    double mass = 0.0;
    for (size_t n = 0; n < weighted.samples; n++) {
        mass += n % 3 == 0 ? 2.0 : 1.0;
    }
    size_t rows = 0;
    for (size_t n = 0; n < weighted.samples; n++) {
        size_t copies = n % 3 == 0 ? 2 : 1;
        weighted.weights[n] = (double)copies / mass;
        for (size_t copy = 0; copy < copies; copy++, rows++) {
            memcpy(repeated.source + 2 * rows, weighted.source + 2 * n, 2 * sizeof(double));
            memcpy(repeated.latent + UNITS * rows, weighted.latent + UNITS * n,
                   UNITS * sizeof(double));
            repeated.weights[rows] = 1.0 / mass;
        }
    }
    repeated.samples = rows;
    double value = index_of(&weighted);
    assert_true(same_within(value, index_of(&repeated), TOLERANCE));
    for (size_t n = 0; n < weighted.samples; n++) {
        weighted.weights[n] = 1.0 / (double)weighted.samples;
    }
    assert_true(fabs(index_of(&weighted) - value) > 1e-4);
}

static void test_undefined(void **state) {
    (void)state;
    struct field field;
    fill(&field, 0.0, 0.0, 0.0, 0.0);
    for (size_t n = 0; n < CELLS; n++) {
        field.latent[UNITS * n] = 0.1;
    }
    assert_true(isnan(index_of(&field)));
    struct score_input input = {.samples = CELLS,
                                .sources = 1,
                                .latents = UNITS,
                                .source = field.source,
                                .latent = field.latent,
                                .weights = field.weights};
    assert_true(isnan(score_of("variance_index", &input, NULL)));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_modular_units), cmocka_unit_test(test_additive_units),
        cmocka_unit_test(test_conjunction),   cmocka_unit_test(test_weights_are_repetitions),
        cmocka_unit_test(test_undefined),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
