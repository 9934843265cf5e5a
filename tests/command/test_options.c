#include "command/options.h"

#include "check.h"

#include <stdlib.h>
#include <string.h>

static const struct option_spec specs[] = {
    {"output", 'o', "FILE.h5", "where the results go"},
    {"set", 0, "a.b=v", "replaces a parameter"},
    {"json", 0, NULL, "prints JSON"},
};

static const struct command sample = {
    .name = "sample",
    .synopsis = "SWEEP.yaml",
    .help = "an example",
    .details = "",
    .options = specs,
    .option_count = COUNT(specs),
    .positional_minimum = 1,
    .positional_maximum = 2,
};

const struct command *const commands[] = {&sample, NULL};

struct line {
    struct arguments arguments;
    struct error error;
    enum status status;
};

/* Parses the words up to NULL. */
static struct line *parse(struct line *line, const char **words) {
    int count = 0;
    while (words[count] != NULL) {
        count++;
    }
    line->status = arguments_parse(&sample, count, (char **)words, &line->arguments, &line->error);
    return line;
}

#define PARSE(line, ...) parse((line), (const char *[]){__VA_ARGS__, NULL})

static int set_up(void **state) {
    *state = calloc(1, sizeof(struct line));
    return *state == NULL;
}

static int tear_down(void **state) {
    struct line *line = *state;
    arguments_free(&line->arguments);
    free(line);
    return 0;
}

static void value_may_follow_stick_or_be_joined(void **state) {
    struct line *line = *state;
    const char *const forms[][2] = {
        {"--output", "a.h5"}, {"--output=a.h5", NULL}, {"-o", "a.h5"}, {"-oa.h5", NULL}};
    for (size_t i = 0; i < COUNT(forms); i++) {
        (void)PARSE(line, "s.yaml", forms[i][0], forms[i][1]);
        assert_int_equal(line->status, STATUS_OK);
        assert_string_equal(argument_value(&line->arguments, "output", "none"), "a.h5");
        assert_int_equal(line->arguments.positional_count, 1);
        arguments_free(&line->arguments);
    }
}

static void option_not_given_has_the_fallback(void **state) {
    struct line *line = *state;
    (void)PARSE(line, "s.yaml");
    assert_int_equal(line->status, STATUS_OK);
    assert_false(argument_given(&line->arguments, "json"));
    assert_string_equal(argument_value(&line->arguments, "output", "fallback"), "fallback");
}

static void last_value_wins_and_all_are_kept_in_order(void **state) {
    struct line *line = *state;
    (void)PARSE(line, "--set", "a=1", "s.yaml", "--json", "--set=b=2=3");
    assert_int_equal(line->status, STATUS_OK);
    assert_true(argument_given(&line->arguments, "json"));
    assert_string_equal(argument_value(&line->arguments, "set", ""), "b=2=3");
    const char *values[4] = {0};
    assert_int_equal(argument_values(&line->arguments, "set", values), 2);
    assert_string_equal(values[0], "a=1");
    assert_string_equal(values[1], "b=2=3");
}

static void two_dashes_end_the_options(void **state) {
    struct line *line = *state;
    (void)PARSE(line, "--", "--json", "-");
    assert_int_equal(line->status, STATUS_OK);
    assert_int_equal(line->arguments.positional_count, 2);
    assert_string_equal(line->arguments.positional[0], "--json");
    assert_string_equal(line->arguments.positional[1], "-");
}

static void help_stops_the_checking(void **state) {
    struct line *line = *state;
    (void)PARSE(line, "--help", "--nonsense");
    assert_int_equal(line->status, STATUS_OK);
    assert_true(line->arguments.help);
}

static void assert_refused(struct line *line, const char *because) {
    assert_int_equal(line->status, STATUS_BAD_INPUT);
    assert_int_equal(line->error.status, STATUS_BAD_INPUT);
    if (strstr(line->error.message, because) == NULL) {
        fail_msg("'%s' does not say '%s'", line->error.message, because);
    }
    arguments_free(&line->arguments);
}

static void wrong_lines_are_refused_by_name(void **state) {
    struct line *line = *state;
    assert_refused(PARSE(line, "s.yaml", "--ouput", "a"), "did you mean '--output'?");
    assert_refused(PARSE(line, "s.yaml", "-x"), "'-x'");
    assert_refused(PARSE(line, "s.yaml", "--out=a"), "'--out=a'");
    assert_refused(PARSE(line, "s.yaml", "--json=yes"), "'--json' takes no value");
    assert_refused(PARSE(line, "s.yaml", "--set"), "'--set' needs a value: --set a.b=v");
    assert_refused(PARSE(line, "--json"), "usage: modsweep sample SWEEP.yaml");
    assert_refused(PARSE(line, "a", "b", "surplus"), "unexpected argument 'surplus'");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(value_may_follow_stick_or_be_joined, set_up, tear_down),
        cmocka_unit_test_setup_teardown(option_not_given_has_the_fallback, set_up, tear_down),
        cmocka_unit_test_setup_teardown(last_value_wins_and_all_are_kept_in_order, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(two_dashes_end_the_options, set_up, tear_down),
        cmocka_unit_test_setup_teardown(help_stops_the_checking, set_up, tear_down),
        cmocka_unit_test_setup_teardown(wrong_lines_are_refused_by_name, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
