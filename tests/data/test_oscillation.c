#include "data/drawn.h"
#include "reference.h"

#include <stdio.h>

enum { DRAWS = 300, TEXT_BYTES = 128, INTEGERS = 19 };

static const double PI = 3.14159265358979323846;

static void begin_given(struct drawn *drawn, double first, double second) {
    char text[TEXT_BYTES];
    (void)snprintf(text, sizeof text, "%.17g %.17g", first, second);
    begin(drawn, "oscillation");
    set_named(drawn, "frequencies", text);
}

static void begin_pair(struct drawn *drawn, const char *pair, const char *separation) {
    begin(drawn, "oscillation");
    set_named(drawn, "pair", pair);
    set_named(drawn, "separation", separation);
}

static void test_published_sequences(void **state) {
    (void)state;
    const char *const groups[] = {"linear_rnn_0", "linear_rnn_1"};
    for (size_t k = 0; k < sizeof groups / sizeof *groups; k++) {
        struct drawn drawn;
        struct arena arena = {0};
        const struct reference_case place = {.path = "tests/reference/training.h5",
                                             .group = groups[k]};
        const double *frequencies = reference_read(&place, "data/frequencies", &arena).values;
        struct points x = reference_read(&place, "data/x", &arena);
        struct points y = reference_read(&place, "data/y", &arena);
        begin_given(&drawn, frequencies[0], frequencies[1]);
        const struct dataset *data = draw(&drawn, 1);
        assert_int_equal(data->size.samples, x.rows);
        assert_memory_equal(data->inputs, x.values, x.rows * x.columns * sizeof *x.values);
        for (size_t i = 0; i < y.rows * y.columns; i++) {
            assert_near(data->targets[i], y.values[i], 1e-6);
        }
        end(&drawn);
        arena_free(&arena);
    }
}

static void test_size_and_order(void **state) {
    (void)state;
    struct drawn drawn;
    begin_given(&drawn, 2, 5);
    set_named(&drawn, "steps", "50");
    const struct dataset *data = draw(&drawn, 1);
    assert_true(data->size.samples == 50 && data->size.steps == 50);
    assert_true(data->size.sources == 2 && data->size.inputs == 2 && data->size.targets == 2);
    assert_true(data->size.periodic && data->size.own_targets && !data->size.labels);
    assert_true(data->frequencies[0] == 2 && data->frequencies[1] == 5);
    assert_true(data->time_step == 0.1);
    for (size_t n = 0; n < data->size.samples; n++) {
        double time = 0.1 * (double)n;
        assert_memory_equal(data->sources + 2 * n, data->targets + 2 * n, 2 * sizeof(double));
        assert_near(data->sources[2 * n], cos(2 * time), 1e-12);
        assert_near(data->sources[2 * n + 1], cos(5 * time), 1e-12);
        assert_true(data->weights[n] == 1.0 / 50);
    }
    end(&drawn);
}

static void assert_impulses(const struct dataset *data, size_t column, double frequency) {
    double *expected = calloc(data->size.samples, sizeof *expected);
    assert_non_null(expected);
    double most = floor(frequency * (double)data->size.samples * data->time_step / (2 * PI));
    for (size_t n = 0; n <= (size_t)most; n++) {
        size_t step = (size_t)(2 * PI * (double)n / (frequency * data->time_step));
        if (step < data->size.samples) {
            expected[step] = 1;
        }
    }
    for (size_t t = 0; t < data->size.samples; t++) {
        assert_true(data->inputs[2 * t + column] == expected[t]);
    }
    free(expected);
}

/* Inputs at half the sum and half the difference; the higher frequency comes first. */
static void test_relu_task(void **state) {
    (void)state;
    const double pairs[][2] = {{3, 7.5}, {7.5, 3}};
    for (size_t k = 0; k < 2; k++) {
        struct drawn drawn;
        begin_given(&drawn, pairs[k][0], pairs[k][1]);
        set_named(&drawn, "task", "relu");
        const struct dataset *data = draw(&drawn, 1);
        assert_true(data->frequencies[0] == 7.5 && data->frequencies[1] == 3);
        assert_impulses(data, 0, 5.25);
        assert_impulses(data, 1, 2.25);
        for (size_t t = 0; t < data->size.samples; t++) {
            double time = 0.1 * (double)t;
            double fast = cos(5.25 * time) * cos(2.25 * time);
            double slow = sin(5.25 * time) * sin(2.25 * time);
            assert_near(data->targets[2 * t], fast - slow, 1e-12);
            assert_near(data->targets[2 * t + 1], fast + slow, 1e-12);
        }
        end(&drawn);
    }
}

/* A period of nine steps is one of nine steps, though 2π / (f · 0.1) is a little less in binary. */
static void test_whole_periods(void **state) {
    (void)state;
    struct drawn drawn;
    begin_given(&drawn, 2 * PI, 2 * PI / 0.9);
    const struct dataset *data = draw(&drawn, 1);
    for (size_t t = 0; t < data->size.samples; t++) {
        assert_true(data->inputs[2 * t] == (t % 10 == 0));
        assert_true(data->inputs[2 * t + 1] == (t % 9 == 0));
    }
    end(&drawn);
}

/* So slow that the next period is never reached, or its length no number. */
static void test_slow_sources(void **state) {
    (void)state;
    struct drawn drawn;
    begin_given(&drawn, 1e-3, 1e-310);
    const struct dataset *data = draw(&drawn, 1);
    for (size_t t = 0; t < data->size.samples; t++) {
        assert_true(data->inputs[2 * t] == (t == 0));
        assert_true(data->inputs[2 * t + 1] == (t == 0));
    }
    end(&drawn);
}

typedef void judge_pair(const double *frequencies, double high, double low);

static void judge_rational(const double *frequencies, double high, double low) {
    (void)frequencies;
    assert_true(high == floor(high) && low == floor(low) && low >= 1 && high <= INTEGERS);
    assert_true(fmod(high, low) != 0);
}

static void judge_harmonic(const double *frequencies, double high, double low) {
    (void)frequencies;
    assert_true(high == floor(high) && low == floor(low) && low >= 1 && high <= INTEGERS);
    assert_true(fmod(high, low) == 0);
}

static void judge_irrational(const double *frequencies, double high, double low) {
    (void)high;
    (void)low;
    assert_true(frequencies[0] > 0.5 * PI && frequencies[0] < 4 * PI);
    assert_true(frequencies[1] > 1 && frequencies[1] < 10);
}

/* Of DRAWS jobs; every one as it must be, and both orders among them. */
static void assert_pairs(const char *pair, const char *separation, judge_pair *judge) {
    size_t rising = 0;
    for (uint64_t job = 0; job < DRAWS; job++) {
        struct drawn drawn;
        begin_pair(&drawn, pair, separation);
        const double *two = draw(&drawn, job)->frequencies;
        double high = fmax(two[0], two[1]);
        double low = fmin(two[0], two[1]);
        rising += two[0] < two[1];
        assert_true(high - low > strtod(separation, NULL));
        judge(two, high, low);
        assert_impulses(&drawn.data, 0, two[0]);
        assert_impulses(&drawn.data, 1, two[1]);
        end(&drawn);
    }
    assert_true(rising > 0 && rising < DRAWS);
}

static void test_drawn_pairs(void **state) {
    (void)state;
    const char *const separations[] = {"0", "1", "2", "8"};
    for (size_t k = 0; k < sizeof separations / sizeof *separations; k++) {
        assert_pairs("rational", separations[k], judge_rational);
        assert_pairs("harmonic", separations[k], judge_harmonic);
        assert_pairs("irrational", separations[k], judge_irrational);
    }
}

/* Means of the published draws, of which no pair is refused at separation 0: 2.25 π, and
 * ∫ √u du / 99 over 1 … 100. */
static void test_irrational_means(void **state) {
    (void)state;
    double sums[2] = {0};
    for (uint64_t job = 0; job < DRAWS; job++) {
        struct drawn drawn;
        begin_pair(&drawn, "irrational", "0");
        set_named(&drawn, "steps", "2");
        const double *two = draw(&drawn, job)->frequencies;
        sums[0] += two[0] / DRAWS;
        sums[1] += two[1] / DRAWS;
        end(&drawn);
    }
    assert_near(sums[0], 2.25 * PI, 0.6);
    assert_near(sums[1], 2.0 / 3 * 999 / 99, 0.4);
}

struct refusal {
    const char *frequencies;
    const char *pair;
    const char *time_step;
    const char *culprit;
    const char *words;
};

static void test_refusals(void **state) {
    (void)state;
    const struct refusal refusals[] = {
        {"[]", "none", "0.1", "pair", "expected irrational, rational or harmonic"},
        {"1 2", "rational", "0.1", "frequencies", "expected frequencies or a pair, not both"},
        {"3", "none", "0.1", "frequencies", "expected two frequencies, got 1"},
        {"3 4 5", "none", "0.1", "frequencies", "expected two frequencies, got 3"},
        {"3 3", "none", "0.1", "frequencies", "3 twice: expected two different frequencies"},
        {"3 32", "none", "0.1", "frequencies", "32 radians per unit of time"},
        {"[]", "rational", "0.2", "time_step", "expected less than 0.165347"},
        {"[]", "harmonic", "0.2", "time_step", "pair harmonic, of up to 19"},
        {"[]", "irrational", "0.25", "time_step", "expected less than 0.25"},
    };
    for (size_t k = 0; k < sizeof refusals / sizeof *refusals; k++) {
        struct drawn drawn;
        begin(&drawn, "oscillation");
        set_named(&drawn, "frequencies", refusals[k].frequencies);
        set_named(&drawn, "pair", refusals[k].pair);
        set_named(&drawn, "time_step", refusals[k].time_step);
        assert_int_equal(check_settings(&drawn), STATUS_BAD_INPUT);
        assert_string_equal(drawn.error.culprit, refusals[k].culprit);
        if (strstr(drawn.error.message, refusals[k].words) == NULL) {
            fail_msg("'%s' should say '%s'", drawn.error.message, refusals[k].words);
        }
        end(&drawn);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_published_sequences), cmocka_unit_test(test_size_and_order),
        cmocka_unit_test(test_relu_task),           cmocka_unit_test(test_whole_periods),
        cmocka_unit_test(test_slow_sources),        cmocka_unit_test(test_drawn_pairs),
        cmocka_unit_test(test_irrational_means),    cmocka_unit_test(test_refusals),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
