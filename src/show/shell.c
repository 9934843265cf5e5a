#include "show/shell.h"

#include <string.h>

static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                            "0123456789_-./,:=+@%";

const char *shell_word(struct arena *arena, const char *word, struct error *error) {
    if (word[0] != '\0' && word[strspn(word, plain)] == '\0') {
        return arena_string(arena, word, error);
    }
    enum { QUOTE_BYTES = 4, ENDS = 3 }; /* a quote becomes '\'' */
    char *text = arena_allocate(arena, QUOTE_BYTES * strlen(word) + ENDS, 1, error);
    if (text == NULL) {
        return NULL;
    }
    char *end = text;
    *end++ = '\'';
    for (; *word != '\0'; word++) {
        if (*word == '\'') {
            memcpy(end, "'\\''", QUOTE_BYTES);
            end += QUOTE_BYTES;
        } else {
            *end++ = *word;
        }
    }
    *end++ = '\'';
    *end = '\0';
    return text;
}
