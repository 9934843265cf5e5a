#include "data/drawn.h"

#include <stdbool.h>

static void check_parameter(const struct parameter *parameter, size_t settings_size) {
    assert_true(parameter->offset < settings_size);
    assert_true(strlen(parameter->help) > 0);
    bool is_number = parameter->type == PARAMETER_INTEGER || parameter->type == PARAMETER_REAL;
    bool is_choice = parameter->type == PARAMETER_CHOICE || parameter->type == PARAMETER_CHOICES;
    assert_true(!is_number || parameter->minimum < parameter->maximum);
    assert_true(is_choice == (parameter->choices != NULL));
    if (is_number && parameter->fallback != NULL) {
        double value = strtod(parameter->fallback, NULL);
        assert_true(value >= parameter->minimum && value <= parameter->maximum);
    }
}

/* Every distribution is described, and no name occurs twice. */
static void test_table(void **state) {
    (void)state;
    for (const struct distribution *const *each = distributions; *each != NULL; each++) {
        const struct component *component = &(*each)->component;
        assert_ptr_equal(distribution_named(component->name), *each);
        assert_true(strlen(component->help) > 0);
        assert_non_null((*each)->size);
        assert_non_null((*each)->draw);
        assert_true(component->settings_size <= SETTINGS_BYTES);
        for (size_t i = 0; i < component->parameter_count; i++) {
            check_parameter(&component->parameters[i], component->settings_size);
            for (size_t k = 0; k < i; k++) {
                assert_string_not_equal(component->parameters[i].name,
                                        component->parameters[k].name);
            }
        }
    }
}

/* Defaults alone make a data set, the same for the same job, wherever nothing must be given. (The
 * teacher has a test of its own, on fewer samples than its defaults.) */
static void test_defaults_draw(void **state) {
    (void)state;
    const char *const names[] = {"uniform", "grid", "correlated", "what_where"};
    for (size_t k = 0; k < sizeof names / sizeof *names; k++) {
        struct drawn first;
        struct drawn second;
        begin(&first, names[k]);
        begin(&second, names[k]);
        const struct dataset *a = draw(&first, 5);
        const struct dataset *b = draw(&second, 5);
        assert_memory_equal(a->sources, b->sources,
                            a->size.samples * a->size.sources * sizeof(double));
        end(&first);
        end(&second);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_table),
        cmocka_unit_test(test_defaults_draw),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
