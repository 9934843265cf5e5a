#include "merging.h"

static void test_shards_of_different_sweeps(void **state) {
    (void)state;
    struct set set = {0};
    for (int64_t k = 0; k < 2; k++) {
        struct fixture *file = add(&set, 3);
        file->shard = (struct shard){.index = k, .count = 2, .jobs = JOBS};
        file->sweep.fingerprint += (uint64_t)k;
        fixture_create(file);
    }
    assert_refused(&set, "shards of different sweeps");
    assert_message(&set.error, set.files[0].path);
    assert_message(&set.error, set.files[1].path);
    end(&set);
    set = (struct set){0};
    for (int64_t k = 0; k < 2; k++) {
        struct fixture *file = add(&set, 3);
        file->shard = (struct shard){.index = k, .count = k + 2, .jobs = JOBS};
        fixture_create(file);
    }
    assert_refused(&set, "shards of different numbers: ");
    end(&set);
}

static void test_variables_of_other_kind(void **state) {
    (void)state;
    struct set set = {0};
    struct fixture *first = add(&set, 3);
    (void)fixture_add(first, VARIABLE_FLOAT64, "extra", 0, NULL);
    fixture_create(first);
    struct fixture *second = add(&set, 3);
    (void)fixture_add(second, VARIABLE_INT64, "extra", 0, NULL);
    fixture_create(second);
    assert_refused(&set, "variable extra has one type or shape in");
    assert_message(&set.error, first->path);
    assert_message(&set.error, second->path);
    end(&set);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(test_shards_of_different_sweeps),
    cmocka_unit_test(test_variables_of_other_kind),
};

RUN_WITH_MPI(tests)
