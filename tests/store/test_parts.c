#include "merging.h"

static void note_run(struct fixture *file, double started) {
    const struct run_note note = {.started = started, .ended = started + 1, .hosts = "node*2"};
    struct results *results;
    int64_t slot;
    assert_ok(&file->error, runs_next_slot(file->path, &slot, &file->error));
    assert_ok(&file->error, results_open(file->path, &file->layout, NO_RUN, MPI_COMM_SELF, &results,
                                         &file->error));
    assert_ok(&file->error, results_note_run(results, slot, &note, &file->error));
    assert_ok(&file->error, results_close(results, &file->error));
}

/* Merged files keep the parts that they had, and become a part themselves if runs continued them.
 */
static void test_parts_of_parts(void **state) {
    (void)state;
    static const int64_t first[] = {1};
    static const int64_t second[] = {2};
    static const int64_t later[] = {3};
    static const int64_t other[] = {4};
    struct set set = {0};
    struct arena arena = {0};
    struct results_part part;
    int64_t parts[JOBS];
    fixture_create(add(&set, 3));
    fixture_create(add(&set, 3));
    fixture_write(&set.files[0], first, 1, ROW_DONE);
    fixture_write(&set.files[1], second, 1, ROW_DONE);
    note_run(&set.files[1], 1.7e9);
    merge(&set);
    /* The merged file becomes the first of the next merge, after a run continued it. */
    struct set next = {.count = 2, .files = {set.files[0], set.files[1]}};
    assert_true(snprintf(next.files[0].path, sizeof next.files[0].path, "%s", set.output) > 0);
    assert_true(snprintf(next.output, sizeof next.output, "%.200s/again.h5", set.files[0].folder) >
                0);
    fixture_write(&next.files[0], later, 1, ROW_DONE);
    fixture_write(&next.files[1], other, 1, ROW_DONE);
    merge(&next);
    struct results_reader *reader = open_output(&next);
    assert_int_equal(parts_count(reader), 4);
    assert_ok(&set.error, reader_column(reader, "part", HDF_INT64, 0, JOBS, parts, &set.error));
    assert_int_equal(parts[0], 0);
    assert_int_equal(parts[1], 1);
    assert_int_equal(parts[2], 2);
    assert_int_equal(parts[3], 3);
    assert_int_equal(parts[4], 4);
    assert_ok(&set.error, parts_read(reader, 1, &arena, &part, &set.error));
    assert_string_equal(part.path, set.files[0].path);
    assert_int_equal(part.run_count, 0);
    assert_ok(&set.error, parts_read(reader, 2, &arena, &part, &set.error));
    assert_string_equal(part.path, set.files[1].path);
    assert_string_equal(part.yaml, "name: test\n");
    assert_string_equal(part.name, "test");
    assert_true(part.fingerprint == set.files[1].sweep.fingerprint);
    assert_true(part.created[0] != '\0' && part.host[0] != '\0' && part.program[0] != '\0');
    assert_int_equal(part.run_count, 1);
    assert_true(part.runs[0].started == 1.7e9 && part.runs[0].ended == 1.7e9 + 1);
    assert_string_equal(part.runs[0].hosts, "node*2");
    assert_ok(&set.error, parts_read(reader, 3, &arena, &part, &set.error));
    assert_string_equal(part.path, set.output);
    reader_release(&reader);
    arena_free(&arena);
    end(&set);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(test_parts_of_parts),
};

RUN_WITH_MPI(tests)
