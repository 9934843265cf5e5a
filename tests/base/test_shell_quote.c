#include "base/shell_quote.h"

#include "check.h"

#include <stdio.h>
#include <string.h>

enum { LINE_BYTES = 256 };

/* What a shell makes of the word. */
static void assert_means_itself(const char *word) {
    SCOPED(arena_free) struct arena arena = {0};
    struct error error;
    char found[LINE_BYTES] = "";
    const char *written;
    const char *command;
    assert_ok(&error, shell_quote(&arena, word, &written, &error));
    assert_int_equal(arena_printf(&arena, &command, &error, "printf '%%s' %s", written), STATUS_OK);
    FILE *shell = popen(command, "r");
    assert_non_null(shell);
    size_t length = fread(found, 1, sizeof found - 1, shell);
    found[length] = '\0';
    assert_int_equal(pclose(shell), 0);
    assert_string_equal(found, word);
}

static void test_words_mean_themselves(void **state) {
    (void)state;
    assert_means_itself("");
    assert_means_itself("it's 'two' words");
    assert_means_itself("$HOME `id` \\ \" * ; & | < > # ~ \n end");
    assert_means_itself("grün.h5 √");
    assert_means_itself("'");
    assert_means_itself("a'b\"c'd");
    assert_means_itself("!grid [1, 2]");
    assert_means_itself("*?[a-z]{1} ~/x a=b;c&d|e<f>(g)");
    assert_means_itself("-o --option");
    assert_means_itself("  blanks  ");
    assert_means_itself("%j %% \\");
}

static void test_plain_words_stay(void **state) {
    (void)state;
    SCOPED(arena_free) struct arena arena = {0};
    struct error error;
    const char *word;
    assert_ok(&error, shell_quote(&arena, "a/b-c_d.h5", &word, &error));
    assert_string_equal(word, "a/b-c_d.h5");
    assert_ok(&error, shell_quote(&arena, "a b", &word, &error));
    assert_string_equal(word, "'a b'");
    assert_true(shell_quote_is_plain("plain-1.5_x/y.h5"));
    assert_false(shell_quote_is_plain(""));
    assert_false(shell_quote_is_plain("*"));
    arena_free(&arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_words_mean_themselves),
        cmocka_unit_test(test_plain_words_stay),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
