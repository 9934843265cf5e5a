#include "base/shell_quote.h"

#include <string.h>

static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                            "0123456789_-./,:=+@%";

bool shell_quote_is_plain(const char *text) {
    return text[0] != '\0' && text[strspn(text, plain)] == '\0';
}

enum status shell_quote(struct arena *arena, const char *text, const char **word,
                        struct error *error) {
    static const char quote[] = "'\\''"; /* ends the quotes, adds one, begins anew */
    char *end;
    *word = text;
    if (shell_quote_is_plain(text)) {
        return STATUS_OK;
    }
    TRY(ARENA_NEW(arena, end, (sizeof quote - 1) * strlen(text) + 3, error));
    *word = end;
    *end++ = '\'';
    for (; *text != '\0'; text++) {
        if (*text == '\'') {
            memcpy(end, quote, sizeof quote - 1);
            end += sizeof quote - 1;
        } else {
            *end++ = *text;
        }
    }
    *end = '\'';
    return STATUS_OK;
}
