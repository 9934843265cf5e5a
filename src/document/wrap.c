#include "document/wrap.h"

#include "base/utf8.h"

#include <string.h>

void wrap_print(FILE *stream, size_t column, size_t indent, const char *text) {
    size_t space = 0; /* blanks before the next word */
    while (*text != '\0') {
        size_t bytes = strcspn(text, " ");
        size_t width = utf8_letters(text, bytes);
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
