#include "submit/sbatch_quote.h"

#include "check.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

enum { WORD_BYTES = 256 };

static const char *const texts[] = {
    "plain-1.5_x/y.h5",
    "",
    "two words",
    "it's",
    "'",
    "\"double\"",
    "$HOME `id` $(id)",
    "a\\b\\",
    "!grid [1, 2]",
    "*?[a-z]{1}",
    "#comment",
    "~/x",
    "a=b;c&d|e<f>(g)",
    "-o --option",
    "  blanks  ",
    "ünïcode √",
    "%j %% \\",
    "a'b\"c'd",
};

/* The next word of an #SBATCH line by the rules of sbatch: a backslash takes the next letter as it
 * is, everywhere; either quote ends at its like; # outside of quotes begins a comment. */
static void read_word(const char *line, char *word) {
    char open = '\0';
    while (*line != '\0' && (open != '\0' || (*line != ' ' && *line != '#'))) {
        if (*line == '\\') {
            line++;
            *word++ = *line++;
        } else if (open != '\0' && *line == open) {
            open = '\0';
            line++;
        } else if (open == '\0' && (*line == '"' || *line == '\'')) {
            open = *line++;
        } else {
            *word++ = *line++;
        }
    }
    *word = '\0';
}

static void sbatch_reads_the_text_back(void **state) {
    (void)state;
    SCOPED(arena_free) struct arena arena = {0};
    struct error error;
    for (size_t t = 0; t < COUNT(texts); t++) {
        char word[WORD_BYTES];
        const char *written;
        assert_ok(&error, sbatch_quote(&arena, texts[t], &written, &error));
        read_word(written, word);
        assert_string_equal(word, texts[t]);
    }
}

static void plain_words_stay_as_they_are(void **state) {
    (void)state;
    SCOPED(arena_free) struct arena arena = {0};
    struct error error;
    const char *written;
    assert_ok(&error, sbatch_quote(&arena, texts[0], &written, &error));
    assert_string_equal(written, texts[0]);
    assert_ok(&error, sbatch_quote_pattern(&arena, texts[0], &written, &error));
    assert_string_equal(written, texts[0]);
}

static void per_cent_signs_are_doubled_in_patterns(void **state) {
    (void)state;
    SCOPED(arena_free) struct arena arena = {0};
    struct error error;
    const char *written;
    assert_ok(&error, sbatch_quote_pattern(&arena, "50%/%j", &written, &error));
    assert_string_equal(written, "50%%/%%j");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sbatch_reads_the_text_back),
        cmocka_unit_test(plain_words_stay_as_they_are),
        cmocka_unit_test(per_cent_signs_are_doubled_in_patterns),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
