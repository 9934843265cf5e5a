/* YAML becomes a tree of values, each with its line and column. */

#include "parameter/node.h"

#include "check.h"

#include <string.h>

static struct node tree_of(struct arena *arena, const char *text) {
    struct error error = {0};
    struct node root;
    assert_ok(&error, node_read(text, "f.yaml", true, arena, &root, &error));
    return root;
}

static void test_places_tags_and_kinds(void **state) {
    (void)state;
    SCOPED(arena_free) struct arena arena = {0};
    struct node root = tree_of(&arena, "# comment\na: !grid [1, 'x']\n\"b\":\n  ü: {c: 3}\n");
    assert_int_equal(root.kind, NODE_MAP);
    assert_int_equal(root.count, 2);
    const struct node *list = &root.items[1];
    assert_string_equal(root.items[0].text, "a");
    assert_int_equal(list->kind, NODE_LIST);
    assert_string_equal(list->tag, "!grid");
    assert_int_equal(list->line, 2);
    assert_int_equal(list->column, 4);
    assert_true(list->items[0].plain);
    assert_false(list->items[1].plain);
    assert_int_equal(list->items[1].column, 14);
    assert_null(list->items[0].tag);
    const struct node *inner = &root.items[3];
    assert_string_equal(inner->items[0].text, "ü");
    /* Columns count letters, not bytes. */
    assert_int_equal(inner->items[1].column, 6);
    assert_int_equal(inner->items[1].line, 4);
}

static void test_standard_tags_say_nothing(void **state) {
    (void)state;
    SCOPED(arena_free) struct arena arena = {0};
    struct node root = tree_of(&arena, "[!!str 5, !!seq [1], !!int 5]");
    assert_null(root.items[0].tag);
    assert_null(root.items[1].tag);
    assert_non_null(root.items[2].tag);
}

static void test_aliases_may_repeat_but_not_explode(void **state) {
    (void)state;
    SCOPED(arena_free) struct arena arena = {0};
    struct error error = {0};
    struct node root = tree_of(&arena, "[&a [1, 2], *a]");
    assert_string_equal(root.items[1].items[1].text, "2");
    static const char bomb[] = "a: &a [x,x,x,x,x,x,x,x,x,x]\n"
                               "b: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a,*a]\n"
                               "c: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b,*b]\n"
                               "d: &d [*c,*c,*c,*c,*c,*c,*c,*c,*c,*c]\n"
                               "e: &e [*d,*d,*d,*d,*d,*d,*d,*d,*d,*d]\n"
                               "f: &f [*e,*e,*e,*e,*e,*e,*e,*e,*e,*e]\n"
                               "g: &g [*f,*f,*f,*f,*f,*f,*f,*f,*f,*f]\n";
    assert_int_equal(node_read(bomb, "f.yaml", true, &arena, &root, &error), STATUS_BAD_INPUT);
    assert_message(&error, "values, counting aliases");
}

static void test_messages_name_the_place(void **state) {
    (void)state;
    SCOPED(arena_free) struct arena arena = {0};
    struct error error = {0};
    char place[64];
    struct node root = tree_of(&arena, "a:\n  3\n");
    assert_int_equal(node_error(&root.items[1], &error, "%d is wrong", 3), STATUS_BAD_INPUT);
    assert_string_equal(error.message, "f.yaml:2:3: 3 is wrong");
    assert_string_equal(node_place(&root.items[1], place), "line 2");
    assert_ok(&error, node_read("3", "--set a=3", false, &arena, &root, &error));
    assert_int_equal(node_error(&root, &error, "wrong"), STATUS_BAD_INPUT);
    assert_string_equal(error.message, "--set a=3: wrong");
    assert_string_equal(node_place(&root, place), "--set a=3");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_places_tags_and_kinds),
        cmocka_unit_test(test_standard_tags_say_nothing),
        cmocka_unit_test(test_aliases_may_repeat_but_not_explode),
        cmocka_unit_test(test_messages_name_the_place),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
