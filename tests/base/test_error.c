#include "base/error.h"

#include "check.h"

#include <string.h>

static enum status fails(struct error *error) {
    return error_set(error, STATUS_BAD_INPUT, "%d is odd", 3);
}

static enum status tries(struct error *error, int *reached) {
    TRY(STATUS_OK);
    *reached = 1;
    TRY(fails(error));
    *reached = 2;
    return STATUS_OK;
}

static void test_first_failure_returns(void **state) {
    (void)state;
    struct error error = {0};
    int reached = 0;
    assert_int_equal(tries(&error, &reached), STATUS_BAD_INPUT);
    assert_int_equal(reached, 1);
    assert_int_equal(error.status, STATUS_BAD_INPUT);
    assert_string_equal(error.message, "3 is odd");
}

static void test_prefix(void **state) {
    (void)state;
    struct error error = {0};
    (void)fails(&error);
    assert_int_equal(error_prefix(&error, "%s:%d", "a.csv", 4), STATUS_BAD_INPUT);
    assert_string_equal(error.message, "a.csv:4: 3 is odd");
}

static void test_overlong_messages_are_cut(void **state) {
    (void)state;
    char text[2 * ERROR_MESSAGE_BYTES];
    memset(text, 'x', sizeof text - 1);
    text[sizeof text - 1] = '\0';
    struct error error = {0};
    assert_int_equal(error_set(&error, STATUS_STORAGE, "%s", text), STATUS_STORAGE);
    assert_int_equal(strlen(error.message), ERROR_MESSAGE_BYTES - 1);
    assert_int_equal(error_prefix(&error, "%s", text), STATUS_STORAGE);
    assert_int_equal(strlen(error.message), ERROR_MESSAGE_BYTES - 1);
}

static void test_culprit(void **state) {
    (void)state;
    struct error error = {0};
    assert_int_equal(error_refuse(&error, "amount", "%d is odd", 3), STATUS_BAD_INPUT);
    assert_string_equal(error.message, "3 is odd");
    assert_string_equal(error.culprit, "amount");
    /* The place nearest to the fault knows best. */
    assert_int_equal(error_at_parameter(error.status, "kind", &error), STATUS_BAD_INPUT);
    assert_string_equal(error.culprit, "amount");
    assert_int_equal(fails(&error), STATUS_BAD_INPUT);
    assert_string_equal(error.culprit, "");
    assert_ok(&error, error_at_parameter(STATUS_OK, "kind", &error));
    assert_string_equal(error.culprit, "");
    assert_int_equal(error_at_parameter(error.status, "kind", &error), STATUS_BAD_INPUT);
    assert_string_equal(error.culprit, "kind");
}

static void test_append(void **state) {
    (void)state;
    struct error error = {0};
    (void)fails(&error);
    assert_int_equal(error_append(&error, " (%s)", "so is 5"), STATUS_BAD_INPUT);
    assert_string_equal(error.message, "3 is odd (so is 5)");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_first_failure_returns),
        cmocka_unit_test(test_prefix),
        cmocka_unit_test(test_culprit),
        cmocka_unit_test(test_append),
        cmocka_unit_test(test_overlong_messages_are_cut),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
