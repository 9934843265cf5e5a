#include "base/json.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static void test_builds_what_it_says(void **state) {
    (void)state;
    struct error error;
    struct json_object *root = json_object_new_object();
    struct json_object *child;
    struct json_object *list;
    struct json_object *item;
    assert_int_equal(json_add_text(root, "text", "a \"b\" /c", &error), STATUS_OK);
    assert_int_equal(json_add_integer(root, "integer", INT64_MIN, &error), STATUS_OK);
    assert_int_equal(json_add_real(root, "tenth", 0.1, &error), STATUS_OK);
    assert_int_equal(json_add_real(root, "third", 1.0 / 3, &error), STATUS_OK);
    assert_int_equal(json_add_real(root, "nan", (double)NAN, &error), STATUS_OK);
    assert_int_equal(json_add_real(root, "infinity", (double)-INFINITY, &error), STATUS_OK);
    assert_int_equal(json_add_flag(root, "flag", true, &error), STATUS_OK);
    assert_int_equal(json_add_object(root, "child", &child, &error), STATUS_OK);
    assert_int_equal(json_add_null(child, "none", &error), STATUS_OK);
    assert_int_equal(json_add_array(root, "list", &list, &error), STATUS_OK);
    assert_int_equal(json_append_text(list, "x", &error), STATUS_OK);
    assert_int_equal(json_append_object(list, &item, &error), STATUS_OK);
    assert_string_equal(
        json_object_to_json_string_ext(root,
                                       JSON_C_TO_STRING_PLAIN | JSON_C_TO_STRING_NOSLASHESCAPE),
        "{\"text\":\"a \\\"b\\\" /c\",\"integer\":-9223372036854775808,\"tenth\":0.1,"
        "\"third\":0.3333333333333333,\"nan\":null,\"infinity\":null,\"flag\":true,"
        "\"child\":{\"none\":null},\"list\":[\"x\",{}]}");
    assert_int_equal(json_object_put(root), 1);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_builds_what_it_says)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
