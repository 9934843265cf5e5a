#include "plot/plot_choice.h"

#include "aggregate/choice.h"
#include "plot/plot_theory.h"
#include "plot/plot_values.h"
#include "store/format.h"

#include <string.h>

#define USUAL_X "multiinformation"

/* A list of names. */
struct names {
    const char **texts;
    size_t count;
};

static bool plot_has(const char *const *texts, size_t count, const char *name) {
    for (size_t i = 0; i < count; i++) {
        if (strcmp(texts[i], name) == 0) {
            return true;
        }
    }
    return false;
}

/* Adds names that the list does not have yet. */
static void plot_add(struct names *list, const char *const *texts, size_t count) {
    for (size_t i = 0; i < count; i++) {
        if (!plot_has(list->texts, list->count, texts[i])) {
            list->texts[list->count++] = texts[i];
        }
    }
}

/* The first axis of numbers that varies, else the first that varies, else NULL. */
static const char *plot_first_axis(const struct table_key *varying, size_t count) {
    for (size_t k = 0; k < count; k++) {
        if (varying[k].storage != HDF_LETTER) {
            return varying[k].name;
        }
    }
    return count == 0 ? NULL : varying[0].name;
}

static enum status plot_choose_x(const struct results_reader *reader,
                                 const struct plot_request *request,
                                 const struct table_key *varying, size_t count,
                                 struct plot_choice *choice, struct error *error) {
    choice->x = request->x;
    if (request->kind == PLOT_THEORY) {
        TRY(plot_theory_choose(reader, request, &choice->x, &choice->score, error));
    } else if (request->x == NULL) {
        bool usual = choice_has_score(reader, USUAL_X) &&
                     !plot_has(request->scores, request->score_count, USUAL_X);
        choice->x = usual ? USUAL_X : plot_first_axis(varying, count);
    }
    if (choice->x == NULL) {
        return error_set(error, STATUS_BAD_INPUT,
                         "no axis of this sweep varies: name what to plot along with --x");
    }
    return choice_is_key(reader, choice->x, &choice->x_is_key, error);
}

/* Those of the request, else that of the prediction, else the first usual one that is not x. */
static enum status plot_choose_scores(const struct results_reader *reader,
                                      const struct plot_request *request, struct arena *arena,
                                      struct plot_choice *choice, struct error *error) {
    struct names scores = {0};
    const char **usual;
    size_t usual_count;
    TRY(choice_usual_scores(reader, arena, &usual, &usual_count, error));
    TRY(ARENA_NEW(arena, scores.texts, request->score_count + 2, error));
    plot_add(&scores, request->scores, request->score_count);
    plot_add(&scores, &choice->score, choice->score != NULL);
    for (size_t i = 0; i < usual_count && scores.count == 0; i++) {
        plot_add(&scores, &usual[i], strcmp(usual[i], choice->x) != 0);
    }
    if (scores.count == 0) {
        return error_set(error, STATUS_BAD_INPUT,
                         "this sweep has no score beside '%s': name one with --y", choice->x);
    }
    if (!choice->x_is_key) {
        scores.texts[scores.count++] = choice->x; /* even if a panel shows it too */
    }
    choice->cells.scores = scores.texts;
    choice->cells.score_count = scores.count;
    return STATUS_OK;
}

static enum status plot_choose_origin(const struct plot_request *request, struct arena *arena,
                                      struct plot_choice *choice, struct error *error) {
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

/* Whether all axes that vary make cells. Not if the request names some, nor for named lines along
 * an axis, which have one point at a place. */
static bool plot_takes_all(const struct plot_request *request, const struct plot_choice *choice) {
    bool joined = request->kind == PLOT_LINE && choice->x_is_key && !request->apart;
    return request->key_count == 0 && !request->whole && !(joined && request->line_count > 0);
}

/* The keys that make cells: first those of lines, in the order of their labels; then those of the
 * request or all that vary (if cells are jobs also replicate, and part for several sweeps); then x
 * and that of the origin. */
static enum status plot_choose_keys(const struct results_reader *reader,
                                    const struct plot_request *request,
                                    const struct table_key *varying, size_t varying_count,
                                    struct arena *arena, struct plot_choice *choice,
                                    struct error *error) {
    static const char *const of_jobs[] = {VARIABLE_REPLICATE, VARIABLE_PART};
    enum { OTHERS = 4 }; /* these two, x and the origin's */
    struct names keys = {0};
    bool all = plot_takes_all(request, choice);
    TRY(ARENA_NEW(arena, keys.texts,
                  request->line_count + request->key_count + varying_count + OTHERS, error));
    plot_add(&keys, request->lines, request->line_count);
    plot_add(&keys, request->keys, request->key_count);
    for (size_t k = 0; k < varying_count && all; k++) {
        plot_add(&keys, &varying[k].name, 1);
    }
    if (all && request->kind != PLOT_LINE) {
        plot_add(&keys, of_jobs, reader->sweeps > 1 ? 2 : 1);
    }
    plot_add(&keys, &choice->x, choice->x_is_key);
    plot_add(&keys, &choice->origin_key, choice->origin_key != NULL);
    choice->cells.keys = keys.texts;
    choice->cells.key_count = keys.count;
    choice->cells.whole = keys.count == 0;
    return STATUS_OK;
}

enum status plot_choose(const struct results_reader *reader, const struct plot_request *request,
                        struct arena *arena, struct plot_choice *choice, struct error *error) {
    struct table_key *varying;
    size_t count;
    *choice = (struct plot_choice){0};
    TRY(choice_varying(reader, arena, &varying, &count, error));
    TRY(plot_choose_x(reader, request, varying, count, choice, error));
    TRY(plot_choose_scores(reader, request, arena, choice, error));
    TRY(plot_choose_origin(request, arena, choice, error));
    TRY(plot_choose_keys(reader, request, varying, count, arena, choice, error));
    return choice_others(varying, count, choice->cells.keys, choice->cells.key_count, arena,
                         &choice->averaged, error);
}

/* The key of numbers with most values, along which lines run; key_count if none varies. */
static enum status plot_find_running(const struct table *table, struct arena *arena,
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

/* The axis that colours show of jobs: the first of few texts, else the first of numbers; key_count
 * if there is none. */
static enum status plot_find_coloured(const struct table *table, const struct plot_choice *choice,
                                      struct arena *arena, size_t *coloured, struct error *error) {
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
        TRY(plot_find_coloured(table, choice, &scratch, &coloured, error));
    } else if (request->line_count == 0 && !choice->x_is_key) {
        TRY(plot_find_running(table, &scratch, &running, error));
    }
    for (size_t k = 0; k < table->key_count; k++) {
        const char *name = table->keys[k].name;
        bool is_x = choice->x_is_key && strcmp(name, choice->x) == 0;
        parts[k] = request->line_count > 0 ? plot_has(request->lines, request->line_count, name)
                   : of_jobs               ? k == coloured
                                           : !is_x && k != running;
    }
    return STATUS_OK;
}
