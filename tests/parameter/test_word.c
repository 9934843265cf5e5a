/* Options of commands: words become checked values in a settings struct. */

#include "parameter/word.h"

#include "check.h"

#include <stdbool.h>

#include <string.h>

struct options {
    int64_t ranks;
    double notice;
    int style;
    const char *title;
    struct file_reference points;
    struct integers counts;
    struct reals prices;
    struct integers styles;
    bool json;
    struct texts scores;
    struct texts sets;
    struct reals lambdas;
    int64_t cores;
};

static const char *const styles[] = {"bar", "lines", "none", NULL};

#define FIELD(field) .name = #field, .offset = offsetof(struct options, field), .unit = ""

static const struct parameter table[] = {
    {FIELD(ranks), .type = PARAMETER_INTEGER, .minimum = 1, .maximum = 100, .fallback = "4"},
    {FIELD(notice), .type = PARAMETER_REAL, .minimum = 0, .maximum = 1e6, .fallback = "2.5"},
    {FIELD(style), .type = PARAMETER_CHOICE, .choices = styles, .fallback = "lines"},
    {FIELD(title), .type = PARAMETER_TEXT, .fallback = ""},
    {FIELD(points), .type = PARAMETER_FILE, .fallback = ""},
    {FIELD(counts), .type = PARAMETER_INTEGERS, .minimum = 1, .maximum = 9, .fallback = "1,2"},
    {FIELD(prices), .type = PARAMETER_REALS, .minimum = 0, .maximum = 1, .fallback = "0.01"},
    {FIELD(styles), .type = PARAMETER_CHOICES, .choices = styles, .fallback = ""},
    {FIELD(json), .type = PARAMETER_FLAG},
    {FIELD(scores), .type = PARAMETER_TEXTS},
    {FIELD(sets), .type = PARAMETER_TEXTS, .flags = PARAMETER_REPEATED},
    {FIELD(lambdas), .type = PARAMETER_REALS, .minimum = 0, .maximum = 100,
     .flags = PARAMETER_REPEATED},
    {FIELD(cores), .type = PARAMETER_INTEGER, .minimum = 1, .maximum = 100},
};

enum { OPTIONS = sizeof table / sizeof table[0] };

static const struct parameter *option(const char *name) {
    for (size_t i = 0; i < OPTIONS; i++) {
        if (strcmp(table[i].name, name) == 0) {
            return &table[i];
        }
    }
    return NULL;
}

static void give(struct options *options, struct arena *arena, const char *name, const char *word) {
    struct error error = {0};
    assert_ok(&error, word_read(option(name), name, word, arena, options, &error));
}

static void refuse(const char *name, const char *label, const char *word, const char *message) {
    struct error error = {0};
    struct options options = {0};
    SCOPED(arena_free) struct arena arena = {0};
    assert_int_equal(word_read(option(name), label, word, &arena, &options, &error),
                     STATUS_BAD_INPUT);
    assert_string_equal(error.message, message);
}

static void test_defaults(void **state) {
    (void)state;
    struct error error = {0};
    SCOPED(arena_free) struct arena arena = {0};
    struct options options = {.cores = 7, .json = true};
    assert_ok(&error, word_defaults(table, OPTIONS, &arena, &options, &error));
    assert_int_equal(options.ranks, 4);
    assert_true(options.notice == 2.5);
    assert_int_equal(options.style, 1);
    assert_string_equal(options.title, "");
    assert_int_equal(options.counts.count, 2);
    assert_int_equal(options.counts.values[1], 2);
    assert_int_equal(options.prices.count, 1);
    assert_true(options.prices.values[0] == 0.01);
    assert_int_equal(options.styles.count, 0);
    assert_null(options.scores.values);
    /* Without a default the field stays. */
    assert_int_equal(options.cores, 7);
    assert_true(options.json);
}

static void test_words(void **state) {
    (void)state;
    SCOPED(arena_free) struct arena arena = {0};
    struct options options = {0};
    give(&options, &arena, "ranks", "1e2");
    assert_int_equal(options.ranks, 100);
    give(&options, &arena, "notice", "0.5");
    assert_true(options.notice == 0.5);
    give(&options, &arena, "style", "none");
    assert_int_equal(options.style, 2);
    give(&options, &arena, "title", "a, b: [c");
    assert_string_equal(options.title, "a, b: [c");
    give(&options, &arena, "points", "no such.h5:/a");
    assert_string_equal(options.points.path, "no such.h5");
    assert_string_equal(options.points.dataset, "/a");
    give(&options, &arena, "prices", "1e-2,0.5,1");
    assert_int_equal(options.prices.count, 3);
    assert_true(options.prices.values[0] == 0.01 && options.prices.values[2] == 1);
    give(&options, &arena, "styles", "none,bar");
    assert_int_equal(options.styles.values[0], 2);
    assert_int_equal(options.styles.values[1], 0);
    give(&options, &arena, "json", NULL);
    assert_true(options.json);
}

static void test_lists_of_texts(void **state) {
    (void)state;
    SCOPED(arena_free) struct arena arena = {0};
    struct options options = {0};
    give(&options, &arena, "scores", "a,,b");
    assert_int_equal(options.scores.count, 3);
    assert_string_equal(options.scores.values[0], "a");
    assert_string_equal(options.scores.values[1], "");
    assert_string_equal(options.scores.values[2], "b");
    give(&options, &arena, "scores", "");
    assert_non_null(options.scores.values);
    assert_int_equal(options.scores.count, 0);
    give(&options, &arena, "sets", "a=[1, 2]");
    give(&options, &arena, "sets", "b=3");
    assert_int_equal(options.sets.count, 2);
    assert_string_equal(options.sets.values[0], "a=[1, 2]");
    assert_string_equal(options.sets.values[1], "b=3");
}

static void test_repeated_numbers_add_up(void **state) {
    (void)state;
    SCOPED(arena_free) struct arena arena = {0};
    struct options options = {0};
    give(&options, &arena, "lambdas", "1,2");
    give(&options, &arena, "lambdas", "3");
    assert_int_equal(options.lambdas.count, 3);
    assert_true(options.lambdas.values[0] == 1.0 && options.lambdas.values[2] == 3.0);
}

static void test_refusals(void **state) {
    (void)state;
    refuse("ranks", "--ranks", "many", "--ranks: expected an integer, got 'many'");
    refuse("ranks", "--ranks", "0", "--ranks: 0 is out of range; expected from 1 to 100");
    refuse("ranks", "-n", "", "-n: expected an integer, got nothing");
    refuse("notice", "--notice", "-1", "--notice: -1 is out of range; expected from 0 to 1000000");
    refuse("notice", "--notice", "inf", "--notice: expected a finite number, got 'inf'");
    refuse("style", "--style", "line",
           "--style: unknown 'line'; did you mean 'lines'? "
           "Expected bar, lines or none");
    refuse("counts", "--counts", "1,10", "--counts: 10 is out of range; expected from 1 to 9");
    refuse("counts", "--counts", "1,,2", "--counts: expected an integer, got nothing");
    refuse("points", "--points", "", "--points: expected a file name, got nothing");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_defaults),       cmocka_unit_test(test_words),
        cmocka_unit_test(test_lists_of_texts), cmocka_unit_test(test_repeated_numbers_add_up),
        cmocka_unit_test(test_refusals),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
