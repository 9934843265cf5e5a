#include "score/scored.h"

enum { STEPS = 200, SOURCES = 2, UNITS_MAX = 6, FIRST_BIN = 10, SECOND_BIN = 23 };

/* What the floor under every bin and rounding leave of a closed form. */
static const double TOLERANCE = 1e-7;
static const double TIME_STEP = 0.1;

struct field {
    double frequencies[SOURCES + 1];
    double latent[STEPS * UNITS_MAX];
    double weights[STEPS];
    struct score_input input;
};

static double angle_at(size_t bin, size_t t) {
    return 2.0 * M_PI * (double)bin * (double)t / STEPS;
}

/* Units of zeros, and sources that oscillate exactly at two bins. */
static void begin(struct field *field, size_t units) {
    *field = (struct field){.frequencies = {angle_at(FIRST_BIN, 1) / TIME_STEP,
                                            angle_at(SECOND_BIN, 1) / TIME_STEP, 20.0}};
    for (size_t t = 0; t < STEPS; t++) {
        field->weights[t] = 1.0 / STEPS;
    }
    field->input = (struct score_input){.samples = STEPS,
                                        .sources = SOURCES,
                                        .latents = units,
                                        .latent = field->latent,
                                        .weights = field->weights,
                                        .frequencies = field->frequencies,
                                        .time_step = TIME_STEP};
}

/* Adds amplitude·cos(angle + phase) to a unit. */
static void add_cosine(struct field *field, size_t unit, size_t bin, double amplitude,
                       double phase) {
    for (size_t t = 0; t < STEPS; t++) {
        field->latent[t * field->input.latents + unit] += amplitude * cos(angle_at(bin, t) + phase);
    }
}

static double power_of(const struct field *field, double *matrix) {
    return score_of("frequency_index", &field->input, matrix);
}

static double magnitude_of(const struct field *field, double *matrix) {
    return score_of("frequency_index_magnitude", &field->input, matrix);
}

/* Units of one frequency each are modular, whatever their size and offset. */
static void test_pure_units(void **state) {
    (void)state;
    struct field field;
    double matrix[SOURCES * 3];
    begin(&field, 3);
    add_cosine(&field, 0, FIRST_BIN, 1.0, 0.0);
    add_cosine(&field, 1, SECOND_BIN, -30.0, 0.0);
    add_cosine(&field, 2, SECOND_BIN, 0.1, 0.0);
    add_cosine(&field, 2, 0, 100.0, 0.0);
    assert_true(same_within(power_of(&field, matrix), 1.0, 1e-6));
    for (size_t j = 0; j < 3; j++) {
        assert_true(same_within(matrix[j], j == 0, 1e-6));
        assert_true(same_within(matrix[3 + j], j != 0, 1e-6));
    }
    assert_true(same_within(magnitude_of(&field, NULL), 1.0, 1e-6));
}

/* Half and half is nothing; three quarters are 2·3/4 − 1. A third frequency takes from all shares,
 * and so does not matter to the index. */
static void test_mixed_units(void **state) {
    (void)state;
    struct field field;
    double matrix[SOURCES * 2];
    begin(&field, 2);
    for (size_t unit = 0; unit < 2; unit++) {
        add_cosine(&field, unit, FIRST_BIN, 1.0, 0.0);
        add_cosine(&field, unit, SECOND_BIN, 1.0, 0.0);
    }
    assert_true(same_within(power_of(&field, NULL), 0.0, TOLERANCE));
    assert_true(same_within(magnitude_of(&field, NULL), 0.0, TOLERANCE));
    for (size_t unit = 0; unit < 2; unit++) {
        add_cosine(&field, unit, FIRST_BIN, 2.0, 0.0);
        add_cosine(&field, unit, 60, 4.0, 0.0);
    }
    assert_true(same_within(power_of(&field, matrix), 0.5, TOLERANCE));
    assert_true(same_within(matrix[0], 3.0 / 8.0, TOLERANCE));
    assert_true(same_within(matrix[2], 1.0 / 8.0, TOLERANCE));
    assert_true(same_within(magnitude_of(&field, NULL), 0.5, TOLERANCE));
}

/* |X| does not see phases, |Re X| sees a sine as nothing. */
static void test_phases(void **state) {
    (void)state;
    struct field field;
    double matrix[SOURCES];
    begin(&field, 1);
    add_cosine(&field, 0, FIRST_BIN, 1.0, 0.0);
    add_cosine(&field, 0, SECOND_BIN, 1.0, M_PI / 3.0);
    assert_true(same_within(power_of(&field, matrix), 0.0, TOLERANCE));
    assert_true(same_within(matrix[0], 0.5, TOLERANCE));
    assert_true(same_within(magnitude_of(&field, matrix), 1.0 / 3.0, TOLERANCE));
    assert_true(same_within(matrix[0], 2.0 / 3.0, TOLERANCE));
}

/* Bins are 0.314 apart here: a frequency between two has both within 0.2, one farther off none. */
static void test_what_is_near(void **state) {
    (void)state;
    struct field field;
    double matrix[SOURCES];
    const double second = angle_at(FIRST_BIN + 1, 1) / TIME_STEP;
    begin(&field, 1);
    add_cosine(&field, 0, FIRST_BIN, 1.0, 0.0);
    add_cosine(&field, 0, FIRST_BIN + 1, 2.0, 0.0);
    add_cosine(&field, 0, SECOND_BIN, 3.0, 0.0);
    field.frequencies[0] = (field.frequencies[0] + second) / 2.0;
    (void)power_of(&field, matrix);
    assert_true(same_within(matrix[0], 0.5, TOLERANCE));
    field.frequencies[0] = second - 0.199;
    (void)power_of(&field, matrix);
    assert_true(same_within(matrix[0], 0.5, TOLERANCE));
    field.frequencies[0] = second + 0.199;
    (void)power_of(&field, matrix);
    assert_true(same_within(matrix[0], 1.0 / 3.0, TOLERANCE));
    field.frequencies[0] = second + 0.201;
    field.frequencies[1] += 0.201;
    (void)power_of(&field, matrix);
    assert_true(matrix[0] < TOLERANCE && matrix[1] < TOLERANCE);
}

/* A dead unit has only the floor, alike in every bin: one of them for each source. */
static void test_dead_unit(void **state) {
    (void)state;
    struct field field;
    double matrix[SOURCES];
    begin(&field, 1);
    add_cosine(&field, 0, 0, 0.1, 0.0);
    assert_true(same_within(power_of(&field, matrix), 0.0, 1e-12));
    for (size_t i = 0; i < SOURCES; i++) {
        assert_true(same_within(matrix[i], 1.0 / (STEPS / 2.0), 1e-12));
    }
    begin(&field, 2);
    add_cosine(&field, 0, FIRST_BIN, 1.0, 0.0);
    double largest = 1.0 + 2.0 / STEPS;
    double total = 1.0 + 4.0 / STEPS;
    assert_true(same_within(power_of(&field, NULL), 2.0 * largest / total - 1.0, 1e-6));
}

/* Chance is 1/S. */
static void test_three_sources(void **state) {
    (void)state;
    struct field field;
    begin(&field, 1);
    field.input.sources = SOURCES + 1;
    field.frequencies[2] = angle_at(40, 1) / TIME_STEP;
    add_cosine(&field, 0, FIRST_BIN, 2.0, 0.0);
    add_cosine(&field, 0, SECOND_BIN, 1.0, 0.0);
    add_cosine(&field, 0, 40, 1.0, 0.0);
    assert_true(same_within(power_of(&field, NULL), (0.5 - 1.0 / 3.0) / (1.0 - 1.0 / 3.0), 1e-6));
}

static void test_weights_do_not_matter(void **state) {
    (void)state;
    struct field field;
    begin(&field, 2);
    add_cosine(&field, 0, FIRST_BIN, 1.0, 0.3);
    add_cosine(&field, 1, FIRST_BIN, 1.0, 0.0);
    add_cosine(&field, 1, SECOND_BIN, 0.7, 1.0);
    double power = power_of(&field, NULL);
    double magnitude = magnitude_of(&field, NULL);
    for (size_t t = 0; t < STEPS; t++) {
        field.weights[t] = 2.0 * (double)(t + 1) / (STEPS * (STEPS + 1.0));
    }
    assert_true(power_of(&field, NULL) == power);
    assert_true(magnitude_of(&field, NULL) == magnitude);
}

static void assert_undefined(const struct field *field) {
    assert_true(isnan(power_of(field, NULL)));
    assert_true(isnan(magnitude_of(field, NULL)));
}

static void test_undefined(void **state) {
    (void)state;
    struct field field;
    double matrix[SOURCES];
    begin(&field, 1);
    add_cosine(&field, 0, FIRST_BIN, 1.0, 0.0);
    field.input.frequencies = NULL;
    assert_true(isnan(power_of(&field, matrix)));
    assert_true(isnan(matrix[0]) && isnan(matrix[1]));
    field.input.frequencies = field.frequencies;
    field.input.time_step = 0.0;
    assert_undefined(&field);
    field.input.time_step = TIME_STEP;
    field.input.sources = 1;
    assert_undefined(&field);
    field.input.sources = SOURCES;
    field.frequencies[0] = 1000.0; /* beyond the last bin */
    field.frequencies[1] = 2000.0;
    assert_undefined(&field);
    begin(&field, 0);
    assert_undefined(&field);
    begin(&field, 1);
    field.input.samples = 1;
    assert_undefined(&field);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_pure_units),
        cmocka_unit_test(test_mixed_units),
        cmocka_unit_test(test_phases),
        cmocka_unit_test(test_what_is_near),
        cmocka_unit_test(test_dead_unit),
        cmocka_unit_test(test_three_sources),
        cmocka_unit_test(test_weights_do_not_matter),
        cmocka_unit_test(test_undefined),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
