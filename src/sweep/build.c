#include "sweep/build.h"

#include "base/text.h"
#include "network/network.h"
#include "parameter/parameter.h"
#include "solver/solver.h"

#include <stdio.h>
#include <string.h>

enum { PHRASE_BYTES = 512, NAMES_MAX = 256 };

struct build {
    struct sweep *sweep;
    struct subgrid *subgrid;
    struct grid_case *grid;
    const struct entries *entries;
};

/* " in case 2 (line 7)" for messages, or "" in a sweep without cases. */
static const char *case_phrase(const struct grid_case *grid, char buffer[static PHRASE_BYTES]) {
    char place[64];
    buffer[0] = '\0';
    if (grid->number != 0) {
        (void)snprintf(buffer, PHRASE_BYTES, " in case %zu (%s)", grid->number,
                       node_place(grid->at, place));
    }
    return buffer;
}

/* --- dimensions -------------------------------------------------------------------------- */

static enum status join_group(const struct build *in, size_t dimension, const struct grid_key *key,
                              struct error *error) {
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

/* Gives the key's axis a dimension of its own, or the one of its group. */
static enum status place_axis(struct build *in, struct grid_key *key, struct error *error) {
    key->dimension = NO_DIMENSION;
    if (key->axis.kind == AXIS_NONE) {
        return STATUS_OK;
    }
    size_t count = in->subgrid->dimension_count;
    for (size_t i = 0; i < count && key->axis.group != NULL; i++) {
        const char *group = in->grid->dimensions[i].group;
        if (group != NULL && strcmp(group, key->axis.group) == 0) {
            key->dimension = (int)i;
            return join_group(in, i, key, error);
        }
    }
    key->dimension = (int)count;
    in->subgrid->dimensions[count].length = (int64_t)key->axis.length;
    in->grid->dimensions[count].group = key->axis.group;
    in->grid->dimensions[count].first = key;
    in->subgrid->dimension_count++;
    return STATUS_OK;
}

static enum status place_keys(struct build *in, struct error *error) {
    for (size_t i = 0; i < in->entries->count; i++) {
        const struct entry *entry = &in->entries->items[i];
        struct grid_key *key = &in->grid->keys[in->grid->key_count++];
        *key = (struct grid_key){.key = entry->key, .at = entry->at};
        TRY(axis_read(key->key, entry->value, in->sweep->own->samples, &key->axis, error));
        TRY(place_axis(in, key, error));
    }
    in->subgrid->dimensions[in->subgrid->dimension_count++].length = in->sweep->replicates;
    return STATUS_OK;
}

static void mark_shape(struct build *in, const struct grid_key *key,
                       const struct parameter *parameter) {
    if (key->dimension != NO_DIMENSION &&
        (key->slot == SLOT_DATA || (parameter->flags & PARAMETER_SHAPES) != 0)) {
        in->subgrid->dimensions[key->dimension].shapes = true;
    }
}

/* --- selectors --------------------------------------------------------------------------- */

static struct grid_key *find_key(struct build *in, const char *name) {
    for (size_t i = 0; i < in->grid->key_count; i++) {
        if (strcmp(in->grid->keys[i].key, name) == 0) {
            return &in->grid->keys[i];
        }
    }
    return NULL;
}

static const struct node *first_of_section(const struct build *in, enum slot slot) {
    for (size_t i = 0; i < in->grid->key_count; i++) {
        if (slot_holds(slot, in->grid->keys[i].key)) {
            return in->grid->keys[i].at;
        }
    }
    return NULL;
}

static enum status missing_selector(const struct build *in, enum slot slot, struct error *error) {
    char expected[PHRASE_BYTES];
    char where[PHRASE_BYTES];
    const struct node *at = first_of_section(in, slot);
    return node_error(
        at == NULL ? in->grid->at : at, error, "missing key '%s'%s; expected %s",
        slot_selector(slot), case_phrase(in->grid, where),
        parameter_expects(&in->sweep->own->selectors[slot], expected, sizeof expected));
}

/* A selector that is not given takes its default, as a key of its own. */
static enum status default_selector(struct build *in, enum slot slot, struct grid_key **key,
                                    struct error *error) {
    const struct parameter *parameter = &in->sweep->own->selectors[slot];
    *key = &in->grid->keys[in->grid->key_count++];
    **key = (struct grid_key){
        .key = parameter->name, .at = in->grid->at, .slot = slot, .dimension = NO_DIMENSION};
    (*key)->axis = (struct axis){.node = in->grid->at, .length = 1};
    TRY(ARENA_NEW(&in->sweep->arena, (*key)->typed, 1, error));
    TRY(ARENA_NEW(&in->sweep->arena, (*key)->typed->values, 1, error));
    (*key)->typed->parameter = parameter;
    return value_default(&in->sweep->own->reader, parameter, parameter->name, (*key)->typed->values,
                         error);
}

static enum status read_values(struct build *in, struct grid_key *key, struct typed_values *typed,
                               const struct parameter *parameter, struct error *error) {
    typed->parameter = parameter;
    TRY(ARENA_NEW(&in->sweep->arena, typed->values, key->axis.length, error));
    TRY(axis_values(&key->axis, &in->sweep->own->reader, parameter, key->key, in->sweep->seed,
                    typed->values, error));
    mark_shape(in, key, parameter);
    return STATUS_OK;
}

/* Finds out which components of a slot the case uses. */
static enum status choose(struct build *in, enum slot slot, struct error *error) {
    TRY(ARENA_NEW(&in->sweep->arena, in->grid->used[slot], slot_component_count(slot), error));
    in->grid->present[slot] = true;
    if (slot_selector(slot) == NULL) {
        in->grid->used[slot][0] = true;
        return STATUS_OK;
    }
    struct grid_key *key = find_key(in, slot_selector(slot));
    if (key == NULL && slot_default(slot) == NULL) {
        return missing_selector(in, slot, error);
    }
    if (key == NULL) {
        TRY(default_selector(in, slot, &key, error));
    } else {
        key->slot = slot;
        TRY(ARENA_NEW(&in->sweep->arena, key->typed, 1, error));
        TRY(read_values(in, key, key->typed, &in->sweep->own->selectors[slot], error));
    }
    in->grid->selectors[slot] = key;
    for (size_t i = 0; i < key->axis.length; i++) {
        in->grid->used[slot][key->typed->values[i].as.choice] = true;
    }
    return STATUS_OK;
}

static bool some_network_trains(const struct build *in) {
    for (size_t i = 0; networks[i] != NULL; i++) {
        if (in->grid->used[SLOT_NETWORK][i] && networks[i]->trains) {
            return true;
        }
    }
    return false;
}

/* A network that does not train needs no other section; those that are given still count. */
static enum status choose_all(struct build *in, struct error *error) {
    TRY(choose(in, SLOT_NETWORK, error));
    bool trains = some_network_trains(in);
    for (enum slot slot = 0; slot < SLOT_COUNT; slot++) {
        if (slot != SLOT_NETWORK && (trains || first_of_section(in, slot) != NULL)) {
            TRY(choose(in, slot, error));
        }
    }
    return STATUS_OK;
}

/* --- parameters -------------------------------------------------------------------------- */

/* The names that a section takes with one component of the slot. */
static size_t section_names(enum slot slot, size_t component, const char *names[NAMES_MAX]) {
    size_t count = 0;
    for (enum slot other = 0; other < SLOT_COUNT; other++) {
        if (strcmp(slot_section(other), slot_section(slot)) != 0) {
            continue;
        }
        if (slot_selector(other) != NULL) {
            names[count++] = slot_name(slot_selector(other));
        }
        const struct component *declared = slot_component(other, other == slot ? component : 0);
        for (size_t i = 0; i < declared->parameter_count && count < NAMES_MAX - 1; i++) {
            names[count++] = declared->parameters[i].name;
        }
    }
    return count;
}

static enum status unknown_key(const struct build *in, const struct grid_key *key, enum slot slot,
                               size_t component, struct error *error) {
    const char *names[NAMES_MAX];
    size_t count = section_names(slot, component, names);
    char known[PHRASE_BYTES] = "";
    size_t used = 0;
    for (size_t i = 0; i < count && used < sizeof known; i++) {
        int more =
            snprintf(known + used, sizeof known - used, "%s%s", i == 0 ? "" : ", ", names[i]);
        used += more < 0 ? sizeof known : (size_t)more;
    }
    const char *nearest = text_nearest(slot_name(key->key), names, count);
    const char *selector = slot_selector(slot);
    char where[PHRASE_BYTES];
    return node_error(key->at, error, "unknown key '%s'; %s%s%s%s%s%s%s%s%s takes %s", key->key,
                      nearest == NULL ? "" : "did you mean '",
                      nearest == NULL ? "" : slot_section(slot), nearest == NULL ? "" : ".",
                      nearest == NULL ? "" : nearest, nearest == NULL ? "" : "'? ",
                      selector == NULL ? slot_section(slot) : selector, selector == NULL ? "" : " ",
                      selector == NULL ? "" : slot_component(slot, component)->name,
                      case_phrase(in->grid, where), known);
}

/* Leaves the identity of defaults out, so that spelling one out changes no job's hash. */
static enum status drop_defaults(struct build *in, const struct grid_key *key, size_t component,
                                 struct error *error) {
    const struct value *defaults = NULL;
    const struct typed_values *typed = &key->typed[component];
    TRY(grid_defaults(in->sweep, key->slot, component, &defaults, error));
    const struct component *declared = slot_component(key->slot, component);
    const struct value *fallback = &defaults[typed->parameter - declared->parameters];
    for (size_t i = 0; i < key->axis.length && fallback->identity != NULL; i++) {
        if (strcmp(typed->values[i].identity, fallback->identity) == 0) {
            typed->values[i].identity = NULL;
        }
    }
    return STATUS_OK;
}

/* The slot of `train.` whose component declares the key: common parameters first. */
static enum slot slot_of(const struct grid_key *key) {
    for (enum slot slot = 0; slot < SLOT_COUNT; slot++) {
        bool common = slot != SLOT_TRAIN ||
                      component_parameter(slot_component(slot, 0), slot_name(key->key)) != NULL;
        if (slot_holds(slot, key->key) && common) {
            return slot;
        }
    }
    return SLOT_COUNT;
}

static enum status type_key(struct build *in, struct grid_key *key, struct error *error) {
    key->slot = slot_of(key);
    size_t count = slot_component_count(key->slot);
    TRY(ARENA_NEW(&in->sweep->arena, key->typed, count, error));
    for (size_t i = 0; i < count; i++) {
        if (!in->grid->used[key->slot][i]) {
            continue;
        }
        const struct parameter *parameter =
            component_parameter(slot_component(key->slot, i), slot_name(key->key));
        if (parameter == NULL) {
            return unknown_key(in, key, key->slot, i, error);
        }
        TRY(read_values(in, key, &key->typed[i], parameter, error));
        TRY(drop_defaults(in, key, i, error));
    }
    return STATUS_OK;
}

static enum status type_keys(struct build *in, struct error *error) {
    for (size_t i = 0; i < in->grid->key_count; i++) {
        if (in->grid->keys[i].typed == NULL) {
            TRY(type_key(in, &in->grid->keys[i], error));
        }
    }
    return STATUS_OK;
}

static enum status missing_key(const struct build *in, enum slot slot,
                               const struct component *component, const struct parameter *parameter,
                               struct error *error) {
    char expected[PHRASE_BYTES];
    char where[PHRASE_BYTES];
    const struct node *at = in->grid->selectors[slot] == NULL ? first_of_section(in, slot)
                                                              : in->grid->selectors[slot]->at;
    return node_error(at == NULL ? in->grid->at : at, error,
                      "missing key '%s.%s'%s: %s needs %s: %s", slot_section(slot), parameter->name,
                      case_phrase(in->grid, where), component->name,
                      parameter_expects(parameter, expected, sizeof expected), parameter->help);
}

static bool only_exact_solvers(const struct grid_case *grid) {
    for (size_t i = 0; solvers[i] != NULL; i++) {
        if (grid->used[SLOT_SOLVER][i] && !solvers[i]->exact) {
            return false;
        }
    }
    return true;
}

/* Defaults, then the values that are the same for all jobs of the case. */
static enum status fill_template(struct build *in, enum slot slot, size_t component,
                                 struct settings *settings, struct error *error) {
    const struct component *declared = slot_component(slot, component);
    if (declared->settings_size > JOB_SETTINGS_BYTES) {
        return error_set(error, STATUS_SYSTEM, "settings of '%s' exceed %d bytes", declared->name,
                         JOB_SETTINGS_BYTES);
    }
    const struct value *defaults = NULL;
    TRY(grid_defaults(in->sweep, slot, component, &defaults, error));
    for (size_t i = 0; i < declared->parameter_count; i++) {
        const struct parameter *parameter = &declared->parameters[i];
        char name[PHRASE_BYTES];
        (void)snprintf(name, sizeof name, "%s.%s", slot_section(slot), parameter->name);
        const struct grid_key *key = grid_find(in->grid, name);
        if (key == NULL && parameter->fallback == NULL) {
            if (slot == SLOT_TRAIN && only_exact_solvers(in->grid)) {
                continue; /* they take no steps */
            }
            return missing_key(in, slot, declared, parameter, error);
        }
        const struct value *value = key == NULL ? &defaults[i] : &key->typed[component].values[0];
        value_store(parameter, value, settings->bytes);
    }
    return STATUS_OK;
}

static enum status fill_templates(struct build *in, struct error *error) {
    for (enum slot slot = 0; slot < SLOT_COUNT; slot++) {
        if (!in->grid->present[slot]) {
            continue;
        }
        size_t count = slot_component_count(slot);
        TRY(ARENA_NEW(&in->sweep->arena, in->grid->templates[slot], count, error));
        for (size_t i = 0; i < count; i++) {
            if (in->grid->used[slot][i]) {
                TRY(fill_template(in, slot, i, &in->grid->templates[slot][i], error));
            }
        }
    }
    return STATUS_OK;
}

enum status grid_build(struct sweep *sweep, size_t index, const struct entries *entries,
                       const struct node *at, struct error *error) {
    struct build in = {sweep, &sweep->cases[index], &sweep->own->cases[index], entries};
    in.grid->at = at;
    /* One more for the replicate; one more for a solver that is not given. */
    TRY(ARENA_NEW(&sweep->arena, in.subgrid->dimensions, entries->count + 1, error));
    TRY(ARENA_NEW(&sweep->arena, in.grid->dimensions, entries->count + 1, error));
    TRY(ARENA_NEW(&sweep->arena, in.grid->keys, entries->count + SLOT_COUNT, error));
    TRY(place_keys(&in, error));
    TRY(choose_all(&in, error));
    TRY(type_keys(&in, error));
    return fill_templates(&in, error);
}
