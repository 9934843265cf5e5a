/**
 * @file
 * A results file of cells whose scores are known, opened for reading.
 *
 * Cells c of two jobs: change "corner" where c is even, else "grün"; rate 0.5^c; width 3 + c, none
 * in cells 2 and 5. The loss of job j is j, its seconds j / 2.
 */
#pragma once

#include "store/fixture.h"
#include "store/reader.h"

enum { JOBS = 12 };

/* Jobs that are done: all of cells 0 and 2, one each of cells 1 and 3, none of cells 4 and 5. */
static const int64_t some_jobs[] = {0, 1, 2, 4, 5, 6};
enum { SOME_JOBS = sizeof some_jobs / sizeof *some_jobs };

/** Makes the file of a fixture, which was started, with these jobs done, and opens it. */
static inline struct results_reader *cells_open(struct fixture *fixture, const int64_t *done,
                                                size_t count) {
    struct results_reader *reader;
    fixture_create(fixture);
    if (count > 0) {
        fixture_write(fixture, done, count, ROW_DONE);
    }
    assert_ok(&fixture->error, reader_open(fixture->path, &reader, &fixture->error));
    return reader;
}
