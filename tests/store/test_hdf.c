#include "store/hdf.h"

#include "check.h"

#include <fcntl.h>

enum { ROWS = 5, WIDTH = 3, LONG_TEXT_BYTES = 100000 };

struct subject {
    struct scratch_file file;
    hid_t id;
    struct arena arena;
    struct error error;
};

static int setup(void **state) {
    static struct subject subject;
    const hsize_t lengths[] = {ROWS, WIDTH};
    subject = (struct subject){.file = scratch_name(".h5")};
    hdf_quiet();
    subject.id = H5Fcreate(subject.file.path, H5F_ACC_TRUNC, H5P_DEFAULT, H5P_DEFAULT);
    SCOPED(hdf_release) hid_t space = H5Screate_simple(2, lengths, NULL);
    SCOPED(hdf_release) hid_t type = hdf_type(HDF_INT64);
    SCOPED(hdf_release) hid_t properties = H5Pcreate(H5P_DATASET_CREATE);
    assert_true(H5Pset_alloc_time(properties, H5D_ALLOC_TIME_EARLY) >= 0);
    SCOPED(hdf_release)
    hid_t dataset =
        H5Dcreate2(subject.id, "rows", type, space, H5P_DEFAULT, properties, H5P_DEFAULT);
    assert_true(dataset >= 0);
    *state = &subject;
    return 0;
}

static int teardown(void **state) {
    struct subject *subject = *state;
    hdf_release(&subject->id);
    arena_free(&subject->arena);
    scratch_remove(&subject->file);
    return 0;
}

/* Rows in the middle, through another type and back; the others stay. */
static void test_rows(void **state) {
    struct subject *subject = *state;
    const double written[2][WIDTH] = {{1, 2, 3}, {4, 5, 6}};
    int64_t read[ROWS][WIDTH];
    assert_ok(&subject->error,
              hdf_write_rows(subject->id, "rows", HDF_FLOAT64, 2, 2, written, &subject->error));
    assert_ok(&subject->error,
              hdf_read_rows(subject->id, "rows", HDF_INT64, 0, ROWS, read, &subject->error));
    for (int row = 0; row < ROWS; row++) {
        for (int k = 0; k < WIDTH; k++) {
            assert_int_equal(read[row][k], row == 2 || row == 3 ? 3 * (row - 2) + k + 1 : 0);
        }
    }
}

static void test_rows_that_are_not_there(void **state) {
    struct subject *subject = *state;
    int64_t read[2][WIDTH];
    assert_int_equal(
        hdf_read_rows(subject->id, "rows", HDF_INT64, ROWS - 1, 2, read, &subject->error),
        STATUS_STORAGE);
    assert_message(&subject->error, "rows: cannot read rows 4 to 5 (HDF5: ");
    assert_int_equal(hdf_write_rows(subject->id, "none", HDF_INT64, 0, 1, read, &subject->error),
                     STATUS_STORAGE);
    assert_message(&subject->error, "there is no variable none");
}

/* The bytes at a variable's place are its values. */
static void test_place(void **state) {
    struct subject *subject = *state;
    const int64_t written[WIDTH] = {7, 8, 9};
    int64_t read[WIDTH];
    off_t place;
    assert_ok(&subject->error,
              hdf_write_rows(subject->id, "rows", HDF_INT64, 1, 1, written, &subject->error));
    assert_ok(&subject->error, hdf_place(subject->id, "rows", &place, &subject->error));
    assert_true(H5Fflush(subject->id, H5F_SCOPE_GLOBAL) >= 0);
    int descriptor = open(subject->file.path, O_RDONLY);
    assert_int_equal(pread(descriptor, read, sizeof read, place + (off_t)sizeof read), sizeof read);
    assert_int_equal(close(descriptor), 0);
    assert_memory_equal(read, written, sizeof read);
}

/* Long texts lie in the heap, short ones in the header; both read back, as does none. */
static void test_texts(void **state) {
    struct subject *subject = *state;
    struct error *error = &subject->error;
    static char long_text[LONG_TEXT_BYTES + 1];
    const char *text;
    memset(long_text, 'x', LONG_TEXT_BYTES);
    assert_ok(error, hdf_write_text(subject->id, "long", long_text, error));
    assert_ok(error, hdf_write_text(subject->id, "short", "αβ", error));
    assert_ok(error, hdf_write_text(subject->id, "empty", "", error));
    assert_ok(error, hdf_read_text(subject->id, "long", &subject->arena, &text, error));
    assert_string_equal(text, long_text);
    assert_ok(error, hdf_read_text(subject->id, "short", &subject->arena, &text, error));
    assert_string_equal(text, "αβ");
    assert_ok(error, hdf_read_text(subject->id, "empty", &subject->arena, &text, error));
    assert_string_equal(text, "");
    assert_ok(error, hdf_read_optional_text(subject->id, "none", &subject->arena, &text, error));
    assert_string_equal(text, "");
    assert_int_equal(hdf_read_text(subject->id, "none", &subject->arena, &text, error),
                     STATUS_STORAGE);
    assert_message(error, "there is no attribute none");
}

static void test_numbers(void **state) {
    struct subject *subject = *state;
    struct error *error = &subject->error;
    const int64_t written = -5;
    int64_t number;
    uint64_t other;
    const char *text;
    assert_ok(error, hdf_write_attribute(subject->id, "n", HDF_INT64, 1, &written, error));
    assert_ok(error, hdf_read_signed(subject->id, "n", &number, error));
    assert_int_equal(number, -5);
    assert_ok(error, hdf_read_optional(subject->id, "none", 3, &other, error));
    assert_int_equal(other, 3);
    assert_int_equal(hdf_read_text(subject->id, "n", &subject->arena, &text, error),
                     STATUS_STORAGE);
    assert_message(error, "attribute n is not a text");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_rows, setup, teardown),
        cmocka_unit_test_setup_teardown(test_rows_that_are_not_there, setup, teardown),
        cmocka_unit_test_setup_teardown(test_place, setup, teardown),
        cmocka_unit_test_setup_teardown(test_texts, setup, teardown),
        cmocka_unit_test_setup_teardown(test_numbers, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
