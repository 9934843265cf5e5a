#include "document/wrap.h"

#include "check.h"

#include <stdlib.h>
#include <string.h>

enum { COLUMN = 70, INDENT = 4 };

/* Prints at COLUMN with INDENT and compares. */
static void assert_wrapped(const char *text, const char *expected) {
    char *printed = NULL;
    size_t size = 0;
    FILE *stream = open_memstream(&printed, &size);
    assert_non_null(stream);
    wrap_print(stream, COLUMN, INDENT, text);
    assert_int_equal(fclose(stream), 0);
    assert_string_equal(printed, expected);
    free(printed);
}

static void test_breaks_before_the_word_that_passes_the_end(void **state) {
    (void)state;
    assert_wrapped("", "\n");
    assert_wrapped("12345 7890", "12345 7890\n");
    assert_wrapped("12345 78901", "12345\n    78901\n");
}

static void test_counts_characters_not_bytes(void **state) {
    (void)state;
    assert_wrapped("±±±±± ±±±±", "±±±±± ±±±±\n");
    assert_wrapped("±±±±± ±±±±±", "±±±±±\n    ±±±±±\n");
}

static void test_goes_on_to_the_end_of_the_next_lines(void **state) {
    (void)state;
    char text[200];
    char expected[200];
    const int length = WRAP_COLUMNS - INDENT;
    (void)snprintf(text, sizeof text, "a %0*d %0*d", length, 1, 12, 2);
    (void)snprintf(expected, sizeof expected, "a\n    %0*d\n    %0*d\n", length, 1, 12, 2);
    assert_wrapped(text, expected);
}

static void test_keeps_spaces_within_lines_and_long_words_whole(void **state) {
    (void)state;
    assert_wrapped("a   b", "a   b\n");
    assert_wrapped("12345678901", "12345678901\n");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_breaks_before_the_word_that_passes_the_end),
        cmocka_unit_test(test_counts_characters_not_bytes),
        cmocka_unit_test(test_goes_on_to_the_end_of_the_next_lines),
        cmocka_unit_test(test_keeps_spaces_within_lines_and_long_words_whole),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
