#include "show/cells.h"

#include "check.h"
#include "store/format.h"

static const struct table_score scores[] = {{.name = "loss", .unit = "1"}};

/* A table of one score and two keys: an integer, which may be absent, and a text. */
static const struct table_key keys[] = {
    {.name = "network.hidden", .unit = "units", .storage = HDF_INT64, .bytes = sizeof(int64_t)},
    {.name = "data.kind",
     .unit = "",
     .storage = HDF_LETTER,
     .offset = sizeof(int64_t),
     .bytes = 4}};

struct row {
    int64_t hidden;
    char kind[4];
};

static struct table table_of(struct table_group *groups, size_t count) {
    return (struct table){.key_count = COUNT(keys),
                          .keys = (struct table_key *)keys,
                          .score_count = 1,
                          .scores = (struct table_score *)scores,
                          .group_count = count,
                          .groups = groups};
}

static void test_keys_have_their_types(void **state) {
    struct error error;
    struct row row = {.hidden = 9007199254740993, .kind = "grid"}; /* no double is that number */
    struct table_group group = {.key = (const unsigned char *)&row};
    const struct table table = table_of(&group, 1);
    struct document_value value;
    assert_ok(&error, cells_key(&table, &group, 0, *state, &value, &error));
    assert_int_equal(value.type, DOCUMENT_INTEGER);
    assert_int_equal(value.integer, 9007199254740993);
    assert_ok(&error, cells_key(&table, &group, 1, *state, &value, &error));
    assert_int_equal(value.type, DOCUMENT_TEXT);
    assert_string_equal(value.text, "grid");
    row.hidden = ABSENT_INTEGER;
    assert_ok(&error, cells_key(&table, &group, 0, *state, &value, &error));
    assert_int_equal(value.type, DOCUMENT_NULL);
}

static void test_columns_of_texts_are_left(void **state) {
    (void)state;
    assert_false(cells_column(&keys[0]).left);
    assert_true(cells_column(&keys[1]).left);
    assert_string_equal(cells_column(&keys[0]).unit, "units");
}

/* All means of a score have the decimals that suit the largest. */
static void test_means_share_a_format(void **state) {
    (void)state;
    struct table_cell cells[] = {{.count = 3, .mean = 12.5, .squares = 2},
                                 {.count = 1, .undefined = 1, .mean = 0.25}};
    struct table_group groups[] = {{.cells = &cells[0], .rows = {.done = 3}},
                                   {.cells = &cells[1], .rows = {.done = 2}}};
    const struct table table = table_of(groups, 2);
    const struct number_format format = cells_format(&table, 0);
    assert_int_equal(format.decimals, 2);
    const struct document_value value = cells_mean(&groups[1], 0, format);
    assert_near(value.mean.mean, 0.25, 0);
    assert_true(isnan(value.mean.deviation)); /* of a single number */
    assert_int_equal(value.mean.count, 1);
    assert_int_equal(value.mean.of, 2);
    assert_int_equal(value.mean.undefined, 1);
    assert_near(cells_mean(&groups[0], 0, format).mean.deviation, 1, 0);
}

/* The sweeps, the cases, and each score that has undefined means. */
static void test_remarks_are_notes(void **state) {
    struct error error;
    struct table_cell cells[] = {{.count = 3, .undefined = 1}, {.count = 1, .undefined = 2}};
    struct table_group groups[] = {{.cells = &cells[0]}, {.cells = &cells[1]}};
    struct table table = table_of(groups, 2);
    struct document document = {.arena = *state};
    table.sweeps = 2;
    table.repeated = 5;
    assert_ok(&error, cells_remarks(&table, &document, &error));
    const struct document_item *first = document.first;
    assert_int_equal(first->style, DOCUMENT_NOTE);
    assert_string_equal(first->text, "jobs of 2 sweeps");
    assert_non_null(strstr(first->next->text, "5 jobs "));
    assert_string_equal(document.last->text, "loss is undefined for 3 done jobs, not in its means");
    assert_ptr_equal(first->next->next, document.last);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_keys_have_their_types, arena_set_up, arena_tear_down),
        cmocka_unit_test(test_columns_of_texts_are_left),
        cmocka_unit_test(test_means_share_a_format),
        cmocka_unit_test_setup_teardown(test_remarks_are_notes, arena_set_up, arena_tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
