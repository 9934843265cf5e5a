#include "plot/glyphs.h"

#include "base/program.h"
#include "base/utf8.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

/* ASCII is in every font. */
enum { FIRST_ASKED = 0x80, LETTER_BYTES_MAX = 4, PATTERN_BYTES = 32 };

/* Bytes of the letter that begins here, and its code point; 1 for a byte that begins no letter. */
static size_t glyphs_decode(const char *text, uint32_t *letter) {
    enum { TWO = 0xc0, THREE = 0xe0, FOUR = 0xf0, NONE = 0xf8, BITS = 6, MASK = 0x3f };
    const unsigned char first = (unsigned char)*text;
    size_t bytes = first < TWO || first >= NONE ? 1 : first < THREE ? 2 : first < FOUR ? 3 : 4;
    *letter = (uint32_t)(bytes == 1 ? first : first & (MASK >> (bytes - 1)));
    for (size_t k = 1; k < bytes; k++) {
        if (!utf8_continues(text[k])) {
            return 1;
        }
        *letter = *letter << BITS | ((unsigned char)text[k] & MASK);
    }
    return bytes;
}

static enum status glyphs_ask(uint32_t letter, bool *missing, struct error *error) {
    char pattern[PATTERN_BYTES];
    const char *const arguments[] = {"fc-list", "--quiet", pattern, NULL};
    SCOPED(arena_free) struct arena arena = {0};
    struct program_outcome outcome;
    (void)snprintf(pattern, sizeof pattern, ":charset=%x", (unsigned)letter);
    TRY(program_run(arguments, "", &arena, &outcome, error));
    *missing = !outcome.absent && outcome.status == 1;
    return STATUS_OK;
}

static void glyphs_replace_all(char *text, const char *letter) {
    for (char *here = strstr(text, letter); here != NULL; here = strstr(here, letter)) {
        const char *rest = here + strlen(letter);
        *here++ = '?';
        memmove(here, rest, strlen(rest) + 1);
    }
}

enum status glyphs_replace(char *text, bool *replaced, struct error *error) {
    *replaced = false;
    for (char *here = text; *here != '\0'; here++) {
        uint32_t code;
        char letter[LETTER_BYTES_MAX + 1] = "";
        size_t bytes = glyphs_decode(here, &code);
        memcpy(letter, here, bytes);
        bool missing = bytes == 1 && (unsigned char)*here >= FIRST_ASKED;
        if (missing) {
            *here = '?';
        } else if (bytes > 1 && strstr(text, letter) == here) { /* for the first time */
            TRY(glyphs_ask(code, &missing, error));
        }
        if (missing && bytes > 1) {
            glyphs_replace_all(here, letter);
        } else {
            here += bytes - 1;
        }
        *replaced = *replaced || missing;
    }
    return STATUS_OK;
}
