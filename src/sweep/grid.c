#include "sweep/grid.h"

#include <string.h>

enum status grid_prepare(struct sweep *sweep, struct error *error) {
    struct sweep_private *own = sweep->own;
    for (enum section section = 0; section < SECTION_COUNT; section++) {
        size_t count = section_component_count(section);
        const char **names = NULL;
        TRY(ARENA_NEW(&sweep->arena, names, count + 1, error));
        TRY(ARENA_NEW(&sweep->arena, own->defaults[section], count, error));
        for (size_t i = 0; i < count; i++) {
            names[i] = section_component(section, i)->name;
        }
        own->selectors[section] = (struct parameter){
            .name = sections[section].selector,
            .type = PARAMETER_CHOICE,
            .fallback = sections[section].fallback,
            .choices = names,
            .flags = PARAMETER_SHAPES,
            .help = sections[section].help,
        };
    }
    return STATUS_OK;
}

enum status grid_defaults(struct sweep *sweep, enum section section, size_t component,
                          const struct value **defaults, struct error *error) {
    struct value **kept = &sweep->own->defaults[section][component];
    const struct component *declared = section_component(section, component);
    if (*kept == NULL) {
        struct value *values = NULL;
        TRY(ARENA_NEW(&sweep->arena, values, declared->parameter_count, error));
        for (size_t i = 0; i < declared->parameter_count; i++) {
            const struct parameter *parameter = &declared->parameters[i];
            if (parameter->fallback != NULL) {
                TRY(value_default(&sweep->own->reader, parameter, parameter->name, &values[i],
                                  error));
            }
        }
        *kept = values;
    }
    *defaults = *kept;
    return STATUS_OK;
}

/* Multiplies the lengths, checking that indices still fit, and derives the strides. */
enum status grid_measure(struct grid_case *grid, int64_t *total, struct error *error) {
    struct subgrid *subgrid = grid->subgrid;
    int64_t count = 1;
    for (size_t i = subgrid->dimension_count; i-- > 0;) {
        grid->dimensions[i].stride = count;
        if (__builtin_mul_overflow(count, subgrid->dimensions[i].length, &count)) {
            const struct grid_key *first = grid->dimensions[i].first;
            return node_error(first == NULL ? grid->at : first->at, error,
                              "%s: more jobs than 64 bits can number",
                              first == NULL ? "replicates" : first->key);
        }
    }
    subgrid->first = *total;
    subgrid->count = count;
    if (__builtin_add_overflow(*total, count, total)) {
        return node_error(grid->at, error, "cases: more jobs than 64 bits can number");
    }
    return STATUS_OK;
}

size_t grid_digit(const struct grid_case *grid, const struct grid_key *key, int64_t local) {
    if (key->dimension == NO_DIMENSION) {
        return 0;
    }
    int64_t quotient = local / grid->dimensions[key->dimension].stride;
    return (size_t)(quotient % grid->subgrid->dimensions[key->dimension].length);
}

size_t grid_component(const struct grid_case *grid, enum section section, int64_t local) {
    const struct grid_key *selector = grid->selectors[section];
    if (selector == NULL) {
        return 0;
    }
    return (size_t)selector->typed[0].values[grid_digit(grid, selector, local)].as.choice;
}

const struct value *grid_value(const struct grid_case *grid, const struct grid_key *key,
                               int64_t local, const struct parameter **parameter) {
    bool selects = grid->selectors[key->section] == key;
    size_t component = selects ? 0 : grid_component(grid, key->section, local);
    const struct typed_values *typed = &key->typed[component];
    *parameter = typed->parameter;
    return &typed->values[grid_digit(grid, key, local)];
}

enum status grid_all_keys(const struct sweep *sweep, struct arena *arena,
                          const struct grid_key ***keys, size_t *count, struct error *error) {
    size_t most = 0;
    for (size_t i = 0; i < sweep->case_count; i++) {
        most += sweep->own->cases[i].key_count;
    }
    TRY(ARENA_NEW(arena, *keys, most, error));
    *count = 0;
    for (size_t i = 0; i < sweep->case_count; i++) {
        const struct grid_case *grid = &sweep->own->cases[i];
        for (size_t j = 0; j < grid->key_count; j++) {
            size_t known = 0;
            while (known < *count && strcmp((*keys)[known]->key, grid->keys[j].key) != 0) {
                known++;
            }
            (*keys)[known] = &grid->keys[j];
            *count += known == *count;
        }
    }
    return STATUS_OK;
}

struct grid_key *grid_find(const struct grid_case *grid, const char *key) {
    for (size_t i = 0; i < grid->key_count; i++) {
        if (strcmp(grid->keys[i].key, key) == 0) {
            return &grid->keys[i];
        }
    }
    return NULL;
}

size_t grid_typed_count(const struct grid_case *grid, const struct grid_key *key) {
    return grid->selectors[key->section] == key ? 1 : section_component_count(key->section);
}

const struct typed_values *grid_first_typed(const struct grid_key *key) {
    const struct typed_values *typed = key->typed;
    while (typed->parameter == NULL) {
        typed++;
    }
    return typed;
}

const struct value *grid_constant(const struct sweep *sweep, size_t which, enum section section,
                                  size_t component, const char *key,
                                  const struct parameter **parameter) {
    const struct grid_case *grid = &sweep->own->cases[which];
    const struct component *declared = section_component(section, component);
    if (!grid->present[section] || !grid->used[section][component]) {
        return NULL;
    }
    *parameter = component_parameter(declared, section_parameter_name(key));
    const struct grid_key *given = grid_find(grid, key);
    if (*parameter == NULL || given != NULL) {
        return *parameter == NULL ? NULL : &given->typed[component].values[0];
    }
    const struct value *fallback =
        &sweep->own->defaults[section][component][*parameter - declared->parameters];
    return fallback->text == NULL ? NULL : fallback;
}

void grid_resolve(const struct grid_case *grid, int64_t local, struct job *job) {
    for (enum section section = 0; section < SECTION_COUNT; section++) {
        if (grid->present[section]) {
            size_t component = grid_component(grid, section, local);
            section_choose(section, component, job);
            memcpy(section_settings(section, job), &grid->templates[section][component],
                   section_component(section, component)->settings_size);
        }
    }
    for (size_t i = 0; i < grid->key_count; i++) {
        const struct grid_key *key = &grid->keys[i];
        if (key->dimension != NO_DIMENSION && grid->selectors[key->section] != key) {
            const struct parameter *parameter = NULL;
            const struct value *value = grid_value(grid, key, local, &parameter);
            value_store(parameter, value, section_settings(key->section, job));
        }
    }
}
