#include "sweep/build.h"

#include "base/text.h"
#include "network/network.h"
#include "parameter/parameter.h"
#include "solver/solver.h"

#include <stdio.h>
#include <string.h>

enum { WORDING_BYTES = 512, NAMES_MAX = 256 };

struct build {
    struct sweep *sweep;
    struct grid_case *grid;
    const struct key_values *pairs;
};

/* " in case 2 (line 7)" for messages, or "" in a sweep without cases. */
static const char *build_case_phrase(const struct grid_case *grid,
                                     char buffer[static WORDING_BYTES]) {
    char place[64];
    buffer[0] = '\0';
    if (grid->number != 0) {
        (void)snprintf(buffer, WORDING_BYTES, " in case %zu (%s)", grid->number,
                       node_place(grid->at, place));
    }
    return buffer;
}

/* --- dimensions -------------------------------------------------------------------------- */

static enum status build_join_group(const struct build *in, size_t dimension,
                                    const struct grid_key *key, struct error *error) {
    const struct grid_key *first = in->grid->dimensions[dimension].first;
    if (first->axis.length == key->axis.length) {
        return STATUS_OK;
    }
    char place[64];
    return node_error(key->axis.node, error,
                      "%s: %s has %zu values here but %zu for %s (%s); axes of one label advance "
                      "together",
                      key->key, key->axis.group, key->axis.length, first->axis.length, first->key,
                      node_place(first->axis.node, place));
}

/* Gives the key's axis a new dimension, or that of its group. */
static enum status build_place_axis(struct build *in, struct grid_key *key, struct error *error) {
    key->dimension = NO_DIMENSION;
    if (key->axis.kind == AXIS_NONE) {
        return STATUS_OK;
    }
    size_t count = in->grid->subgrid->dimension_count;
    for (size_t i = 0; i < count && key->axis.group != NULL; i++) {
        const char *group = in->grid->dimensions[i].group;
        if (group != NULL && strcmp(group, key->axis.group) == 0) {
            key->dimension = (int)i;
            return build_join_group(in, i, key, error);
        }
    }
    key->dimension = (int)count;
    in->grid->subgrid->dimensions[count].length = (int64_t)key->axis.length;
    in->grid->dimensions[count].group = key->axis.group;
    in->grid->dimensions[count].first = key;
    in->grid->subgrid->dimension_count++;
    return STATUS_OK;
}

static enum status build_place_keys(struct build *in, struct error *error) {
    for (size_t i = 0; i < in->pairs->count; i++) {
        const struct key_value *pair = &in->pairs->items[i];
        struct grid_key *key = &in->grid->keys[in->grid->key_count++];
        *key = (struct grid_key){.key = pair->key, .at = pair->at};
        TRY(axis_read(key->key, pair->value, in->sweep->own->samples, &key->axis, error));
        TRY(build_place_axis(in, key, error));
    }
    struct subgrid *subgrid = in->grid->subgrid;
    subgrid->dimensions[subgrid->dimension_count++].length = in->sweep->replicates;
    return STATUS_OK;
}

static void build_mark_shape(struct build *in, const struct grid_key *key,
                             const struct parameter *parameter) {
    if (key->dimension != NO_DIMENSION &&
        (key->section == SECTION_DATA || (parameter->flags & PARAMETER_SHAPES) != 0)) {
        in->grid->subgrid->dimensions[key->dimension].shapes = true;
    }
}

/* --- selectors --------------------------------------------------------------------------- */

/* Where the section's first key is written; NULL without one. */
static const struct node *build_first_of_section(const struct build *in, enum section section) {
    for (size_t i = 0; i < in->grid->key_count; i++) {
        if (section_holds(section, in->grid->keys[i].key)) {
            return in->grid->keys[i].at;
        }
    }
    return NULL;
}

/* Where a missing key of the section should be. */
static const struct node *build_place_of_section(const struct build *in, enum section section) {
    const struct node *at = build_first_of_section(in, section);
    return at == NULL ? in->grid->at : at;
}

static enum status build_missing_selector(const struct build *in, enum section section,
                                          struct error *error) {
    char expected[WORDING_BYTES];
    char where[WORDING_BYTES];
    return node_error(
        build_place_of_section(in, section), error, "missing key '%s'%s; expected %s",
        sections[section].selector, build_case_phrase(in->grid, where),
        parameter_expects(&in->sweep->own->selectors[section], expected, sizeof expected));
}

/* Adds a key for a selector that is not given. */
static enum status build_default_selector(struct build *in, enum section section,
                                          struct grid_key **key, struct error *error) {
    const struct parameter *parameter = &in->sweep->own->selectors[section];
    *key = &in->grid->keys[in->grid->key_count++];
    **key = (struct grid_key){
        .key = parameter->name, .at = in->grid->at, .section = section, .dimension = NO_DIMENSION};
    (*key)->axis = (struct axis){.node = in->grid->at, .length = 1};
    TRY(ARENA_NEW(&in->sweep->arena, (*key)->typed, 1, error));
    TRY(ARENA_NEW(&in->sweep->arena, (*key)->typed->values, 1, error));
    (*key)->typed->parameter = parameter;
    return value_default(&in->sweep->own->reader, parameter, parameter->name, (*key)->typed->values,
                         error);
}

static enum status build_read_values(struct build *in, struct grid_key *key,
                                     struct typed_values *typed, const struct parameter *parameter,
                                     struct error *error) {
    typed->parameter = parameter;
    TRY(ARENA_NEW(&in->sweep->arena, typed->values, key->axis.length, error));
    TRY(axis_values(&key->axis, &in->sweep->own->reader, parameter, key->key, in->sweep->seed,
                    typed->values, error));
    build_mark_shape(in, key, parameter);
    return STATUS_OK;
}

/* Finds the components of a section that the case uses. */
static enum status build_choose(struct build *in, enum section section, struct error *error) {
    TRY(ARENA_NEW(&in->sweep->arena, in->grid->used[section], section_component_count(section),
                  error));
    in->grid->present[section] = true;
    if (sections[section].selector == NULL) {
        in->grid->used[section][0] = true;
        return STATUS_OK;
    }
    struct grid_key *key = grid_find(in->grid, sections[section].selector);
    if (key == NULL && sections[section].fallback == NULL) {
        return build_missing_selector(in, section, error);
    }
    if (key == NULL) {
        TRY(build_default_selector(in, section, &key, error));
    } else {
        key->section = section;
        TRY(ARENA_NEW(&in->sweep->arena, key->typed, 1, error));
        TRY(build_read_values(in, key, key->typed, &in->sweep->own->selectors[section], error));
    }
    in->grid->selectors[section] = key;
    for (size_t i = 0; i < key->axis.length; i++) {
        in->grid->used[section][key->typed->values[i].as.choice] = true;
    }
    return STATUS_OK;
}

static bool build_some_network_trains(const struct build *in) {
    for (size_t i = 0; networks[i] != NULL; i++) {
        if (in->grid->used[SECTION_NETWORK][i] && networks[i]->trains) {
            return true;
        }
    }
    return false;
}

/* Networks that do not train need no other section, but may have them. */
static enum status build_choose_all(struct build *in, struct error *error) {
    TRY(build_choose(in, SECTION_NETWORK, error));
    bool trains = build_some_network_trains(in);
    for (enum section section = 0; section < SECTION_COUNT; section++) {
        if (section != SECTION_NETWORK && (trains || build_first_of_section(in, section) != NULL)) {
            TRY(build_choose(in, section, error));
        }
    }
    return STATUS_OK;
}

/* --- parameters -------------------------------------------------------------------------- */

/* The names of all keys that a section of the file takes with one component. */
static size_t build_section_names(enum section section, size_t component,
                                  const char *names[NAMES_MAX]) {
    size_t count = 0;
    for (enum section other = 0; other < SECTION_COUNT; other++) {
        if (strcmp(sections[other].name, sections[section].name) != 0) {
            continue;
        }
        if (sections[other].selector != NULL) {
            names[count++] = section_parameter_name(sections[other].selector);
        }
        const struct component *declared =
            section_component(other, other == section ? component : 0);
        for (size_t i = 0; i < declared->parameter_count && count < NAMES_MAX - 1; i++) {
            names[count++] = declared->parameters[i].name;
        }
    }
    return count;
}

static enum status build_unknown_key(const struct build *in, const struct grid_key *key,
                                     enum section section, size_t component, struct error *error) {
    const char *names[NAMES_MAX];
    size_t count = build_section_names(section, component, names);
    const char *selector = sections[section].selector;
    char before[WORDING_BYTES];
    char meant[TEXT_SUGGESTION_BYTES];
    char known[WORDING_BYTES];
    char where[WORDING_BYTES];
    (void)snprintf(before, sizeof before, "did you mean '%s.", sections[section].name);
    return node_error(
        key->at, error, "unknown key '%s'; %s%s%s%s%s takes %s", key->key,
        text_suggestion(before, section_parameter_name(key->key), names, count, "'? ", meant),
        selector == NULL ? sections[section].name : selector, selector == NULL ? "" : " ",
        selector == NULL ? "" : section_component(section, component)->name,
        build_case_phrase(in->grid, where), text_list(names, count, known, sizeof known));
}

/* Clears the identity of values that equal the default, so that giving a default explicitly does
 * not change a job's hash. */
static enum status build_drop_defaults(struct build *in, const struct grid_key *key,
                                       size_t component, struct error *error) {
    const struct value *defaults = NULL;
    const struct typed_values *typed = &key->typed[component];
    TRY(grid_defaults(in->sweep, key->section, component, &defaults, error));
    const struct component *declared = section_component(key->section, component);
    const struct value *fallback = &defaults[typed->parameter - declared->parameters];
    for (size_t i = 0; i < key->axis.length && fallback->identity != NULL; i++) {
        if (strcmp(typed->values[i].identity, fallback->identity) == 0) {
            typed->values[i].identity = NULL;
        }
    }
    return STATUS_OK;
}

/* The section of a key; under `train`, parameters of all solvers come before those of one. */
static enum section build_section_of(const struct grid_key *key) {
    for (enum section section = 0; section < SECTION_COUNT; section++) {
        bool common = section != SECTION_TRAIN ||
                      component_parameter(section_component(section, 0),
                                          section_parameter_name(key->key)) != NULL;
        if (section_holds(section, key->key) && common) {
            return section;
        }
    }
    return SECTION_COUNT;
}

static enum status build_type_key(struct build *in, struct grid_key *key, struct error *error) {
    key->section = build_section_of(key);
    size_t count = section_component_count(key->section);
    TRY(ARENA_NEW(&in->sweep->arena, key->typed, count, error));
    for (size_t i = 0; i < count; i++) {
        if (!in->grid->used[key->section][i]) {
            continue;
        }
        const struct parameter *parameter = component_parameter(section_component(key->section, i),
                                                                section_parameter_name(key->key));
        if (parameter == NULL) {
            return build_unknown_key(in, key, key->section, i, error);
        }
        TRY(build_read_values(in, key, &key->typed[i], parameter, error));
        TRY(build_drop_defaults(in, key, i, error));
    }
    return STATUS_OK;
}

static enum status build_type_keys(struct build *in, struct error *error) {
    for (size_t i = 0; i < in->grid->key_count; i++) {
        if (in->grid->keys[i].typed == NULL) {
            TRY(build_type_key(in, &in->grid->keys[i], error));
        }
    }
    return STATUS_OK;
}

static enum status build_missing_key(const struct build *in, enum section section,
                                     const struct component *component,
                                     const struct parameter *parameter, struct error *error) {
    char expected[WORDING_BYTES];
    char where[WORDING_BYTES];
    const struct node *at = in->grid->selectors[section] == NULL
                                ? build_place_of_section(in, section)
                                : in->grid->selectors[section]->at;
    return node_error(at, error, "missing key '%s.%s'%s: %s needs %s: %s", sections[section].name,
                      parameter->name, build_case_phrase(in->grid, where), component->name,
                      parameter_expects(parameter, expected, sizeof expected), parameter->help);
}

/* Exact solvers take no steps, so that train.steps may be missing. */
static bool build_may_miss(const struct build *in, enum section section) {
    for (size_t i = 0; section == SECTION_TRAIN && solvers[i] != NULL; i++) {
        if (in->grid->used[SECTION_SOLVER][i] && !solvers[i]->exact) {
            return false;
        }
    }
    return section == SECTION_TRAIN;
}

/* Defaults, then the values that are the same for all jobs of the case. */
static enum status build_fill_template(struct build *in, enum section section, size_t component,
                                       struct settings *settings, struct error *error) {
    const struct component *declared = section_component(section, component);
    const struct value *defaults = NULL;
    if (declared->settings_size > JOB_SETTINGS_BYTES) {
        return error_set(error, STATUS_SYSTEM, "settings of '%s' exceed %d bytes", declared->name,
                         JOB_SETTINGS_BYTES);
    }
    TRY(grid_defaults(in->sweep, section, component, &defaults, error));
    for (size_t i = 0; i < declared->parameter_count; i++) {
        const struct parameter *parameter = &declared->parameters[i];
        char name[WORDING_BYTES];
        (void)snprintf(name, sizeof name, "%s.%s", sections[section].name, parameter->name);
        const struct grid_key *key = grid_find(in->grid, name);
        if (key != NULL || parameter->fallback != NULL) {
            value_store(parameter, key == NULL ? &defaults[i] : &key->typed[component].values[0],
                        settings->bytes);
        } else if (!build_may_miss(in, section)) {
            return build_missing_key(in, section, declared, parameter, error);
        }
    }
    return STATUS_OK;
}

static enum status build_fill_templates(struct build *in, struct error *error) {
    for (enum section section = 0; section < SECTION_COUNT; section++) {
        if (!in->grid->present[section]) {
            continue;
        }
        size_t count = section_component_count(section);
        TRY(ARENA_NEW(&in->sweep->arena, in->grid->templates[section], count, error));
        for (size_t i = 0; i < count; i++) {
            if (in->grid->used[section][i]) {
                TRY(build_fill_template(in, section, i, &in->grid->templates[section][i], error));
            }
        }
    }
    return STATUS_OK;
}

enum status build_case(struct sweep *sweep, struct grid_case *grid, const struct key_values *pairs,
                       struct error *error) {
    struct build in = {sweep, grid, pairs};
    /* One more for the replicate; one more for each selector that is not given. */
    TRY(ARENA_NEW(&sweep->arena, grid->subgrid->dimensions, pairs->count + 1, error));
    TRY(ARENA_NEW(&sweep->arena, grid->dimensions, pairs->count + 1, error));
    TRY(ARENA_NEW(&sweep->arena, grid->keys, pairs->count + SECTION_COUNT, error));
    TRY(build_place_keys(&in, error));
    TRY(build_choose_all(&in, error));
    TRY(build_type_keys(&in, error));
    return build_fill_templates(&in, error);
}
