#include "base/json.h"

#include "check.h"

#include <math.h>

static void test_builds_what_it_says(void **state) {
    (void)state;
    struct error error;
    struct json_object *root = json_object_new_object();
    struct json_object *child;
    struct json_object *list;
    struct json_object *item;
    assert_ok(&error, json_add_text(root, "text", "a \"b\" /c", &error));
    assert_ok(&error, json_add_integer(root, "integer", INT64_MIN, &error));
    assert_ok(&error, json_add_real(root, "tenth", 0.1, &error));
    assert_ok(&error, json_add_real(root, "third", 1.0 / 3, &error));
    assert_ok(&error, json_add_real(root, "nan", (double)NAN, &error));
    assert_ok(&error, json_add_real(root, "infinity", (double)-INFINITY, &error));
    assert_ok(&error, json_add_flag(root, "flag", true, &error));
    assert_ok(&error, json_add_object(root, "child", &child, &error));
    assert_ok(&error, json_add_null(child, "none", &error));
    assert_ok(&error, json_add_array(root, "list", &list, &error));
    assert_ok(&error, json_append_text(list, "x", &error));
    assert_ok(&error, json_append_object(list, &item, &error));
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
