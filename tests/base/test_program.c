#include "base/program.h"

#include "check.h"

#include <string.h>

#define RUN(arena, outcome, input, ...)                                                            \
    program_run((const char *const[]){__VA_ARGS__, NULL}, (input), (arena), (outcome),             \
                &(struct error){0})

static void input_output_and_status_pass(void **state) {
    (void)state;
    SCOPED(arena_free) struct arena arena = {0};
    struct program_outcome outcome;
    assert_int_equal(RUN(&arena, &outcome, "one\ntwo\n", "sh", "-c",
                         "cat; echo \"$0 $1\"; printf '\\n late \\n\\n' >&2; exit 7", "a b", "$c"),
                     STATUS_OK);
    assert_false(outcome.absent);
    assert_int_equal(outcome.status, 7);
    assert_string_equal(outcome.output, "one\ntwo\na b $c\n");
    assert_string_equal(outcome.messages, "late");
}

static void much_output_on_both_streams_does_not_block(void **state) {
    (void)state;
    SCOPED(arena_free) struct arena arena = {0};
    struct program_outcome outcome;
    const size_t bytes = 300000;
    assert_int_equal(RUN(&arena, &outcome, "", "sh", "-c",
                         "head -c 300000 /dev/zero | tr '\\0' e >&2; "
                         "head -c 300000 /dev/zero | tr '\\0' o"),
                     STATUS_OK);
    assert_int_equal(outcome.status, 0);
    assert_int_equal(strlen(outcome.output), bytes);
    assert_int_equal(strlen(outcome.messages), bytes);
}

static void absent_program_is_told_apart(void **state) {
    (void)state;
    SCOPED(arena_free) struct arena arena = {0};
    struct program_outcome outcome;
    assert_int_equal(RUN(&arena, &outcome, "", "no-such-program-anywhere"), STATUS_OK);
    assert_true(outcome.absent);
    assert_string_equal(outcome.output, "");
}

static void death_by_signal_is_no_exit_status(void **state) {
    (void)state;
    SCOPED(arena_free) struct arena arena = {0};
    struct program_outcome outcome;
    assert_int_equal(RUN(&arena, &outcome, "", "sh", "-c", "kill -KILL $$"), STATUS_OK);
    assert_int_equal(outcome.status, -1);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(input_output_and_status_pass),
        cmocka_unit_test(much_output_on_both_streams_does_not_block),
        cmocka_unit_test(absent_program_is_told_apart),
        cmocka_unit_test(death_by_signal_is_no_exit_status),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
