/* Entries come out as a stable sort puts them, also while others are added. */

#include "base/heap.h"

#include "check.h"

#include <math.h>

enum { ENTRIES = 500, KEYS = 50 };

static double key_number(int64_t k) {
    return (double)(k * 7919 % KEYS);
}

static void test_least_first_ties_in_order(void **state) {
    (void)state;
    SCOPED(arena_free) struct arena arena = {0};
    struct error error;
    struct heap heap;
    assert_ok(&error, heap_make(&heap, &arena, ENTRIES, &error));
    assert_true(isinf(heap_least(&heap)));
    for (int k = 0; k < ENTRIES; k++) {
        heap_add(&heap, key_number(k), k);
    }
    for (int key = 0; key < KEYS; key++) {
        for (int k = 0; k < ENTRIES; k++) {
            if (key_number(k) == (double)key) {
                assert_true(heap_least(&heap) == (double)key);
                assert_int_equal(heap_take(&heap).item, k);
            }
        }
    }
    assert_int_equal(heap.count, 0);
}

/* As a simulation uses it: what is taken causes something later. */
static void test_time_never_goes_back(void **state) {
    (void)state;
    SCOPED(arena_free) struct arena arena = {0};
    struct error error;
    struct heap heap;
    double last = 0.0;
    assert_ok(&error, heap_make(&heap, &arena, KEYS, &error));
    for (int k = 0; k < KEYS; k++) {
        heap_add(&heap, key_number(k), k);
    }
    for (int k = 0; k < ENTRIES; k++) {
        struct heap_entry entry = heap_take(&heap);
        assert_true(entry.key >= last);
        last = entry.key;
        heap_add(&heap, last + key_number(k + entry.item), entry.item);
        assert_int_equal(heap.count, KEYS);
    }
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(test_least_first_ties_in_order),
    cmocka_unit_test(test_time_never_goes_back),
};

int main(void) {
    return cmocka_run_group_tests(tests, NULL, NULL);
}
