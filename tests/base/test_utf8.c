/* Letters count once, however many bytes they take. */

#include "base/utf8.h"

#include "check.h"

#include <string.h>

/* Letters of one, two, three and four bytes. */
static const char text[] = "aé…𝛼z";

static void test_letters(void **state) {
    (void)state;
    assert_int_equal(utf8_letters("", SIZE_MAX), 0);
    assert_int_equal(utf8_letters(text, SIZE_MAX), 5);
    assert_int_equal(utf8_letters(text, 0), 0);
    assert_int_equal(utf8_letters(text, 3), 2);
    assert_int_equal(utf8_letters(text, strlen(text) - 1), 4);
}

static void test_bytes(void **state) {
    (void)state;
    static const size_t bytes[] = {0, 1, 3, 6, 10, 11, 11};
    for (size_t i = 0; i < sizeof bytes / sizeof bytes[0]; i++) {
        assert_int_equal(utf8_bytes(text, i), bytes[i]);
    }
    assert_int_equal(utf8_bytes("", 3), 0);
}

static void test_continues(void **state) {
    (void)state;
    assert_false(utf8_continues('a'));
    assert_false(utf8_continues(text[1]));
    assert_true(utf8_continues(text[2]));
    assert_false(utf8_continues('\0'));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_letters),
        cmocka_unit_test(test_bytes),
        cmocka_unit_test(test_continues),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
