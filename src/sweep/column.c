#include "sweep/column.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static const char *own_name(const char *key) {
    return key + strcspn(key, ".") + 1;
}

/* Counts distinct keys over all cases into names, in order of first appearance. */
static size_t all_keys(const struct sweep *sweep, const struct grid_key **keys) {
    size_t count = 0;
    for (size_t i = 0; i < sweep->case_count; i++) {
        const struct grid_case *grid = &sweep->own->cases[i];
        for (size_t j = 0; j < grid->key_count; j++) {
            size_t known = 0;
            while (known < count && strcmp(keys[known]->key, grid->keys[j].key) != 0) {
                known++;
            }
            keys[known] = &grid->keys[j];
            count += known == count;
        }
    }
    return count;
}

/* A parameter's default; NULL where it has none, and the case does without. */
static const struct value *default_of(const struct sweep *sweep, enum slot slot, size_t component,
                                      const struct parameter *parameter) {
    const struct component *declared = slot_component(slot, component);
    const struct value *value =
        &sweep->own->defaults[slot][component][parameter - declared->parameters];
    return value->text == NULL ? NULL : value;
}

/* The default that stands in for a key which the case does not give; NULL where it has no such key,
 * or none in need of a value.
 */
static const struct value *stand_in(const struct sweep *sweep, size_t which, enum slot slot,
                                    const char *key, int64_t local,
                                    const struct parameter **parameter) {
    const struct grid_case *grid = &sweep->own->cases[which];
    if (!grid->present[slot]) {
        return NULL;
    }
    size_t component = grid_component(&sweep->cases[which], grid, slot, local);
    const struct component *declared = slot_component(slot, component);
    *parameter = component_parameter(declared, own_name(key));
    return *parameter == NULL ? NULL : default_of(sweep, slot, component, *parameter);
}

static const struct value *column_value(const struct sweep *sweep, size_t column, int64_t index,
                                        const struct parameter **parameter) {
    size_t which = sweep_job_case(sweep, index);
    int64_t local = index - sweep->cases[which].first;
    const struct grid_key *key = sweep->own->column_keys[column * sweep->case_count + which];
    return key == NULL
               ? stand_in(sweep, which, sweep->own->column_slots[column],
                          sweep->columns[column].key, local, parameter)
               : grid_value(&sweep->cases[which], &sweep->own->cases[which], key, local, parameter);
}

/* A key without an axis differs only between cases; their first jobs tell. */
static bool differs(const struct sweep *sweep, const struct grid_key *like) {
    const char *first = NULL;
    for (size_t i = 0; i < sweep->case_count; i++) {
        const struct grid_case *grid = &sweep->own->cases[i];
        const struct grid_key *key = grid_find(grid, like->key);
        const struct parameter *parameter = NULL;
        if (key != NULL && key->dimension != NO_DIMENSION) {
            return true;
        }
        const struct value *value = key == NULL
                                        ? stand_in(sweep, i, like->slot, like->key, 0, &parameter)
                                        : grid_value(&sweep->cases[i], grid, key, 0, &parameter);
        const char *text = value == NULL ? "" : value->text;
        if (i > 0 && strcmp(text, first) != 0) {
            return true;
        }
        first = text;
    }
    return false;
}

static void widen(struct axis_column *column, const struct parameter *parameter,
                  const struct value *value) {
    bool both_numbers = (column->type == PARAMETER_INTEGER && parameter->type == PARAMETER_REAL) ||
                        (column->type == PARAMETER_REAL && parameter->type == PARAMETER_INTEGER);
    if (both_numbers) {
        column->type = PARAMETER_REAL;
    } else if (column->type != parameter->type) {
        column->type = PARAMETER_TEXT;
    }
    size_t bytes = strlen(value->text);
    column->text_bytes = bytes > column->text_bytes ? bytes : column->text_bytes;
}

/* Makes the column hold every value of the key in one case. */
static void include_key(const struct sweep *sweep, size_t which, const struct grid_key *key,
                        struct axis_column *column) {
    bool selects = sweep->own->cases[which].selectors[key->slot] == key;
    size_t count = selects ? 1 : slot_component_count(key->slot);
    for (size_t i = 0; i < count; i++) {
        const struct typed_values *typed = &key->typed[i];
        for (size_t j = 0; typed->parameter != NULL && j < key->axis.length; j++) {
            widen(column, typed->parameter, &typed->values[j]);
        }
    }
}

static void include_defaults(const struct sweep *sweep, size_t which, enum slot slot,
                             struct axis_column *column) {
    const struct grid_case *grid = &sweep->own->cases[which];
    size_t count = grid->present[slot] ? slot_component_count(slot) : 0;
    for (size_t i = 0; i < count; i++) {
        const struct component *declared = slot_component(slot, i);
        const struct parameter *parameter = component_parameter(declared, own_name(column->key));
        const struct value *value =
            grid->used[slot][i] && parameter != NULL ? default_of(sweep, slot, i, parameter) : NULL;
        if (value != NULL) {
            widen(column, parameter, value);
        }
    }
}

static const struct parameter *first_parameter(const struct grid_key *key) {
    size_t i = 0;
    while (key->typed[i].parameter == NULL) {
        i++;
    }
    return key->typed[i].parameter;
}

static void add_column(struct sweep *sweep, const struct grid_key *like) {
    size_t column = sweep->column_count++;
    const struct parameter *parameter = first_parameter(like);
    sweep->columns[column] = (struct axis_column){
        .key = like->key,
        .type = parameter->type,
        .unit = parameter->unit,
        .help = parameter->help,
    };
    sweep->own->column_slots[column] = like->slot;
    for (size_t i = 0; i < sweep->case_count; i++) {
        const struct grid_key *key = grid_find(&sweep->own->cases[i], like->key);
        sweep->own->column_keys[column * sweep->case_count + i] = key;
        if (key != NULL) {
            include_key(sweep, i, key, &sweep->columns[column]);
        } else {
            include_defaults(sweep, i, like->slot, &sweep->columns[column]);
        }
    }
}

enum status grid_columns(struct sweep *sweep, struct error *error) {
    size_t most = 0;
    for (size_t i = 0; i < sweep->case_count; i++) {
        most += sweep->own->cases[i].key_count;
    }
    const struct grid_key **keys = NULL;
    TRY(ARENA_NEW(&sweep->arena, keys, most, error));
    size_t count = all_keys(sweep, keys);
    TRY(ARENA_NEW(&sweep->arena, sweep->columns, count, error));
    TRY(ARENA_NEW(&sweep->arena, sweep->own->column_slots, count, error));
    TRY(ARENA_NEW(&sweep->arena, sweep->own->column_keys, count * sweep->case_count, error));
    for (size_t i = 0; i < count; i++) {
        if (differs(sweep, keys[i])) {
            add_column(sweep, keys[i]);
        }
    }
    return STATUS_OK;
}

double sweep_column_number(const struct sweep *sweep, size_t column, int64_t index) {
    const struct parameter *parameter = NULL;
    const struct value *value = column_value(sweep, column, index, &parameter);
    return value == NULL ? NAN : value_number(parameter, value);
}

void sweep_column_text(const struct sweep *sweep, size_t column, int64_t index, char *text,
                       size_t size) {
    const struct parameter *parameter = NULL;
    const struct value *value = column_value(sweep, column, index, &parameter);
    (void)snprintf(text, size, "%s", value == NULL ? "" : value->text);
}
