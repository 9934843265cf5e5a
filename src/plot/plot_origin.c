#include "plot/plot_origin.h"

#include "aggregate/choice.h"
#include "aggregate/groups.h"
#include "base/text.h"

#include <float.h>
#include <string.h>

/* Whether a cell has the value that is written so. */
static enum status plot_origin_has_value(const struct table *table, const struct table_group *group,
                                         size_t key, const char *written, struct arena *arena,
                                         bool *answer, struct error *error) {
    const char *text = table_key_text(table, group, key, arena, error);
    if (text == NULL) {
        return error_status(error);
    }
    double number;
    bool is_number =
        table->keys[key].storage != HDF_LETTER && text_real(written, -DBL_MAX, DBL_MAX, &number);
    *answer =
        is_number ? number == table_key_number(table, group, key) : strcmp(text, written) == 0;
    return STATUS_OK;
}

enum status plot_values(const struct table *table, size_t key, struct arena *arena,
                        const char ***texts, size_t *count, size_t *numbers, struct error *error) {
    struct groups values;
    *count = 0;
    TRY(groups_start(&values, table->keys[key].bytes, arena, error));
    TRY(ARENA_NEW(arena, *texts, table->group_count, error));
    for (size_t g = 0; g < table->group_count; g++) {
        const struct table_group *group = &table->groups[g];
        size_t number;
        TRY(groups_find(&values, table_key_value(table, group, key), &number, error));
        if (number == *count) {
            const char *text = table_key_text(table, group, key, arena, error);
            if (text == NULL) {
                return error_status(error);
            }
            (*texts)[(*count)++] = text;
        }
        if (numbers != NULL) {
            numbers[g] = number;
        }
    }
    return STATUS_OK;
}

static enum status plot_origin_unknown_value(const struct table *table, size_t key,
                                             const char *written, struct arena *arena,
                                             struct error *error) {
    const char **texts;
    size_t count;
    TRY(plot_values(table, key, arena, &texts, &count, NULL, error));
    const char *what = arena_format(arena, error, "value of %s", table->keys[key].name);
    if (what == NULL || choice_unknown(what, written, texts, count, error) != STATUS_OK) {
        return error_prefix(error, "--origin");
    }
    return STATUS_OK;
}

enum status plot_origin_find(const struct table *table, size_t key, const char *written,
                             bool *joins, struct error *error) {
    struct arena scratch = {0};
    enum status status = STATUS_OK;
    bool found = false;
    for (size_t g = 0; g < table->group_count && status == STATUS_OK; g++) {
        status = plot_origin_has_value(table, &table->groups[g], key, written, &scratch, &joins[g],
                                       error);
        found = found || joins[g];
        arena_reset(&scratch);
    }
    if (status == STATUS_OK && !found) {
        status = plot_origin_unknown_value(table, key, written, &scratch, error);
    }
    arena_free(&scratch);
    return status;
}
