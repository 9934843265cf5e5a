#include "store/layout.h"

#include "check.h"

#include <math.h>
#include <string.h>
#include <xxhash.h>

struct subject {
    struct arena arena;
    struct results_layout layout;
    struct error error;
};

static size_t add(struct subject *subject, enum variable_type type, const char *name, size_t count,
                  const struct extent *extents) {
    size_t index = SIZE_MAX;
    enum status status = layout_add(&subject->layout, &subject->arena, type, name, "1", "help",
                                    count, extents, &index, &subject->error);
    assert_int_equal(status == STATUS_OK, index != SIZE_MAX);
    return index;
}

static int setup(void **state) {
    static struct subject subject;
    subject = (struct subject){0};
    const struct extent extents[] = {{"source", 2}, {"latent", 3}};
    assert_int_equal(add(&subject, VARIABLE_FLOAT32, "odd", 1, extents + 1), 0);
    assert_int_equal(add(&subject, VARIABLE_FLOAT64, "matrix", 2, extents), 1);
    assert_int_equal(add(&subject, VARIABLE_INT64, "count", 0, NULL), 2);
    *state = &subject;
    return 0;
}

static int teardown(void **state) {
    struct subject *subject = *state;
    arena_free(&subject->arena);
    return 0;
}

static void test_offsets_are_aligned_and_apart(void **state) {
    const struct results_layout *layout = &((struct subject *)*state)->layout;
    assert_int_equal(layout->variables[0].offset, 0);
    assert_int_equal(layout->variables[1].offset, 16); /* three floats are 12 bytes */
    assert_int_equal(layout->variables[1].elements, 6);
    assert_int_equal(layout->variables[2].offset, 64);
    assert_int_equal(layout->record_bytes, 72);
}

static void test_keeps_variables_when_it_grows(void **state) {
    struct subject *subject = *state;
    static const char *const names[] = {"a", "b", "c", "d", "e", "f", "g", "h", "i", "j",
                                        "k", "l", "m", "n", "o", "p", "q", "r", "s", "t"};
    size_t count = sizeof names / sizeof *names;
    for (size_t i = 0; i < count; i++) {
        assert_int_equal(add(subject, VARIABLE_FLOAT64, names[i], 0, NULL), 3 + i);
    }
    assert_string_equal(layout_find(&subject->layout, "matrix")->name, "matrix");
    assert_int_equal(layout_find(&subject->layout, "t")->offset, 72 + 8 * (count - 1));
    assert_null(layout_find(&subject->layout, "u"));
}

static void test_refuses_what_contradicts(void **state) {
    struct subject *subject = *state;
    const struct extent other = {"latent", 4};
    const struct extent empty = {"sample", 0};
    const struct extent many[] = {{"a", 1}, {"b", 1}, {"c", 1}, {"d", 1}};
    assert_int_equal(add(subject, VARIABLE_INT64, "odd", 0, NULL), SIZE_MAX);
    assert_int_equal(add(subject, VARIABLE_INT64, "new", 1, &other), SIZE_MAX);
    assert_message(&subject->error, "latent");
    assert_int_equal(add(subject, VARIABLE_INT64, "new", 1, &empty), SIZE_MAX);
    assert_int_equal(add(subject, VARIABLE_INT64, "new", 4, many), SIZE_MAX);
    assert_int_equal(subject->layout.variable_count, 3);
}

static void test_clears_to_nan_and_zero(void **state) {
    const struct results_layout *layout = &((struct subject *)*state)->layout;
    unsigned char record[72];
    memset(record, 0xab, sizeof record);
    layout_clear(layout, record);
    float odd[3];
    double matrix[6];
    int64_t count;
    memcpy(odd, record, sizeof odd);
    memcpy(matrix, record + 16, sizeof matrix);
    memcpy(&count, record + 64, sizeof count);
    assert_true(isnan(odd[0]) && isnan(odd[2]) && isnan(matrix[0]) && isnan(matrix[5]));
    assert_int_equal(count, 0);
    assert_int_equal(record[12] | record[15], 0);
}

/* The definition in the header, by hand: the bytes in a row, through the one-shot function. */
static void test_checksum_is_as_documented(void **state) {
    const struct results_layout *layout = &((struct subject *)*state)->layout;
    unsigned char record[72];
    unsigned char bytes[12 + 48 + 8 + 1 + 8];
    for (size_t i = 0; i < sizeof record; i++) {
        record[i] = (unsigned char)(7 * i);
    }
    const int64_t steps = 1234567;
    memcpy(bytes, record, 12);
    memcpy(bytes + 12, record + 16, 56);
    bytes[68] = 2;
    memcpy(bytes + 69, &steps, sizeof steps);
    uint64_t sum = row_checksum(layout, record, 2, steps);
    assert_true(sum == XXH3_64bits(bytes, sizeof bytes));
    record[13]++; /* a gap */
    assert_true(sum == row_checksum(layout, record, 2, steps));
    record[71]++;
    assert_false(sum == row_checksum(layout, record, 2, steps));
    record[71]--;
    assert_false(sum == row_checksum(layout, record, 1, steps));
    assert_false(sum == row_checksum(layout, record, 2, steps + 1));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_offsets_are_aligned_and_apart, setup, teardown),
        cmocka_unit_test_setup_teardown(test_keeps_variables_when_it_grows, setup, teardown),
        cmocka_unit_test_setup_teardown(test_refuses_what_contradicts, setup, teardown),
        cmocka_unit_test_setup_teardown(test_clears_to_nan_and_zero, setup, teardown),
        cmocka_unit_test_setup_teardown(test_checksum_is_as_documented, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
