#include "show/wrap.h"

#include <string.h>

/* Characters, one column each, in `bytes` bytes of UTF-8: all bytes but those that continue one. */
static size_t wrap_columns_of(const char *text, size_t bytes) {
    size_t columns = 0;
    for (size_t i = 0; i < bytes; i++) {
        columns += ((unsigned char)text[i] & 0xC0u) != 0x80u;
    }
    return columns;
}

void wrap_print(FILE *stream, size_t column, size_t indent, const char *text) {
    size_t space = 0; /* blanks before the next word */
    while (*text != '\0') {
        size_t bytes = strcspn(text, " ");
        size_t width = wrap_columns_of(text, bytes);
        if (space > 0 && column + space + width > WRAP_COLUMNS) {
            (void)fprintf(stream, "\n%*s", (int)indent, "");
            column = indent;
            space = 0;
        }
        (void)fprintf(stream, "%*s%.*s", (int)space, "", (int)bytes, text);
        column += space + width;
        text += bytes;
        space = strspn(text, " ");
        text += space;
    }
    (void)fputc('\n', stream);
}
