#include "aggregate/table.h"

#include "store/fixture.h"

/* Six cells of two replicates. Rates are distinct; changes alternate; the width is absent in cells
 * 2 and 5. Cell 0 and 2 are whole; cell 1 has one row, cell 3 a diverged one, cell 4 a quarantined
 * one; cell 5 is missing. */
enum { JOBS = 12 };

struct subject {
    struct fixture fixture;
    struct results_reader *reader;
    struct table table;
};

static void make_file(struct fixture *fixture) {
    static const int64_t done[] = {0, 1, 2, 4, 5, 6};
    static const int64_t diverged[] = {7};
    static const int64_t quarantined[] = {8};
    fixture_create(fixture);
    fixture_write(fixture, done, 6, ROW_DONE);
    fixture_write(fixture, diverged, 1, ROW_DIVERGED);
    fixture_write(fixture, quarantined, 1, ROW_QUARANTINED);
}

static int setup(void **state) {
    static struct subject subject;
    fixture_start(&subject.fixture, JOBS, 3);
    make_file(&subject.fixture);
    assert_ok(&subject.fixture.error,
              reader_open(subject.fixture.path, &subject.reader, &subject.fixture.error));
    *state = &subject;
    return 0;
}

static int teardown(void **state) {
    struct subject *subject = *state;
    table_free(&subject->table);
    reader_release(&subject->reader);
    fixture_end(&subject->fixture);
    return 0;
}

static enum status compute(struct subject *subject, const char *key, const char *score) {
    const struct table_request request = {
        .key_count = key != NULL, .keys = &key, .score_count = score != NULL, .scores = &score};
    return table_compute(subject->reader, &request, &subject->table, &subject->fixture.error);
}

static const char *key_text(struct subject *subject, size_t group, size_t key) {
    const char *text;
    assert_ok(&subject->fixture.error,
              table_key_text(&subject->table, &subject->table.groups[group], key,
                             &subject->fixture.arena, &text, &subject->fixture.error));
    return text;
}

static void test_default_groups_are_cells(void **state) {
    struct subject *subject = *state;
    static const struct table_count expected[] = {{2, 0, 0, 0}, {1, 1, 0, 0}, {2, 0, 0, 0},
                                                  {1, 0, 1, 0}, {0, 1, 0, 1}, {0, 2, 0, 0}};
    assert_ok(&subject->fixture.error, compute(subject, NULL, NULL));
    const struct table *table = &subject->table;
    assert_int_equal(table->key_count, 3);
    assert_int_equal(table->score_count, 1); /* the loss; the sweep names no scores */
    assert_int_equal(table->group_count, 6);
    for (size_t g = 0; g < 6; g++) {
        assert_memory_equal(&table->groups[g].rows, &expected[g], sizeof expected[g]);
    }
    const struct table_count total = {6, 4, 1, 1};
    assert_memory_equal(&table->rows, &total, sizeof total);
    assert_string_equal(key_text(subject, 1, 0), "0.5");
    assert_string_equal(key_text(subject, 1, 1), "4");
    assert_string_equal(key_text(subject, 1, 2), "grün");
    assert_string_equal(key_text(subject, 2, 1), "");
}

/* Losses are the jobs' numbers. */
static void test_means_by_hand(void **state) {
    struct subject *subject = *state;
    assert_ok(&subject->fixture.error, compute(subject, "data.change", "loss"));
    const struct table *table = &subject->table;
    assert_int_equal(table->group_count, 2);
    assert_string_equal(key_text(subject, 0, 0), "corner"); /* cells 0, 2, 4: 0 1 4 5 */
    assert_int_equal(table->groups[0].cells[0].count, 4);
    assert_float_equal(table_mean(&table->groups[0].cells[0]), 2.5, 1e-15);
    assert_float_equal(table_deviation(&table->groups[0].cells[0]), sqrt(17.0 / 3), 1e-15);
    assert_string_equal(key_text(subject, 1, 0), "grün"); /* cells 1, 3, 5: 2 6 */
    assert_int_equal(table->groups[1].cells[0].count, 2);
    assert_float_equal(table_mean(&table->groups[1].cells[0]), 4, 1e-15);
    assert_float_equal(table_deviation(&table->groups[1].cells[0]), sqrt(8.0), 1e-15);
}

static void test_single_and_no_values(void **state) {
    struct subject *subject = *state;
    assert_ok(&subject->fixture.error, compute(subject, "train.learning_rate", "seconds"));
    const struct table_group *groups = subject->table.groups;
    assert_true(table_mean(&groups[1].cells[0]) == 1 &&
                isnan(table_deviation(&groups[1].cells[0])));
    assert_true(isnan(table_mean(&groups[5].cells[0])));
    assert_string_equal(subject->table.scores[0].unit, "s");
}

/* A score that is NaN is counted apart, not averaged. */
static void test_undefined_scores(void **state) {
    struct subject *subject = *state;
    struct results *results;
    struct row row = fixture_row(&subject->fixture, 1, ROW_DONE);
    layout_clear(&subject->fixture.layout, (void *)row.record);
    struct error *error = &subject->fixture.error;
    assert_ok(&subject->fixture.error, results_open(subject->fixture.path, &subject->fixture.layout,
                                                    NO_RUN, MPI_COMM_SELF, &results, error));
    assert_ok(&subject->fixture.error, results_write(results, &row, 1, error));
    assert_ok(&subject->fixture.error, results_close(results, error));
    assert_ok(&subject->fixture.error, compute(subject, "train.learning_rate", "loss"));
    const struct table_cell *cell = &subject->table.groups[0].cells[0];
    assert_int_equal(cell->count, 1);
    assert_int_equal(cell->undefined, 1);
    assert_true(table_mean(cell) == 0);
}

static void test_replicates_are_a_key(void **state) {
    struct subject *subject = *state;
    assert_ok(&subject->fixture.error, compute(subject, "replicate", "steps"));
    assert_int_equal(subject->table.group_count, 2);
    assert_string_equal(key_text(subject, 1, 0), "1");
    assert_int_equal(subject->table.groups[1].rows.done, 2); /* jobs 1 and 5 */
    assert_true(table_mean(&subject->table.groups[1].cells[0]) == 103);
}

static void test_no_key_makes_one_group(void **state) {
    struct subject *subject = *state;
    const struct table_request request = {.whole = true};
    const struct table_count total = {6, 4, 1, 1};
    assert_ok(&subject->fixture.error,
              table_compute(subject->reader, &request, &subject->table, &subject->fixture.error));
    assert_int_equal(subject->table.key_count, 0);
    assert_int_equal(subject->table.group_count, 1);
    const struct table_group *group = &subject->table.groups[0];
    assert_memory_equal(&group->rows, &total, sizeof total);
    assert_float_equal(table_mean(&group->cells[0]), 3, 1e-15); /* 0 1 2 4 5 6 */
}

/* One cell: no axis has two values, so none makes groups, but one may be asked for. */
static void test_axes_of_one_value_are_dropped(void **state) {
    (void)state;
    struct subject subject;
    fixture_start(&subject.fixture, FIXTURE_REPLICATES, 3);
    fixture_create(&subject.fixture);
    assert_ok(&subject.fixture.error,
              reader_open(subject.fixture.path, &subject.reader, &subject.fixture.error));
    assert_ok(&subject.fixture.error, compute(&subject, NULL, NULL));
    assert_int_equal(subject.table.key_count, 0);
    assert_int_equal(subject.table.group_count, 1);
    assert_int_equal(subject.table.groups[0].rows.missing, FIXTURE_REPLICATES);
    table_free(&subject.table);
    assert_ok(&subject.fixture.error, compute(&subject, "data.change", NULL));
    assert_int_equal(subject.table.key_count, 1);
    table_free(&subject.table);
    reader_release(&subject.reader);
    fixture_end(&subject.fixture);
}

static void test_unknown_names(void **state) {
    struct subject *subject = *state;
    assert_int_equal(compute(subject, "data.chnage", NULL), STATUS_BAD_INPUT);
    assert_message(&subject->fixture.error, "did you mean 'data.change'");
    table_free(&subject->table);
    assert_int_equal(compute(subject, NULL, "los"), STATUS_BAD_INPUT);
    assert_message(&subject->fixture.error, "did you mean 'loss'");
    table_free(&subject->table);
    assert_int_equal(compute(subject, NULL, "r2"), STATUS_BAD_INPUT);
    assert_message(&subject->fixture.error, "many numbers");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

static const struct CMUnitTest tests[] = {
    TEST(test_default_groups_are_cells),
    TEST(test_means_by_hand),
    TEST(test_single_and_no_values),
    TEST(test_undefined_scores),
    TEST(test_replicates_are_a_key),
    TEST(test_no_key_makes_one_group),
    cmocka_unit_test(test_axes_of_one_value_are_dropped),
    TEST(test_unknown_names),
};

/* With a path as argument: makes the file there and tests nothing, for tests of the commands. */
int main(int argc, char **argv) {
    if (MPI_Init(&argc, &argv) != MPI_SUCCESS) {
        return EXIT_FAILURE;
    }
    int failed = 0;
    if (argc == 2) {
        struct fixture fixture;
        fixture_start(&fixture, JOBS, 3);
        (void)snprintf(fixture.path, sizeof fixture.path, "%s", argv[1]);
        make_file(&fixture);
        fixture_end(&fixture);
    } else {
        failed = cmocka_run_group_tests(tests, NULL, NULL);
    }
    return MPI_Finalize() == MPI_SUCCESS ? failed : EXIT_FAILURE;
}
