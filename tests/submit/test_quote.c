#include "submit/quote.h"

#include "base/program.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))

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

typedef void quoter(FILE *file, const char *text);

static char *quoted(quoter *quote, const char *text) {
    char *written = NULL;
    size_t length = 0;
    FILE *file = open_memstream(&written, &length);
    assert_non_null(file);
    quote(file, text);
    assert_int_equal(fclose(file), 0);
    return written;
}

static void a_shell_reads_the_text_back(void **state) {
    (void)state;
    struct arena arena = {0};
    for (size_t t = 0; t < COUNT(texts); t++) {
        char *word = quoted(quote_shell, texts[t]);
        const char *line = arena_format(&arena, &(struct error){0}, "printf '<%%s>' %s", word);
        struct program_outcome outcome;
        assert_non_null(line);
        assert_int_equal(program_run((const char *const[]){"sh", "-c", line, NULL}, "", &arena,
                                     &outcome, &(struct error){0}),
                         STATUS_OK);
        const char *expected = arena_format(&arena, &(struct error){0}, "<%s>", texts[t]);
        assert_string_equal(outcome.output, expected);
        free(word);
    }
    arena_free(&arena);
}

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
    for (size_t t = 0; t < COUNT(texts); t++) {
        char word[WORD_BYTES];
        char *written = quoted(quote_sbatch, texts[t]);
        read_word(written, word);
        assert_string_equal(word, texts[t]);
        free(written);
    }
}

static void plain_words_stay_as_they_are(void **state) {
    (void)state;
    quoter *const quoters[] = {quote_shell, quote_sbatch, quote_pattern};
    for (size_t q = 0; q < COUNT(quoters); q++) {
        char *written = quoted(quoters[q], texts[0]);
        assert_string_equal(written, texts[0]);
        free(written);
    }
}

static void per_cent_signs_are_doubled_in_patterns(void **state) {
    (void)state;
    char *written = quoted(quote_pattern, "50%/%j");
    assert_string_equal(written, "50%%/%%j");
    free(written);
}

static void control_characters_are_refused(void **state) {
    (void)state;
    struct error error = {0};
    assert_int_equal(quote_check("the name", "fine √", &error), STATUS_OK);
    assert_int_equal(quote_check("the name", "two\nlines", &error), STATUS_BAD_INPUT);
    assert_non_null(strstr(error.message, "the name has a control character"));
    assert_int_equal(quote_check("the name", "\t", &error), STATUS_BAD_INPUT);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_shell_reads_the_text_back),
        cmocka_unit_test(sbatch_reads_the_text_back),
        cmocka_unit_test(plain_words_stay_as_they_are),
        cmocka_unit_test(per_cent_signs_are_doubled_in_patterns),
        cmocka_unit_test(control_characters_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
