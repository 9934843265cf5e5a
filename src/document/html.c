#include "document/html.h"

#include <ctype.h>
#include <stdarg.h>

enum { FORMATTED_BYTES = 4096 };

#define REPLACEMENT "\xEF\xBF\xBD" /* U+FFFD in UTF-8 */

static void html_put(FILE *page, char letter) {
    switch (letter) {
    case '&':
        (void)fputs("&amp;", page);
        break;
    case '<':
        (void)fputs("&lt;", page);
        break;
    case '>':
        (void)fputs("&gt;", page);
        break;
    case '"':
        (void)fputs("&quot;", page);
        break;
    case '\'':
        (void)fputs("&#39;", page);
        break;
    case '\n':
    case '\t':
        (void)fputc(letter, page);
        break;
    default:
        if (iscntrl((unsigned char)letter)) {
            (void)fputs(REPLACEMENT, page);
        } else {
            (void)fputc(letter, page);
        }
    }
}

void html_text(FILE *page, const char *text) {
    for (; *text != '\0'; text++) {
        html_put(page, *text);
    }
}

static void PRINTF_LIKE(2, 0) write_format(FILE *page, const char *format, va_list values) {
    char text[FORMATTED_BYTES];
    (void)vsnprintf(text, sizeof text, format, values);
    html_text(page, text);
}

void html_format(FILE *page, const char *format, ...) {
    va_list values;
    va_start(values, format);
    write_format(page, format, values);
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
    write_format(page, format, values);
    html_end(page, tag);
    va_end(values);
}
