/* A command line becomes a settings struct, or a message that names what is wrong. */
#include "command/options.h"

#include "check.h"

struct settings {
    const char *output;
    struct texts set;
    struct reals prices;
    int64_t ranks, neighbours, duplicates;
    bool json;
};

static const struct parameter borrowed[] = {
    {.name = "neighbours",
     .type = PARAMETER_INTEGER,
     .offset = 1000, /* in the section's own settings */
     .unit = "",
     .minimum = 1,
     .maximum = 9,
     .fallback = "2",
     .help = "neighbours"},
    {.name = "duplicates",
     .type = PARAMETER_INTEGER,
     .unit = "",
     .minimum = 1,
     .maximum = 9,
     .fallback = "2",
     .help = "duplicates"},
};

static const struct component section = {.parameters = borrowed,
                                         .parameter_count = COUNT(borrowed)};

static const struct option options[] = {
    {OPTION(settings, output, "output", TEXT, .help = "where the results go"), .letter = 'o',
     .argument = "FILE.h5"},
    {OPTION(settings, set, "set", TEXTS, .flags = PARAMETER_REPEATED,
            .help = "replaces a parameter"),
     .argument = "a.b=v"},
    {OPTION(settings, prices, "prices", REALS, .unit = "", .minimum = 0, .maximum = 10,
            .flags = PARAMETER_REPEATED, .fallback = "0.5", .help = "prices"),
     .argument = "P,..."},
    {OPTION(settings, ranks, "ranks", INTEGER, .unit = "", .minimum = 1, .maximum = 64,
            .fallback = "4", .help = "ranks"),
     .retired = 'n', .argument = "N"},
    {OPTION(settings, neighbours, "neighbours", INTEGER, .fallback = NULL), .section = &section,
     .argument = "K"},
    {OPTION(settings, duplicates, "duplicates", INTEGER, .fallback = "1"), .section = &section,
     .argument = "N"},
    {OPTION(settings, json, "json", FLAG, .help = "prints JSON")},
};

static const struct command sample = {
    .name = "sample",
    .synopsis = "SWEEP.yaml",
    .help = "an example",
    .details = "",
    .options = options,
    .option_count = COUNT(options),
    .settings_size = sizeof(struct settings),
    .positional_minimum = 1,
    .positional_maximum = 2,
};

struct line {
    struct arena arena;
    struct arguments arguments;
    const struct settings *settings;
    struct error error;
    enum status status;
};

/* Parses the words up to NULL. */
static struct line *parse(struct line *line, const char **words) {
    int count = 0;
    while (words[count] != NULL) {
        count++;
    }
    line->status =
        options_parse(&sample, count, (char **)words, &line->arena, &line->arguments, &line->error);
    line->settings = line->arguments.settings;
    return line;
}

#define PARSE(line, ...) parse((line), (const char *[]){__VA_ARGS__, NULL})

static int set_up(void **state) {
    *state = calloc(1, sizeof(struct line));
    return *state == NULL;
}

static int tear_down(void **state) {
    struct line *line = *state;
    arena_free(&line->arena);
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
        assert_string_equal(line->settings->output, "a.h5");
        assert_int_equal(line->arguments.positional_count, 1);
    }
}

static void option_not_given_has_its_default(void **state) {
    struct line *line = *state;
    (void)PARSE(line, "s.yaml");
    assert_int_equal(line->status, STATUS_OK);
    assert_null(line->settings->output);
    assert_null(line->settings->set.values);
    assert_int_equal(line->settings->ranks, 4);
    assert_false(line->settings->json);
    assert_int_equal(line->settings->prices.count, 1);
    assert_true(line->settings->prices.values[0] == 0.5);
}

static void section_of_sweeps_lends_its_parameters(void **state) {
    struct line *line = *state;
    (void)PARSE(line, "s.yaml");
    assert_int_equal(line->settings->neighbours, 2); /* the section's default */
    assert_int_equal(line->settings->duplicates, 1); /* its own */
    (void)PARSE(line, "s.yaml", "--neighbours=3", "--duplicates", "5");
    assert_int_equal(line->status, STATUS_OK);
    assert_int_equal(line->settings->neighbours, 3);
    assert_int_equal(line->settings->duplicates, 5);
}

static void last_value_wins_and_repeated_ones_are_kept_in_order(void **state) {
    struct line *line = *state;
    (void)PARSE(line, "--set", "a=1,2", "s.yaml", "--json", "--set=b=2=3", "--ranks", "2",
                "--ranks=8", "--prices=1,2", "--prices", "3");
    assert_int_equal(line->status, STATUS_OK);
    assert_true(line->settings->json);
    assert_int_equal(line->settings->ranks, 8);
    assert_int_equal(line->settings->set.count, 2);
    assert_string_equal(line->settings->set.values[0], "a=1,2");
    assert_string_equal(line->settings->set.values[1], "b=2=3");
    assert_int_equal(line->settings->prices.count, 3);
    assert_true(line->settings->prices.values[2] == 3.0);
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

static void assert_refused(const struct line *line, const char *because) {
    assert_int_equal(line->status, STATUS_BAD_INPUT);
    assert_message(&line->error, because);
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

static void wrong_values_are_refused_by_type_and_range(void **state) {
    struct line *line = *state;
    assert_refused(PARSE(line, "s.yaml", "--ranks", "two"), "--ranks: expected an integer");
    assert_refused(PARSE(line, "s.yaml", "--ranks=65"), "--ranks: 65 is out of range");
    assert_refused(PARSE(line, "s.yaml", "--neighbours=0"), "expected from 1 to 9");
    assert_refused(PARSE(line, "s.yaml", "--prices=1,,2"), "--prices: expected a number");
    assert_refused(PARSE(line, "s.yaml", "--prices="), "--prices: expected numbers, got none");
}

static void retired_letters_are_refused_with_the_long_name(void **state) {
    struct line *line = *state;
    assert_refused(PARSE(line, "s.yaml", "-n", "4"),
                   "-n is no longer an option of 'sample'; use --ranks");
    assert_refused(PARSE(line, "s.yaml", "-n4"), "use --ranks");
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(value_may_follow_stick_or_be_joined),
        TEST(option_not_given_has_its_default),
        TEST(section_of_sweeps_lends_its_parameters),
        TEST(last_value_wins_and_repeated_ones_are_kept_in_order),
        TEST(two_dashes_end_the_options),
        TEST(help_stops_the_checking),
        TEST(wrong_lines_are_refused_by_name),
        TEST(wrong_values_are_refused_by_type_and_range),
        TEST(retired_letters_are_refused_with_the_long_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
