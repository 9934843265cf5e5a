#include "base/text.h"

#include <ctype.h>
#include <errno.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { WORD_LETTERS_MAX = 63, DECIMAL = 10 };

static size_t text_smallest(size_t a, size_t b, size_t c) {
    size_t least = a < b ? a : b;
    return least < c ? least : c;
}

/* Optimal string alignment distance. */
static size_t text_edit_distance(const char *a, const char *b) {
    size_t rows = strlen(a);
    size_t columns = strlen(b);
    if (rows > WORD_LETTERS_MAX || columns > WORD_LETTERS_MAX) {
        return SIZE_MAX;
    }
    size_t table[WORD_LETTERS_MAX + 1][WORD_LETTERS_MAX + 1];
    for (size_t i = 0; i <= rows; i++) {
        for (size_t j = 0; j <= columns; j++) {
            if (i == 0 || j == 0) {
                table[i][j] = i + j;
                continue;
            }
            size_t replaced = table[i - 1][j - 1] + (a[i - 1] != b[j - 1]);
            table[i][j] = text_smallest(table[i - 1][j] + 1, table[i][j - 1] + 1, replaced);
            bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
            if (swapped && table[i - 2][j - 2] + 1 < table[i][j]) {
                table[i][j] = table[i - 2][j - 2] + 1;
            }
        }
    }
    return table[rows][columns];
}

const char *text_nearest(const char *word, const char *const *candidates, size_t count) {
    const char *nearest = NULL;
    size_t least = strlen(word) / 3 + 2;
    for (size_t i = 0; i < count; i++) {
        size_t distance = text_edit_distance(word, candidates[i]);
        if (distance < least && distance < strlen(candidates[i])) {
            least = distance;
            nearest = candidates[i];
        }
    }
    return nearest;
}

const char *text_suggestion(const char *before, const char *word, const char *const *candidates,
                            size_t count, const char *after,
                            char buffer[static TEXT_SUGGESTION_BYTES]) {
    const char *nearest = text_nearest(word, candidates, count);
    buffer[0] = '\0';
    if (nearest != NULL) {
        (void)snprintf(buffer, TEXT_SUGGESTION_BYTES, "%s%s%s", before, nearest, after);
    }
    return buffer;
}

const char *text_list(const char *const *words, size_t count, char *buffer, size_t bytes) {
    size_t used = 0;
    buffer[0] = '\0';
    for (size_t i = 0; i < count && used < bytes; i++) {
        int more = snprintf(buffer + used, bytes - used, "%s%s", i == 0 ? "" : ", ", words[i]);
        used += more < 0 ? bytes : (size_t)more;
    }
    return buffer;
}

bool text_ends_with(const char *text, const char *ending) {
    size_t length = strlen(text);
    size_t tail = strlen(ending);
    return length >= tail && strcmp(text + length - tail, ending) == 0;
}

const char *text_of_real(double value, char buffer[static 32]) {
    /* Every decimal of up to 15 digits survives a double, so fewer need not be tried: %g drops
     * trailing zeros. 17 digits always suffice. */
    enum { DECIMAL_DIGITS = 15, EXACT_DIGITS = 17, BUFFER_BYTES = 32 };
    if (isnan(value)) { /* processors may give it a sign */
        return memcpy(buffer, "nan", sizeof "nan");
    }
    for (int digits = DECIMAL_DIGITS; digits <= EXACT_DIGITS; digits++) {
        (void)snprintf(buffer, BUFFER_BYTES, "%.*g", digits, value);
        if (strtod(buffer, NULL) == value) {
            break;
        }
    }
    return buffer;
}

bool text_integer(const char *text, int64_t least, int64_t most, int64_t *number) {
    const char *rest = text + strspn(text, " \t");
    int64_t value;
    rest += *rest == '+';
    if (!text_integer_from(&rest, least, most, &value) || *rest != '\0') {
        return false;
    }
    *number = value;
    return true;
}

bool text_integer_from(const char **text, int64_t least, int64_t most, int64_t *number) {
    char *end;
    if (!isdigit((unsigned char)**text)) {
        return false;
    }
    errno = 0;
    long long value = strtoll(*text, &end, DECIMAL);
    if (errno != 0 || value < least || value > most) {
        return false;
    }
    *number = value;
    *text = end;
    return true;
}

bool text_real(const char *text, double least, double most, double *number) {
    char *end;
    double value = strtod(text, &end);
    if (end == text || *end != '\0' || !isfinite(value) || value < least || value > most) {
        return false;
    }
    *number = value;
    return true;
}
