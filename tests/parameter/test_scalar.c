/* Numbers in YAML: which texts are numbers, and the messages for all others. */

#include "parameter/scalar.h"

#include "check.h"

static struct node plain(const char *text) {
    return (struct node){.kind = NODE_SCALAR, .plain = true, .text = text};
}

static void test_reals(void **state) {
    (void)state;
    static const struct {
        const char *text;
        double number;
    } reals[] = {{"1", 1}, {"-1.5e-3", -1.5e-3}, {"+.5", 0.5}, {"1e308", 1e308}, {"007", 7}};
    struct error error = {0};
    double number;
    for (size_t i = 0; i < COUNT(reals); i++) {
        struct node node = plain(reals[i].text);
        assert_ok(&error, scalar_real("k", &node, &number, &error));
        assert_true(number == reals[i].number);
    }
    struct node zero = plain("-0.0");
    assert_ok(&error, scalar_real("k", &zero, &number, &error));
    assert_false(signbit(number));
}

static void test_integers(void **state) {
    (void)state;
    static const struct {
        const char *text;
        int64_t number;
    } integers[] = {{"1", 1},
                    {"-7", -7},
                    {"1e6", 1000000},
                    {"2.0", 2},
                    {"9223372036854775807", INT64_MAX},
                    {"9007199254740992.0", 9007199254740992}};
    struct error error = {0};
    for (size_t i = 0; i < COUNT(integers); i++) {
        struct node node = plain(integers[i].text);
        int64_t number;
        assert_ok(&error, scalar_integer("k", &node, &number, &error));
        assert_true(number == integers[i].number);
    }
}

struct refusal {
    struct node node;
    const char *real, *integer; /* messages */
};

static void test_refusals(void **state) {
    (void)state;
    struct node quoted = plain("3");
    struct node tagged = plain("3");
    quoted.plain = false;
    tagged.tag = "!grid";
    const struct refusal refusals[] = {
        {plain("x"), "k: expected a number, got 'x'", "k: expected an integer, got 'x'"},
        {plain(""), "k: expected a number, got nothing", "k: expected an integer, got nothing"},
        {plain("0x10"), "k: expected a number, got '0x10'", "k: expected an integer, got '0x10'"},
        {plain("nan"), "k: expected a finite number, got 'nan'",
         "k: expected a finite number, got 'nan'"},
        {plain("1e999"), "k: 1e999 is too large for double precision",
         "k: 1e999 is too large for double precision"},
        {quoted, "k: expected a number, got the text \"3\"",
         "k: expected an integer, got the text \"3\""},
        {tagged, "k: tag '!grid' cannot stand here", "k: tag '!grid' cannot stand here"},
        {{.kind = NODE_LIST},
         "k: expected a number, got a list",
         "k: expected an integer, got a list"},
        {plain("2.5"), NULL, "k: expected an integer, got '2.5'"},
        {plain("1e16"), NULL, "k: expected an integer, got '1e16'"},
        {plain("9223372036854775808"), NULL, "k: 9223372036854775808 does not fit in 64 bits"},
    };
    for (size_t i = 0; i < COUNT(refusals); i++) {
        struct error error = {0};
        double real;
        int64_t integer;
        if (refusals[i].real != NULL) {
            assert_int_equal(scalar_real("k", &refusals[i].node, &real, &error), STATUS_BAD_INPUT);
            assert_string_equal(error.message, refusals[i].real);
        }
        assert_int_equal(scalar_integer("k", &refusals[i].node, &integer, &error),
                         STATUS_BAD_INPUT);
        assert_string_equal(error.message, refusals[i].integer);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_reals),
        cmocka_unit_test(test_integers),
        cmocka_unit_test(test_refusals),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
