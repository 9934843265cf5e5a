#include "aggregate/groups.h"

#include "check.h"

#include <string.h>

/* Enough to grow several times; numbers follow the order of first sight. */
static void test_numbers_distinct_keys(void **state) {
    (void)state;
    enum { DISTINCT = 5000, LOOKS = 20000 };
    SCOPED(arena_free) struct arena arena = {0};
    struct error error;
    struct groups groups;
    assert_ok(&error, groups_start(&groups, sizeof(uint64_t), &arena, &error));
    for (uint64_t look = 0; look < LOOKS; look++) {
        uint64_t key = look % DISTINCT * 977;
        size_t number;
        assert_ok(&error, groups_find(&groups, &key, &number, &error));
        assert_int_equal(number, look % DISTINCT);
        assert_memory_equal(groups.keys[number], &key, sizeof key);
    }
    assert_int_equal(groups.count, DISTINCT);
}

static void test_empty_keys_are_one_group(void **state) {
    (void)state;
    SCOPED(arena_free) struct arena arena = {0};
    struct error error;
    struct groups groups;
    size_t number;
    assert_ok(&error, groups_start(&groups, 0, &arena, &error));
    assert_ok(&error, groups_find(&groups, "", &number, &error));
    assert_ok(&error, groups_find(&groups, "", &number, &error));
    assert_int_equal(number, 0);
    assert_int_equal(groups.count, 1);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_numbers_distinct_keys),
        cmocka_unit_test(test_empty_keys_are_one_group),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
