#include "plot/plot_choice.h"

#include "aggregate/choice.h"
#include "plot/plot_theory.h"
#include "plot/plot_values.h"
#include "store/format.h"

#include <string.h>

#define USUAL_X "multiinformation"

static bool plot_choice_is_one_of(const char *name, const char *const *names, size_t count) {
    for (size_t i = 0; i < count; i++) {
        if (strcmp(names[i], name) == 0) {
            return true;
        }
    }
    return false;
}

/* Whether the file has a variable of that name with one number a job. */
/* The first axis of numbers that varies, else the first that varies, else NULL. */
static const char *plot_choice_first_axis(const struct table_key *varying, size_t count) {
    for (size_t k = 0; k < count; k++) {
        if (varying[k].storage != HDF_LETTER) {
            return varying[k].name;
        }
    }
    return count == 0 ? NULL : varying[0].name;
}

static enum status plot_choice_choose_x(const struct results_reader *reader,
                                        const struct plot_request *request,
                                        const struct table_key *varying, size_t count,
                                        struct plot_choice *choice, struct error *error) {
    choice->x = request->x;
    if (request->kind == PLOT_THEORY) {
        TRY(plot_theory_choose(reader, request, &choice->x, &choice->score, error));
    } else if (request->x == NULL) {
        bool usual = choice_has_score(reader, USUAL_X) &&
                     !plot_choice_is_one_of(USUAL_X, request->scores, request->score_count);
        choice->x = usual ? USUAL_X : plot_choice_first_axis(varying, count);
    }
    if (choice->x == NULL) {
        return error_set(error, STATUS_BAD_INPUT,
                         "no axis of this sweep varies: name what to plot along with --x");
    }
    return choice_is_key(reader, choice->x, &choice->x_is_key, error);
}

static enum status plot_choice_choose_scores(const struct results_reader *reader,
                                             const struct plot_request *request,
                                             struct arena *arena, struct plot_choice *choice,
                                             struct error *error) {
    const char **scores;
    const char **usual;
    size_t usual_count;
    size_t count = request->score_count;
    TRY(ARENA_NEW(arena, scores, count + 2, error));
    for (size_t i = 0; i < count; i++) {
        scores[i] = request->scores[i];
    }
    if (choice->score != NULL) {
        scores[count++] = choice->score;
    }
    TRY(choice_usual_scores(reader, arena, &usual, &usual_count, error));
    for (size_t i = 0; i < usual_count && count == 0; i++) {
        if (strcmp(usual[i], choice->x) != 0) {
            scores[count++] = usual[i];
        }
    }
    if (count == 0) {
        return error_set(error, STATUS_BAD_INPUT,
                         "this sweep has no score beside '%s': name one with --y", choice->x);
    }
    if (!choice->x_is_key) {
        scores[count++] = choice->x;
    }
    choice->cells.scores = scores;
    choice->cells.score_count = count;
    return STATUS_OK;
}

static enum status plot_choice_choose_origin(const struct plot_request *request,
                                             struct arena *arena, struct plot_choice *choice,
                                             struct error *error) {
    if (request->origin == NULL) {
        return STATUS_OK;
    }
    if (request->kind != PLOT_LINE) {
        return error_set(error, STATUS_BAD_INPUT, "--origin: only --kind line has lines to join");
    }
    const char *equals = strchr(request->origin, '=');
    if (equals == NULL || equals == request->origin) {
        return error_set(error, STATUS_BAD_INPUT, "--origin: expected AXIS=VALUE, got '%s'",
                         request->origin);
    }
    choice->origin_value = equals + 1;
    return arena_printf(arena, &choice->origin_key, error, "%.*s", (int)(equals - request->origin),
                        request->origin);
}

/* Besides lines, --by and axes: replicate, part, x and the origin. */
enum { OTHER_KEYS = 4 };

static void plot_choice_add_name(const char *name, const char **names, size_t *count) {
    if (!plot_choice_is_one_of(name, names, *count)) {
        names[(*count)++] = name;
    }
}

/* Whether all axes that vary make cells: not where others are named, nor along an axis, where a
 * line has one point at a place. */
static bool plot_choice_takes_all(const struct plot_request *request,
                                  const struct plot_choice *choice) {
    bool joined = request->kind == PLOT_LINE && choice->x_is_key && !request->apart;
    return request->key_count == 0 && !request->whole && !(joined && request->line_count > 0);
}

/* The keys that make cells: the lines', which say the order of their labels, those asked for or all
 * that vary (where cells are to be jobs also replicate, and part of several sweeps), and any that x
 * and the origin need. */
static enum status plot_choice_choose_keys(const struct results_reader *reader,
                                           const struct plot_request *request,
                                           const struct table_key *varying, size_t varying_count,
                                           struct arena *arena, struct plot_choice *choice,
                                           struct error *error) {
    const char **keys;
    size_t count = 0;
    bool usual = plot_choice_takes_all(request, choice);
    TRY(ARENA_NEW(arena, keys,
                  request->line_count + request->key_count + varying_count + OTHER_KEYS, error));
    for (size_t k = 0; k < request->line_count; k++) {
        plot_choice_add_name(request->lines[k], keys, &count);
    }
    for (size_t k = 0; k < request->key_count; k++) {
        plot_choice_add_name(request->keys[k], keys, &count);
    }
    for (size_t k = 0; k < varying_count && usual; k++) {
        plot_choice_add_name(varying[k].name, keys, &count);
    }
    if (usual && request->kind != PLOT_LINE) {
        plot_choice_add_name(VARIABLE_REPLICATE, keys, &count);
        if (reader->sweeps > 1) {
            plot_choice_add_name(VARIABLE_PART, keys, &count);
        }
    }
    if (choice->x_is_key) {
        plot_choice_add_name(choice->x, keys, &count);
    }
    if (choice->origin_key != NULL) {
        plot_choice_add_name(choice->origin_key, keys, &count);
    }
    choice->cells.keys = keys;
    choice->cells.key_count = count;
    choice->cells.whole = count == 0;
    return STATUS_OK;
}

enum status plot_choose(const struct results_reader *reader, const struct plot_request *request,
                        struct arena *arena, struct plot_choice *choice, struct error *error) {
    struct table_key *varying;
    size_t count;
    *choice = (struct plot_choice){0};
    TRY(choice_varying(reader, arena, &varying, &count, error));
    TRY(plot_choice_choose_x(reader, request, varying, count, choice, error));
    TRY(plot_choice_choose_scores(reader, request, arena, choice, error));
    TRY(plot_choice_choose_origin(request, arena, choice, error));
    TRY(plot_choice_choose_keys(reader, request, varying, count, arena, choice, error));
    return choice_others(varying, count, choice->cells.keys, choice->cells.key_count, arena,
                         &choice->averaged, error);
}

/* The key of numbers with the most values, along which lines run; key_count if there is none. */
static enum status plot_choice_find_running(const struct table *table, struct arena *arena,
                                            size_t *running, struct error *error) {
    size_t most = 1;
    *running = table->key_count;
    for (size_t k = 0; k < table->key_count; k++) {
        size_t count;
        if (table->keys[k].storage == HDF_LETTER) {
            continue;
        }
        TRY(plot_values_count(table, k, k, arena, &count, error));
        if (count > most) {
            most = count;
            *running = k;
        }
    }
    return STATUS_OK;
}

/* The axis that colours tell of jobs: the first of few texts, else the first of numbers; key_count
 * if there is none. */
static enum status plot_choice_find_coloured(const struct table *table,
                                             const struct plot_choice *choice, struct arena *arena,
                                             size_t *coloured, struct error *error) {
    *coloured = table->key_count;
    for (size_t k = 0; k < table->key_count; k++) {
        const struct table_key *key = &table->keys[k];
        bool text = key->storage == HDF_LETTER;
        size_t count;
        if ((choice->x_is_key && strcmp(key->name, choice->x) == 0) ||
            strcmp(key->name, VARIABLE_REPLICATE) == 0 || strcmp(key->name, VARIABLE_PART) == 0) {
            continue;
        }
        TRY(plot_values_count(table, k, k, arena, &count, error));
        if (count > 1 && text && count <= PLOT_LINES_MAX) {
            *coloured = k;
            return STATUS_OK;
        }
        if (count > 1 && !text && *coloured == table->key_count) {
            *coloured = k;
        }
    }
    return STATUS_OK;
}

enum status plot_choose_lines(const struct table *table, const struct plot_request *request,
                              const struct plot_choice *choice, bool *parts, struct error *error) {
    SCOPED(arena_free) struct arena scratch = {0};
    const bool of_jobs = request->kind != PLOT_LINE;
    size_t coloured = table->key_count;
    size_t running = table->key_count;
    if (request->line_count == 0 && of_jobs) {
        TRY(plot_choice_find_coloured(table, choice, &scratch, &coloured, error));
    } else if (request->line_count == 0 && !choice->x_is_key) {
        TRY(plot_choice_find_running(table, &scratch, &running, error));
    }
    for (size_t k = 0; k < table->key_count; k++) {
        const char *name = table->keys[k].name;
        bool is_x = choice->x_is_key && strcmp(name, choice->x) == 0;
        parts[k] = request->line_count > 0
                       ? plot_choice_is_one_of(name, request->lines, request->line_count)
                   : of_jobs ? k == coloured
                             : !is_x && k != running;
    }
    return STATUS_OK;
}
