#include "sweep/root_keys.h"

#include <stddef.h>
#include <string.h>

enum { MAX_REPLICATES = 1000 * 1000 * 1000 };

static const char *const savable[] = {"weights", "activity", "sources", "history", NULL};

static const struct parameter parameters[] = {
    {
        PARAMETER_FIELD(struct root_settings, name),
        .type = PARAMETER_TEXT,
        .fallback = "",
        .help = "what the sweep is called; by default the file's name",
    },
    {
        PARAMETER_FIELD(struct root_settings, seed),
        .type = PARAMETER_INTEGER,
        .minimum = (double)INT64_MIN,
        .maximum = (double)INT64_MAX,
        .fallback = "0",
        .help = "all randomness of the sweep follows from it",
    },
    {
        PARAMETER_FIELD(struct root_settings, replicates),
        .type = PARAMETER_INTEGER,
        .minimum = 1,
        .maximum = MAX_REPLICATES,
        .fallback = "1",
        .help = "repetitions of every cell, each with randomness of its own",
    },
    {
        PARAMETER_FIELD(struct root_settings, samples),
        .type = PARAMETER_INTEGER,
        .minimum = 0,
        .maximum = (double)INT64_MAX,
        .fallback = "0",
        .help = "draws of the !uniform axes that do not give a number of their own",
    },
    {
        PARAMETER_FIELD(struct root_settings, save),
        .type = PARAMETER_CHOICES,
        .fallback = "[]",
        .choices = savable,
        .help = "what the results file keeps besides the scores",
    },
};

enum { PARAMETER_COUNT = sizeof parameters / sizeof parameters[0] };

const struct component root_component = {
    .name = "sweep",
    .help = "the top level of a sweep",
    .parameters = parameters,
    .parameter_count = PARAMETER_COUNT,
    .settings_size = sizeof(struct root_settings),
};

const char *root_key_name(size_t index) {
    static const char *const others[] = {"cases", "scores"};
    if (index < PARAMETER_COUNT) {
        return parameters[index].name;
    }
    index -= PARAMETER_COUNT;
    return index < sizeof others / sizeof others[0] ? others[index] : NULL;
}

bool root_key_exists(const char *name) {
    for (size_t i = 0; root_key_name(i) != NULL; i++) {
        if (strcmp(root_key_name(i), name) == 0) {
            return true;
        }
    }
    return false;
}

/* An axis here would be silently a single value. */
static enum status root_keys_refuse_axis(const struct key_value *pair, struct error *error) {
    if (pair->value->tag == NULL) {
        return STATUS_OK;
    }
    return node_error(pair->value, error, "%s: cannot be an axis ('%s')", pair->key,
                      pair->value->tag);
}

static enum status root_keys_read_settings(struct value_reader *reader,
                                           const struct key_values *pairs,
                                           struct root_settings *settings, struct error *error) {
    for (size_t i = 0; i < PARAMETER_COUNT; i++) {
        const struct parameter *parameter = &parameters[i];
        const struct key_value *pair = key_values_find(pairs, parameter->name);
        struct value value = {0};
        if (pair == NULL) {
            TRY(value_default(reader, parameter, parameter->name, &value, error));
        } else {
            TRY(root_keys_refuse_axis(pair, error));
            TRY(value_read(reader, parameter, parameter->name, pair->value, &value, error));
        }
        value_store(parameter, &value, settings);
    }
    return STATUS_OK;
}

/* Where element i of a list, or a scalar that stands for a list of one, is written. */
static const struct node *root_keys_element(const struct key_value *pair, size_t i) {
    return pair->value->kind == NODE_LIST ? &pair->value->items[i] : pair->value;
}

static enum status root_keys_refuse_duplicates(const struct key_value *pair,
                                               const struct integers *chosen, struct error *error) {
    for (size_t i = 0; i < chosen->count; i++) {
        for (size_t j = 0; j < i; j++) {
            if (chosen->values[i] == chosen->values[j]) {
                return node_error(root_keys_element(pair, i), error, "%s: '%s' is there twice",
                                  pair->key, root_keys_element(pair, i)->text);
            }
        }
    }
    return STATUS_OK;
}

static enum status root_keys_read_scores(struct value_reader *reader, const struct key_value *pair,
                                         struct sweep *sweep, struct error *error) {
    size_t known = 0;
    while (scores[known] != NULL) {
        known++;
    }
    const char **names = NULL;
    TRY(ARENA_NEW(reader->arena, names, known + 1, error));
    for (size_t i = 0; i < known; i++) {
        names[i] = scores[i]->component.name;
    }
    const struct parameter parameter = {
        .name = "scores", .type = PARAMETER_CHOICES, .choices = names};
    struct value value = {0};
    TRY(root_keys_refuse_axis(pair, error));
    TRY(value_read(reader, &parameter, "scores", pair->value, &value, error));
    TRY(root_keys_refuse_duplicates(pair, &value.as.integers, error));
    sweep->score_count = value.as.integers.count;
    TRY(ARENA_NEW(reader->arena, sweep->scores, sweep->score_count, error));
    for (size_t i = 0; i < sweep->score_count; i++) {
        sweep->scores[i] = scores[value.as.integers.values[i]];
    }
    return STATUS_OK;
}

/* The file's name without folder and ending. */
static const char *root_keys_stem_of(const char *path, struct arena *arena, struct error *error) {
    const char *slash = strrchr(path, '/');
    const char *name = slash == NULL ? path : slash + 1;
    const char *dot = strrchr(name, '.');
    size_t length = dot == NULL || dot == name ? strlen(name) : (size_t)(dot - name);
    return arena_format(arena, error, "%.*s", (int)length, name);
}

static enum status root_keys_set_name(struct value_reader *reader, const struct key_values *pairs,
                                      const char *name, struct sweep *sweep, struct error *error) {
    const struct key_value *pair = key_values_find(pairs, "name");
    if (pair == NULL) {
        sweep->name = root_keys_stem_of(sweep->path, reader->arena, error);
        return sweep->name == NULL ? error_status(error) : STATUS_OK;
    }
    if (name[0] == '\0' || strchr(name, '/') != NULL) {
        return node_error(pair->value, error, "name: expected a word without '/'");
    }
    sweep->name = name;
    return STATUS_OK;
}

enum status root_keys_read(struct value_reader *reader, const struct key_values *pairs,
                           struct sweep *sweep, int64_t *samples, struct error *error) {
    struct root_settings settings = {0};
    TRY(root_keys_read_settings(reader, pairs, &settings, error));
    TRY(root_keys_set_name(reader, pairs, settings.name, sweep, error));
    sweep->seed = settings.seed;
    sweep->replicates = settings.replicates;
    *samples = settings.samples;
    const struct key_value *save = key_values_find(pairs, "save");
    if (save != NULL) {
        TRY(root_keys_refuse_duplicates(save, &settings.save, error));
    }
    for (size_t i = 0; i < settings.save.count; i++) {
        sweep->save |= 1u << settings.save.values[i];
    }
    const struct key_value *chosen = key_values_find(pairs, "scores");
    return chosen == NULL ? STATUS_OK : root_keys_read_scores(reader, chosen, sweep, error);
}
