#include "plot/plot_values.h"

#include "aggregate/choice.h"
#include "base/hash_table.h"
#include "base/text.h"

#include <float.h>
#include <string.h>

/* Whether a cell's value of a key is the one written. */
static enum status values_has(const struct table *table, const struct table_group *group,
                              size_t key, const char *written, struct arena *arena, bool *answer,
                              struct error *error) {
    const char *text;
    TRY(table_key_text(table, group, key, arena, &text, error));
    double number;
    bool is_number =
        table->keys[key].storage != HDF_LETTER && text_real(written, -DBL_MAX, DBL_MAX, &number);
    *answer =
        is_number ? number == table_key_number(table, group, key) : strcmp(text, written) == 0;
    return STATUS_OK;
}

enum status plot_values_list(const struct table *table, size_t key, struct arena *arena,
                             const char ***texts, size_t *count, size_t *numbers,
                             struct error *error) {
    struct hash_table values;
    *count = 0;
    TRY(hash_table_make(&values, table->keys[key].bytes, 0, arena, error));
    TRY(ARENA_NEW(arena, *texts, table->group_count, error));
    for (size_t g = 0; g < table->group_count; g++) {
        const struct table_group *group = &table->groups[g];
        size_t number;
        TRY(hash_table_add(&values, table_key_value(table, group, key), &number, error));
        if (number == *count) {
            const char *text;
            TRY(table_key_text(table, group, key, arena, &text, error));
            (*texts)[(*count)++] = text;
        }
        if (numbers != NULL) {
            numbers[g] = number;
        }
    }
    return STATUS_OK;
}

enum status plot_values_count(const struct table *table, size_t first, size_t second,
                              struct arena *arena, size_t *count, struct error *error) {
    const struct table_key *keys = table->keys;
    struct hash_table pairs;
    unsigned char *pair;
    size_t ignored;
    TRY(hash_table_make(&pairs, keys[first].bytes + keys[second].bytes, 0, arena, error));
    TRY(ARENA_NEW(arena, pair, pairs.key_bytes, error));
    for (size_t g = 0; g < table->group_count; g++) {
        const struct table_group *group = &table->groups[g];
        memcpy(pair, table_key_value(table, group, first), keys[first].bytes);
        memcpy(pair + keys[first].bytes, table_key_value(table, group, second), keys[second].bytes);
        TRY(hash_table_add(&pairs, pair, &ignored, error));
    }
    *count = pairs.count;
    return STATUS_OK;
}

static enum status values_unknown(const struct table *table, size_t key, const char *written,
                                  struct arena *arena, struct error *error) {
    const char **texts;
    size_t count;
    TRY(plot_values_list(table, key, arena, &texts, &count, NULL, error));
    const char *what;
    TRY(arena_printf(arena, &what, error, "value of %s", table->keys[key].name));
    enum status status = choice_unknown(what, written, texts, count, error);
    return status == STATUS_OK ? status : error_prefix(error, "--origin");
}

enum status plot_values_find(const struct table *table, size_t key, const char *written,
                             bool *cells, struct error *error) {
    SCOPED(arena_free) struct arena scratch = {0};
    bool found = false;
    for (size_t g = 0; g < table->group_count; g++) {
        TRY(values_has(table, &table->groups[g], key, written, &scratch, &cells[g], error));
        found = found || cells[g];
        arena_reset(&scratch);
    }
    return found ? STATUS_OK : values_unknown(table, key, written, &scratch, error);
}
