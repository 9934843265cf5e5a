/* Rules that hold across the tables of all commands. */
#include "command/command.h"
#include "command/options.h"
#include "theory/margin.h"

#include "check.h"

enum { LETTERS = 128 };

typedef void visitor(const struct command *command, const struct option *option, void *context);

static void visit_options(visitor *visit, void *context) {
    for (const struct command *const *command = commands; *command != NULL; command++) {
        for (size_t i = 0; i < (*command)->option_count; i++) {
            visit(*command, &(*command)->options[i], context);
        }
    }
}

static void note_letter(const struct command *command, const struct option *option, void *context) {
    const char **meaning = context;
    const char *name = option->parameter.name;
    const unsigned char letter = (unsigned char)option->letter;
    if (letter == 0) {
        return;
    }
    assert_true(letter < LETTERS);
    if (meaning[letter] != NULL && strcmp(meaning[letter], name) != 0) {
        fail_msg("-%c is --%s in '%s' and --%s elsewhere", letter, name, command->name,
                 meaning[letter]);
    }
    meaning[letter] = name;
}

static void letter_means_one_thing(void **state) {
    (void)state;
    const char *meaning[LETTERS] = {['h'] = "help"};
    visit_options(note_letter, meaning);
    assert_string_equal(meaning['o'], "output");
    assert_string_equal(meaning['s'], "sources");
}

static void check_option(const struct command *command, const struct option *option,
                         void *context) {
    (void)context;
    const struct parameter parameter = option_parameter(option);
    const bool number = parameter.type == PARAMETER_INTEGER ||
                        parameter.type == PARAMETER_INTEGERS || parameter.type == PARAMETER_REAL ||
                        parameter.type == PARAMETER_REALS;
    bool described = parameter.help != NULL && parameter.help[0] != '\0';
    bool takes = (option->argument == NULL) == (parameter.type == PARAMETER_FLAG);
    bool measured = !number || parameter.maximum > parameter.minimum;
    bool inside = parameter.offset < command->settings_size;
    if (!described || !takes || !measured || !inside) {
        fail_msg("'%s --%s': %s", command->name, parameter.name,
                 !described  ? "no help"
                 : !takes    ? "a flag takes no argument, all others do"
                 : !measured ? "a number without a range"
                             : "its field is outside the settings");
    }
}

static void option_is_declared_in_full(void **state) {
    (void)state;
    visit_options(check_option, NULL);
}

/* Letters that had other meanings, for one version; each names the option to use. */
static void retired_letters_are_refused(void **state) {
    (void)state;
    static const struct {
        const char *command, *letter, *name;
    } retired[] = {
        {"run", "-n", "--notice"},
        {"run", "-p", "--progress"},
        {"run", "-c", "--checkpoint-every"},
        {"submit", "-n", "--ntasks-per-node"},
        {"table", "-s", "--score"},
        {"plot", "-c", "--colour"},
        {"plot", "-l", "--line"},
        {"plot", "-p", "--points"},
        {"plot", "-t", "--title"},
        {"theory", "-p", "--plot"},
        {"run", "-s", "--set"},
        {"plan", "-s", "--set"},
        {"submit", "-s", "--set"},
        {"status", "-w", "--watch"},
    };
    for (size_t i = 0; i < sizeof retired / sizeof *retired; i++) {
        struct error error = {0};
        SCOPED(arena_free) struct arena arena = {0};
        const struct command *command;
        struct arguments arguments;
        char expected[128];
        char *words[] = {(char *)retired[i].letter, (char *)"4", NULL};
        assert_ok(&error, command_find(retired[i].command, &command, &error));
        assert_int_equal(options_parse(command, 2, words, &arena, &arguments, &error),
                         STATUS_BAD_INPUT);
        (void)snprintf(expected, sizeof expected, "%s is no longer an option of '%s'; use %s",
                       retired[i].letter, retired[i].command, retired[i].name);
        assert_string_equal(error.message, expected);
    }
}

static void unknown_command_names_the_nearest(void **state) {
    (void)state;
    struct error error = {0};
    const struct command *command;
    assert_int_equal(command_find("rum", &command, &error), STATUS_BAD_INPUT);
    assert_message(&error, "did you mean 'run'?");
}

static void tolerance_of_theory_is_that_of_scores(void **state) {
    (void)state;
    struct error error = {0};
    const struct command *command;
    assert_ok(&error, command_find("theory", &command, &error));
    for (size_t i = 0; i < command->option_count; i++) {
        if (strcmp(command->options[i].parameter.name, "tolerance") == 0) {
            assert_true(strtod(command->options[i].parameter.fallback, NULL) == MARGIN_TOLERANCE);
            return;
        }
    }
    fail_msg("no --tolerance");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(letter_means_one_thing),
        cmocka_unit_test(option_is_declared_in_full),
        cmocka_unit_test(retired_letters_are_refused),
        cmocka_unit_test(unknown_command_names_the_nearest),
        cmocka_unit_test(tolerance_of_theory_is_that_of_scores),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
