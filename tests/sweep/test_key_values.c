/* Keys under dotted names: flattened, found, removed and merged. */

#include "sweep/key_values.h"

#include "sweep/tables.h"

/* The keys of a mapping in the arena. */
static enum status read_keys(struct arena *arena, const char *text, bool top,
                             struct key_values *pairs, struct error *error) {
    struct node *root;
    TRY(ARENA_NEW(arena, root, 1, error));
    TRY(node_read(text, "s.yaml", true, arena, root, error));
    return key_values_read(root, top, arena, pairs, error);
}

static void assert_pair(const struct key_values *pairs, size_t i, const char *key,
                        const char *value) {
    const struct key_value *pair = key_values_find(pairs, key);
    assert_ptr_equal(pair, pairs->items + i);
    assert_string_equal(pair->value->text, value);
}

static void test_sections_are_flattened(void **state) {
    (void)state;
    SCOPED(arena_free) struct arena arena = {0};
    struct error error = {0};
    struct key_values pairs = {0};
    assert_ok(&error, read_keys(&arena, "seed: 3\ndata: {kind: grid, a: 1}\ntrain.steps: 5\n", true,
                                &pairs, &error));
    assert_int_equal(pairs.count, 4);
    assert_pair(&pairs, 0, "seed", "3");
    assert_pair(&pairs, 1, "data.kind", "grid");
    assert_pair(&pairs, 2, "data.a", "1");
    assert_pair(&pairs, 3, "train.steps", "5");
    const struct node *at = key_values_find(&pairs, "data.a")->at;
    assert_int_equal(at->line, 2);
    assert_int_equal(at->column, 20);
}

static void test_refusals(void **state) {
    (void)state;
    static const struct {
        const char *text;
        bool top;
        const char *message;
    } refusals[] = {
        {"seed: 1\n", false, "s.yaml:1:1: 'seed' cannot differ between cases"},
        {"sed: 1\n", true, "s.yaml:1:1: unknown key 'sed'; did you mean 'seed'?"},
        {"dta.kind: 1\n", false, "s.yaml:1:1: unknown key 'dta.kind'; did you mean 'data.kind'?"},
        {"data: 1\n", true, "s.yaml:1:7: data: expected a mapping, data: {KEY: VALUE, …}"},
        {"data: !grid {a: 1}\n", true,
         "s.yaml:1:7: data: expected a mapping, data: {KEY: VALUE, …}"},
        {"data: {a: 1}\ndata.a: 2\n", true,
         "s.yaml:2:1: duplicate key 'data.a', already at line 1"},
        {"zebra: 1\n", false,
         "s.yaml:1:1: unknown key 'zebra'; expected data, network, train, loss or scoring, or one "
         "of their keys such as data.kind"},
    };
    for (size_t i = 0; i < COUNT(refusals); i++) {
        SCOPED(arena_free) struct arena arena = {0};
        struct error error = {0};
        struct key_values pairs = {0};
        assert_int_equal(read_keys(&arena, refusals[i].text, refusals[i].top, &pairs, &error),
                         STATUS_BAD_INPUT);
        assert_string_equal(error.message, refusals[i].message);
    }
}

static void test_merged_pairs_keep_their_places(void **state) {
    (void)state;
    SCOPED(arena_free) struct arena arena = {0};
    struct error error = {0};
    struct key_values base = {0};
    struct key_values over = {0};
    struct key_values merged = {0};
    assert_ok(&error, read_keys(&arena, "data: {a: 1, b: 2}\nseed: 3\n", true, &base, &error));
    assert_ok(&error, read_keys(&arena, "data: {c: 4, b: 5}\n", true, &over, &error));
    assert_ok(&error, key_values_merge(&base, &over, &arena, &merged, &error));
    assert_int_equal(merged.count, 4);
    assert_pair(&merged, 0, "data.a", "1");
    assert_pair(&merged, 1, "data.b", "5");
    assert_pair(&merged, 2, "seed", "3");
    assert_pair(&merged, 3, "data.c", "4");
    assert_pair(&base, 1, "data.b", "2");
}

static void test_find_and_remove(void **state) {
    (void)state;
    SCOPED(arena_free) struct arena arena = {0};
    struct error error = {0};
    struct key_values pairs = {0};
    assert_ok(&error, read_keys(&arena, "data: {a: 1, b: 2, c: 3}\n", true, &pairs, &error));
    assert_ptr_equal(key_values_find(&pairs, "data.b"), &pairs.items[1]);
    key_values_remove(&pairs, "data.b");
    key_values_remove(&pairs, "data.x");
    assert_null(key_values_find(&pairs, "data.b"));
    assert_int_equal(pairs.count, 2);
    assert_pair(&pairs, 1, "data.c", "3");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_sections_are_flattened),
        cmocka_unit_test(test_refusals),
        cmocka_unit_test(test_merged_pairs_keep_their_places),
        cmocka_unit_test(test_find_and_remove),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
