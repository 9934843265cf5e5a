/* Which type of srun --mpi is chosen: a script in its place lists some. */
#include "submit/mpi_type.h"

#include "check.h"

struct scene {
    struct arena arena;
    char folder[PATH_BYTES], program[2 * PATH_BYTES];
};

static int set_up(void **state) {
    struct scene *scene = calloc(1, sizeof *scene);
    assert_non_null(scene);
    folder_make(scene->folder);
    (void)snprintf(scene->program, sizeof scene->program, "%s/srun", scene->folder);
    assert_int_equal(setenv("PATH", scene->folder, 1), 0);
    *state = scene;
    return 0;
}

static int tear_down(void **state) {
    struct scene *scene = *state;
    folder_remove(scene->folder);
    arena_free(&scene->arena);
    free(scene);
    return 0;
}

/* srun prints this on standard error, as it does in some versions. */
static void list(struct scene *scene, const char *types) {
    char text[PATH_BYTES];
    (void)snprintf(text, sizeof text, "#!/bin/sh\necho '%s' >&2\n", types);
    file_write_text(scene->program, text);
    assert_int_equal(chmod(scene->program, S_IRWXU), 0);
}

static const char *choose(struct scene *scene, const char *wanted) {
    struct error error;
    const char *type;
    assert_ok(&error, mpi_type_choose(wanted, &scene->arena, &type, &error));
    return type;
}

static void best_type_is_chosen(void **state) {
    struct scene *scene = *state;
    list(scene, "MPI plugin types are... none, pmi2, pmix, pmix_v4");
    assert_string_equal(choose(scene, NULL), "pmix");
    list(scene, "MPI plugin types are... none, pmi2, pmix_v4");
    assert_string_equal(choose(scene, NULL), "pmi2");
    list(scene, "MPI plugin types are... none");
    assert_string_equal(choose(scene, NULL), "mpirun");
}

static void wanted_type_must_be_listed(void **state) {
    struct scene *scene = *state;
    struct error error;
    const char *type;
    list(scene, "MPI plugin types are... none, pmi2");
    assert_string_equal(choose(scene, "pmi2"), "pmi2");
    assert_string_equal(choose(scene, "mpirun"), "mpirun");
    assert_int_equal(mpi_type_choose("pmix", &scene->arena, &type, &error), STATUS_BAD_INPUT);
    assert_message(&error, "--mpi pmix: srun has no such type");
}

static void without_srun_nothing_is_known(void **state) {
    struct scene *scene = *state;
    assert_string_equal(choose(scene, NULL), "pmix");
    assert_string_equal(choose(scene, "pmi2"), "pmi2");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(best_type_is_chosen, set_up, tear_down),
        cmocka_unit_test_setup_teardown(wanted_type_must_be_listed, set_up, tear_down),
        cmocka_unit_test_setup_teardown(without_srun_nothing_is_known, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
