#include "plot/plot_text.h"

#include "check.h"

enum { ROOMY = 1000, NARROW = 40 }; /* pixels */

typedef void text_writer(FILE *script, const char *text, int room, int font);

static void assert_written(text_writer *writer, const char *text, int room, int font,
                           const char *expected) {
    char *found = NULL;
    size_t bytes = 0;
    FILE *script = open_memstream(&found, &bytes);
    assert_non_null(script);
    writer(script, text, room, font);
    assert_int_equal(fclose(script), 0);
    assert_string_equal(found, expected);
    free(found);
}

static void test_letters_have_widths_not_bytes(void **state) {
    static const char *const texts[] = {"a", "grün", "ab"};
    (void)state;
    assert_int_equal(plot_text_width("grün", PLOT_FONT), plot_text_width("grun", PLOT_FONT));
    assert_true(plot_text_width("grün", PLOT_FONT) > plot_text_width("grün", PLOT_FONT_SMALL));
    assert_int_equal(plot_text_widest(texts, COUNT(texts), PLOT_FONT),
                     plot_text_width("grün", PLOT_FONT));
    assert_int_equal(plot_text_widest(NULL, 0, PLOT_FONT), 0);
}

static void test_wide_texts_are_cut(void **state) {
    (void)state;
    assert_written(plot_text_write, "it's", ROOMY, PLOT_FONT, "'it''s'");
    assert_written(plot_text_write, "ünderground", NARROW, PLOT_FONT, "'ünderground'[1:3].'…'");
    assert_written(plot_text_write, "abc", 1, PLOT_FONT, "'abc'[1:1].'…'");
}

static void test_letters_shrink_before_texts_are_cut(void **state) {
    (void)state;
    assert_written(plot_text_write_fitted, "abc", ROOMY, PLOT_FONT, "'abc' font ',13'");
    assert_written(plot_text_write_fitted, "abcdef", NARROW, PLOT_FONT, "'abcdef' font ',10'");
    assert_written(plot_text_write_fitted, "abcdefghi", NARROW, PLOT_FONT,
                   "'abcdefghi'[1:6].'…' font ',8'");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_letters_have_widths_not_bytes),
        cmocka_unit_test(test_wide_texts_are_cut),
        cmocka_unit_test(test_letters_shrink_before_texts_are_cut),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
