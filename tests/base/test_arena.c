#include "base/arena.h"

#include "check.h"

#include <string.h>

enum { CACHE_LINE_BYTES = 64, LARGE_BYTES = 1 << 20 };

static void test_aligned_zeroed_apart(void **state) {
    (void)state;
    struct arena arena = {0};
    struct error error = {0};
    unsigned char *pieces[200];
    for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) {
        size_t bytes = 1 + 37 * i;
        assert_ok(&error, ARENA_NEW(&arena, pieces[i], bytes, &error));
        assert_int_equal((uintptr_t)pieces[i] % CACHE_LINE_BYTES, 0);
        for (size_t k = 0; k < bytes; k++) {
            assert_int_equal(pieces[i][k], 0);
        }
        memset(pieces[i], (int)(i % 255) + 1, bytes);
    }
    for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) {
        assert_int_equal(pieces[i][0], i % 255 + 1);
        assert_int_equal(pieces[i][37 * i], i % 255 + 1);
    }
    arena_free(&arena);
    assert_null(arena.newest);
}

static void test_nothing_is_something(void **state) {
    (void)state;
    SCOPED(arena_free) struct arena arena = {0};
    struct error error = {0};
    double *first;
    double *second;
    assert_ok(&error, ARENA_NEW(&arena, first, 0, &error));
    assert_ok(&error, ARENA_NEW(&arena, second, 0, &error));
    assert_non_null(first);
    assert_true(first != second);
}

static void test_too_much(void **state) {
    (void)state;
    SCOPED(arena_free) struct arena arena = {0};
    struct error error = {0};
    double *numbers = (double *)&arena;
    assert_int_equal(ARENA_NEW(&arena, numbers, SIZE_MAX / 2, &error), STATUS_NO_MEMORY);
    assert_null(numbers);
    assert_int_equal(error.status, STATUS_NO_MEMORY);
    assert_true(strlen(error.message) > 0);
}

/* After a reset the same loop of allocations finds one block that holds it all. */
static void test_reset_keeps_one_block(void **state) {
    (void)state;
    struct arena arena = {0};
    struct error error = {0};
    for (int round = 0; round < 3; round++) {
        struct arena_block *before = arena.newest;
        for (int i = 0; i < 10; i++) {
            unsigned char *bytes;
            assert_ok(&error, ARENA_NEW(&arena, bytes, LARGE_BYTES, &error));
            assert_int_equal(bytes[LARGE_BYTES - 1], 0);
            bytes[LARGE_BYTES - 1] = 1;
        }
        assert_true(round == 0 || arena.newest == before);
        arena_reset(&arena);
    }
    arena_free(&arena);
    arena_reset(&arena);
    assert_null(arena.newest);
}

static void test_strings(void **state) {
    (void)state;
    SCOPED(arena_free) struct arena arena = {0};
    struct error error = {0};
    const char *text;
    assert_ok(&error, arena_strdup(&arena, "50%s", &text, &error));
    assert_string_equal(text, "50%s");
    assert_ok(&error, arena_printf(&arena, &text, &error, "%s.%d", text, 7));
    assert_string_equal(text, "50%s.7");
    assert_ok(&error, arena_strdup(&arena, "", &text, &error));
    assert_string_equal(text, "");
    assert_ok(&error, arena_append(&arena, &text, ", ", &error, "%d", 1));
    assert_ok(&error, arena_append(&arena, &text, ", ", &error, "%d", 2));
    assert_string_equal(text, "1, 2");
}

static void test_lists(void **state) {
    (void)state;
    SCOPED(arena_free) struct arena arena = {0};
    struct error error = {0};
    const char *list = "";
    assert_ok(&error, arena_append(&arena, &list, ", ", &error, "%d", 1));
    assert_string_equal(list, "1");
    assert_ok(&error, arena_append(&arena, &list, ", ", &error, "%s and %s", list, "2"));
    assert_ok(&error, arena_append(&arena, &list, "", &error, "."));
    assert_string_equal(list, "1, 1 and 2.");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_aligned_zeroed_apart),
        cmocka_unit_test(test_nothing_is_something),
        cmocka_unit_test(test_too_much),
        cmocka_unit_test(test_reset_keeps_one_block),
        cmocka_unit_test(test_strings),
        cmocka_unit_test(test_lists),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
