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

/* The texts stored so far and one more. */
static enum status word_append(const struct texts *before, const char *word, struct arena *arena,
                               struct texts *texts, struct error *error) {
    const char **words;
    TRY(ARENA_NEW(arena, words, before->count + 1, error));
    for (size_t i = 0; i < before->count; i++) {
        words[i] = before->values[i];
    }
    words[before->count] = word;
    *texts = (struct texts){words, before->count + 1};
    return STATUS_OK;
}

static enum status word_read_texts(const struct parameter *parameter, const char *word,
                                   struct arena *arena, const void *settings, struct texts *texts,
                                   struct error *error) {
    const char **words;
    if ((parameter->flags & PARAMETER_REPEATED) != 0) {
        struct texts before;
        memcpy(&before, (const unsigned char *)settings + parameter->offset, sizeof before);
        return word_append(&before, word, arena, texts, error);
    }
    TRY(word_split(word, arena, &words, &texts->count, error));
    texts->values = words;
    return STATUS_OK;
}

/* The numbers stored so far and those of `more`. */
static enum status word_append_reals(const void *field, struct arena *arena, struct reals *more,
                                     struct error *error) {
    struct reals before;
    double *values;
    memcpy(&before, field, sizeof before);
    if (before.count == 0) {
        return STATUS_OK;
    }
    TRY(ARENA_NEW(arena, values, before.count + more->count, error));
    memcpy(values, before.values, before.count * sizeof *values);
    memcpy(values + before.count, more->values, more->count * sizeof *values);
    *more = (struct reals){values, before.count + more->count};
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
        TRY(word_read_texts(parameter, word, arena, settings, &value.as.texts, error));
    } else {
        if (word_is_list(parameter)) {
            TRY(word_split_nodes(word, arena, &node, error));
        }
        TRY(value_read(&reader, parameter, label, &node, &value, error));
    }
    if (parameter->type == PARAMETER_REALS && (parameter->flags & PARAMETER_REPEATED) != 0) {
        const unsigned char *field = (unsigned char *)settings + parameter->offset;
        TRY(word_append_reals(field, arena, &value.as.reals, error));
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
