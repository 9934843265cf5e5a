/* The top level of a sweep: what is given, its defaults, and what is refused. */

#include "sweep/root.h"

#include "sweep/tables.h"

struct top {
    struct arena arena;
    struct sweep sweep;
    int64_t samples;
};

static enum status read_top(struct top *top, const char *path, const char *text,
                            struct error *error) {
    struct node *root;
    struct key_values pairs;
    *top = (struct top){.sweep = {.path = path}};
    struct value_reader reader = {.arena = &top->arena, .folder = ""};
    TRY(ARENA_NEW(&top->arena, root, 1, error));
    TRY(node_read(text, "s.yaml", true, &top->arena, root, error));
    TRY(key_values_read(root, true, &top->arena, &pairs, error));
    return root_read(&reader, &pairs, &top->sweep, &top->samples, error);
}

static void test_given_values(void **state) {
    (void)state;
    struct error error = {0};
    struct top top;
    assert_ok(&error, read_top(&top, "a.yaml",
                               "name: x\nseed: -5\nreplicates: 7\nsamples: 9\n"
                               "save: [history, weights]\nscores: [order, spread]\n",
                               &error));
    assert_string_equal(top.sweep.name, "x");
    assert_int_equal(top.sweep.seed, -5);
    assert_int_equal(top.sweep.replicates, 7);
    assert_int_equal(top.samples, 9);
    assert_int_equal(top.sweep.save, SAVE_HISTORY | SAVE_WEIGHTS);
    assert_int_equal(top.sweep.score_count, 2);
    assert_ptr_equal(top.sweep.scores[0], &order);
    assert_ptr_equal(top.sweep.scores[1], &spread);
    arena_free(&top.arena);
}

static void test_defaults(void **state) {
    (void)state;
    static const char *const names[][2] = {
        {"folder/a sweep.yaml", "a sweep"}, {"a.b.yaml", "a.b"}, {".yaml", ".yaml"}, {"a", "a"}};
    struct error error = {0};
    for (size_t i = 0; i < COUNT(names); i++) {
        struct top top;
        assert_ok(&error, read_top(&top, names[i][0], "data.kind: points\n", &error));
        assert_string_equal(top.sweep.name, names[i][1]);
        assert_int_equal(top.sweep.seed, 0);
        assert_int_equal(top.sweep.replicates, 1);
        assert_int_equal(top.samples, 0);
        assert_int_equal(top.sweep.save, 0);
        assert_int_equal(top.sweep.score_count, 0);
        arena_free(&top.arena);
    }
}

static void test_refusals(void **state) {
    (void)state;
    static const char *const refusals[][2] = {
        {"name: a/b\n", "s.yaml:1:7: name: expected a word without '/'"},
        {"name: ''\n", "s.yaml:1:7: name: expected a word without '/'"},
        {"seed: !grid [1, 2]\n", "s.yaml:1:7: seed: cannot be an axis ('!grid')"},
        {"scores: !grid [spread]\n", "s.yaml:1:9: scores: cannot be an axis ('!grid')"},
        {"scores: [spread, spread]\n", "s.yaml:1:18: scores: 'spread' is there twice"},
        {"save: [weights, weights]\n", "s.yaml:1:17: save: 'weights' is there twice"},
        {"scores: spred\n", "s.yaml:1:9: scores: unknown 'spred'; did you mean 'spread'? "
                            "Expected one or a list of spread, order or census"},
    };
    for (size_t i = 0; i < COUNT(refusals); i++) {
        struct error error = {0};
        struct top top;
        assert_int_equal(read_top(&top, "a.yaml", refusals[i][0], &error), STATUS_BAD_INPUT);
        assert_string_equal(error.message, refusals[i][1]);
        arena_free(&top.arena);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_given_values),
        cmocka_unit_test(test_defaults),
        cmocka_unit_test(test_refusals),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
