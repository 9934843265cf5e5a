/* Lists of names: each name once; an empty list is not the same as no list. */
#include "command/names.h"

#include "check.h"

#include <string.h>

static const char *const given[] = {"a", "b", "a", "c", "b"};

static void repeated_names_count_once(void **state) {
    (void)state;
    SCOPED(arena_free) struct arena arena = {0};
    struct error error = {0};
    struct texts names;
    assert_int_equal(names_once("by", &(struct texts){given, 5}, false, &arena, &names, &error),
                     STATUS_OK);
    assert_int_equal(names.count, 3);
    assert_string_equal(names.values[0], "a");
    assert_string_equal(names.values[1], "b");
    assert_string_equal(names.values[2], "c");
}

static void none_differs_from_not_given(void **state) {
    (void)state;
    SCOPED(arena_free) struct arena arena = {0};
    struct error error = {0};
    struct texts names;
    const struct texts none = {given, 0};
    const struct texts absent = {NULL, 0};
    assert_true(names_none(&none));
    assert_false(names_none(&absent));
    assert_int_equal(names_once("by", &none, true, &arena, &names, &error), STATUS_OK);
    assert_int_equal(names_once("by", &none, false, &arena, &names, &error), STATUS_BAD_INPUT);
    assert_string_equal(error.message, "--by: expected names, got none");
    assert_int_equal(names_once("by", &absent, false, &arena, &names, &error), STATUS_OK);
    assert_int_equal(names.count, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(repeated_names_count_once),
        cmocka_unit_test(none_differs_from_not_given),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
