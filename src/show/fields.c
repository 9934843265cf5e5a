#include "show/fields.h"

#include "base/text.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum { NUMBER_BYTES = 32 };

void fields_print_text(const char *text) {
    if (text[strcspn(text, ",\"\n\r")] == '\0') {
        (void)fputs(text, stdout);
        return;
    }
    (void)putchar('"');
    for (; *text != '\0'; text++) {
        (void)(*text == '"' && putchar('"'));
        (void)putchar(*text);
    }
    (void)putchar('"');
}

void fields_print_number(double value) {
    char text[NUMBER_BYTES];
    printf(",%s", isnan(value) ? "" : text_of_real(value, text));
}
