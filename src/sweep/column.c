#include "sweep/column.h"

#include "sweep/decode.h"
#include "sweep/grid.h"
#include "sweep/setting.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* What job `local` of a case has for a key: the value that the case gives, or without one (`given`
 * is NULL) a default; NULL where the job has no such key, or no value for it. */
static const struct value *column_value_in(const struct sweep *sweep, size_t which,
                                           const struct grid_key *given, enum section section,
                                           const char *key, int64_t local,
                                           const struct parameter **parameter) {
    const struct grid_case *grid = &sweep->own->cases[which];
    if (given != NULL) {
        return grid_value(grid, given, local, parameter);
    }
    return grid->present[section]
               ? grid_constant(sweep, which, section, grid_component(grid, section, local), key,
                               parameter)
               : NULL;
}

static const struct value *column_value(const struct sweep *sweep, size_t column, int64_t index,
                                        const struct parameter **parameter) {
    size_t which = sweep_job_case(sweep, index);
    return column_value_in(sweep, which,
                           sweep->own->column_keys[column * sweep->case_count + which],
                           sweep->own->column_sections[column], sweep->columns[column].key,
                           index - sweep->cases[which].first, parameter);
}

/* Without an axis, a key can differ only between cases: their first jobs show it. */
static bool column_differs(const struct sweep *sweep, const struct grid_key *like) {
    const char *first = NULL;
    for (size_t i = 0; i < sweep->case_count; i++) {
        const struct grid_key *key = grid_find(&sweep->own->cases[i], like->key);
        const struct parameter *parameter = NULL;
        if (key != NULL && key->dimension != NO_DIMENSION) {
            return true;
        }
        const struct value *value =
            column_value_in(sweep, i, key, like->section, like->key, 0, &parameter);
        const char *text = value == NULL ? "" : value->text;
        if (i > 0 && strcmp(text, first) != 0) {
            return true;
        }
        first = text;
    }
    return false;
}

/* Makes the column hold every value of the key in one case. */
static void column_include_key(const struct sweep *sweep, size_t which, const struct grid_key *key,
                               struct axis_column *column) {
    size_t count = grid_typed_count(&sweep->own->cases[which], key);
    for (size_t i = 0; i < count; i++) {
        const struct typed_values *typed = &key->typed[i];
        for (size_t j = 0; typed->parameter != NULL && j < key->axis.length; j++) {
            setting_widen(column, typed->parameter, typed->values[j].text);
        }
    }
}

static void column_include_defaults(const struct sweep *sweep, size_t which, enum section section,
                                    struct axis_column *column) {
    const struct parameter *parameter;
    for (size_t i = 0; i < section_component_count(section); i++) {
        const struct value *value =
            grid_constant(sweep, which, section, i, column->key, &parameter);
        if (value != NULL) {
            setting_widen(column, parameter, value->text);
        }
    }
}

static void column_add(struct sweep *sweep, const struct grid_key *like) {
    size_t column = sweep->column_count++;
    sweep->columns[column] = setting_column(
        like->key, &(struct setting){.parameter = grid_first_typed(like)->parameter, .text = ""},
        1);
    sweep->own->column_sections[column] = like->section;
    for (size_t i = 0; i < sweep->case_count; i++) {
        const struct grid_key *key = grid_find(&sweep->own->cases[i], like->key);
        sweep->own->column_keys[column * sweep->case_count + i] = key;
        if (key != NULL) {
            column_include_key(sweep, i, key, &sweep->columns[column]);
        } else {
            column_include_defaults(sweep, i, like->section, &sweep->columns[column]);
        }
    }
}

enum status column_find_all(struct sweep *sweep, struct error *error) {
    const struct grid_key **keys;
    size_t count;
    TRY(grid_all_keys(sweep, &sweep->arena, &keys, &count, error));
    TRY(ARENA_NEW(&sweep->arena, sweep->columns, count, error));
    TRY(ARENA_NEW(&sweep->arena, sweep->own->column_sections, count, error));
    TRY(ARENA_NEW(&sweep->arena, sweep->own->column_keys, count * sweep->case_count, error));
    for (size_t i = 0; i < count; i++) {
        if (column_differs(sweep, keys[i])) {
            column_add(sweep, keys[i]);
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
