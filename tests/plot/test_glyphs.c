#include "plot/glyphs.h"

#include "check.h"

#include <stdio.h>
#include <string.h>

/* U+2FFFE is no letter and in no font. */
#define NOWHERE "\xF0\xAF\xBF\xBE"

static void assert_becomes(const char *before, const char *after) {
    char text[64];
    bool replaced;
    struct error error = {0};
    (void)snprintf(text, sizeof text, "%s", before);
    assert_ok(&error, glyphs_replace(text, &replaced, &error));
    assert_string_equal(text, after);
    assert_int_equal(replaced, strcmp(before, after) != 0);
}

static void test_letters_of_fonts_stay(void **state) {
    (void)state;
    assert_becomes("", "");
    assert_becomes("plain 'text'", "plain 'text'");
    assert_becomes("grün, ρ ≥ 0.5 ± 1", "grün, ρ ≥ 0.5 ± 1");
}

static void test_letters_without_a_font_go(void **state) {
    (void)state;
    assert_becomes("a" NOWHERE "b" NOWHERE NOWHERE "é", "a?b??é");
}

static void test_what_is_no_letter_goes(void **state) {
    (void)state;
    assert_becomes("a\xFF-\xC3", "a?-?");
    assert_becomes("\xE2\x89", "??");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_letters_of_fonts_stay),
        cmocka_unit_test(test_letters_without_a_font_go),
        cmocka_unit_test(test_what_is_no_letter_goes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
