#include "aggregate/repeats.h"

#include "aggregate/cells.h"
#include "store/states.h"

/* Jobs j and j + 6 are the same. A row is a repetition if an earlier one of its job is done,
 * whatever became of it; before that one it counts. */
static void test_only_the_first_done_row_counts(void **state) {
    (void)state;
    static const int64_t done[] = {0, 6, 1, 8};
    static const int64_t diverged[] = {7};
    struct fixture fixture;
    uint8_t states[JOBS];
    int64_t torn;
    int64_t count;
    fixture_start(&fixture, JOBS, 3);
    fixture.sweep.case_count = JOBS / 2;
    struct results_reader *reader = cells_open(&fixture, done, COUNT(done));
    reader_release(&reader);
    fixture_write(&fixture, diverged, 1, ROW_DIVERGED);
    assert_ok(&fixture.error, reader_open(fixture.path, &reader, &fixture.error));
    assert_ok(&fixture.error, states_read(reader, states, &torn, &fixture.error));
    assert_ok(&fixture.error, repeats_mark(reader, states, &count, &fixture.error));
    assert_int_equal(count, 2);
    for (int64_t row = 0; row < JOBS; row++) {
        const uint8_t expected = row == 6 || row == 7               ? ROW_REPEATED
                                 : row == 0 || row == 1 || row == 8 ? ROW_DONE
                                                                    : ROW_MISSING;
        assert_int_equal(states[row], expected);
    }
    reader_release(&reader);
    fixture_end(&fixture);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(test_only_the_first_done_row_counts),
};

RUN_WITH_MPI(tests)
