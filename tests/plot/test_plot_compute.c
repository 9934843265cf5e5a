#include "plot/plotted.h"

enum { JOBS_TOO_MANY = 2 * (PLOT_LINES_MAX + 1) };

static void start(struct subject *subject, int64_t jobs, const int64_t *done, size_t count) {
    memset(subject, 0, sizeof *subject);
    fixture_start(&subject->fixture, jobs, 3);
    subject->reader = cells_open(&subject->fixture, done, count);
}

static int setup_some(void **state) {
    static struct subject subject;
    start(&subject, JOBS, some_jobs, SOME_JOBS);
    *state = &subject;
    return 0;
}

static int setup_all(void **state) {
    static const int64_t done[] = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11};
    static struct subject subject;
    start(&subject, JOBS, done, sizeof done / sizeof *done);
    *state = &subject;
    return 0;
}

static const char *const change[] = {"data.change"};
static const char *const change_and_width[] = {"data.change", "network.hidden"};
static const char *const rate[] = {"train.learning_rate"};
static const char *const loss[] = {"loss"};

static const struct plot_request loss_over_seconds = {
    .x = "seconds", .score_count = 1, .scores = loss, .line_count = 1, .lines = change};

static void assert_point(const struct plot *plot, size_t line, size_t point, double x, double mean,
                         int64_t count) {
    assert_true(line < plot->line_count && point < plot->lines[line].point_count);
    const struct plot_point *found = &plot->lines[line].points[point];
    assert_near(found->x, x, 1e-14);
    assert_near(table_mean(&found->group->cells[0]), mean, 1e-14);
    assert_int_equal(found->group->cells[0].count, count);
}

static void test_points_are_means_of_cells(void **state) {
    struct subject *subject = *state;
    assert_ok(&subject->fixture.error, compute(subject, &loss_over_seconds));
    const struct plot *plot = &subject->plot;
    assert_int_equal(plot->line_count, 2);
    assert_string_equal(plot->lines[0].label, "corner");
    assert_string_equal(plot->lines[1].label, "grün");
    assert_string_equal(plot->line_title, "data.change");
    assert_int_equal(plot->lines[0].point_count, 2);
    assert_int_equal(plot->lines[1].point_count, 2);
    assert_point(plot, 0, 0, 0.25, 0.5, 2); /* jobs 0 and 1 */
    assert_point(plot, 0, 1, 2.25, 4.5, 2); /* 4 and 5 */
    assert_point(plot, 1, 0, 1.0, 2.0, 1);  /* 2 */
    assert_point(plot, 1, 1, 3.0, 6.0, 1);  /* 6 */
    assert_int_equal(plot->cell_count, 4);
    assert_int_equal(plot->empty_cells, 2);
    assert_int_equal(plot->unplaced_cells, 0);
    assert_int_equal(plot->fewest, 1);
    assert_int_equal(plot->most, 2);
    assert_string_equal(plot->x_unit, "s");
}

static void test_reach_is_a_sample_standard_deviation(void **state) {
    struct subject *subject = *state;
    assert_ok(&subject->fixture.error, compute(subject, &loss_over_seconds));
    const struct plot_point *two = &subject->plot.lines[0].points[1];
    assert_near(plot_reach(two, 0, 0), 4.5, 1e-14);
    assert_near(plot_reach(two, 0, -1), 4.5 - sqrt(0.5), 1e-14);
    assert_near(plot_reach(two, 0, 1), 4.5 + sqrt(0.5), 1e-14);
    const struct plot_point *one = &subject->plot.lines[1].points[0];
    assert_true(plot_reach(one, 0, -1) == 2 && plot_reach(one, 0, 1) == 2);
}

/* Rates fall from cell to cell, but points still stand in order of x. */
static void test_points_are_sorted_along_an_axis(void **state) {
    struct subject *subject = *state;
    struct plot_request request = loss_over_seconds;
    request.x = "train.learning_rate";
    assert_ok(&subject->fixture.error, compute(subject, &request));
    assert_point(&subject->plot, 0, 0, 0.25, 4.5, 2);
    assert_point(&subject->plot, 0, 1, 1.0, 0.5, 2);
    assert_point(&subject->plot, 1, 0, 0.125, 6.0, 1);
    assert_point(&subject->plot, 1, 1, 0.5, 2.0, 1);
    assert_false(subject->plot.overlaps);
}

static void test_origin_joins_lines(void **state) {
    struct subject *subject = *state;
    struct plot_request request = loss_over_seconds;
    request.origin = "data.change=corner";
    assert_ok(&subject->fixture.error, compute(subject, &request));
    const struct plot *plot = &subject->plot;
    assert_int_equal(plot->line_count, 1);
    assert_string_equal(plot->lines[0].label, "grün");
    assert_int_equal(plot->cell_count, 4);
    assert_int_equal(plot->lines[0].point_count, 4);
    for (size_t p = 0; p < 4; p++) {
        static const double means[] = {0.5, 2.0, 4.5, 6.0};
        assert_near(table_mean(&plot->lines[0].points[p].group->cells[0]), means[p], 1e-14);
    }
}

/* Only where all other axes of the lines agree: cell 2 fits cell 5, both without a width. */
static void test_origin_joins_no_line_that_differs_otherwise(void **state) {
    struct subject *subject = *state;
    struct plot_request request = loss_over_seconds;
    request.line_count = 2;
    request.lines = change_and_width;
    request.origin = "data.change=corner";
    assert_ok(&subject->fixture.error, compute(subject, &request));
    const struct plot *plot = &subject->plot;
    static const char *const labels[] = {"grün, 4", "grün, 6", "grün, –", "corner, 3", "corner, 7"};
    static const size_t counts[] = {1, 1, 2, 1, 1};
    assert_int_equal(plot->line_count, 5);
    for (size_t l = 0; l < 5; l++) {
        assert_string_equal(plot->lines[l].label, labels[l]);
        assert_int_equal(plot->lines[l].point_count, counts[l]);
    }
    assert_point(plot, 2, 0, 2.25, 4.5, 2);
    assert_point(plot, 2, 1, 5.25, 10.5, 2);
}

static void test_origin_takes_numbers_in_any_spelling(void **state) {
    struct subject *subject = *state;
    struct plot_request request = {
        .x = "seconds", .line_count = 1, .lines = rate, .origin = "train.learning_rate=5e-1"};
    assert_ok(&subject->fixture.error, compute(subject, &request));
    assert_int_equal(subject->plot.line_count, 5);
    for (size_t l = 0; l < 5; l++) {
        assert_int_equal(subject->plot.lines[l].point_count, 2);
    }
}

static void test_lines_of_numbers_are_in_their_order(void **state) {
    struct subject *subject = *state;
    struct plot_request request = {.x = "seconds", .line_count = 1, .lines = rate};
    assert_ok(&subject->fixture.error, compute(subject, &request));
    const struct plot *plot = &subject->plot;
    assert_true(plot->ordered);
    assert_int_equal(plot->line_count, 6);
    for (size_t l = 0; l < 6; l++) {
        assert_near(plot->lines[l].value, pow(0.5, 5.0 - (double)l), 1e-14);
    }
    assert_string_equal(plot->lines[0].label, "0.03125");
    assert_string_equal(plot->line_title, "train.learning_rate [1/step]");
    assert_point(plot, 0, 0, 5.25, 10.5, 2);
}

static void test_texts_are_categories(void **state) {
    struct subject *subject = *state;
    struct plot_request request = {.x = "data.change", .key_count = 1, .keys = change};
    assert_ok(&subject->fixture.error, compute(subject, &request));
    const struct plot *plot = &subject->plot;
    assert_int_equal(plot->category_count, 2);
    assert_string_equal(plot->categories[1], "grün");
    assert_int_equal(plot->line_count, 1);
    assert_string_equal(plot->line_title, "");
    assert_point(plot, 0, 0, 0, 4.5, 6); /* jobs 0 1 4 5 8 9 */
}

static void test_defaults(void **state) {
    struct subject *subject = *state;
    assert_ok(&subject->fixture.error, compute(subject, &(struct plot_request){0}));
    assert_string_equal(subject->plot.x, "train.learning_rate");
    assert_int_equal(subject->plot.panel_count, 1);
    assert_string_equal(subject->plot.table.scores[0].name, "loss");
    assert_string_equal(subject->plot.line_title, "network.hidden, data.change");
    assert_int_equal(subject->plot.line_count, 6);
    /* Along a score, lines run along the axis of most numbers: rates are six, widths five. */
    assert_ok(&subject->fixture.error, compute(subject, &(struct plot_request){.x = "seconds"}));
    assert_string_equal(subject->plot.line_title, "network.hidden, data.change");
}

static void test_axes_are_averaged_over(void **state) {
    struct subject *subject = *state;
    struct plot_request request = {.x = "seconds", .key_count = 1, .keys = change};
    assert_ok(&subject->fixture.error, compute(subject, &request));
    assert_int_equal(subject->plot.cell_count, 2);
    assert_int_equal(subject->plot.most, 6);
}

/* On lines along a named axis, a point is the mean over all other axes. */
static void test_named_lines_have_one_point_at_a_place(void **state) {
    struct subject *subject = *state;
    struct plot_request request = {.x = "data.change", .line_count = 1, .lines = change};
    assert_ok(&subject->fixture.error, compute(subject, &request));
    assert_int_equal(subject->plot.cell_count, 2);
    assert_false(subject->plot.overlaps);
    assert_string_equal(subject->plot.averaged, "train.learning_rate, network.hidden");
    const char *account;
    assert_ok(&subject->fixture.error, plot_account(&subject->plot, &subject->fixture.arena,
                                                    &account, &subject->fixture.error));
    assert_non_null(strstr(account, "jobs a point, whatever their train.learning_rate"));
}

static void test_several_points_at_one_place_are_noted(void **state) {
    struct subject *subject = *state;
    struct plot_request request = {
        .x = "data.change", .line_count = 1, .lines = change, .key_count = 1, .keys = rate};
    assert_ok(&subject->fixture.error, compute(subject, &request));
    assert_true(subject->plot.overlaps);
    assert_string_equal(subject->plot.averaged, "network.hidden");
}

/* Job 0 alone makes a cell whose loss is 0. */
static void test_logarithm_leaves_out_what_is_not_above_zero(void **state) {
    static const int64_t done[] = {0, 2, 3};
    struct subject subject;
    (void)state;
    start(&subject, JOBS, done, sizeof done / sizeof *done);
    struct plot_request request = {.x = "loss", .score_count = 1, .scores = loss};
    assert_ok(&subject.fixture.error, compute(&subject, &request));
    assert_int_equal(subject.plot.cell_count, 2);
    request.logarithmic = true;
    assert_ok(&subject.fixture.error, compute(&subject, &request));
    assert_int_equal(subject.plot.cell_count, 1);
    assert_int_equal(subject.plot.unplaced_cells, 1);
    request.x = "data.change";
    assert_int_equal(compute(&subject, &request), STATUS_BAD_INPUT);
    assert_message(&subject.fixture.error, "texts, not numbers");
    void *ended = &subject;
    (void)teardown(&ended);
}

/* The loss of job 1 becomes NaN, those of cell 1 all do. */
static void test_undefined_scores_are_left_out(void **state) {
    struct subject *subject = *state;
    struct results *results;
    struct error *error = &subject->fixture.error;
    assert_ok(&subject->fixture.error, results_open(subject->fixture.path, &subject->fixture.layout,
                                                    NO_RUN, MPI_COMM_SELF, &results, error));
    for (int64_t job = 1; job <= 2; job++) {
        struct row row = fixture_row(&subject->fixture, job, ROW_DONE);
        layout_clear(&subject->fixture.layout, (void *)row.record);
        assert_ok(&subject->fixture.error, results_write(results, &row, 1, error));
    }
    assert_ok(&subject->fixture.error, results_close(results, error));
    assert_ok(&subject->fixture.error, compute(subject, &loss_over_seconds));
    assert_point(&subject->plot, 0, 0, 0.25, 0.0, 1);
    assert_true(isnan(plot_reach(&subject->plot.lines[1].points[0], 0, 0)));
    struct plot_request request = loss_over_seconds;
    request.x = "loss";
    assert_ok(&subject->fixture.error, compute(subject, &request));
    assert_int_equal(subject->plot.unplaced_cells, 1);
    assert_int_equal(subject->plot.lines[1].point_count, 1);
}

/* Every job by itself, in the colours of one axis: the first of few texts, else the first of
 * numbers but x. */
static void test_scatter_has_a_point_a_job(void **state) {
    struct subject *subject = *state;
    struct plot_request request = {.kind = PLOT_SCATTER, .x = "seconds"};
    assert_ok(&subject->fixture.error, compute(subject, &request));
    const struct plot *plot = &subject->plot;
    assert_int_equal(plot->point_count, JOBS);
    assert_int_equal(plot->most, 1);
    assert_true(plot->apart);
    assert_string_equal(plot->line_title, "data.change");
    assert_int_equal(plot->line_count, 2);
    assert_point(plot, 0, 2, 2.0, 4.0, 1); /* jobs 0 1 4 5 8 9 */
    assert_point(plot, 1, 5, 5.5, 11.0, 1);
    request.x = "data.change";
    assert_ok(&subject->fixture.error, compute(subject, &request));
    assert_string_equal(subject->plot.line_title, "train.learning_rate [1/step]");
    assert_false(subject->plot.overlaps || subject->plot.graded);
}

/* More values than lines could have, which a bar of colours shows. */
static void test_many_numbers_are_graded(void **state) {
    static int64_t jobs[JOBS_TOO_MANY];
    struct subject subject;
    void *ended = &subject;
    (void)state;
    for (int64_t k = 0; k < JOBS_TOO_MANY; k++) {
        jobs[k] = k;
    }
    start(&subject, JOBS_TOO_MANY, jobs, JOBS_TOO_MANY);
    struct plot_request request = {
        .kind = PLOT_SCATTER, .x = "seconds", .line_count = 1, .lines = rate};
    assert_ok(&subject.fixture.error, compute(&subject, &request));
    assert_true(subject.plot.graded);
    assert_int_equal(subject.plot.line_count, PLOT_LINES_MAX + 1);
    assert_int_equal(subject.plot.point_count, JOBS_TOO_MANY);
    (void)teardown(&ended);
}

static void test_no_axes_make_one_cell(void **state) {
    struct subject *subject = *state;
    struct plot_request request = {.x = "data.change", .whole = true};
    assert_ok(&subject->fixture.error, compute(subject, &request));
    assert_int_equal(subject->plot.line_count, 1);
    assert_point(&subject->plot, 0, 0, 0, 4.5, 6);
    request.x = "seconds";
    assert_ok(&subject->fixture.error, compute(subject, &request));
    assert_point(&subject->plot, 0, 0, 2.75, 5.5, JOBS);
}

static void refuse(struct subject *subject, const struct plot_request *request, const char *why) {
    assert_int_equal(compute(subject, request), STATUS_BAD_INPUT);
    assert_message(&subject->fixture.error, why);
}

static void test_refusals(void **state) {
    struct subject *subject = *state;
    struct plot_request request = loss_over_seconds;
    refuse(subject, &(struct plot_request){.x = "data.chnage"}, "did you mean 'data.change'");
    refuse(subject, &(struct plot_request){.x = "scond"}, "did you mean 'seconds'");
    refuse(subject, &(struct plot_request){.x = "r2"}, "many numbers");
    request.origin = "data.change=cornr";
    refuse(subject, &request, "did you mean 'corner'");
    request.origin = "train.learning_rate=1";
    refuse(subject, &request, "does not make lines");
    request.origin = "corner";
    refuse(subject, &request, "expected AXIS=VALUE");
    request.kind = PLOT_SCATTER;
    refuse(subject, &request, "only --kind line");
}

static void test_nothing_and_too_much(void **state) {
    static int64_t jobs[JOBS_TOO_MANY];
    struct subject subject;
    void *ended = &subject;
    (void)state;
    start(&subject, JOBS, NULL, 0);
    refuse(&subject, &loss_over_seconds, "nothing to plot: 0 of 12 jobs done");
    (void)teardown(&ended);
    for (int64_t k = 0; k < JOBS_TOO_MANY; k++) {
        jobs[k] = k;
    }
    start(&subject, JOBS_TOO_MANY, jobs, JOBS_TOO_MANY);
    refuse(&subject, &(struct plot_request){.x = "seconds", .line_count = 1, .lines = rate},
           "too many to tell apart");
    (void)teardown(&ended);
}

#define TEST_SOME(name) cmocka_unit_test_setup_teardown(name, setup_some, teardown)
#define TEST_ALL(name) cmocka_unit_test_setup_teardown(name, setup_all, teardown)

static const struct CMUnitTest tests[] = {
    TEST_SOME(test_points_are_means_of_cells),
    TEST_SOME(test_reach_is_a_sample_standard_deviation),
    TEST_SOME(test_points_are_sorted_along_an_axis),
    TEST_SOME(test_origin_joins_lines),
    TEST_ALL(test_origin_joins_no_line_that_differs_otherwise),
    TEST_ALL(test_origin_takes_numbers_in_any_spelling),
    TEST_ALL(test_lines_of_numbers_are_in_their_order),
    TEST_ALL(test_texts_are_categories),
    TEST_ALL(test_defaults),
    TEST_ALL(test_axes_are_averaged_over),
    TEST_ALL(test_named_lines_have_one_point_at_a_place),
    TEST_ALL(test_several_points_at_one_place_are_noted),
    cmocka_unit_test(test_logarithm_leaves_out_what_is_not_above_zero),
    TEST_SOME(test_undefined_scores_are_left_out),
    TEST_ALL(test_scatter_has_a_point_a_job),
    cmocka_unit_test(test_many_numbers_are_graded),
    TEST_ALL(test_no_axes_make_one_cell),
    TEST_SOME(test_refusals),
    cmocka_unit_test(test_nothing_and_too_much),
};

RUN_WITH_MPI(tests)
