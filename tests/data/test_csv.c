#include "data/csv.h"

#include "check.h"

#include <stdio.h>
#include <string.h>

static void read_ok(const char *text, size_t rows, size_t columns, const double *expected) {
    struct scratch_file file = scratch_bytes(".csv", text, strlen(text));
    struct arena arena = {0};
    struct error error = {0};
    struct points points = {0};
    assert_ok(&error, csv_read(file.path, &arena, &points, &error));
    assert_int_equal(points.rows, rows);
    assert_int_equal(points.columns, columns);
    assert_memory_equal(points.values, expected, rows * columns * sizeof *expected);
    arena_free(&arena);
    scratch_remove(&file);
}

/* The message must be the file's name, then `place`, and hold `words`. */
static void read_bad(const char *text, const char *place, const char *words) {
    struct scratch_file file = scratch_bytes(".csv", text, strlen(text));
    struct arena arena = {0};
    struct error error = {0};
    struct points points = {0};
    assert_int_equal(csv_read(file.path, &arena, &points, &error), STATUS_BAD_INPUT);
    const char *after = strstr(error.message, file.path);
    assert_non_null(after);
    after += strlen(file.path);
    if (strncmp(after, place, strlen(place)) != 0 || strstr(after, words) == NULL) {
        fail_msg("'%s' should say '%s' and '%s'", error.message, place, words);
    }
    arena_free(&arena);
    scratch_remove(&file);
}

/* `names` are separated by '|'; NULL: none. */
static void names_are(const char *text, const char *names) {
    struct scratch_file file = scratch_bytes(".csv", text, strlen(text));
    struct arena arena = {0};
    struct error error = {0};
    struct points points = {0};
    char found[64] = "";
    size_t length = 0;
    assert_ok(&error, csv_read(file.path, &arena, &points, &error));
    for (size_t j = 0; points.names != NULL && j < points.columns; j++) {
        int more = snprintf(found + length, sizeof found - length, "%s%s", j == 0 ? "" : "|",
                            points.names[j]);
        assert_in_range(more, 1, sizeof found - length - 1);
        length += (size_t)more;
    }
    assert_int_equal(points.names == NULL, names == NULL);
    assert_string_equal(found, names == NULL ? "" : names);
    arena_free(&arena);
    scratch_remove(&file);
}

static void test_names_of_columns(void **state) {
    (void)state;
    names_are("x,y\n1,2\n", "x|y");
    names_are("# comment\n  x ; why not \n1;2\n", "x|why not");
    names_are("\"x 1\",\"y\"\r\n1,2\r\n", "x 1|y");
    names_are("first  second \n1 2\n", "first|second");
    names_are("only\n1\n", "only");
    names_are("a,b,c\n1,2\n", NULL); /* more names than columns */
    names_are("1,2\n3,4\n", NULL);
}

static const double FOUR[] = {1, -2.5, 3e-3, 4};

static void test_separators(void **state) {
    (void)state;
    read_ok("1,-2.5\n3e-3,4\n", 2, 2, FOUR);
    read_ok("1;-2.5\n3e-3;4\n", 2, 2, FOUR);
    read_ok("1 -2.5\n3e-3 4", 2, 2, FOUR);
    read_ok("1\t-2.5\n3e-3\t4\n", 2, 2, FOUR);
    read_ok("  1 ,  -2.5 \n3e-3\t,4\t\n", 2, 2, FOUR);
    read_ok("1,-2.5\r\n3e-3,4\r\n", 2, 2, FOUR);
    read_ok("1\n-2.5\n3e-3\n4\n", 4, 1, FOUR);
}

static void test_headers_comments_and_blanks(void **state) {
    (void)state;
    read_ok("x,y\n1,-2.5\n3e-3,4\n", 2, 2, FOUR);
    read_ok("\"x 1\",\"y\"\n1,-2.5\n3e-3,4\n", 2, 2, FOUR);
    read_ok("# from 2024\n\n  # and more\nx y\n1 -2.5 # first\n\n3e-3 4\n \t\n", 2, 2, FOUR);
    read_ok("\xef\xbb\xbfx,y\n1,-2.5\n3e-3,4\n", 2, 2, FOUR);
    read_ok("\xef\xbb\xbf"
            "1,-2.5\n3e-3,4\n",
            2, 2, FOUR);
}

static void test_many_rows(void **state) {
    (void)state;
    enum { ROWS = 20000, LINE_BYTES = 32 };
    SCOPED(arena_free) struct arena arena = {0};
    struct error error = {0};
    char *text;
    double *expected;
    assert_ok(&error, ARENA_NEW(&arena, text, ROWS * LINE_BYTES, &error));
    assert_ok(&error, ARENA_NEW(&arena, expected, 2 * ROWS, &error));
    size_t length = 0;
    for (size_t n = 0; n < ROWS; n++) {
        expected[2 * n] = (double)n;
        expected[2 * n + 1] = -0.5 * (double)n;
        int wrote = snprintf(text + length, LINE_BYTES, "%zu,%.1f\n", n, expected[2 * n + 1]);
        length += (size_t)wrote;
    }
    read_ok(text, ROWS, 2, expected);
}

static void test_errors_name_the_place(void **state) {
    (void)state;
    read_bad("1,2\n3,4,5\n", ":2:1: ", "3 columns, expected 2");
    read_bad("1,2\n\n# x\n3\n", ":4:1: ", "1 column, expected 2");
    read_bad("1,2\n3,four\n", ":2:3: ", "'four' is not a number");
    read_bad("0,x\n1,2\n", ":1:3: ", "'x' is not a number");
    read_bad("x,y\nu,v\n", ":2:1: ", "'u' is not a number");
    read_bad("1,2\n3,1.5.2\n", ":2:3: ", "'1.5.2' is not a number");
    read_bad("1,nan\n", ":1:3: ", "NaN");
    read_bad("1, -inf\n", ":1:4: ", "infinite");
    read_bad("1,1e999\n", ":1:3: ", "too large");
    read_bad("1,,2\n", ":1:3: ", "empty field");
    read_bad("1,2,\n", ":1:5: ", "empty field");
    read_bad(",2\n", ":1:1: ", "empty field");
    read_bad("1,5;2,5\n", ":1:4: ", "',' and ';'");
}

static void test_nothing_to_read(void **state) {
    (void)state;
    read_bad("", "' is empty", "rows of numbers");
    read_bad("# only\n\n", "' is empty", "rows of numbers");
    read_bad("x,y\n", "' is empty", "rows of numbers");
}

static void test_binary_and_missing(void **state) {
    (void)state;
    struct scratch_file file = scratch_bytes(".csv", "1,2\n\0\0\1", 7);
    SCOPED(arena_free) struct arena arena = {0};
    struct error error = {0};
    struct points points = {0};
    assert_int_equal(csv_read(file.path, &arena, &points, &error), STATUS_BAD_INPUT);
    assert_message(&error, "byte 5 is zero");
    scratch_remove(&file);
    assert_int_equal(csv_read(file.path, &arena, &points, &error), STATUS_BAD_INPUT);
    assert_message(&error, "No such file");
    assert_int_equal(csv_read("/", &arena, &points, &error), STATUS_BAD_INPUT);
    assert_message(&error, "is a folder");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_separators),
        cmocka_unit_test(test_headers_comments_and_blanks),
        cmocka_unit_test(test_names_of_columns),
        cmocka_unit_test(test_many_rows),
        cmocka_unit_test(test_errors_name_the_place),
        cmocka_unit_test(test_nothing_to_read),
        cmocka_unit_test(test_binary_and_missing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
