#include "plot/heat.h"

#include "aggregate/choice.h"
#include "aggregate/totals.h"
#include "plot/plot_values.h"
#include "store/format.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { Y, X, SIDES };

static const char *const any_score[] = {VARIABLE_SECONDS};

struct value {
    double number; /* NaN for texts, and where jobs have no such key */
    size_t place;  /* among the values in the file's order */
};

/* Numbers by size, then all others in the order of the file. */
static int heat_by_number(const void *left, const void *right) {
    const struct value *a = left;
    const struct value *b = right;
    if (isnan(a->number) || isnan(b->number)) {
        int order = isnan(a->number) - isnan(b->number);
        return order != 0 ? order : (a->place > b->place) - (a->place < b->place);
    }
    return (a->number > b->number) - (a->number < b->number);
}

/* Writes long numbers with as few digits as tell them apart. They are distinct and in order. */
static enum status heat_shorten(const struct value *order, size_t count, const char *const *full,
                                struct arena *arena, const char **texts, struct error *error) {
    enum { SHORT = 7, DIGITS_MIN = 4, DIGITS_MAX = 17 };
    bool distinct = false;
    for (int digits = DIGITS_MIN; digits <= DIGITS_MAX && !distinct; digits++) {
        distinct = true;
        for (size_t k = 0; k < count && !isnan(order[k].number); k++) {
            if (strlen(full[order[k].place]) > SHORT) {
                TRY(arena_printf(arena, &texts[k], error, "%.*g", digits, order[k].number));
            }
            distinct = distinct && (k == 0 || strcmp(texts[k], texts[k - 1]) != 0);
        }
    }
    return STATUS_OK;
}

/* Finds the values along a side, and places[group_count]: the place of each cell along it. */
static enum status heat_find_values(struct heat *heat, size_t key, struct heat_axis *axis,
                                    size_t *places, struct error *error) {
    const struct table *table = &heat->table;
    const char **texts;
    struct value *order;
    size_t *after;
    TRY(plot_values_list(table, key, &heat->arena, &texts, &axis->count, places, error));
    if (axis->count > HEAT_VALUES_MAX) {
        return error_set(error, STATUS_BAD_INPUT,
                         "--kind heat: '%s' has %zu values, at most %d can be drawn",
                         axis->key->name, axis->count, HEAT_VALUES_MAX);
    }
    TRY(ARENA_NEW(&heat->arena, order, axis->count, error));
    TRY(ARENA_NEW(&heat->arena, after, axis->count, error));
    TRY(ARENA_NEW(&heat->arena, axis->texts, axis->count, error));
    for (size_t g = 0; g < table->group_count; g++) {
        double number = table_key_number(table, &table->groups[g], key);
        order[places[g]] = (struct value){number, places[g]};
    }
    qsort(order, axis->count, sizeof *order, heat_by_number);
    for (size_t k = 0; k < axis->count; k++) {
        axis->texts[k] = texts[order[k].place];
        after[order[k].place] = k;
    }
    TRY(heat_shorten(order, axis->count, texts, &heat->arena, axis->texts, error));
    for (size_t g = 0; g < table->group_count; g++) {
        places[g] = after[places[g]];
    }
    return STATUS_OK;
}

static void heat_count_cell(struct heat *heat, const struct table_group *group) {
    heat->unfinished += group->rows.done == 0;
    bool all_defined = true;
    for (size_t s = 0; s < heat->table.score_count; s++) {
        int64_t count = group->cells[s].count;
        all_defined = all_defined && count > 0;
        if (count > 0) {
            heat->fewest = heat->most == 0 || count < heat->fewest ? count : heat->fewest;
            heat->most = count > heat->most ? count : heat->most;
        }
    }
    heat->undefined += group->rows.done > 0 && !all_defined;
}

static enum status heat_place_cells(struct heat *heat, struct error *error) {
    const struct table *table = &heat->table;
    size_t *columns;
    size_t *rows;
    TRY(ARENA_NEW(&heat->arena, rows, table->group_count, error));
    TRY(ARENA_NEW(&heat->arena, columns, table->group_count, error));
    TRY(heat_find_values(heat, Y, &heat->y, rows, error));
    TRY(heat_find_values(heat, X, &heat->x, columns, error));
    TRY(ARENA_NEW(&heat->arena, heat->cells, heat->x.count * heat->y.count, error));
    for (size_t g = 0; g < table->group_count; g++) {
        heat->cells[rows[g] * heat->x.count + columns[g]] = &table->groups[g];
        heat_count_cell(heat, &table->groups[g]);
    }
    heat->outside = heat->x.count * heat->y.count - table->group_count;
    return STATUS_OK;
}

static enum status heat_check_axis(const struct results_reader *reader, const char *name,
                                   const char *option, struct error *error) {
    bool is_key;
    if (name == NULL) {
        return STATUS_OK;
    }
    TRY(choice_is_key(reader, name, &is_key, error));
    return is_key
               ? STATUS_OK
               : error_set(error, STATUS_BAD_INPUT,
                           "%s: '%s' is a score; the sides of a heat map are axes of the grid, and "
                           "its colours show scores (--colour)",
                           option, name);
}

static bool heat_may_be(const char *side, const char *name) {
    return side == NULL || strcmp(side, name) == 0;
}

/* Sets the sides to the first pair of axes that makes most cells. A side that is given stays; if
 * neither is, the axis of more values is x. The table's keys are the axes to choose from. */
static enum status heat_widest_pair(const struct table *table, const char **sides,
                                    struct arena *arena, struct error *error) {
    const char *given[SIDES] = {sides[Y], sides[X]};
    size_t most = 0;
    for (size_t y = 0; y < table->key_count; y++) {
        for (size_t x = 0; x < table->key_count; x++) {
            const char *names[SIDES] = {table->keys[y].name, table->keys[x].name};
            size_t cells;
            size_t along_y;
            size_t along_x;
            if (x == y || !heat_may_be(given[Y], names[Y]) || !heat_may_be(given[X], names[X])) {
                continue;
            }
            TRY(plot_values_count(table, y, x, arena, &cells, error));
            TRY(plot_values_count(table, y, y, arena, &along_y, error));
            TRY(plot_values_count(table, x, x, arena, &along_x, error));
            bool turned = given[Y] == NULL && given[X] == NULL && along_y > along_x;
            if (cells > most && !turned) {
                most = cells;
                sides[Y] = names[Y];
                sides[X] = names[X];
            }
            arena_reset(arena);
        }
    }
    return STATUS_OK;
}

/* Sets the sides that the request does not give, if the sweep has axes for them. */
static enum status heat_widest_axes(const struct results_reader *reader, const char **sides,
                                    struct arena *arena, struct error *error) {
    struct table_key *varying;
    struct table_request request = {.score_count = 1, .scores = any_score};
    SCOPED(table_free) struct table table = {0};
    SCOPED(arena_free) struct arena scratch = {0};
    const char **keys;
    size_t count;
    const char *given = sides[X] != NULL ? sides[X] : sides[Y];
    bool known = given == NULL;
    TRY(choice_varying(reader, arena, &varying, &count, error));
    TRY(ARENA_NEW(arena, keys, count + 1, error));
    for (size_t k = 0; k < count; k++) {
        keys[k] = varying[k].name;
        known = known || strcmp(keys[k], given) == 0;
    }
    request.keys = keys;
    request.key_count = count;
    if (!known) {
        keys[request.key_count++] = given;
    }
    if (given == NULL && count == 1) {
        sides[X] = keys[0]; /* there is no pair */
    }
    request.whole = request.key_count == 0;
    TRY(table_compute(reader, &request, &table, error));
    return heat_widest_pair(&table, sides, &scratch, error);
}

static enum status heat_too_few(const char *only, struct error *error) {
    if (only == NULL) {
        return error_set(error, STATUS_BAD_INPUT,
                         "--kind heat needs two axes, and no axis of this sweep varies");
    }
    bool repetitions = strcmp(only, VARIABLE_REPLICATE) == 0;
    return error_set(error, STATUS_BAD_INPUT,
                     "--kind heat needs two axes, and in this sweep only '%s' varies%s", only,
                     repetitions ? "" : "; --y replicate shows its repetitions");
}

static enum status heat_choose_axes(const struct results_reader *reader,
                                    const struct heat_request *request, const char **sides,
                                    struct arena *arena, struct error *error) {
    TRY(heat_check_axis(reader, request->x, "--x", error));
    TRY(heat_check_axis(reader, request->y, "--y", error));
    sides[X] = request->x;
    sides[Y] = request->y;
    if (sides[X] == NULL || sides[Y] == NULL) {
        TRY(heat_widest_axes(reader, sides, arena, error));
    }
    if (sides[X] == NULL || sides[Y] == NULL) {
        return heat_too_few(sides[X] != NULL ? sides[X] : sides[Y], error);
    }
    return strcmp(sides[X], sides[Y]) != 0
               ? STATUS_OK
               : error_set(error, STATUS_BAD_INPUT,
                           "--kind heat needs two axes, and '%s' is on both sides", sides[X]);
}

static enum status heat_nothing_done(const struct heat *heat, struct error *error) {
    SCOPED(arena_free) struct arena scratch = {0};
    const char *totals;
    TRY(totals_text(&heat->table, &scratch, &totals, error));
    return error_set(error, STATUS_BAD_INPUT, "nothing to plot: %s; no cell has a number", totals);
}

enum status heat_compute(const struct results_reader *reader, const struct heat_request *request,
                         struct heat *heat, struct error *error) {
    const char *sides[SIDES];
    struct table_key *varying;
    size_t count;
    const char **usual;
    struct table_request cells = {.key_count = SIDES,
                                  .keys = sides,
                                  .score_count = request->score_count,
                                  .scores = request->scores};
    *heat = (struct heat){0};
    TRY(heat_choose_axes(reader, request, sides, &heat->arena, error));
    TRY(choice_varying(reader, &heat->arena, &varying, &count, error));
    TRY(choice_others(varying, count, sides, SIDES, &heat->arena, &heat->averaged, error));
    if (cells.score_count == 0) {
        TRY(choice_usual_scores(reader, &heat->arena, &usual, &count, error));
        cells.score_count = 1;
        cells.scores = count > 0 ? usual : any_score;
    }
    TRY(table_compute(reader, &cells, &heat->table, error));
    heat->y.key = &heat->table.keys[Y];
    heat->x.key = &heat->table.keys[X];
    TRY(heat_place_cells(heat, error));
    return heat->most > 0 ? STATUS_OK : heat_nothing_done(heat, error);
}

void heat_free(struct heat *heat) {
    table_free(&heat->table);
    arena_free(&heat->arena);
}

double heat_mean(const struct heat *heat, size_t row, size_t column, size_t score) {
    const struct table_group *group = heat->cells[row * heat->x.count + column];
    return group == NULL ? (double)NAN : table_mean(&group->cells[score]);
}

static enum status heat_add_note(size_t count, const char *how, const char *why,
                                 struct arena *arena, const char **text, struct error *error) {
    return count == 0 ? STATUS_OK
                      : arena_append(arena, text, "; ", error, "%s: %zu cell%s %s", how, count,
                                     count == 1 ? "" : "s", why);
}

enum status heat_account(const struct heat *heat, struct arena *arena, const char **text,
                         struct error *error) {
    const char *totals;
    TRY(totals_text(&heat->table, arena, &totals, error));
    const char *fewest = "";
    if (heat->fewest < heat->most) {
        TRY(arena_printf(arena, &fewest, error, "%lld to ", (long long)heat->fewest));
    }
    TRY(arena_printf(arena, text, error, "%s; mean over %s%lld job%s a cell%s%s", totals, fewest,
                     (long long)heat->most, heat->most == 1 ? "" : "s",
                     heat->averaged[0] == '\0' ? "" : ", whatever their ", heat->averaged));
    TRY(heat_add_note(heat->unfinished, "hatched", "without a finished job", arena, text, error));
    TRY(heat_add_note(heat->undefined, "hatched", "where the score is undefined", arena, text,
                      error));
    return heat_add_note(heat->outside, "blank", "not in the grid", arena, text, error);
}
