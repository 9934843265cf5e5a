/* Names of output files, and the one name that they must not have. */
#include "command/output.h"

#include "check.h"

static void assert_named(const char *sweep, const char *shard, const char *expected) {
    SCOPED(arena_free) struct arena arena = {0};
    struct error error;
    struct shard part = shard_whole(0);
    const char *name;
    if (shard != NULL) {
        assert_ok(&error, shard_parse(shard, &part, &error));
    }
    assert_ok(&error, output_name(sweep, &part, &arena, &name, &error));
    assert_string_equal(name, expected);
}

static void results_are_named_after_the_sweep(void **state) {
    (void)state;
    assert_named("sweeps/quickstart.yaml", NULL, "quickstart.h5");
    assert_named("../a.b.yml", NULL, "a.b.h5");
    assert_named("plain", NULL, "plain.h5");
    assert_named(".yaml", NULL, ".yaml.h5");
    assert_named("sweeps/quickstart.yaml", "2/3", "quickstart.shard-2-of-3.h5");
}

static void pictures_stand_beside_the_results(void **state) {
    (void)state;
    SCOPED(arena_free) struct arena arena = {0};
    struct error error;
    const char *name;
    assert_ok(&error, output_beside("out/r.h5", ".svg", &arena, &name, &error));
    assert_string_equal(name, "out/r.svg");
    assert_ok(&error, output_beside("out/r.nc", ".html", &arena, &name, &error));
    assert_string_equal(name, "out/r.nc.html");
}

static void results_are_not_replaced(void **state) {
    (void)state;
    struct error error;
    struct scratch_file results = scratch_name(".h5");
    char link_path[PATH_BYTES + 8];
    (void)snprintf(link_path, sizeof link_path, "%s.link", results.path);
    assert_int_equal(symlink(results.path, link_path), 0);
    assert_ok(&error, output_check(results.path, "/nowhere/r.svg", "a picture", &error));
    assert_int_equal(output_check(results.path, results.path, "a picture", &error),
                     STATUS_BAD_INPUT);
    assert_int_equal(output_check(results.path, link_path, "a page", &error), STATUS_BAD_INPUT);
    assert_message(&error, "is the results file; a page must not replace it");
    assert_int_equal(unlink(link_path), 0);
    scratch_remove(&results);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(results_are_named_after_the_sweep),
        cmocka_unit_test(pictures_stand_beside_the_results),
        cmocka_unit_test(results_are_not_replaced),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
