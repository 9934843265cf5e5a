#include "document/html.h"

#include <ctype.h>
#include <limits.h>
#include <stdarg.h>

enum { FORMATTED_BYTES = 4096 };

#define REPLACEMENT "\xEF\xBF\xBD" /* U+FFFD in UTF-8 */

void html_text(FILE *page, const char *text) {
    static const char *const entities[UCHAR_MAX + 1] = {
        ['&'] = "&amp;", ['<'] = "&lt;", ['>'] = "&gt;", ['"'] = "&quot;", ['\''] = "&#39;"};
    for (; *text != '\0'; text++) {
        const unsigned char letter = (unsigned char)*text;
        if (entities[letter] != NULL) {
            (void)fputs(entities[letter], page);
        } else if (iscntrl(letter) && letter != '\n' && letter != '\t') {
            (void)fputs(REPLACEMENT, page);
        } else {
            (void)fputc(letter, page);
        }
    }
}

static void PRINTF_LIKE(2, 0) html_write_format(FILE *page, const char *format, va_list values) {
    char text[FORMATTED_BYTES];
    (void)vsnprintf(text, sizeof text, format, values);
    html_text(page, text);
}

void html_format(FILE *page, const char *format, ...) {
    va_list values;
    va_start(values, format);
    html_write_format(page, format, values);
    va_end(values);
}

void html_begin(FILE *page, const char *tag, const char *class) {
    if (class == NULL) {
        (void)fprintf(page, "<%s>", tag);
    } else {
        (void)fprintf(page, "<%s class=\"%s\">", tag, class);
    }
}

void html_end(FILE *page, const char *tag) {
    (void)fprintf(page, "</%s>\n", tag);
}

void html_element(FILE *page, const char *tag, const char *class, const char *text) {
    html_begin(page, tag, class);
    html_text(page, text);
    html_end(page, tag);
}

void html_element_format(FILE *page, const char *tag, const char *class, const char *format, ...) {
    va_list values;
    va_start(values, format);
    html_begin(page, tag, class);
    html_write_format(page, format, values);
    html_end(page, tag);
    va_end(values);
}
