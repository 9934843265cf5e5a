#include "submit/script.h"

#include "check.h"
#include "submit/templates.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *text_of(const struct script *script, struct arena *arena) {
    struct error error = {0};
    const char *text = NULL;
    assert_ok(&error, script_text(script, arena, &text, &error));
    return text;
}

static void assert_has(const char *text, const char *part) {
    if (strstr(text, part) == NULL) {
        fail_msg("'%s' is not in:\n%s", part, text);
    }
}

static void templates_are_the_scripts_of_jobs(void **state) {
    size_t count = 0;
    for (const struct template *template = templates; template->name != NULL; template ++) {
        struct error error;
        const char *path;
        assert_int_equal(arena_printf(*state, &path, &error, "jobs/%s.sh", template->name),
                         STATUS_OK);
        size_t length = strlen(template->text);
        char *text = calloc(length + 2, 1);
        assert_non_null(text);
        FILE *file = fopen(path, "r");
        assert_non_null(file);
        assert_int_equal(fread(text, 1, length + 1, file), length);
        assert_string_equal(text, template->text);
        (void)fclose(file);
        free(text);
        count++;
    }
    assert_int_equal(count, 5);
}

static void options_replace_those_of_the_template_or_follow_them(void **state) {
    const struct script_option options[] = {{"nodes", "7", false},
                                            {"ntasks", "9", true},
                                            {"account", "a b", false},
                                            {"time", "00:05:00", false}};
    const char *const extra[] = {"--exclusive"};
    const char *const arguments[] = {"s.yaml", "r.h5"};
    const struct script script = {.template = "many_nodes_srun",
                                  .options = options,
                                  .option_count = COUNT(options),
                                  .extra = extra,
                                  .extra_count = 1,
                                  .arguments = arguments,
                                  .argument_count = 2};
    const char *text = text_of(&script, *state);
    assert_has(text, "#SBATCH --nodes=7\n");
    assert_has(text, "#SBATCH --time=00:05:00\n");
    assert_has(text, "#SBATCH --requeue\n");
    assert_has(text, "#SBATCH --account=\"a b\"\n#SBATCH --exclusive\nset -euo pipefail\n");
    assert_has(text, "\nset -- s.yaml r.h5\n");
    assert_null(strstr(text, "--ntasks="));
    assert_null(strstr(text, "--nodes=4"));
    const struct script alone = {.template = "one_node", .options = options, .option_count = 2};
    assert_has(text_of(&alone, *state), "#SBATCH --ntasks=9\n");
}

/* Behind the settings everything is word for word that of the template. */
static void the_rest_is_the_templates(void **state) {
    for (const struct template *template = templates; template->name != NULL; template ++) {
        const char *const arguments[] = {"s.yaml", "r.h5"};
        const struct script script = {
            .template = template->name, .arguments = arguments, .argument_count = 2};
        const char *text = strstr(text_of(&script, *state), "set -- s.yaml r.h5\n");
        const char *rest = strstr(template->text, "set -euo pipefail\n");
        assert_non_null(text);
        assert_non_null(rest);
        assert_string_equal(strchr(text, '\n'), strchr(rest, '\n'));
    }
}

static void variables_give_way_to_the_environment(void **state) {
    const struct script_variable variables[] = {{"MODSWEEP", "/a b/modsweep"}};
    const struct script script = {
        .template = "one_node", .variables = variables, .variable_count = 1};
    assert_has(text_of(&script, *state), "export MODSWEEP=${MODSWEEP:-'/a b/modsweep'}\n");
}

static void lines_cannot_be_smuggled_in(void **state) {
    const struct script_option options[] = {{"account", "a\n#SBATCH --nodes=9", false}};
    const char *const words[] = {"a\nrm x"};
    const struct script_variable variables[] = {{"MODSWEEP", "a\nb"}};
    const struct script wrong[] = {
        {.template = "one_node", .options = options, .option_count = 1},
        {.template = "one_node", .extra = words, .extra_count = 1},
        {.template = "one_node", .arguments = words, .argument_count = 1},
        {.template = "one_node", .variables = variables, .variable_count = 1},
    };
    for (size_t w = 0; w < COUNT(wrong); w++) {
        struct error error = {0};
        const char *text;
        assert_int_equal(script_text(&wrong[w], *state, &text, &error), STATUS_BAD_INPUT);
        assert_message(&error, "has a control character");
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(templates_are_the_scripts_of_jobs, arena_set_up,
                                        arena_tear_down),
        cmocka_unit_test_setup_teardown(options_replace_those_of_the_template_or_follow_them,
                                        arena_set_up, arena_tear_down),
        cmocka_unit_test_setup_teardown(the_rest_is_the_templates, arena_set_up, arena_tear_down),
        cmocka_unit_test_setup_teardown(variables_give_way_to_the_environment, arena_set_up,
                                        arena_tear_down),
        cmocka_unit_test_setup_teardown(lines_cannot_be_smuggled_in, arena_set_up, arena_tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
