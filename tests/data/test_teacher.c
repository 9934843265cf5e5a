#include "data/drawn.h"

#include "data/assignment.h"

#include <stdio.h>

enum { SEQUENCES = 400, STEPS = 12, CHUNK = 50, SAMPLES = SEQUENCES * STEPS, TEXT_BYTES = 64 };

static const double SCALE = 0.7, BAND = 0.1;

static void begin_small(struct drawn *drawn, const char *change, const char *amount) {
    const struct {
        const char *name;
        int value;
    } sizes[] = {{"sequences", SEQUENCES}, {"steps", STEPS}, {"chunk", CHUNK}};
    begin(drawn, "teacher");
    for (size_t k = 0; k < sizeof sizes / sizeof *sizes; k++) {
        char text[TEXT_BYTES];
        (void)snprintf(text, sizeof text, "%d", sizes[k].value);
        set_named(drawn, sizes[k].name, text);
    }
    set_named(drawn, "change", change);
    set_named(drawn, "amount", amount);
}

static void test_size(void **state) {
    (void)state;
    struct drawn drawn;
    begin_small(&drawn, "independent", "0");
    const struct dataset *data = draw(&drawn, 1);
    assert_true(data->size.samples == SAMPLES && data->size.steps == STEPS);
    assert_true(data->size.sources == 2 && data->size.inputs == 2 && data->size.targets == 2);
    assert_true(data->size.own_targets && !data->size.periodic && !data->size.labels);
    for (size_t n = 0; n < SAMPLES; n++) {
        assert_true(data->weights[n] == 1.0 / SAMPLES);
    }
    end(&drawn);
}

struct matrix {
    double at[2][2];
};

/* The matrix M for which M·from is nearest to `to`, from the normal equations. */
static struct matrix fitted(const double (*from)[2], const double (*to)[2], size_t count) {
    double a = 0;
    double b = 0;
    double d = 0;
    struct matrix products = {{{0}}};
    for (size_t n = 0; n < count; n++) {
        a += from[n][0] * from[n][0];
        b += from[n][0] * from[n][1];
        d += from[n][1] * from[n][1];
        for (size_t i = 0; i < 2; i++) {
            products.at[i][0] += to[n][i] * from[n][0];
            products.at[i][1] += to[n][i] * from[n][1];
        }
    }
    struct matrix matrix;
    for (size_t i = 0; i < 2; i++) {
        double x = products.at[i][0];
        double y = products.at[i][1];
        matrix.at[i][0] = (x * d - y * b) / (a * d - b * b);
        matrix.at[i][1] = (y * a - x * b) / (a * d - b * b);
    }
    return matrix;
}

static void assert_orthogonal(const struct matrix *matrix, double size) {
    const double(*m)[2] = matrix->at;
    double square = size * size;
    assert_near(m[0][0] * m[0][0] + m[1][0] * m[1][0], square, 1e-9 * square);
    assert_near(m[0][1] * m[0][1] + m[1][1] * m[1][1], square, 1e-9 * square);
    assert_true(fabs(m[0][0] * m[0][1] + m[1][0] * m[1][1]) < 1e-9 * square);
}

/* The matrices of the teacher, found from its data alone. */
struct teacher {
    struct matrix recurrent, input, output;
};

/* In the first step atanh(h) is Wi x; in the others it lacks Wr of the last h. */
static struct teacher teacher_of(const struct dataset *data) {
    static double from[SAMPLES][2];
    static double to[SAMPLES][2];
    struct teacher teacher;
    for (size_t s = 0; s < SEQUENCES; s++) {
        for (size_t c = 0; c < 2; c++) {
            from[s][c] = data->inputs[2 * s * STEPS + c];
            to[s][c] = atanh(data->sources[2 * s * STEPS + c]);
        }
    }
    teacher.input = fitted(from, to, SEQUENCES);
    for (size_t s = 0; s < SEQUENCES; s++) {
        size_t n = s * STEPS;
        const double *x = data->inputs + 2 * (n + 1);
        for (size_t c = 0; c < 2; c++) {
            const double *row = teacher.input.at[c];
            from[s][c] = data->sources[2 * n + c];
            to[s][c] = atanh(data->sources[2 * (n + 1) + c]) - row[0] * x[0] - row[1] * x[1];
        }
    }
    teacher.recurrent = fitted(from, to, SEQUENCES);
    teacher.output =
        fitted((const double(*)[2])data->sources, (const double(*)[2])data->targets, SAMPLES);
    return teacher;
}

/* A network of these matrices, run on the inputs from a hidden state of 0, has the hidden states
 * and outputs of the data set. */
static void assert_follows(const struct teacher *teacher, const struct dataset *data) {
    double hidden[2] = {0};
    for (size_t n = 0; n < SAMPLES; n++) {
        double last[2] = {n % STEPS == 0 ? 0 : hidden[0], n % STEPS == 0 ? 0 : hidden[1]};
        const double *x = data->inputs + 2 * n;
        for (size_t c = 0; c < 2; c++) {
            const double *wr = teacher->recurrent.at[c];
            const double *wi = teacher->input.at[c];
            hidden[c] = tanh(wr[0] * last[0] + wr[1] * last[1] + wi[0] * x[0] + wi[1] * x[1]);
            assert_near(hidden[c], data->sources[2 * n + c], 1e-9);
        }
        for (size_t c = 0; c < 2; c++) {
            const double *wo = teacher->output.at[c];
            double y = wo[0] * hidden[0] + wo[1] * hidden[1];
            assert_near(y, data->targets[2 * n + c], 1e-9);
        }
    }
}

static void test_inputs_drive_the_teacher(void **state) {
    (void)state;
    bool reflects = false;
    bool rotates = false;
    for (uint64_t job = 0; job < 10; job++) {
        struct drawn drawn;
        begin_small(&drawn, "oversample_diagonal", "0.5");
        const struct dataset *data = draw(&drawn, job);
        struct teacher teacher = teacher_of(data);
        assert_orthogonal(&teacher.recurrent, 1);
        assert_orthogonal(&teacher.input, 1);
        assert_orthogonal(&teacher.output, 1 / SCALE);
        assert_follows(&teacher, data);
        const double(*m)[2] = teacher.recurrent.at;
        bool turns = m[0][0] * m[1][1] > m[0][1] * m[1][0];
        rotates = rotates || turns;
        reflects = reflects || !turns;
        end(&drawn);
    }
    assert_true(rotates && reflects);
}

/* Means over many teachers, of one of the matrices: directions of all angles, and as many
 * reflections as rotations. */
static void test_matrices_of_all_angles(void **state) {
    (void)state;
    enum { TEACHERS = 2000 };
    double x = 0;
    double y = 0;
    double product = 0;
    double fourth = 0; /* cosine of four times the angle */
    double turns = 0;
    double square = 0;
    for (uint64_t job = 0; job < TEACHERS; job++) {
        struct drawn drawn;
        begin(&drawn, "teacher");
        set_named(&drawn, "sequences", "2");
        set_named(&drawn, "steps", "2");
        set_named(&drawn, "scale", "1");
        const struct dataset *data = draw(&drawn, job);
        struct matrix output = fitted((const double(*)[2])data->sources,
                                      (const double(*)[2])data->targets, data->size.samples);
        x += output.at[0][0] / TEACHERS;
        y += output.at[1][0] / TEACHERS;
        square += output.at[0][0] * output.at[0][0] / TEACHERS;
        fourth += (1 - 8 * pow(output.at[0][0] * output.at[1][0], 2)) / TEACHERS;
        product += output.at[0][0] * output.at[1][0] / TEACHERS;
        turns += (output.at[0][0] * output.at[1][1] > output.at[0][1] * output.at[1][0]) /
                 (double)TEACHERS;
        end(&drawn);
    }
    const double five_deviations = 5 / sqrt(2.0 * TEACHERS); /* of a cosine's mean; else less */
    assert_true(fabs(x) < five_deviations && fabs(y) < five_deviations);
    assert_true(fabs(square - 0.5) < five_deviations && fabs(product) < five_deviations);
    assert_true(fabs(turns - 0.5) < five_deviations && fabs(fourth) < five_deviations);
}

/* How many points of a data set lie in each part of the square. */
struct counts {
    double in_band, in_both, differ_by_half, in_square;
};

static struct counts count(const char *change, const char *amount) {
    struct drawn drawn;
    struct counts counts = {0};
    begin_small(&drawn, change, amount);
    const struct dataset *data = draw(&drawn, 1);
    for (size_t n = 0; n < SAMPLES; n++) {
        double x = data->sources[2 * n] / SCALE;
        double y = data->sources[2 * n + 1] / SCALE;
        counts.in_square += fabs(x) < 0.5 && fabs(y) < 0.5;
        counts.in_band += fabs(x - y) < BAND;
        counts.in_both += fabs(x - y) < BAND || fabs(x + y) < BAND;
        counts.differ_by_half += fabs(x - y) >= 0.5;
    }
    end(&drawn);
    assert_true(counts.in_square == SAMPLES);
    return counts;
}

/* The count must be within five standard deviations of its expectation. */
static void assert_share(double counted, double expected) {
    double deviation = sqrt(expected * (1 - expected) / SAMPLES);
    assert_near(counted / SAMPLES, expected, 5 * deviation);
}

/* Of the square, 1 − (1 − b)² lies within b of a diagonal. Both bands share a square of area 2 b².
 */
static void test_distributions(void **state) {
    (void)state;
    double band = 1 - (1 - BAND) * (1 - BAND);
    double both = 2 * band - 2 * BAND * BAND;
    struct counts counts = count("independent", "0");
    assert_share(counts.in_band, band);
    assert_share(counts.in_both, both);
    assert_share(counts.differ_by_half, 0.25);
    counts = count("corner_cut_both", "0.5");
    assert_true(counts.differ_by_half == 0);
    assert_share(counts.in_band, band / 0.75);
    counts = count("corner_cut_both", "0.9");
    assert_true(counts.in_band == SAMPLES);
    counts = count("oversample_diagonal", "0.3");
    assert_share(counts.in_band, 0.3 + 0.7 * band);
    assert_share(counts.differ_by_half, 0.7 * 0.25);
    counts = count("oversample_diagonal", "1");
    assert_true(counts.in_band == SAMPLES);
    counts = count("oversample_diagonals", "0.3");
    assert_share(counts.in_both, 0.3 + 0.7 * both);
    assert_share(counts.in_band, 0.3 * band / both + 0.7 * band);
    counts = count("oversample_diagonals", "1");
    assert_true(counts.in_both == SAMPLES);
}

/* Mean over all samples but the first of each sequence. */
static double mean_square_input(const struct dataset *data) {
    double sum = 0;
    for (size_t n = 0; n < SAMPLES; n++) {
        double x = data->inputs[2 * n];
        double y = data->inputs[2 * n + 1];
        sum += n % STEPS == 0 ? 0 : x * x + y * y;
    }
    return sum / (SAMPLES - SEQUENCES);
}

/* Each step's points are those that were drawn for its chunk, in an order that makes inputs an
 * eighth or less of what they are in the order drawn. */
static void test_exchange(void **state) {
    (void)state;
    struct drawn apart;
    struct drawn together;
    begin_small(&apart, "independent", "0");
    begin_small(&together, "independent", "0");
    set_named(&apart, "chunk", "1");
    const struct dataset *drawn = draw(&apart, 1);
    const struct dataset *ordered = draw(&together, 1);
    for (size_t first = 0; first < SEQUENCES; first += CHUNK) {
        for (size_t step = 0; step < STEPS; step++) {
            bool found[CHUNK] = {false};
            for (size_t k = 0; k < (size_t)CHUNK * CHUNK; k++) {
                size_t a = 2 * ((first + k / CHUNK) * STEPS + step);
                size_t b = 2 * ((first + k % CHUNK) * STEPS + step);
                found[k / CHUNK] |= ordered->sources[a] == drawn->sources[b] &&
                                    ordered->sources[a + 1] == drawn->sources[b + 1];
            }
            for (size_t i = 0; i < CHUNK; i++) {
                assert_true(found[i]);
            }
        }
    }
    assert_true(mean_square_input(ordered) < mean_square_input(drawn) / 8);
    end(&apart);
    end(&together);
}

/* No other exchange within a chunk makes the inputs of a step smaller. */
static void test_exchange_is_the_best(void **state) {
    (void)state;
    struct drawn drawn;
    struct arena arena = {0};
    struct error error = {0};
    struct assignment best;
    static double costs[CHUNK * CHUNK];
    begin_small(&drawn, "oversample_diagonal", "0.8");
    const struct dataset *data = draw(&drawn, 1);
    struct teacher teacher = teacher_of(data);
    assert_ok(&error, assignment_new(CHUNK, &arena, &best, &error));
    for (size_t part = 0; part < (size_t)SEQUENCES / CHUNK * (STEPS - 1); part++) {
        size_t place = part / (STEPS - 1) * CHUNK * STEPS + part % (STEPS - 1) + 1;
        double found = 0;
        double least = 0;
        for (size_t k = 0; k < (size_t)CHUNK * CHUNK; k++) {
            const double *last = data->sources + 2 * (place + k / CHUNK * STEPS - 1);
            const double *next = data->sources + 2 * (place + k % CHUNK * STEPS);
            costs[k] = 0;
            for (size_t c = 0; c < 2; c++) {
                const double *row = teacher.recurrent.at[c];
                costs[k] += pow(atanh(next[c]) - row[0] * last[0] - row[1] * last[1], 2);
            }
        }
        assignment_solve(costs, &best);
        for (size_t i = 0; i < CHUNK; i++) {
            found += costs[i * CHUNK + i];
            least += costs[i * CHUNK + (size_t)best.column[i]];
        }
        assert_true(found - least < 1e-9);
    }
    arena_free(&arena);
    end(&drawn);
}

/* The last chunk has what is left, down to a single sequence. */
static void test_chunks_of_any_size(void **state) {
    (void)state;
    const char *const chunks[] = {"1", "3", "399", "400", "401", "2048"};
    for (size_t k = 0; k < sizeof chunks / sizeof *chunks; k++) {
        struct drawn drawn;
        begin_small(&drawn, "independent", "0");
        set_named(&drawn, "chunk", chunks[k]);
        const struct dataset *data = draw(&drawn, 1);
        struct teacher teacher = teacher_of(data);
        assert_follows(&teacher, data);
        end(&drawn);
    }
}

/* A change of nothing draws the same numbers as no change. */
static void test_nothing_changed(void **state) {
    (void)state;
    const char *const changes[] = {"independent", "corner_cut_both", "oversample_diagonal",
                                   "oversample_diagonals"};
    struct drawn plain;
    begin_small(&plain, "independent", "0");
    const struct dataset *expected = draw(&plain, 1);
    for (size_t k = 0; k < sizeof changes / sizeof *changes; k++) {
        struct drawn drawn;
        begin_small(&drawn, changes[k], "0");
        const struct dataset *data = draw(&drawn, 1);
        size_t bytes = sizeof(double) * 2 * SAMPLES;
        assert_memory_equal(data->sources, expected->sources, bytes);
        assert_memory_equal(data->inputs, expected->inputs, bytes);
        assert_memory_equal(data->targets, expected->targets, bytes);
        end(&drawn);
    }
    end(&plain);
}

struct refusal {
    const char *change, *amount, *name, *value, *culprit, *words;
};

static void test_refusals(void **state) {
    (void)state;
    const struct refusal refusals[] = {
        {"independent", "0.1", NULL, NULL, "amount", "change independent: expected none"},
        {"corner_cut_both", "1", NULL, NULL, "amount", "expected at most 0.99"},
        {"independent", "0", "scale", "2", "scale", "stay below 1: expected less than 2"},
        {"independent", "0", "sequences", "1000000", "sequences", "at most 2^24 steps"},
    };
    for (size_t k = 0; k < sizeof refusals / sizeof *refusals; k++) {
        struct drawn drawn;
        begin(&drawn, "teacher");
        set_named(&drawn, "change", refusals[k].change);
        set_named(&drawn, "amount", refusals[k].amount);
        if (refusals[k].name != NULL) {
            set_named(&drawn, refusals[k].name, refusals[k].value);
        }
        assert_int_equal(check_settings(&drawn), STATUS_BAD_INPUT);
        assert_string_equal(drawn.error.culprit, refusals[k].culprit);
        if (strstr(drawn.error.message, refusals[k].words) == NULL) {
            fail_msg("'%s' should say '%s'", drawn.error.message, refusals[k].words);
        }
        end(&drawn);
    }
}

/* Up to the last that is allowed. */
static void test_limits(void **state) {
    (void)state;
    const char *const scales[] = {"1e-3", "1.999999"};
    for (size_t k = 0; k < 2; k++) {
        struct drawn drawn;
        begin_small(&drawn, "corner_cut_both", "0.99");
        set_named(&drawn, "scale", scales[k]);
        const struct dataset *data = draw(&drawn, 1);
        for (size_t n = 0; n < (size_t)2 * SAMPLES; n++) {
            assert_true(isfinite(data->inputs[n]) && fabs(data->sources[n]) < 1);
        }
        end(&drawn);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_size),
        cmocka_unit_test(test_inputs_drive_the_teacher),
        cmocka_unit_test(test_matrices_of_all_angles),
        cmocka_unit_test(test_distributions),
        cmocka_unit_test(test_exchange),
        cmocka_unit_test(test_exchange_is_the_best),
        cmocka_unit_test(test_chunks_of_any_size),
        cmocka_unit_test(test_nothing_changed),
        cmocka_unit_test(test_refusals),
        cmocka_unit_test(test_limits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
