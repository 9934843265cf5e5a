#include "sweep/setting.h"

#include "sweep/grid.h"

#include <string.h>

enum status setting_keys(const struct sweep *sweep, struct arena *arena, const char ***keys,
                         size_t *count, struct error *error) {
    const struct grid_key **given;
    TRY(grid_all_keys(sweep, arena, &given, count, error));
    TRY(ARENA_NEW(arena, *keys, *count, error));
    for (size_t i = 0; i < *count; i++) {
        (*keys)[i] = given[i]->key;
    }
    return STATUS_OK;
}

static void setting_add(struct settings_of_key *values, const char *kind,
                        const struct parameter *parameter, const struct value *value) {
    values->list[values->count++] =
        (struct setting){kind, parameter, value->text, value_number(parameter, value)};
}

/* A selector has the same value for all components. */
static void setting_add_selector(const struct sweep *sweep, enum section section,
                                 struct settings_of_key *values) {
    for (size_t i = 0; i < sweep->case_count && values->count == 0; i++) {
        const struct grid_key *key = sweep->own->cases[i].selectors[section];
        if (key != NULL) {
            setting_add(values, "", key->typed[0].parameter, &key->typed[0].values[0]);
        }
    }
}

/* Adds the value of the first case that has the component. */
static void setting_add_component(const struct sweep *sweep, enum section section, size_t component,
                                  const char *key, struct settings_of_key *values) {
    const char *kind = values->selector == NULL ? "" : section_component(section, component)->name;
    const struct parameter *parameter;
    const struct value *value = NULL;
    for (size_t i = 0; i < sweep->case_count && value == NULL; i++) {
        value = grid_constant(sweep, i, section, component, key, &parameter);
    }
    if (value != NULL) {
        setting_add(values, kind, parameter, value);
    }
}

enum status setting_values(const struct sweep *sweep, const char *key, struct arena *arena,
                           struct settings_of_key *values, struct error *error) {
    *values = (struct settings_of_key){0};
    for (enum section section = 0; section < SECTION_COUNT && values->count == 0; section++) {
        const size_t components = section_component_count(section);
        const char *selector = sections[section].selector;
        if (!section_holds(section, key)) {
            continue;
        }
        TRY(ARENA_NEW(arena, values->list, components, error));
        if (selector != NULL && strcmp(selector, key) == 0) {
            setting_add_selector(sweep, section, values);
            continue;
        }
        values->selector = selector;
        for (size_t i = 0; i < components; i++) {
            setting_add_component(sweep, section, i, key, values);
        }
    }
    return STATUS_OK;
}

void setting_widen(struct axis_column *column, const struct parameter *parameter,
                   const char *text) {
    bool both_numbers = (column->type == PARAMETER_INTEGER && parameter->type == PARAMETER_REAL) ||
                        (column->type == PARAMETER_REAL && parameter->type == PARAMETER_INTEGER);
    if (both_numbers) {
        column->type = PARAMETER_REAL;
    } else if (column->type != parameter->type) {
        column->type = PARAMETER_TEXT;
    }
    size_t bytes = strlen(text);
    column->text_bytes = bytes > column->text_bytes ? bytes : column->text_bytes;
}

struct axis_column setting_column(const char *key, const struct setting *list, size_t count) {
    const struct parameter *first = list[0].parameter;
    struct axis_column column = {
        .key = key, .type = first->type, .unit = parameter_unit(first), .help = first->help};
    for (size_t i = 0; i < count; i++) {
        setting_widen(&column, list[i].parameter, list[i].text);
    }
    return column;
}
