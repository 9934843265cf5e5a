#include "aggregate/choice.h"

#include "aggregate/cells.h"

struct subject {
    struct fixture fixture;
    struct results_reader *reader;
};

static int setup(void **state) {
    static struct subject subject;
    subject = (struct subject){0};
    fixture_start(&subject.fixture, JOBS, 3);
    subject.reader = cells_open(&subject.fixture, some_jobs, SOME_JOBS);
    *state = &subject;
    return 0;
}

static int teardown(void **state) {
    struct subject *subject = *state;
    reader_release(&subject->reader);
    fixture_end(&subject->fixture);
    return 0;
}

/* The sweep's scores as far as the file has one number a job of them, then the loss. */
static void test_usual_scores(void **state) {
    struct subject *subject = *state;
    struct fixture *fixture = &subject->fixture;
    static const char *named[] = {"r2", "best_step", "gone"};
    const char **names;
    size_t count;
    assert_ok(&fixture->error, choice_usual_scores(subject->reader, &fixture->arena, &names, &count,
                                                   &fixture->error));
    assert_int_equal(count, 1);
    assert_string_equal(names[0], "loss");
    subject->reader->scores = named;
    subject->reader->score_count = COUNT(named);
    assert_ok(&fixture->error, choice_usual_scores(subject->reader, &fixture->arena, &names, &count,
                                                   &fixture->error));
    assert_int_equal(count, 2);
    assert_string_equal(names[0], "best_step");
    assert_string_equal(names[1], "loss");
}

static void test_scores_by_name(void **state) {
    struct subject *subject = *state;
    struct fixture *fixture = &subject->fixture;
    static const char *const good[] = {"steps", "loss"};
    static const char *const many[] = {"loss", "weights"};
    struct table_request request = {.score_count = 2, .scores = good};
    struct table_score *chosen;
    size_t count;
    assert_ok(&fixture->error, choice_scores(subject->reader, &request, &fixture->arena, &chosen,
                                             &count, &fixture->error));
    assert_int_equal(count, 2);
    assert_string_equal(chosen[0].name, "steps");
    assert_string_equal(chosen[1].unit, "1");
    request.scores = many;
    assert_int_equal(
        choice_scores(subject->reader, &request, &fixture->arena, &chosen, &count, &fixture->error),
        STATUS_BAD_INPUT);
    assert_message(&fixture->error, "'weights' has many numbers for each job");
}

/* All three axes of the fixture vary; what is not named is the rest. */
static void test_varying_axes_and_the_others(void **state) {
    struct subject *subject = *state;
    struct fixture *fixture = &subject->fixture;
    static const char *const names[] = {"network.hidden"};
    struct table_key *keys;
    size_t count;
    const char *list;
    assert_ok(&fixture->error,
              choice_varying(subject->reader, &fixture->arena, &keys, &count, &fixture->error));
    assert_int_equal(count, 3);
    assert_ok(&fixture->error,
              choice_others(keys, count, names, 1, &fixture->arena, &list, &fixture->error));
    assert_string_equal(list, "train.learning_rate, data.change");
    assert_ok(&fixture->error,
              choice_others(keys, 0, names, 1, &fixture->arena, &list, &fixture->error));
    assert_string_equal(list, "");
}

static void test_keys_and_scores_are_told_apart(void **state) {
    struct subject *subject = *state;
    struct error *error = &subject->fixture.error;
    bool is_key;
    assert_ok(error, choice_is_key(subject->reader, "data.change", &is_key, error));
    assert_true(is_key);
    assert_ok(error, choice_is_key(subject->reader, "replicate", &is_key, error));
    assert_true(is_key);
    assert_ok(error, choice_is_key(subject->reader, "seconds", &is_key, error));
    assert_false(is_key);
    assert_int_equal(choice_is_key(subject->reader, "part", &is_key, error), STATUS_BAD_INPUT);
    assert_int_equal(choice_is_key(subject->reader, "data.chnage", &is_key, error),
                     STATUS_BAD_INPUT);
    assert_message(error, "unknown axis or score 'data.chnage'; did you mean 'data.change'?");
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test_setup_teardown(test_usual_scores, setup, teardown),
    cmocka_unit_test_setup_teardown(test_scores_by_name, setup, teardown),
    cmocka_unit_test_setup_teardown(test_varying_axes_and_the_others, setup, teardown),
    cmocka_unit_test_setup_teardown(test_keys_and_scores_are_told_apart, setup, teardown),
};

RUN_WITH_MPI(tests)
