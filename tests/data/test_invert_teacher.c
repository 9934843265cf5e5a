/* Inputs that drive the teacher; test_teacher.c tests the data set that is made of them. */
#include "data/invert_teacher.h"

#include "check.h"

#include <stdbool.h>

enum { SEQUENCES = 7, STEPS = 5, NUMBERS = SEQUENCES * STEPS * TEACHER_UNITS };

static double apply(const struct teacher_matrix *matrix, size_t row, const double *vector) {
    return matrix->at[row][0] * vector[0] + matrix->at[row][1] * vector[1];
}

/* The network, run on the inputs, has these hidden states. */
static void expect_driven(const struct teacher *teacher, const double *hidden,
                          const double *inputs) {
    for (size_t n = 0; n < NUMBERS / TEACHER_UNITS; n++) {
        const double nothing[TEACHER_UNITS] = {0};
        const double *before = n % STEPS == 0 ? nothing : hidden + TEACHER_UNITS * (n - 1);
        for (size_t c = 0; c < TEACHER_UNITS; c++) {
            double h = tanh(apply(&teacher->recurrent, c, before) +
                            apply(&teacher->input, c, inputs + TEACHER_UNITS * n));
            assert_near(h, hidden[TEACHER_UNITS * n + c], 1e-12);
        }
    }
}

static double sum_of_squares(const double *numbers) {
    double sum = 0.0;
    for (size_t k = 0; k < NUMBERS; k++) {
        sum += numbers[k] * numbers[k];
    }
    return sum;
}

/* Exchanging points within a step keeps the drive right and makes inputs smaller. */
static void test_inputs_lead_through_hidden_states(void **state) {
    (void)state;
    struct error error = {0};
    struct random_stream stream = random_stream_of((struct job_hash){{1, 2}}, RANDOM_DATA);
    struct teacher teacher = teacher_draw(&stream);
    double drawn[NUMBERS];
    double least = INFINITY;
    for (size_t k = 0; k < NUMBERS; k++) {
        drawn[k] = 1.8 * random_uniform(&stream) - 0.9;
    }
    for (size_t chunk = 1; chunk <= SEQUENCES; chunk += 3) {
        const struct sequences sequences = {SEQUENCES, STEPS, chunk};
        double hidden[NUMBERS];
        double inputs[NUMBERS];
        memcpy(hidden, drawn, sizeof hidden);
        assert_ok(&error, teacher_invert(&teacher, &sequences, hidden, inputs, &error));
        bool exchanged = false;
        for (size_t k = 0; k < NUMBERS; k++) {
            exchanged = exchanged || hidden[k] != drawn[k];
        }
        assert_int_equal(exchanged, chunk > 1);
        expect_driven(&teacher, hidden, inputs);
        assert_true(sum_of_squares(inputs) < least);
        least = sum_of_squares(inputs);
    }
}

static void test_readout(void **state) {
    (void)state;
    struct random_stream stream = random_stream_of((struct job_hash){{3, 4}}, RANDOM_DATA);
    struct teacher teacher = teacher_draw(&stream);
    const double hidden[] = {0.25, -0.5, 0.125, 0.75};
    double targets[4];
    teacher_read_out(&teacher, 0.5, 2, hidden, targets);
    for (size_t k = 0; k < 4; k++) {
        assert_near(targets[k], apply(&teacher.output, k % 2, hidden + k / 2 * 2) / 0.5, 1e-15);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_inputs_lead_through_hidden_states),
        cmocka_unit_test(test_readout),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
