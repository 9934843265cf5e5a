#include "parameter/word.h"

#include "parameter/value.h"

#include <string.h>

static struct node word_node(const char *word, bool plain) {
    return (struct node){.kind = NODE_SCALAR, .plain = plain, .text = word};
}

/* Cuts a word at its commas. */
static enum status word_split(const char *word, struct arena *arena, const char ***words,
                              size_t *count, struct error *error) {
    size_t bytes = strlen(word) + 1;
    char *rest;
    TRY(ARENA_NEW(arena, *words, bytes, error));
    TRY(ARENA_NEW(arena, rest, bytes, error));
    memcpy(rest, word, bytes);
    *count = 0;
    while (rest != NULL && word[0] != '\0') {
        (*words)[(*count)++] = strsep(&rest, ",");
    }
    return STATUS_OK;
}

static enum status word_split_nodes(const char *word, struct arena *arena, struct node *list,
                                    struct error *error) {
    const char **words;
    struct node *items;
    TRY(word_split(word, arena, &words, &list->count, error));
    TRY(ARENA_NEW(arena, items, list->count, error));
    for (size_t i = 0; i < list->count; i++) {
        items[i] = word_node(words[i], true);
    }
    list->kind = NODE_LIST;
    list->items = items;
    return STATUS_OK;
}

/* A repeated option may hold commas. */
static enum status word_read_texts(const struct parameter *parameter, const char *word,
                                   struct arena *arena, struct texts *texts, struct error *error) {
    const char **words;
    if ((parameter->flags & PARAMETER_REPEATED) == 0) {
        TRY(word_split(word, arena, &words, &texts->count, error));
    } else {
        TRY(ARENA_NEW(arena, words, 1, error));
        words[0] = word;
        texts->count = 1;
    }
    texts->values = words;
    return STATUS_OK;
}

_Static_assert(sizeof(struct texts) == sizeof(struct reals) &&
                   sizeof(struct texts) == sizeof(struct integers) &&
                   sizeof(char *) == sizeof(double) && sizeof(char *) == sizeof(int64_t),
               "word_append takes lists of texts, reals and integers alike");

/* Puts the list stored in the field before that of the value. */
static enum status word_append(const void *field, struct arena *arena, struct value *value,
                               struct error *error) {
    struct texts before;
    struct texts *list = &value->as.texts;
    const char **values;
    memcpy(&before, field, sizeof before);
    TRY(ARENA_NEW(arena, values, before.count + list->count, error));
    memcpy(values + before.count, list->values, list->count * sizeof *values);
    if (before.count > 0) {
        memcpy(values, before.values, before.count * sizeof *values);
    }
    *list = (struct texts){values, before.count + list->count};
    return STATUS_OK;
}

static bool word_is_list(const struct parameter *parameter) {
    return parameter->type == PARAMETER_INTEGERS || parameter->type == PARAMETER_REALS ||
           parameter->type == PARAMETER_CHOICES;
}

/* `plain`: an empty word is no file name. */
static enum status word_read_as(const struct parameter *parameter, const char *label,
                                const char *word, bool plain, struct arena *arena, void *settings,
                                struct error *error) {
    struct value value = {0};
    struct node node = word_node(word, plain);
    struct value_reader reader = {.arena = arena, .files_unread = true, .folder = ""};
    if (parameter->type == PARAMETER_FLAG) {
        value.as.flag = true;
    } else if (parameter->type == PARAMETER_TEXT) {
        value.as.text = word;
    } else if (parameter->type == PARAMETER_TEXTS) {
        TRY(word_read_texts(parameter, word, arena, &value.as.texts, error));
    } else {
        if (word_is_list(parameter)) {
            TRY(word_split_nodes(word, arena, &node, error));
        }
        TRY(value_read(&reader, parameter, label, &node, &value, error));
    }
    if ((parameter->flags & PARAMETER_REPEATED) != 0) {
        TRY(word_append((unsigned char *)settings + parameter->offset, arena, &value, error));
    }
    value_store(parameter, &value, settings);
    return STATUS_OK;
}

enum status word_read(const struct parameter *parameter, const char *label, const char *word,
                      struct arena *arena, void *settings, struct error *error) {
    return word_read_as(parameter, label, word, true, arena, settings, error);
}

enum status word_defaults(const struct parameter *parameters, size_t count, struct arena *arena,
                          void *settings, struct error *error) {
    for (size_t i = 0; i < count; i++) {
        const char *word = parameters[i].fallback;
        if (word != NULL) {
            TRY(word_read_as(&parameters[i], parameters[i].name, word, word[0] != '\0', arena,
                             settings, error));
        }
    }
    return STATUS_OK;
}
