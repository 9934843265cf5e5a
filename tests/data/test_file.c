#include "check.h"
#include "data/drawn.h"

static const char SOURCES[] = "a,b\n1,2\n3,4\n5,7\n";

static struct scratch_file text_file(const char *text) {
    return scratch_bytes(".csv", text, strlen(text));
}

static void test_sources_alone(void **state) {
    (void)state;
    struct scratch_file sources = text_file(SOURCES);
    struct drawn drawn;
    begin(&drawn, "file");
    set_named(&drawn, "sources", sources.path);
    const struct dataset *data = draw(&drawn, 1);
    const double expected[] = {1, 2, 3, 4, 5, 7};
    assert_int_equal(data->size.samples, 3);
    assert_memory_equal(data->sources, expected, sizeof expected);
    assert_ptr_equal(data->targets, data->sources);
    assert_true(data->weights[2] == 1.0 / 3);
    end(&drawn);
    scratch_remove(&sources);
}

static void test_targets_and_weights(void **state) {
    (void)state;
    struct scratch_file sources = text_file(SOURCES);
    struct scratch_file targets = text_file("10\n20\n30\n");
    struct scratch_file weights = text_file("3\n0\n1\n");
    struct drawn drawn;
    begin(&drawn, "file");
    set_named(&drawn, "sources", sources.path);
    set_named(&drawn, "targets", targets.path);
    set_named(&drawn, "weights", weights.path);
    const struct dataset *data = draw(&drawn, 1);
    const double left[] = {1, 2, 5, 7};
    assert_int_equal(data->size.samples, 2);
    assert_int_equal(data->size.targets, 1);
    assert_memory_equal(data->inputs, left, sizeof left);
    assert_true(data->targets[0] == 10 && data->targets[1] == 30);
    assert_true(data->weights[0] == 0.75 && data->weights[1] == 0.25);
    end(&drawn);
    scratch_remove(&sources);
    scratch_remove(&targets);
    scratch_remove(&weights);
}

/* Inputs of their own leave the sources as targets, which then are not the inputs. */
static void test_inputs(void **state) {
    (void)state;
    struct scratch_file sources = text_file(SOURCES);
    struct scratch_file inputs = text_file("7\n8\n9\n");
    struct scratch_file weights = text_file("3\n0\n1\n");
    struct drawn drawn;
    begin(&drawn, "file");
    set_named(&drawn, "sources", sources.path);
    assert_false(draw(&drawn, 1)->size.own_targets);
    end(&drawn);
    begin(&drawn, "file");
    set_named(&drawn, "sources", sources.path);
    set_named(&drawn, "inputs", inputs.path);
    set_named(&drawn, "weights", weights.path);
    const struct dataset *data = draw(&drawn, 1);
    const double left[] = {1, 2, 5, 7};
    assert_int_equal(data->size.samples, 2);
    assert_true(data->size.inputs == 1 && data->size.targets == 2 && data->size.own_targets);
    assert_true(data->inputs[0] == 7 && data->inputs[1] == 9);
    assert_memory_equal(data->sources, left, sizeof left);
    assert_ptr_equal(data->targets, data->sources);
    end(&drawn);
    scratch_remove(&sources);
    scratch_remove(&inputs);
    scratch_remove(&weights);
}

/* Rows are sequences, and are dropped as such. */
static void test_steps(void **state) {
    (void)state;
    struct scratch_file sources = text_file("1,2\n3,4\n5,7\n6,8\n9,1\n2,5\n");
    struct scratch_file weights = text_file("0\n0\n1\n1\n3\n3\n");
    struct drawn drawn;
    begin(&drawn, "file");
    set_named(&drawn, "sources", sources.path);
    assert_int_equal(draw(&drawn, 1)->size.steps, 0);
    set_named(&drawn, "steps", "3");
    assert_int_equal(draw(&drawn, 1)->size.steps, 3);
    set_named(&drawn, "steps", "2");
    set_named(&drawn, "weights", weights.path);
    const struct dataset *data = draw(&drawn, 1);
    const double left[] = {5, 7, 6, 8, 9, 1, 2, 5};
    assert_true(data->size.steps == 2 && data->size.samples == 4);
    assert_memory_equal(data->sources, left, sizeof left);
    assert_true(data->weights[1] == 0.125 && data->weights[3] == 0.375);
    end(&drawn);
    scratch_remove(&sources);
    scratch_remove(&weights);
}

/* Both `size` and `draw` refuse, with these words. */
static void refuse_steps(const char *sources, const char *steps, const char *parameter,
                         const char *text, const char *words) {
    struct scratch_file first = text_file(sources);
    struct scratch_file second = text_file(text);
    struct drawn drawn;
    begin(&drawn, "file");
    set_named(&drawn, "sources", first.path);
    set_named(&drawn, "steps", steps);
    if (parameter != NULL) {
        set_named(&drawn, parameter, second.path);
    }
    struct dataset_size size;
    struct random_stream stream = {0};
    assert_int_equal(drawn.distribution->size(drawn.settings, &size, &drawn.error),
                     STATUS_BAD_INPUT);
    memset(&drawn.error, 0, sizeof drawn.error);
    assert_int_equal(
        drawn.distribution->draw(drawn.settings, &stream, &drawn.arena, &drawn.data, &drawn.error),
        STATUS_BAD_INPUT);
    if (strstr(drawn.error.message, words) == NULL) {
        fail_msg("'%s' should say '%s'", drawn.error.message, words);
    }
    end(&drawn);
    scratch_remove(&first);
    scratch_remove(&second);
}

static void refuse(const char *sources, const char *parameter, const char *text,
                   const char *words) {
    refuse_steps(sources, "0", parameter, text, words);
}

/* Sources are labels where the user says so, and numbers elsewhere. */
static void test_labels(void **state) {
    (void)state;
    struct scratch_file sources = text_file("1,2\n1,4\n5,2\n");
    struct drawn drawn;
    begin(&drawn, "file");
    set_named(&drawn, "sources", sources.path);
    assert_false(draw(&drawn, 1)->size.labels);
    end(&drawn);
    begin(&drawn, "file");
    set_named(&drawn, "sources", sources.path);
    set_named(&drawn, "sources_as", "labels");
    assert_true(draw(&drawn, 1)->size.labels);
    end(&drawn);
    scratch_remove(&sources);
    struct error error = {0};
    struct dataset_size size;
    sources = text_file("1,2\n1,4\n5,7\n");
    begin(&drawn, "file");
    set_named(&drawn, "sources", sources.path);
    set_named(&drawn, "sources_as", "labels");
    assert_int_equal(drawn.distribution->size(drawn.settings, &size, &error), STATUS_BAD_INPUT);
    assert_message(&error, sources.path);
    assert_message(&error, "column 2 has no value twice");
    end(&drawn);
    scratch_remove(&sources);
}

static void test_refusals(void **state) {
    (void)state;
    refuse("1\n2\n", NULL, "", "has one column");
    refuse("1,2\n3,2\n", NULL, "", "column 2 is 2 in every sample");
    refuse(SOURCES, "targets", "1\n2\n", "has 3 rows but");
    refuse(SOURCES, "weights", "1\n2\n", "has 2");
    refuse(SOURCES, "weights", "1\n-2\n3\n", "the weight of sample 2 is -2");
    refuse(SOURCES, "weights", "0\n0\n0\n", "sum to 0");
    refuse(SOURCES, "weights", "1e308\n1e308\n1e308\n", "sum to inf");
    refuse(SOURCES, "weights", "1,1\n1,1\n1,1\n", "has 2 columns");
    refuse(SOURCES, "inputs", "1\n2\n", "has 3 rows but");
    refuse_steps(SOURCES, "2", NULL, "", "has 3 rows: expected sequences of 2 steps");
    refuse_steps(SOURCES, "4", NULL, "", "has 3 rows: expected sequences of 4 steps");
    refuse_steps(SOURCES, "3", "weights", "1\n1\n0\n", "samples 1 and 3 are of one sequence");
    refuse_steps("1,2\n3,4\n5,7\n6,8\n", "2", "weights", "1\n1\n0\n2\n",
                 "samples 3 and 4 are of one sequence: expected the same weight for each of its 2");
    refuse("1,2\n3,2\n5,9\n", "weights", "1\n1\n0\n", "column 2 is 2 in every sample");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_sources_alone), cmocka_unit_test(test_targets_and_weights),
        cmocka_unit_test(test_inputs),        cmocka_unit_test(test_steps),
        cmocka_unit_test(test_labels),        cmocka_unit_test(test_refusals),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
