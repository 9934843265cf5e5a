#include "submit/sbatch_quote.h"

#include "base/shell_quote.h"

#include <string.h>

/* Copies a text with `mark` before each of some letters; ends with a zero. */
static void sbatch_quote_escape(const char *text, const char *letters, char mark, char *copy) {
    for (; *text != '\0'; text++) {
        if (strchr(letters, *text) != NULL) {
            *copy++ = mark;
        }
        *copy++ = *text;
    }
    *copy = '\0';
}

enum status sbatch_quote(struct arena *arena, const char *text, const char **word,
                         struct error *error) {
    char *escaped;
    *word = text;
    if (shell_quote_is_plain(text)) {
        return STATUS_OK;
    }
    TRY(ARENA_NEW(arena, escaped, 2 * strlen(text) + 1, error));
    sbatch_quote_escape(text, "\"\\", '\\', escaped);
    return arena_printf(arena, word, error, "\"%s\"", escaped);
}

enum status sbatch_quote_pattern(struct arena *arena, const char *path, const char **pattern,
                                 struct error *error) {
    char *escaped;
    TRY(ARENA_NEW(arena, escaped, 2 * strlen(path) + 1, error));
    sbatch_quote_escape(path, "%", '%', escaped);
    *pattern = escaped;
    return STATUS_OK;
}
