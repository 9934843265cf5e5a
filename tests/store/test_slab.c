#include "store/slab.h"

#include "check.h"

/* Slabs join without gaps, and are full but for the last. */
static void test_covers_all_rows_once(void **state) {
    (void)state;
    for (int64_t rows = 0; rows < 12; rows++) {
        for (int64_t room = 1; room < 14; room++) {
            int64_t next = 0;
            for (struct slab slab = slab_first(rows, room); slab.count > 0; slab_next(&slab)) {
                assert_int_equal(slab.first, next);
                next += slab.count;
                assert_true(slab.count == room || next == rows);
            }
            assert_int_equal(next, rows);
        }
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_covers_all_rows_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
