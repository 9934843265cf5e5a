#include "show/shell.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

enum { LINE_BYTES = 256 };

/* What a shell makes of the word. */
static void assert_means_itself(const char *word) {
    struct arena arena = {0};
    struct error error;
    char found[LINE_BYTES] = "";
    const char *written = shell_word(&arena, word, &error);
    assert_non_null(written);
    const char *command = arena_format(&arena, &error, "printf %%s %s", written);
    assert_non_null(command);
    FILE *shell = popen(command, "r");
    assert_non_null(shell);
    size_t length = fread(found, 1, sizeof found - 1, shell);
    found[length] = '\0';
    assert_int_equal(pclose(shell), 0);
    assert_string_equal(found, word);
    arena_free(&arena);
}

static void test_words_mean_themselves(void **state) {
    (void)state;
    assert_means_itself("");
    assert_means_itself("it's 'two' words");
    assert_means_itself("$HOME `id` \\ \" * ; & | < > # ~ \n end");
    assert_means_itself("grün.h5");
}

static void test_plain_words_stay(void **state) {
    (void)state;
    struct arena arena = {0};
    struct error error;
    assert_string_equal(shell_word(&arena, "a/b-c_d.h5", &error), "a/b-c_d.h5");
    assert_string_equal(shell_word(&arena, "a b", &error), "'a b'");
    arena_free(&arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_words_mean_themselves),
        cmocka_unit_test(test_plain_words_stay),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
