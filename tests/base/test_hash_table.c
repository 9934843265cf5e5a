#include "base/hash_table.h"

#include "check.h"

enum { DISTINCT = 5000, LOOKS = 20000 };

/* Enough to grow several times; numbers follow the order of first sight. */
static void assert_numbers(size_t expected) {
    struct arena arena = {0};
    struct error error;
    struct hash_table table;
    size_t number;
    assert_ok(&error, hash_table_make(&table, sizeof(uint64_t), expected, &arena, &error));
    for (uint64_t look = 0; look < LOOKS; look++) {
        uint64_t key = look % DISTINCT * 977;
        assert_int_equal(hash_table_find(&table, &key, &number), look >= DISTINCT);
        assert_ok(&error, hash_table_add(&table, &key, &number, &error));
        assert_int_equal(number, look % DISTINCT);
        assert_true(hash_table_find(&table, &key, &number));
        assert_int_equal(number, look % DISTINCT);
        assert_memory_equal(hash_table_key(&table, number), &key, sizeof key);
    }
    assert_int_equal(table.count, DISTINCT);
    arena_free(&arena);
}

static void test_numbers_distinct_keys(void **state) {
    (void)state;
    assert_numbers(0);
    assert_numbers(1);
    assert_numbers(DISTINCT);
    assert_numbers((size_t)2 * DISTINCT);
}

/* Keys that were returned stay valid while the table grows. */
static void test_keys_outlive_growth(void **state) {
    (void)state;
    struct arena arena = {0};
    struct error error;
    struct hash_table table;
    size_t number;
    assert_ok(&error, hash_table_make(&table, 3, 0, &arena, &error));
    assert_ok(&error, hash_table_add(&table, "abc", &number, &error));
    const unsigned char *first = hash_table_key(&table, number);
    for (uint32_t key = 0; key < DISTINCT; key++) {
        assert_ok(&error, hash_table_add(&table, &key, &number, &error));
    }
    assert_memory_equal(first, "abc", 3);
    assert_memory_equal(hash_table_key(&table, 0), "abc", 3);
    arena_free(&arena);
}

static void test_empty_keys_are_one(void **state) {
    (void)state;
    struct arena arena = {0};
    struct error error;
    struct hash_table table;
    size_t number;
    assert_ok(&error, hash_table_make(&table, 0, 0, &arena, &error));
    assert_false(hash_table_find(&table, "", &number));
    assert_ok(&error, hash_table_add(&table, "", &number, &error));
    assert_ok(&error, hash_table_add(&table, "", &number, &error));
    assert_int_equal(number, 0);
    assert_int_equal(table.count, 1);
    arena_free(&arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_numbers_distinct_keys),
        cmocka_unit_test(test_keys_outlive_growth),
        cmocka_unit_test(test_empty_keys_are_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
