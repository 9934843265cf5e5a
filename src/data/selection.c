#include "data/selection.h"

#include "base/text.h"

#include <stdbool.h>
#include <string.h>

/* Columns chosen so far, counted from 0. */
struct selection {
    const char *name;
    const struct points *points;
    size_t count;
    size_t *columns; /* [points->columns] */
};

static enum status selection_choose(struct selection *selection, size_t column,
                                    struct error *error) {
    for (size_t k = 0; k < selection->count; k++) {
        if (selection->columns[k] == column) {
            return error_set(error, STATUS_BAD_INPUT, "column %zu of %s is chosen twice",
                             column + 1, selection->name);
        }
    }
    selection->columns[selection->count++] = column;
    return STATUS_OK;
}

static enum status selection_missing(const struct selection *selection, const char *word,
                                     struct error *error) {
    const struct points *points = selection->points;
    if (points->names == NULL) {
        return error_set(error, STATUS_BAD_INPUT,
                         "%s has no column '%s': expected numbers from 1 to %zu (it names none)",
                         selection->name, word, points->columns);
    }
    char meant[TEXT_SUGGESTION_BYTES];
    return error_set(
        error, STATUS_BAD_INPUT,
        "%s has no column '%s': expected one of its names or a number from 1 to %zu%s",
        selection->name, word, points->columns,
        text_suggestion("; did you mean '", word, points->names, points->columns, "'?", meant));
}

/* "3" or "3-5", blanks before numbers or not; whether it is one, and within the table. */
static bool selection_read_range(const char *word, size_t most, int64_t *first, int64_t *last) {
    word += strspn(word, " \t");
    if (!text_integer_from(&word, 1, (int64_t)most, first)) {
        return false;
    }
    *last = *first;
    return *word == '\0' || (*word == '-' && text_integer(word + 1, *first, (int64_t)most, last));
}

static enum status selection_choose_word(struct selection *selection, const char *word,
                                         struct error *error) {
    const struct points *points = selection->points;
    for (size_t j = 0; points->names != NULL && j < points->columns; j++) {
        if (strcmp(points->names[j], word) == 0) {
            return selection_choose(selection, j, error);
        }
    }
    int64_t first;
    int64_t last;
    if (!selection_read_range(word, points->columns, &first, &last)) {
        return selection_missing(selection, word, error);
    }
    for (int64_t column = first; column <= last; column++) {
        TRY(selection_choose(selection, (size_t)column - 1, error));
    }
    return STATUS_OK;
}

static enum status selection_copy_columns(const struct selection *selection, struct arena *arena,
                                          struct points *points, struct error *error) {
    size_t count = selection->count;
    struct points chosen = {.rows = points->rows, .columns = count};
    TRY(ARENA_NEW(arena, chosen.values, points->rows * count, error));
    for (size_t n = 0; n < points->rows; n++) {
        for (size_t k = 0; k < count; k++) {
            chosen.values[n * count + k] =
                points->values[n * points->columns + selection->columns[k]];
        }
    }
    if (points->names != NULL) {
        TRY(ARENA_NEW(arena, chosen.names, count, error));
        for (size_t k = 0; k < count; k++) {
            chosen.names[k] = points->names[selection->columns[k]];
        }
    }
    *points = chosen;
    return STATUS_OK;
}

enum status points_select(const char *text, const char *name, struct arena *arena,
                          struct points *points, struct error *error) {
    struct selection selection = {.name = name, .points = points};
    size_t bytes = strlen(text) + 1;
    char *rest;
    TRY(ARENA_NEW(arena, rest, bytes, error));
    memcpy(rest, text, bytes);
    TRY(ARENA_NEW(arena, selection.columns, points->columns, error));
    while (rest != NULL) {
        TRY(selection_choose_word(&selection, strsep(&rest, ","), error));
    }
    return selection_copy_columns(&selection, arena, points, error);
}
