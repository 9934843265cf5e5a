#include "fixture.h"

#include "store/reader.h"

/* The older grid has jobs 0…19 under the hashes 0…19; the newer one has those of 10…29. */
enum { JOBS = 20, SHIFT = 10 };

struct pair {
    struct fixture older;
    struct fixture newer;
};

static void start(struct pair *pair, size_t older_latents, size_t newer_latents) {
    fixture_start(&pair->older, JOBS, older_latents);
    fixture_start(&pair->newer, JOBS, newer_latents);
    pair->newer.sweep.seed = SHIFT;
    fixture_create(&pair->older);
    fixture_create(&pair->newer);
}

static void end(struct pair *pair) {
    fixture_end(&pair->older);
    fixture_end(&pair->newer);
}

static int64_t reuse(struct pair *pair, uint8_t states[JOBS]) {
    int64_t copied;
    memset(states, ROW_MISSING, JOBS);
    assert_ok(&pair->newer.error,
              results_reuse(pair->newer.path, pair->older.path, &pair->newer.layout, NO_RUN, states,
                            &copied, &pair->newer.error));
    return copied;
}

static void test_copies_rows_of_equal_hash(void **state) {
    (void)state;
    static const int64_t done[] = {3, 12, 13, 19};
    static const int64_t diverged[] = {15};
    static const int64_t quarantined[] = {16};
    struct pair pair;
    uint8_t states[JOBS];
    uint8_t read[JOBS];
    int64_t torn;
    start(&pair, 3, 3);
    fixture_write(&pair.older, done, 4, ROW_DONE);
    fixture_write(&pair.older, diverged, 1, ROW_DIVERGED);
    fixture_write(&pair.older, quarantined, 1, ROW_QUARANTINED);
    assert_int_equal(reuse(&pair, states), 4);
    assert_ok(&pair.newer.error,
              results_states(pair.newer.path, &pair.newer.layout, read, &torn, &pair.newer.error));
    assert_memory_equal(states, read, JOBS);
    for (int64_t job = 0; job < JOBS; job++) {
        int64_t old = job + SHIFT;
        bool copied = old == 12 || old == 13 || old == 19;
        assert_int_equal(read[job], copied ? ROW_DONE : old == 15 ? ROW_DIVERGED : ROW_MISSING);
    }
    struct results_reader *reader;
    double losses[JOBS];
    double seconds[JOBS];
    assert_ok(&pair.newer.error, reader_open(pair.newer.path, &reader, &pair.newer.error));
    assert_ok(&pair.newer.error,
              reader_column(reader, "loss", HDF_FLOAT64, 0, JOBS, losses, &pair.newer.error));
    assert_ok(&pair.newer.error,
              reader_column(reader, "seconds", HDF_FLOAT64, 0, JOBS, seconds, &pair.newer.error));
    assert_true(losses[2] == 12 && losses[3] == 13 && losses[5] == 15 && isnan(losses[4]));
    assert_true(seconds[9] == 0.5 * 19);
    reader_release(&reader);
    end(&pair);
}

static void test_leaves_finished_rows_alone(void **state) {
    (void)state;
    static const int64_t done[] = {12, 13};
    static const int64_t own[] = {2};
    struct pair pair;
    uint8_t states[JOBS] = {0};
    int64_t copied;
    double loss;
    struct results_reader *reader;
    start(&pair, 3, 3);
    fixture_write(&pair.older, done, 2, ROW_DONE);
    fixture_write(&pair.newer, own, 1, ROW_DONE);
    states[2] = ROW_DONE;
    assert_ok(&pair.newer.error, results_reuse(pair.newer.path, pair.older.path, &pair.newer.layout,
                                               NO_RUN, states, &copied, &pair.newer.error));
    assert_int_equal(copied, 1);
    assert_ok(&pair.newer.error, reader_open(pair.newer.path, &reader, &pair.newer.error));
    assert_ok(&pair.newer.error,
              reader_column(reader, "loss", HDF_FLOAT64, 2, 1, &loss, &pair.newer.error));
    assert_true(loss == 2);
    reader_release(&reader);
    end(&pair);
}

/* What the newer file has for a job: r2 and weights. */
static void read_row(struct pair *pair, int64_t job, void *matrix, float *weights) {
    struct error *error = &pair->newer.error;
    SCOPED(reader_release) struct results_reader *reader = NULL;
    assert_ok(error, reader_open(pair->newer.path, &reader, error));
    assert_ok(error, reader_column(reader, "r2", HDF_FLOAT64, job, 1, matrix, error));
    assert_ok(error, reader_column(reader, "weights", HDF_FLOAT32, job, 1, weights, error));
}

/* A wider network was added: old rows fit in a corner, and NaN fills the rest. */
static void test_pads_smaller_rows(void **state) {
    (void)state;
    static const int64_t done[] = {11};
    struct pair pair;
    uint8_t states[JOBS];
    double matrix[2][5];
    float weights[5];
    start(&pair, 3, 5);
    fixture_write(&pair.older, done, 1, ROW_DONE);
    assert_int_equal(reuse(&pair, states), 1);
    read_row(&pair, 1, matrix, weights);
    for (size_t i = 0; i < 2; i++) {
        for (size_t j = 0; j < 5; j++) {
            assert_true(j < 3 ? matrix[i][j] == fixture_value(11, 1, 3 * i + j)
                              : isnan(matrix[i][j]));
        }
    }
    assert_true(weights[2] == (float)fixture_value(11, 2, 2) && isnan(weights[3]));
    end(&pair);
}

/* A wider network was taken out: what remains of old rows is their corner. */
static void test_takes_the_corner_of_larger_rows(void **state) {
    (void)state;
    static const int64_t done[] = {11};
    struct pair pair;
    uint8_t states[JOBS];
    double matrix[2][3];
    float weights[3];
    start(&pair, 5, 3);
    fixture_write(&pair.older, done, 1, ROW_DONE);
    assert_int_equal(reuse(&pair, states), 1);
    read_row(&pair, 1, matrix, weights);
    for (size_t i = 0; i < 2; i++) {
        for (size_t j = 0; j < 3; j++) {
            assert_true(matrix[i][j] == fixture_value(11, 1, 5 * i + j));
        }
    }
    assert_true(weights[2] == (float)fixture_value(11, 2, 2));
    end(&pair);
}

static void assert_refused(struct pair *pair, const char *text) {
    uint8_t states[JOBS] = {0};
    int64_t copied;
    assert_int_equal(results_reuse(pair->newer.path, pair->older.path, &pair->newer.layout, NO_RUN,
                                   states, &copied, &pair->newer.error),
                     STATUS_BAD_INPUT);
    assert_message(&pair->newer.error, text);
    assert_int_equal(copied, 0);
}

static void test_refuses_what_does_not_fit(void **state) {
    (void)state;
    struct pair pair;
    start(&pair, 3, 3);
    (void)fixture_add(&pair.newer, VARIABLE_FLOAT64, "cinfom", 0, NULL);
    assert_refused(&pair, "no variable cinfom");
    assert_int_equal(truncate(pair.older.path, 0), 0);
    assert_refused(&pair, "empty");
    end(&pair);
}

/* What an older program did not write yet is NaN in the rows taken from it. */
static void test_does_without_optional_variables(void **state) {
    (void)state;
    static const int64_t done[] = {12};
    struct pair pair;
    uint8_t states[JOBS];
    struct results_reader *reader;
    double loss;
    double gradient;
    fixture_start(&pair.older, JOBS, 3);
    fixture_start(&pair.newer, JOBS, 3);
    pair.newer.sweep.seed = SHIFT;
    size_t added = fixture_add(&pair.newer, VARIABLE_FLOAT64, "gradient", 0, NULL);
    pair.newer.layout.variables[added].optional = true;
    fixture_create(&pair.older);
    fixture_create(&pair.newer);
    fixture_write(&pair.older, done, 1, ROW_DONE);
    assert_int_equal(reuse(&pair, states), 1);
    assert_ok(&pair.newer.error, reader_open(pair.newer.path, &reader, &pair.newer.error));
    assert_ok(&pair.newer.error,
              reader_column(reader, "loss", HDF_FLOAT64, 2, 1, &loss, &pair.newer.error));
    assert_ok(&pair.newer.error,
              reader_column(reader, "gradient", HDF_FLOAT64, 2, 1, &gradient, &pair.newer.error));
    assert_true(loss == 12 && isnan(gradient));
    reader_release(&reader);
    end(&pair);
}

/* A grid may hold one job twice: both rows are filled. */
static void test_fills_every_row_of_a_job(void **state) {
    (void)state;
    static const int64_t done[] = {0, 4};
    struct pair pair;
    uint8_t states[JOBS];
    fixture_start(&pair.older, JOBS, 3);
    fixture_start(&pair.newer, JOBS, 3);
    pair.newer.sweep.case_count = 8; /* jobs 0…7, 0…7, 0…3 */
    fixture_create(&pair.older);
    fixture_create(&pair.newer);
    fixture_write(&pair.older, done, 2, ROW_DONE);
    assert_int_equal(reuse(&pair, states), 5);
    for (size_t job = 0; job < JOBS; job++) {
        assert_int_equal(states[job], job % 8 == 0 || job % 8 == 4 ? ROW_DONE : ROW_MISSING);
    }
    end(&pair);
}

/* Shards take rows from shards of another number, or of another grid. */
static void test_reuses_rows_of_shards(void **state) {
    (void)state;
    struct pair pair;
    uint8_t states[JOBS];
    fixture_start(&pair.older, JOBS, 3);
    fixture_start(&pair.newer, JOBS, 3);
    pair.newer.sweep.seed = SHIFT;
    pair.older.shard = (struct shard){.index = 0, .count = 2, .jobs = JOBS};
    pair.newer.shard = (struct shard){.index = 1, .count = 3, .jobs = JOBS};
    fixture_create(&pair.older);
    fixture_create(&pair.newer);
    for (int64_t row = 0; row < shard_rows(&pair.older.shard); row++) {
        const int64_t job = shard_job(&pair.older.shard, row);
        fixture_write(&pair.older, &job, 1, ROW_DONE);
    }
    int64_t copied;
    int64_t torn;
    int64_t expected = 0;
    struct error *error = &pair.newer.error;
    assert_ok(&pair.newer.error,
              results_states(pair.newer.path, &pair.newer.layout, states, &torn, error));
    assert_ok(&pair.newer.error, results_reuse(pair.newer.path, pair.older.path, &pair.newer.layout,
                                               NO_RUN, states, &copied, error));
    assert_ok(&pair.newer.error,
              results_states(pair.newer.path, &pair.newer.layout, states, &torn, error));
    for (int64_t job = 0; job < JOBS; job++) {
        bool held = job + SHIFT < JOBS && shard_has(&pair.older.shard, job + SHIFT);
        bool own = shard_has(&pair.newer.shard, job);
        assert_int_equal(states[job], !own ? ROW_ELSEWHERE : held ? ROW_DONE : ROW_MISSING);
        expected += own && held;
    }
    assert_true(expected > 0);
    assert_int_equal(copied, expected);
    assert_int_equal(torn, 0);
    end(&pair);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(test_reuses_rows_of_shards),
    cmocka_unit_test(test_copies_rows_of_equal_hash),
    cmocka_unit_test(test_leaves_finished_rows_alone),
    cmocka_unit_test(test_pads_smaller_rows),
    cmocka_unit_test(test_takes_the_corner_of_larger_rows),
    cmocka_unit_test(test_refuses_what_does_not_fit),
    cmocka_unit_test(test_does_without_optional_variables),
    cmocka_unit_test(test_fills_every_row_of_a_job),
};

RUN_WITH_MPI(tests)
