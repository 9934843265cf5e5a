#include "sweep/shard.h"

#include "check.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const int64_t job_counts[] = {1, 2, 3, 7, 12, 96, 97, 1000, 1009};

/* Every job is in one shard, whose rows run through its jobs in ascending order. */
static void assert_partition(int64_t jobs, int64_t count) {
    unsigned char *seen = calloc((size_t)jobs, 1);
    int64_t total = 0;
    assert_non_null(seen);
    for (int64_t index = 0; index < count; index++) {
        const struct shard shard = {index, count, jobs};
        int64_t rows = shard_rows(&shard);
        int64_t before = -1;
        assert_in_range(rows, jobs / count, (jobs + count - 1) / count);
        for (int64_t row = 0; row < rows; row++) {
            int64_t job = shard_job(&shard, row);
            assert_true(job > before && job < jobs);
            assert_true(shard_has(&shard, job));
            assert_int_equal(shard_row(&shard, job), row);
            assert_int_equal(seen[job], 0);
            seen[job] = 1;
            before = job;
        }
        for (int64_t job = 0; job < jobs; job++) {
            total += shard_has(&shard, job);
        }
    }
    assert_int_equal(total, jobs);
    free(seen);
}

static void test_every_job_is_in_one_shard(void **state) {
    (void)state;
    for (size_t j = 0; j < sizeof job_counts / sizeof *job_counts; j++) {
        for (int64_t count = 1; count <= job_counts[j] && count <= 40; count++) {
            assert_partition(job_counts[j], count);
        }
        assert_partition(job_counts[j], job_counts[j]);
    }
}

static void test_one_shard_is_the_sweep(void **state) {
    (void)state;
    const struct shard shard = shard_whole(100);
    assert_int_equal(shard_rows(&shard), 100);
    for (int64_t job = 0; job < 100; job++) {
        assert_int_equal(shard_job(&shard, job), job);
    }
}

/* A shard's share of each value of an axis of `length` values, each for `stride` jobs, is near
 * 1/count: within five standard deviations of drawing one job of each block at random. */
static void assert_balanced(int64_t jobs, int64_t count, int64_t length, int64_t stride) {
    for (int64_t index = 0; index < count; index++) {
        const struct shard shard = {index, count, jobs};
        int64_t *found = calloc((size_t)length, sizeof *found);
        assert_non_null(found);
        for (int64_t row = 0; row < shard_rows(&shard); row++) {
            found[shard_job(&shard, row) / stride % length]++;
        }
        for (int64_t value = 0; value < length; value++) {
            double mean = (double)jobs / (double)length / (double)count;
            assert_near((double)found[value], mean, 5 * sqrt(mean) + 1);
        }
        free(found);
    }
}

static void test_no_axis_falls_in_step(void **state) {
    (void)state;
    static const int64_t counts[] = {2, 3, 4, 8, 10};
    static const int64_t lengths[] = {2, 3, 4, 5, 8, 10, 16, 30};
    static const int64_t strides[] = {1, 2, 4, 10, 96};
    for (size_t c = 0; c < 5; c++) {
        for (size_t l = 0; l < 8; l++) {
            for (size_t s = 0; s < 5; s++) {
                assert_balanced(lengths[l] * strides[s] * 200, counts[c], lengths[l], strides[s]);
            }
        }
    }
}

/* Files once written must remain readable. */
static void test_assignment_stays(void **state) {
    (void)state;
    static const int64_t expected[] = {2, 4, 8, 9, 14, 16, 19, 21};
    const struct shard shard = {.index = 0, .count = 3, .jobs = 24};
    for (int64_t row = 0; row < 8; row++) {
        assert_int_equal(shard_job(&shard, row), expected[row]);
    }
}

static void test_reads_numbers(void **state) {
    (void)state;
    static const char *const bad[] = {"",
                                      "1",
                                      "0/3",
                                      "4/3",
                                      "1/0",
                                      "-1/3",
                                      "1/-3",
                                      "a/b",
                                      "1/3/5",
                                      " 1/3",
                                      "1/ 3",
                                      "1/",
                                      "/3",
                                      "1.5/3",
                                      "+1/3",
                                      "1/3x",
                                      "1/99999999999999999999",
                                      "1/1000001"};
    struct error error;
    struct shard shard;
    assert_ok(&error, shard_parse("3/8", &shard, &error));
    assert_int_equal(shard.index, 2);
    assert_int_equal(shard.count, 8);
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        assert_int_equal(shard_parse(bad[i], &shard, &error), STATUS_BAD_INPUT);
        assert_message(&error, "--shard");
    }
}

static void test_wants_a_job_for_each(void **state) {
    (void)state;
    struct error error;
    struct shard shard = {.index = 0, .count = 5};
    assert_ok(&error, shard_measure(&shard, 5, &error));
    assert_int_equal(shard.jobs, 5);
    assert_int_equal(shard_measure(&shard, 4, &error), STATUS_BAD_INPUT);
    assert_message(&error, "only 4 jobs");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_job_is_in_one_shard),
        cmocka_unit_test(test_one_shard_is_the_sweep),
        cmocka_unit_test(test_no_axis_falls_in_step),
        cmocka_unit_test(test_assignment_stays),
        cmocka_unit_test(test_reads_numbers),
        cmocka_unit_test(test_wants_a_job_for_each),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
