#include "plot/glyphs.h"

#include "base/program.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

/* ASCII is in every font. */
enum { FIRST_ASKED = 0x80, LEAD_BYTES = 3, PATTERN_BYTES = 32, KNOWN_MAX = 256 };

/* What fontconfig has said of letters so far. */
struct known {
    size_t count;
    uint32_t letters[KNOWN_MAX];
    bool missing[KNOWN_MAX];
};

/* How letters of two, three and four bytes begin. */
static const struct lead {
    unsigned char mask, value;
} leads[LEAD_BYTES] = {{0xe0, 0xc0}, {0xf0, 0xe0}, {0xf8, 0xf0}};

/* Bytes of the letter that begins here, and its code point; 1 and U+FFFD for what is none. */
static size_t glyphs_decode(const char *text, uint32_t *letter) {
    const uint32_t continued = 0x80;
    const uint32_t marks = 0xc0;
    const unsigned bits = 6;
    const unsigned char first = (unsigned char)*text;
    *letter = first;
    if (first < FIRST_ASKED) {
        return 1;
    }
    for (size_t k = 0; k < LEAD_BYTES; k++) {
        size_t more = k + 1;
        if ((first & leads[k].mask) != leads[k].value) {
            continue;
        }
        *letter = first & (unsigned char)~leads[k].mask;
        while (more > 0 && ((unsigned char)text[k + 2 - more] & marks) == continued) {
            *letter = *letter << bits | ((unsigned char)text[k + 2 - more] & ~marks);
            more--;
        }
        if (more == 0) {
            return k + 2;
        }
    }
    *letter = 0xfffd;
    return 1;
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

static enum status glyphs_look_up(struct known *known, uint32_t letter, bool *missing,
                                  struct error *error) {
    size_t k = 0;
    while (k < known->count && known->letters[k] != letter) {
        k++;
    }
    if (k < known->count) {
        *missing = known->missing[k];
        return STATUS_OK;
    }
    TRY(glyphs_ask(letter, missing, error));
    if (known->count < KNOWN_MAX) {
        known->letters[known->count] = letter;
        known->missing[known->count++] = *missing;
    }
    return STATUS_OK;
}

enum status glyphs_replace(char *text, bool *replaced, struct error *error) {
    struct known known = {0};
    char *end = text;
    *replaced = false;
    for (size_t bytes = 0; *text != '\0'; text += bytes) {
        uint32_t letter;
        bool missing = false;
        bytes = glyphs_decode(text, &letter);
        if (letter >= FIRST_ASKED) {
            TRY(glyphs_look_up(&known, letter, &missing, error));
        }
        missing = missing || (bytes == 1 && letter >= FIRST_ASKED);
        if (missing) {
            *end++ = '?';
        } else {
            memmove(end, text, bytes);
            end += bytes;
        }
        *replaced = *replaced || missing;
    }
    *end = '\0';
    return STATUS_OK;
}
