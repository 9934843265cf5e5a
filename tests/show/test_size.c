#include "show/size.h"

#include "check.h"

static void assert_size(double bytes, const char *expected) {
    char text[SIZE_BYTES];
    assert_string_equal(size_text(bytes, text), expected);
}

static void test_sizes(void **state) {
    (void)state;
    assert_size(0, "0 bytes");
    assert_size(999, "999 bytes");
    assert_size(1000, "1 kB");
    assert_size(85500, "85.5 kB");
    assert_size(1.25e9, "1.25 GB");
    assert_size(7e16, "70 PB");
}

static void test_no_size_is_rounded_to_a_thousand(void **state) {
    (void)state;
    assert_size(999499, "999 kB");
    assert_size(999500, "1 MB");
    assert_size(999.96e9, "1 TB");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_sizes),
        cmocka_unit_test(test_no_size_is_rounded_to_a_thousand),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
