#include "aggregate/choice.h"

#include "base/text.h"
#include "store/format.h"
#include "store/parts.h"
#include "store/slab.h"

#include <stdio.h>
#include <string.h>

#define LOSS "loss"

/* Columns besides the record's variables that may be averaged. */
static const struct table_score row_columns[] = {{VARIABLE_SECONDS, "s", ""},
                                                 {VARIABLE_STEPS, "1", ""}};
enum { ROW_COLUMN_COUNT = sizeof row_columns / sizeof *row_columns };

enum status choice_unknown(const char *what, const char *name, const char *const *names,
                           size_t count, struct error *error) {
    const char *nearest = text_nearest(name, names, count);
    if (nearest != NULL) {
        return error_set(error, STATUS_BAD_INPUT, "unknown %s '%s'; did you mean '%s'?", what, name,
                         nearest);
    }
    (void)error_set(error, STATUS_BAD_INPUT, "unknown %s '%s'; there are:", what, name);
    for (size_t i = 0; i < count; i++) {
        (void)error_append(error, " %s", names[i]);
    }
    return STATUS_BAD_INPUT;
}

static struct table_key choice_key_of(const struct results_reader *reader,
                                      const struct results_axis *axis) {
    bool text = axis->storage == HDF_LETTER;
    return (struct table_key){.name = axis->key,
                              .unit = axis->unit,
                              .help = layout_help(&reader->layout, axis->key),
                              .storage = axis->storage,
                              .bytes = text ? axis->letters : sizeof(double)};
}

/* Keys of every row that are no axes, the last one of merged files only. */
static const char *const row_keys[] = {VARIABLE_REPLICATE, VARIABLE_PART};
enum { ROW_KEYS = sizeof row_keys / sizeof *row_keys };

static size_t choice_count_row_keys(const struct results_reader *reader) {
    return parts_count(reader) > 0 ? ROW_KEYS : ROW_KEYS - 1;
}

/* The one of that name, or NULL. */
static const char *choice_row_key(const struct results_reader *reader, const char *name) {
    for (size_t i = 0; i < choice_count_row_keys(reader); i++) {
        if (strcmp(name, row_keys[i]) == 0) {
            return row_keys[i];
        }
    }
    return NULL;
}

/* names[axis_count + ROW_KEYS]; returns how many. */
static size_t choice_list_keys(const struct results_reader *reader, const char **names) {
    for (size_t i = 0; i < reader->axis_count; i++) {
        names[i] = reader->axes[i].key;
    }
    memcpy(names + reader->axis_count, row_keys, sizeof row_keys);
    return reader->axis_count + choice_count_row_keys(reader);
}

static enum status choice_find_key(const struct results_reader *reader, const char *name,
                                   struct arena *arena, struct table_key *key,
                                   struct error *error) {
    const struct results_axis *axis = reader_axis(reader, name);
    if (axis != NULL) {
        *key = choice_key_of(reader, axis);
        return STATUS_OK;
    }
    const char *own = choice_row_key(reader, name);
    if (own != NULL) {
        *key = (struct table_key){.name = own,
                                  .unit = "",
                                  .help = layout_help(&reader->layout, own),
                                  .storage = HDF_INT64,
                                  .bytes = sizeof(int64_t)};
        return STATUS_OK;
    }
    const char **names;
    TRY(ARENA_NEW(arena, names, reader->axis_count + ROW_KEYS, error));
    return choice_unknown("key", name, names, choice_list_keys(reader, names), error);
}

/* Whether an axis has more values than one: --set may leave one, and cases may agree. */
static enum status choice_varies(const struct results_reader *reader, const struct table_key *key,
                                 struct arena *arena, bool *answer, struct error *error) {
    unsigned char *values;
    unsigned char *first_value;
    TRY(ARENA_NEW(arena, values, SLAB_ROWS * key->bytes, error));
    TRY(ARENA_NEW(arena, first_value, key->bytes, error));
    *answer = false;
    for (struct slab slab = slab_first(reader->job_count, SLAB_ROWS); slab.count > 0 && !*answer;
         slab_next(&slab)) {
        TRY(reader_column(reader, key->name, key->storage, slab.first, slab.count, values, error));
        if (slab.first == 0) {
            memcpy(first_value, values, key->bytes);
        }
        for (int64_t i = 0; i < slab.count && !*answer; i++) {
            *answer = memcmp(first_value, values + (size_t)i * key->bytes, key->bytes) != 0;
        }
    }
    return STATUS_OK;
}

enum status choice_varying(const struct results_reader *reader, struct arena *arena,
                           struct table_key **keys, size_t *count, struct error *error) {
    SCOPED(arena_free) struct arena scratch = {0};
    *count = 0;
    TRY(ARENA_NEW(arena, *keys, reader->axis_count, error));
    for (size_t i = 0; i < reader->axis_count; i++) {
        struct table_key key = choice_key_of(reader, &reader->axes[i]);
        bool varies;
        TRY(choice_varies(reader, &key, &scratch, &varies, error));
        if (varies) {
            (*keys)[(*count)++] = key;
        }
        arena_reset(&scratch);
    }
    return STATUS_OK;
}

enum status choice_others(const struct table_key *varying, size_t count, const char *const *names,
                          size_t name_count, struct arena *arena, const char **list,
                          struct error *error) {
    *list = "";
    for (size_t k = 0; k < count; k++) {
        bool named = false;
        for (size_t i = 0; i < name_count; i++) {
            named = named || strcmp(names[i], varying[k].name) == 0;
        }
        if (!named) {
            TRY(arena_append(arena, list, ", ", error, "%s", varying[k].name));
        }
    }
    return STATUS_OK;
}

enum status choice_keys(const struct results_reader *reader, const struct table_request *request,
                        struct arena *arena, struct table_key **keys, size_t *count,
                        struct error *error) {
    *count = 0;
    if (request->key_count == 0 && !request->whole) {
        return choice_varying(reader, arena, keys, count, error);
    }
    TRY(ARENA_NEW(arena, *keys, request->key_count, error));
    for (; !request->whole && *count < request->key_count; (*count)++) {
        TRY(choice_find_key(reader, request->keys[*count], arena, &(*keys)[*count], error));
    }
    return STATUS_OK;
}

bool choice_has_score(const struct results_reader *reader, const char *name) {
    const struct variable *variable = layout_find(&reader->layout, name);
    return variable != NULL && variable->extent_count == 0;
}

enum status choice_usual_scores(const struct results_reader *reader, struct arena *arena,
                                const char ***names, size_t *count, struct error *error) {
    *count = 0;
    TRY(ARENA_NEW(arena, *names, reader->score_count + 1, error));
    for (size_t i = 0; i <= reader->score_count; i++) {
        const char *name = i < reader->score_count ? reader->scores[i] : LOSS;
        if (choice_has_score(reader, name)) {
            (*names)[(*count)++] = name;
        }
    }
    return STATUS_OK;
}

/* All columns that may be averaged, and their names. */
static enum status choice_list_scores(const struct results_reader *reader, struct arena *arena,
                                      const struct table_score **list, const char ***names,
                                      size_t *count, struct error *error) {
    struct table_score *found;
    size_t most = reader->layout.variable_count + ROW_COLUMN_COUNT;
    TRY(ARENA_NEW(arena, found, most, error));
    TRY(ARENA_NEW(arena, *names, most, error));
    *count = 0;
    for (size_t i = 0; i < reader->layout.variable_count; i++) {
        const struct variable *variable = &reader->layout.variables[i];
        if (variable->extent_count == 0) {
            found[(*count)++] =
                (struct table_score){variable->name, variable->unit, variable->help};
        }
    }
    for (size_t i = 0; i < ROW_COLUMN_COUNT; i++) {
        found[(*count)++] = row_columns[i];
    }
    for (size_t i = 0; i < *count; i++) {
        (*names)[i] = found[i].name;
    }
    *list = found;
    return STATUS_OK;
}

/* The column of that name, or NULL. */
static const struct table_score *choice_score_named(const struct table_score *list, size_t count,
                                                    const char *name) {
    for (size_t i = 0; i < count; i++) {
        if (strcmp(list[i].name, name) == 0) {
            return &list[i];
        }
    }
    return NULL;
}

enum status choice_scores(const struct results_reader *reader, const struct table_request *request,
                          struct arena *arena, struct table_score **scores, size_t *count,
                          struct error *error) {
    const struct table_score *list;
    const char **names;
    size_t listed;
    const char **usual;
    size_t wanted_count;
    TRY(choice_list_scores(reader, arena, &list, &names, &listed, error));
    TRY(choice_usual_scores(reader, arena, &usual, &wanted_count, error));
    const char *const *wanted = usual;
    if (request->score_count > 0) {
        wanted = request->scores;
        wanted_count = request->score_count;
    }
    TRY(ARENA_NEW(arena, *scores, wanted_count, error));
    for (*count = 0; *count < wanted_count; (*count)++) {
        const char *name = wanted[*count];
        const struct table_score *score = choice_score_named(list, listed, name);
        if (score == NULL) {
            return layout_find(&reader->layout, name) == NULL
                       ? choice_unknown("score", name, names, listed, error)
                       : error_set(error, STATUS_BAD_INPUT,
                                   "'%s' has many numbers for each job; a mean needs one", name);
        }
        (*scores)[*count] = *score;
    }
    return STATUS_OK;
}

enum status choice_is_key(const struct results_reader *reader, const char *name, bool *is_key,
                          struct error *error) {
    *is_key = reader_axis(reader, name) != NULL || choice_row_key(reader, name) != NULL;
    if (*is_key || layout_find(&reader->layout, name) != NULL ||
        choice_score_named(row_columns, ROW_COLUMN_COUNT, name) != NULL) {
        return STATUS_OK;
    }
    /* Keys and scores together, to find the nearest of either. */
    SCOPED(arena_free) struct arena scratch = {0};
    const struct table_score *list;
    const char **scores;
    const char **names;
    size_t score_count;
    TRY(choice_list_scores(reader, &scratch, &list, &scores, &score_count, error));
    TRY(ARENA_NEW(&scratch, names, reader->axis_count + ROW_KEYS + score_count, error));
    size_t key_count = choice_list_keys(reader, names);
    memcpy(names + key_count, scores, score_count * sizeof *names);
    return choice_unknown("axis or score", name, names, key_count + score_count, error);
}
