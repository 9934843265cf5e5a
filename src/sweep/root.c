#include "sweep/root.h"

#include "sweep/root_keys.h"

#include <string.h>

/* Without this check an axis would silently be a single value. */
static enum status root_refuse_axis(const struct key_value *pair, struct error *error) {
    if (pair->value->tag == NULL) {
        return STATUS_OK;
    }
    return node_error(pair->value, error, "%s: cannot be an axis ('%s')", pair->key,
                      pair->value->tag);
}

static enum status root_read_settings(struct value_reader *reader, const struct key_values *pairs,
                                      struct root_settings *settings, struct error *error) {
    for (size_t i = 0; i < root_component.parameter_count; i++) {
        const struct parameter *parameter = &root_component.parameters[i];
        const struct key_value *pair = key_values_find(pairs, parameter->name);
        struct value value = {0};
        if (pair == NULL) {
            TRY(value_default(reader, parameter, parameter->name, &value, error));
        } else {
            TRY(root_refuse_axis(pair, error));
            TRY(value_read(reader, parameter, parameter->name, pair->value, &value, error));
        }
        value_store(parameter, &value, settings);
    }
    return STATUS_OK;
}

static enum status root_refuse_duplicates(const struct key_value *pair,
                                          const struct integers *chosen, struct error *error) {
    for (size_t i = 0; i < chosen->count; i++) {
        for (size_t j = 0; j < i; j++) {
            if (chosen->values[i] == chosen->values[j]) {
                return node_error(node_element(pair->value, i), error, "%s: '%s' is there twice",
                                  pair->key, node_element(pair->value, i)->text);
            }
        }
    }
    return STATUS_OK;
}

static enum status root_read_scores(struct value_reader *reader, const struct key_value *pair,
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
    TRY(root_refuse_axis(pair, error));
    TRY(value_read(reader, &parameter, "scores", pair->value, &value, error));
    TRY(root_refuse_duplicates(pair, &value.as.integers, error));
    sweep->score_count = value.as.integers.count;
    TRY(ARENA_NEW(reader->arena, sweep->scores, sweep->score_count, error));
    for (size_t i = 0; i < sweep->score_count; i++) {
        sweep->scores[i] = scores[value.as.integers.values[i]];
    }
    return STATUS_OK;
}

/* The file's name without folder and ending. */
static enum status root_stem(const char *path, struct arena *arena, const char **stem,
                             struct error *error) {
    const char *slash = strrchr(path, '/');
    const char *name = slash == NULL ? path : slash + 1;
    const char *dot = strrchr(name, '.');
    size_t length = dot == NULL || dot == name ? strlen(name) : (size_t)(dot - name);
    return arena_printf(arena, stem, error, "%.*s", (int)length, name);
}

static enum status root_set_name(struct value_reader *reader, const struct key_values *pairs,
                                 const char *name, struct sweep *sweep, struct error *error) {
    const struct key_value *pair = key_values_find(pairs, "name");
    if (pair == NULL) {
        return root_stem(sweep->path, reader->arena, &sweep->name, error);
    }
    if (name[0] == '\0' || strchr(name, '/') != NULL) {
        return node_error(pair->value, error, "name: expected a word without '/'");
    }
    sweep->name = name;
    return STATUS_OK;
}

enum status root_read(struct value_reader *reader, const struct key_values *pairs,
                      struct sweep *sweep, int64_t *samples, struct error *error) {
    struct root_settings settings = {.name = ""};
    TRY(root_read_settings(reader, pairs, &settings, error));
    TRY(root_set_name(reader, pairs, settings.name, sweep, error));
    sweep->seed = settings.seed;
    sweep->replicates = settings.replicates;
    *samples = settings.samples;
    const struct key_value *save = key_values_find(pairs, "save");
    if (save != NULL) {
        TRY(root_refuse_duplicates(save, &settings.save, error));
    }
    for (size_t i = 0; i < settings.save.count; i++) {
        sweep->save |= 1u << settings.save.values[i];
    }
    const struct key_value *chosen = key_values_find(pairs, "scores");
    return chosen == NULL ? STATUS_OK : root_read_scores(reader, chosen, sweep, error);
}
