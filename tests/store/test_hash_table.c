#include "store/hash_table.h"

#include "check.h"
#include "store/format.h"

#include <stdbool.h>

enum { ROWS = 1000, KINDS = 300 };

/* Row r has hash number r mod KINDS; first words collide, all of them where `alike`. */
static void fill(uint64_t hashes[ROWS][HASH_WORDS], bool alike) {
    for (uint64_t row = 0; row < ROWS; row++) {
        hashes[row][0] = alike ? 7 : row % KINDS % 16;
        hashes[row][1] = row % KINDS;
    }
}

/* Every added row of a hash is found once, and none else. */
static void assert_found(const struct hash_table *table, uint64_t hashes[ROWS][HASH_WORDS],
                         int64_t added) {
    for (int64_t kind = 0; kind < KINDS; kind++) {
        bool seen[ROWS] = {false};
        size_t probe = (size_t)hashes[kind][0];
        int64_t row;
        while ((row = hash_table_next(table, hashes[kind], &probe)) != HASH_TABLE_NO_ROW) {
            assert_in_range(row, 0, added - 1);
            assert_int_equal(row % KINDS, kind);
            assert_false(seen[row]);
            seen[row] = true;
        }
        for (row = 0; row < ROWS; row++) {
            assert_int_equal(seen[row], row < added && row % KINDS == kind);
        }
    }
}

static void test_finds_what_was_added(void **state) {
    (void)state;
    static uint64_t hashes[ROWS][HASH_WORDS];
    struct error error;
    for (int alike = 0; alike < 2; alike++) {
        struct arena arena = {0};
        struct hash_table table;
        fill(hashes, alike != 0);
        assert_ok(&error, hash_table_make(&arena, hashes[0], ROWS, &table, &error));
        assert_found(&table, hashes, 0);
        for (int64_t row = 0; row < ROWS; row++) {
            hash_table_add(&table, row);
            if (row == 0 || row == 450) {
                assert_found(&table, hashes, row + 1);
            }
        }
        assert_found(&table, hashes, ROWS);
        arena_free(&arena);
    }
}

static void test_an_empty_table(void **state) {
    (void)state;
    const uint64_t hash[HASH_WORDS] = {UINT64_MAX, 1};
    struct error error;
    SCOPED(arena_free) struct arena arena = {0};
    struct hash_table table;
    size_t probe = (size_t)hash[0];
    assert_ok(&error, hash_table_make(&arena, hash, 0, &table, &error));
    assert_int_equal(hash_table_next(&table, hash, &probe), HASH_TABLE_NO_ROW);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_finds_what_was_added),
        cmocka_unit_test(test_an_empty_table),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
