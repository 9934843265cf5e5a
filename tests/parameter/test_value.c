/* One value, one spelling; every type ends up in its field. */

#include "parameter/value.h"

#include "check.h"
#include "parameter/parameter.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct fields {
    int64_t before;
    union {
        int64_t integer;
        double real;
        int choice;
        const char *text;
        struct file_reference file;
        struct integers integers;
        struct reals reals;
    } field;
    int64_t after;
};

enum { GUARD = 0x5a5a5a5a };

static const char *const letters[] = {"alpha", "beta", "gamma", NULL};

static struct parameter parameter(enum parameter_type type) {
    return (struct parameter){
        .name = "p",
        .type = type,
        .offset = offsetof(struct fields, field),
        .unit = "",
        .minimum = -HUGE_VAL,
        .maximum = HUGE_VAL,
        .choices = letters,
        .help = "",
    };
}

/* Reads a value and stores it; its neighbours must stay. Free *arena afterwards. */
static struct value value_of(struct arena *arena, enum parameter_type type, const char *yaml,
                             struct fields *fields) {
    struct error error = {0};
    struct value_reader reader = {.arena = arena, .folder = "/tmp/"};
    struct parameter declared = parameter(type);
    struct node node;
    struct value value = {0};
    assert_ok(&error, node_read(yaml, "test", false, arena, &node, &error));
    assert_ok(&error, value_read(&reader, &declared, "a.p", &node, &value, &error));
    fields->before = fields->after = GUARD;
    value_store(&declared, &value, fields);
    assert_int_equal(fields->before, GUARD);
    assert_int_equal(fields->after, GUARD);
    return value;
}

static void test_one_spelling(void **state) {
    (void)state;
    static const struct {
        enum parameter_type type;
        const char *yaml, *text;
    } spellings[] = {
        {PARAMETER_REAL, "1e-2", "0.01"},
        {PARAMETER_REAL, "0.010", "0.01"},
        {PARAMETER_REAL, "+100", "100"},
        {PARAMETER_REAL, "-0.0", "0"},
        {PARAMETER_REAL, "1e-5", "1e-05"},
        {PARAMETER_REAL, ".5", "0.5"},
        {PARAMETER_INTEGER, "1e6", "1000000"},
        {PARAMETER_INTEGER, "-9223372036854775808", "-9223372036854775808"},
        {PARAMETER_INTEGER, "007", "7"},
        {PARAMETER_CHOICE, "beta", "beta"},
        {PARAMETER_CHOICE, "\"beta\"", "beta"},
        {PARAMETER_TEXT, "'two words'", "two words"},
        {PARAMETER_INTEGERS, "[16,  8]", "[16, 8]"},
        {PARAMETER_INTEGERS, "[16]", "16"},
        {PARAMETER_INTEGERS, "16", "16"},
        {PARAMETER_INTEGERS, "[]", "[]"},
        {PARAMETER_REALS, "[1e-1, 2]", "[0.1, 2]"},
        {PARAMETER_CHOICES, "[gamma, alpha]", "[gamma, alpha]"},
    };
    for (size_t i = 0; i < sizeof spellings / sizeof spellings[0]; i++) {
        struct arena arena = {0};
        struct fields fields;
        struct value value = value_of(&arena, spellings[i].type, spellings[i].yaml, &fields);
        assert_string_equal(value.text, spellings[i].text);
        assert_string_equal(value.identity, spellings[i].text);
        arena_free(&arena);
    }
}

static void test_fields(void **state) {
    (void)state;
    SCOPED(arena_free) struct arena arena = {0};
    struct fields fields;
    (void)value_of(&arena, PARAMETER_INTEGER, "-3", &fields);
    assert_int_equal(fields.field.integer, -3);
    (void)value_of(&arena, PARAMETER_REAL, "0.25", &fields);
    assert_true(fields.field.real == 0.25);
    (void)value_of(&arena, PARAMETER_CHOICE, "gamma", &fields);
    assert_int_equal(fields.field.choice, 2);
    (void)value_of(&arena, PARAMETER_TEXT, "word", &fields);
    assert_string_equal(fields.field.text, "word");
    (void)value_of(&arena, PARAMETER_INTEGERS, "[4, 5]", &fields);
    assert_int_equal(fields.field.integers.count, 2);
    assert_int_equal(fields.field.integers.values[1], 5);
    (void)value_of(&arena, PARAMETER_CHOICES, "[gamma, alpha]", &fields);
    assert_int_equal(fields.field.integers.values[0], 2);
    (void)value_of(&arena, PARAMETER_REALS, "[0.5, 7]", &fields);
    assert_int_equal(fields.field.reals.count, 2);
    assert_true(fields.field.reals.values[1] == 7);
}

static void test_numbers_of_values(void **state) {
    (void)state;
    static const struct {
        enum parameter_type type;
        const char *yaml;
        double number;
    } numbers[] = {
        {PARAMETER_INTEGER, "3", 3},      {PARAMETER_REAL, "0.5", 0.5},
        {PARAMETER_INTEGERS, "4", 4},     {PARAMETER_REALS, "[2]", 2},
        {PARAMETER_REALS, "[1, 2]", NAN}, {PARAMETER_TEXT, "3", NAN},
        {PARAMETER_CHOICE, "alpha", NAN},
    };
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
        struct arena arena = {0};
        struct fields fields;
        struct parameter declared = parameter(numbers[i].type);
        struct value value = value_of(&arena, numbers[i].type, numbers[i].yaml, &fields);
        double number = value_number(&declared, &value);
        assert_true(number == numbers[i].number || (isnan(number) && isnan(numbers[i].number)));
        arena_free(&arena);
    }
}

/* A file is found beside the sweep, and counts by its bytes and the data set named in it. */
static void test_files(void **state) {
    (void)state;
    SCOPED(arena_free) struct arena arena = {0};
    struct fields fields;
    struct scratch_file file = scratch_bytes(".h5", "abc", 3);
    const char *name = file.path;
    struct value plain = value_of(&arena, PARAMETER_FILE, name + strlen("/tmp/"), &fields);
    assert_string_equal(fields.field.file.path, name);
    assert_string_equal(fields.field.file.dataset, "");
    assert_string_equal(plain.text, name + strlen("/tmp/"));
    /* XXH3 (128 bits) of "abc", as published for other implementations. */
    assert_string_equal(plain.identity, "06b05ab6733a618578af5f94892f3950");
    char with_part[64];
    (void)stpcpy(stpcpy(with_part, name), ":/a/b");
    struct value part = value_of(&arena, PARAMETER_FILE, with_part, &fields);
    assert_string_equal(fields.field.file.path, name);
    assert_string_equal(fields.field.file.dataset, "/a/b");
    assert_string_equal(part.identity, "06b05ab6733a618578af5f94892f3950:/a/b");
    assert_int_equal(unlink(name), 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_one_spelling),
        cmocka_unit_test(test_fields),
        cmocka_unit_test(test_numbers_of_values),
        cmocka_unit_test(test_files),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
