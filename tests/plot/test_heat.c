#include "plot/heat.h"

#include "aggregate/cells.h"

struct subject {
    struct fixture fixture;
    struct results_reader *reader;
    struct heat heat;
};

static void start(struct subject *subject, int64_t jobs, const int64_t *done, size_t count) {
    memset(subject, 0, sizeof *subject);
    fixture_start(&subject->fixture, jobs, 3);
    subject->reader = cells_open(&subject->fixture, done, count);
}

static int setup(void **state) {
    static struct subject subject;
    start(&subject, JOBS, some_jobs, SOME_JOBS);
    *state = &subject;
    return 0;
}

static int teardown(void **state) {
    struct subject *subject = *state;
    heat_free(&subject->heat);
    reader_release(&subject->reader);
    fixture_end(&subject->fixture);
    return 0;
}

static enum status compute(struct subject *subject, const struct heat_request *request) {
    heat_free(&subject->heat);
    return heat_compute(subject->reader, request, &subject->heat, &subject->fixture.error);
}

static const struct heat_request change_and_rate = {.x = "data.change", .y = "train.learning_rate"};

/* Rates fall from cell to cell, and rows rise. */
static void test_cells_stand_in_order_of_numbers(void **state) {
    struct subject *subject = *state;
    static const double means[6][2] = {{NAN, NAN}, {NAN, NAN}, {NAN, 6.0},
                                       {4.5, NAN}, {NAN, 2.0}, {0.5, NAN}};
    assert_ok(&subject->fixture.error, compute(subject, &change_and_rate));
    const struct heat *heat = &subject->heat;
    assert_int_equal(heat->x.count, 2);
    assert_int_equal(heat->y.count, 6);
    assert_string_equal(heat->x.texts[0], "corner");
    assert_string_equal(heat->x.texts[1], "grün");
    assert_string_equal(heat->y.texts[0], "0.03125");
    assert_string_equal(heat->y.texts[5], "1");
    assert_string_equal(heat->y.key->unit, "1/step");
    for (size_t row = 0; row < 6; row++) {
        for (size_t column = 0; column < 2; column++) {
            double mean = heat_mean(heat, row, column, 0);
            assert_true(isnan(means[row][column]) ? isnan(mean) : mean == means[row][column]);
        }
    }
}

static void test_what_is_not_done_differs_from_what_is_not_there(void **state) {
    struct subject *subject = *state;
    assert_ok(&subject->fixture.error, compute(subject, &change_and_rate));
    const struct heat *heat = &subject->heat;
    assert_int_equal(heat->table.group_count - heat->unfinished, 4);
    assert_int_equal(heat->unfinished, 2);
    assert_int_equal(heat->outside, 6);
    assert_non_null(heat->cells[1 * 2 + 0]); /* rate 0.0625, corner: no job is done */
    assert_null(heat->cells[1 * 2 + 1]);
    assert_int_equal(heat->fewest, 1);
    assert_int_equal(heat->most, 2);
    const char *account;
    assert_ok(&subject->fixture.error,
              heat_account(heat, &subject->fixture.arena, &account, &subject->fixture.error));
    assert_string_equal(account, "6 of 12 jobs done; not in the means: 6 missing; mean over 1 to 2 "
                                 "jobs a cell, whatever their network.hidden; hatched: 2 cells "
                                 "without a finished job; blank: 6 "
                                 "cells not in the grid");
}

/* Cell 3 has one job, which is done without a loss. */
static void test_undefined_scores_are_told(void **state) {
    struct subject *subject = *state;
    fixture_write_other(&subject->fixture, 6, 0, (double)NAN);
    assert_ok(&subject->fixture.error, compute(subject, &change_and_rate));
    assert_int_equal(subject->heat.undefined, 1);
    const char *account;
    assert_ok(&subject->fixture.error, heat_account(&subject->heat, &subject->fixture.arena,
                                                    &account, &subject->fixture.error));
    assert_non_null(strstr(account,
                           "hatched: 2 cells without a finished job; hatched: 1 cell where "
                           "the score is undefined; blank"));
}

/* Cells 2 and 5 have no width: they stand after all numbers. */
static void test_jobs_without_the_key_come_last(void **state) {
    struct subject *subject = *state;
    struct heat_request request = {.x = "network.hidden", .y = "replicate"};
    assert_ok(&subject->fixture.error, compute(subject, &request));
    const struct heat *heat = &subject->heat;
    static const char *const texts[] = {"3", "4", "6", "7", ""};
    assert_int_equal(heat->x.count, 5);
    assert_int_equal(heat->y.count, 2);
    for (size_t k = 0; k < 5; k++) {
        assert_string_equal(heat->x.texts[k], texts[k]);
    }
    assert_true(heat_mean(heat, 0, 4, 0) == 4.0); /* job 4; job 10 is not done */
    assert_true(heat_mean(heat, 1, 0, 0) == 1.0);
    assert_int_equal(heat->outside, 0);
}

/* Six cells by rate and width or by rate and change; the first pair is taken, rates along x. */
static void test_defaults(void **state) {
    struct subject *subject = *state;
    assert_ok(&subject->fixture.error, compute(subject, &(struct heat_request){0}));
    assert_string_equal(subject->heat.x.key->name, "train.learning_rate");
    assert_string_equal(subject->heat.y.key->name, "network.hidden");
    assert_string_equal(subject->heat.table.scores[0].name, "loss");
    assert_ok(&subject->fixture.error,
              compute(subject, &(struct heat_request){.x = "data.change"}));
    assert_string_equal(subject->heat.x.key->name, "data.change");
    assert_string_equal(subject->heat.y.key->name, "train.learning_rate");
    assert_ok(&subject->fixture.error, compute(subject, &(struct heat_request){.y = "replicate"}));
    assert_string_equal(subject->heat.y.key->name, "replicate");
    assert_string_equal(subject->heat.x.key->name, "train.learning_rate");
}

static void refuse(struct subject *subject, const struct heat_request *request, const char *why) {
    assert_int_equal(compute(subject, request), STATUS_BAD_INPUT);
    assert_message(&subject->fixture.error, why);
}

static void test_refusals(void **state) {
    struct subject *subject = *state;
    static const char *const unknown[] = {"lss"};
    refuse(subject, &(struct heat_request){.x = "data.chnage"}, "did you mean 'data.change'");
    refuse(subject, &(struct heat_request){.y = "train.learning_rat"},
           "did you mean 'train.learning_rate'");
    refuse(subject, &(struct heat_request){.y = "loss"}, "'loss' is a score");
    refuse(subject, &(struct heat_request){.x = "replicate", .y = "replicate"}, "on both sides");
    refuse(subject, &(struct heat_request){.score_count = 1, .scores = unknown},
           "did you mean 'loss'");
}

/* One cell: no axis varies, and repetitions alone make one side. */
static void test_too_few_axes_and_no_job(void **state) {
    struct subject subject;
    void *ended = &subject;
    static const int64_t done[] = {0, 1};
    (void)state;
    start(&subject, FIXTURE_REPLICATES, done, 2);
    refuse(&subject, &(struct heat_request){0}, "no axis of this sweep varies");
    refuse(&subject, &(struct heat_request){.x = "replicate"}, "only 'replicate' varies");
    assert_ok(&subject.fixture.error,
              compute(&subject, &(struct heat_request){.x = "replicate", .y = "data.change"}));
    assert_true(heat_mean(&subject.heat, 0, 1, 0) == 1.0);
    (void)teardown(&ended);
    start(&subject, JOBS, NULL, 0);
    refuse(&subject, &change_and_rate, "nothing to plot: 0 of 12 jobs done");
    (void)teardown(&ended);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

static const struct CMUnitTest tests[] = {
    TEST(test_cells_stand_in_order_of_numbers),
    TEST(test_what_is_not_done_differs_from_what_is_not_there),
    TEST(test_undefined_scores_are_told),
    TEST(test_jobs_without_the_key_come_last),
    TEST(test_defaults),
    TEST(test_refusals),
    cmocka_unit_test(test_too_few_axes_and_no_job),
};

RUN_WITH_MPI(tests)
