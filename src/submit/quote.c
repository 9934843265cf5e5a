#include "submit/quote.h"

#include <ctype.h>
#include <stdbool.h>
#include <string.h>

static const char plain[] =
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-./=,:@%+";

static bool quote_is_plain(const char *text) {
    return text[0] != '\0' && text[strspn(text, plain)] == '\0';
}

enum status quote_check(const char *what, const char *text, struct error *error) {
    for (const char *letter = text; *letter != '\0'; letter++) {
        if (iscntrl((unsigned char)*letter)) {
            return error_set(error, STATUS_BAD_INPUT,
                             "%s has a control character, which no batch script can hold", what);
        }
    }
    return STATUS_OK;
}

void quote_shell(FILE *file, const char *text) {
    if (quote_is_plain(text)) {
        (void)fputs(text, file);
        return;
    }
    (void)fputc('\'', file);
    for (; *text != '\0'; text++) {
        if (*text == '\'') {
            (void)fputs("'\\''", file);
        } else {
            (void)fputc(*text, file);
        }
    }
    (void)fputc('\'', file);
}

void quote_sbatch(FILE *file, const char *text) {
    if (quote_is_plain(text)) {
        (void)fputs(text, file);
        return;
    }
    (void)fputc('"', file);
    for (; *text != '\0'; text++) {
        if (*text == '"' || *text == '\\') {
            (void)fputc('\\', file);
        }
        (void)fputc(*text, file);
    }
    (void)fputc('"', file);
}

void quote_pattern(FILE *file, const char *path) {
    for (; *path != '\0'; path++) {
        (void)fputs(*path == '%' ? "%" : "", file);
        (void)fputc(*path, file);
    }
}
