#include "plot/plotted.h"

/* The margin of job j is j + 1, its predicted angle j + 1.25 and its mixing angle j + 1.5. */
static void start(struct subject *subject, const char *const *variables, size_t count) {
    memset(subject, 0, sizeof *subject);
    fixture_start(&subject->fixture, JOBS, 3);
    for (size_t k = 0; k < count; k++) {
        assert_int_equal(fixture_add(&subject->fixture, VARIABLE_FLOAT64, variables[k], 0, NULL),
                         4 + k);
    }
    subject->reader = cells_open(&subject->fixture, some_jobs, SOME_JOBS);
}

static int setup(void **state) {
    static const char *const variables[] = {"margin", "predicted_angle", "mixing_angle"};
    static struct subject subject;
    start(&subject, variables, 3);
    *state = &subject;
    return 0;
}

static void test_the_same_quantity_is_the_default(void **state) {
    struct subject *subject = *state;
    assert_ok(&subject->fixture.error,
              compute(subject, &(struct plot_request){.kind = PLOT_THEORY}));
    const struct plot *plot = &subject->plot;
    assert_string_equal(plot->x, "predicted_angle");
    assert_string_equal(plot->table.scores[0].name, "mixing_angle");
    assert_int_equal(plot->panel_count, 1);
    assert_int_equal(plot->point_count, 6);
    assert_int_equal(plot->most, 1);
    assert_true(plot->relations[0].same);
    assert_int_equal(plot->relations[0].count, 6);
    assert_near(plot->relations[0].spearman, 1.0, 1e-14);
    assert_near(plot->relations[0].distance, 0.25, 1e-14);
    assert_false(plot->marks_modular);
}

static void test_a_margin_is_another_quantity(void **state) {
    struct subject *subject = *state;
    static const char *const trained[] = {"loss", "mixing_angle"};
    struct plot_request request = {
        .kind = PLOT_THEORY, .x = "margin", .score_count = 2, .scores = trained};
    assert_ok(&subject->fixture.error, compute(subject, &request));
    const struct plot *plot = &subject->plot;
    assert_true(plot->marks_modular);
    assert_int_equal(plot->panel_count, 2);
    assert_false(plot->relations[0].same || plot->relations[1].same);
    assert_near(plot->relations[1].spearman, 1.0, 1e-14);
    assert_string_equal(plot->line_title, "data.change"); /* the first axis of few texts */
}

static void test_jobs_are_averaged_where_axes_are_named(void **state) {
    struct subject *subject = *state;
    static const char *const change[] = {"data.change"};
    struct plot_request request = {.kind = PLOT_THEORY, .key_count = 1, .keys = change};
    assert_ok(&subject->fixture.error, compute(subject, &request));
    assert_int_equal(subject->plot.point_count, 2);
    assert_int_equal(subject->plot.most, 4); /* jobs 0 1 4 5 */
}

static void test_what_is_no_prediction(void **state) {
    struct subject *subject = *state;
    static const char *const none[] = {"gap"};
    struct plot_request request = {.kind = PLOT_THEORY, .x = "mixing_angle"};
    assert_int_equal(compute(subject, &request), STATUS_BAD_INPUT);
    assert_message(&subject->fixture.error,
                   "'mixing_angle' is not a prediction: expected predicted_angle");
    request.x = "marign";
    assert_int_equal(compute(subject, &request), STATUS_BAD_INPUT);
    assert_message(&subject->fixture.error, "did you mean 'margin'");
    struct subject other;
    void *ended = &other;
    start(&other, none, 1); /* of the theory, but no prediction */
    assert_int_equal(compute(&other, &(struct plot_request){.kind = PLOT_THEORY}),
                     STATUS_BAD_INPUT);
    assert_message(&other.fixture.error, "this sweep has none");
    (void)teardown(&ended);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

static const struct CMUnitTest tests[] = {
    TEST(test_the_same_quantity_is_the_default),
    TEST(test_a_margin_is_another_quantity),
    TEST(test_jobs_are_averaged_where_axes_are_named),
    TEST(test_what_is_no_prediction),
};

RUN_WITH_MPI(tests)
