#include "store/merge_settings.h"

#include <math.h>
#include <string.h>

enum status merge_settings_list(struct merge_settings *settings, const struct merge_inputs *inputs,
                                struct arena *arena, struct error *error) {
    size_t most = 0;
    for (size_t k = 0; k < inputs->count; k++) {
        most += inputs->list[k].part_count;
    }
    *settings = (struct merge_settings){0};
    TRY(ARENA_NEW(arena, settings->parts, most, error));
    for (size_t k = 0; k < inputs->count; k++) {
        for (size_t p = 0; p < inputs->list[k].part_count; p++) {
            const struct results_part *part = &inputs->list[k].parts[p];
            bool is_new = part->sweeps == 1;
            for (size_t s = 0; s < settings->count; s++) {
                is_new = is_new && settings->parts[s]->fingerprint != part->fingerprint;
            }
            if (is_new) {
                settings->parts[settings->count++] = part;
            }
        }
    }
    return STATUS_OK;
}

/* Finds the sweeps of one input, and of each of its parts. */
static enum status merge_settings_share_with(const struct merge_settings *settings,
                                             struct merge_input *input, struct arena *arena,
                                             struct error *error) {
    TRY(ARENA_NEW(arena, input->sweeps, settings->count, error));
    TRY(ARENA_NEW(arena, input->part_sweeps, input->part_count + 1, error));
    for (size_t s = 0; s < settings->count; s++) {
        const struct sweep *sweep = settings->sweeps[s];
        bool own = false;
        for (size_t p = 0; p < input->part_count; p++) {
            bool same = input->parts[p].fingerprint == settings->parts[s]->fingerprint;
            input->part_sweeps[p] = same ? sweep : input->part_sweeps[p];
            own = own || same;
        }
        if (own && sweep != NULL) {
            input->sweeps[input->sweep_count++] = sweep;
        }
    }
    return STATUS_OK;
}

enum status merge_settings_share(struct merge_settings *settings, const struct sweep *const *sweeps,
                                 struct merge_inputs *inputs, struct arena *arena,
                                 struct error *error) {
    settings->sweeps = sweeps;
    for (size_t k = 0; k < inputs->count; k++) {
        TRY(merge_settings_share_with(settings, &inputs->list[k], arena, error));
    }
    return STATUS_OK;
}

static bool merge_settings_is_listed(const struct results_axis *axes, size_t count,
                                     const char *key) {
    for (size_t i = 0; i < count; i++) {
        if (strcmp(axes[i].key, key) == 0) {
            return true;
        }
    }
    return false;
}

/* Gathers the values of a key in all sweeps, and whether some sweep has none. */
static enum status merge_settings_gather(const struct merge_settings *settings, const char *key,
                                         struct arena *arena, struct setting **list, size_t *count,
                                         bool *one_without, struct error *error) {
    struct settings_of_key *values;
    size_t most = 0;
    *one_without = false;
    TRY(ARENA_NEW(arena, values, settings->count, error));
    for (size_t s = 0; s < settings->count; s++) {
        if (settings->sweeps[s] != NULL) {
            TRY(setting_values(settings->sweeps[s], key, arena, &values[s], error));
            most += values[s].count;
            *one_without = *one_without || values[s].count == 0;
        }
    }
    TRY(ARENA_NEW(arena, *list, most, error));
    *count = 0;
    for (size_t s = 0; s < settings->count; s++) {
        for (size_t i = 0; i < values[s].count; i++) {
            (*list)[(*count)++] = values[s].list[i];
        }
    }
    return STATUS_OK;
}

/* Whether jobs may differ in a key. A sweep without the key differs, unless the key belongs to one
 * kind of component. */
static bool merge_settings_differ(const struct setting *list, size_t count, bool one_without) {
    if (one_without && list[0].kind[0] == '\0') {
        return true;
    }
    for (size_t i = 1; i < count; i++) {
        if (strcmp(list[i].text, list[0].text) != 0) {
            return true;
        }
    }
    return false;
}

/* Appends the keys of one sweep that are new and in which sweeps differ. */
static enum status merge_settings_add_axes(const struct merge_settings *settings,
                                           const struct sweep *sweep, struct arena *arena,
                                           struct results_axis **axes, size_t *axis_count,
                                           struct error *error) {
    const char **keys;
    size_t key_count;
    struct results_axis *more;
    TRY(setting_keys(sweep, arena, &keys, &key_count, error));
    TRY(ARENA_NEW(arena, more, *axis_count + key_count, error));
    memcpy(more, *axes, *axis_count * sizeof *more);
    *axes = more;
    for (size_t i = 0; i < key_count; i++) {
        struct setting *list;
        size_t count;
        bool one_without;
        if (merge_settings_is_listed(*axes, *axis_count, keys[i])) {
            continue;
        }
        TRY(merge_settings_gather(settings, keys[i], arena, &list, &count, &one_without, error));
        if (count > 0 && merge_settings_differ(list, count, one_without)) {
            struct axis_column column = setting_column(keys[i], list, count);
            (*axes)[(*axis_count)++] = results_axis_of(&column);
        }
    }
    return STATUS_OK;
}

/* Widens an axis for the values of a sweep. */
static enum status merge_settings_admit(const struct sweep *sweep, struct results_axis *axis,
                                        struct arena *arena, struct error *error) {
    struct settings_of_key values;
    TRY(setting_values(sweep, axis->key, arena, &values, error));
    if (values.count > 0) {
        const struct axis_column column = setting_column(axis->key, values.list, values.count);
        const struct results_axis own = results_axis_of(&column);
        results_axis_widen(axis, &own);
    }
    return STATUS_OK;
}

enum status merge_settings_axes(const struct merge_settings *settings,
                                const struct merge_inputs *inputs, struct arena *arena,
                                struct results_axis **axes, size_t *axis_count,
                                struct error *error) {
    for (size_t s = 0; s < settings->count; s++) {
        if (settings->sweeps[s] != NULL) {
            TRY(merge_settings_add_axes(settings, settings->sweeps[s], arena, axes, axis_count,
                                        error));
        }
    }
    for (size_t i = 0; i < *axis_count; i++) {
        for (size_t k = 0; k < inputs->count; k++) {
            bool own = reader_axis(inputs->list[k].reader, (*axes)[i].key) != NULL;
            for (size_t s = 0; s < inputs->list[k].sweep_count && !own; s++) {
                TRY(merge_settings_admit(inputs->list[k].sweeps[s], &(*axes)[i], arena, error));
            }
        }
    }
    return STATUS_OK;
}

static void merge_settings_write_value(const struct results_axis *axis,
                                       const struct setting *setting, unsigned char *value) {
    const int64_t integer = axis->storage == HDF_INT64 ? (int64_t)setting->number : 0;
    results_axis_clear(axis, 1, value);
    if (axis->storage == HDF_LETTER) {
        memcpy(value, setting->text, strlen(setting->text));
    } else {
        memcpy(value, axis->storage == HDF_INT64 ? (const void *)&integer : &setting->number,
               results_axis_bytes(axis));
    }
}

/* Whether a padded text of so many letters is this word. */
static bool merge_settings_spells(const char *text, size_t letters, const char *word) {
    const size_t length = strlen(word);
    return length <= letters && memcmp(text, word, length) == 0 &&
           (length == letters || text[length] == '\0');
}

/* Rows of one sweep. */
struct sweep_rows {
    const struct merge_input *input;
    const struct sweep *sweep;
    int64_t count;
    const int64_t *parts; /* [count], numbers of the merged file */
};

/* Whether a row is of the sweep; of rows without a part, which are missing, any may be. */
static bool merge_settings_is_of_sweep(const struct sweep_rows *rows, int64_t row) {
    const struct sweep *own = rows->input->part_sweeps[rows->parts[row] - rows->input->first_part];
    return own == rows->sweep || (own == NULL && rows->parts[row] - rows->input->first_part ==
                                                     (int64_t)rows->input->part_count);
}

/* Rows whose kind, as their column tells it, is the setting's; without a column it is that of all.
 */
static void merge_settings_fill_kind(const struct results_axis *axis, const struct setting *setting,
                                     const struct results_axis *kinds, const char *column,
                                     const struct sweep_rows *rows, unsigned char *values) {
    const size_t bytes = results_axis_bytes(axis);
    for (int64_t i = 0; i < rows->count; i++) {
        if (merge_settings_is_of_sweep(rows, i) &&
            (kinds == NULL || merge_settings_spells(column + (size_t)i * kinds->letters,
                                                    kinds->letters, setting->kind))) {
            merge_settings_write_value(axis, setting, values + (size_t)i * bytes);
        }
    }
}

enum status merge_settings_fill(const struct merge_input *input, const struct results_axis *axis,
                                int64_t first, int64_t rows, const int64_t *parts, char *scratch,
                                unsigned char *values, struct error *error) {
    SCOPED(arena_free) struct arena arena = {0};
    results_axis_clear(axis, (size_t)rows, values);
    for (size_t s = 0; s < input->sweep_count; s++) {
        const struct sweep_rows own = {input, input->sweeps[s], rows, parts};
        struct settings_of_key settings;
        TRY(setting_values(input->sweeps[s], axis->key, &arena, &settings, error));
        const struct results_axis *kinds =
            settings.selector == NULL ? NULL : reader_axis(input->reader, settings.selector);
        if (kinds != NULL) {
            TRY(reader_column(input->reader, kinds->key, HDF_LETTER, first, rows, scratch, error));
        }
        for (size_t i = 0; i < settings.count; i++) {
            merge_settings_fill_kind(axis, &settings.list[i], kinds, scratch, &own, values);
        }
        arena_reset(&arena);
    }
    return STATUS_OK;
}
