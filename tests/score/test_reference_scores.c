/* Scores of every linear_* case of the reference file, computed there by independent code. */
#include "score/scored.h"

#include "data/hdf5.h"
#include "score/reduction.h"

#include <hdf5.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static const double TOLERANCE = 1e-9;
static const char *const MATRICES[] = {"linear_nmi", "linear_ncmi"};

/* The file being checked and how many of its cases were. */
struct walk {
    const char *path;
    int cases;
};

static struct points read_table(const char *path, const char *group, const char *name,
                                struct arena *arena) {
    struct error error = {0};
    struct points points = {0};
    char dataset[128];
    (void)snprintf(dataset, sizeof dataset, "/%s/%s", group, name);
    if (hdf5_read(path, dataset, arena, &points, &error) != STATUS_OK) {
        fail_msg("%s", error.message);
    }
    return points;
}

static void check_matrix(const struct walk *walk, const char *group, const char *name,
                         const double *matrix, struct arena *arena) {
    struct points expected = read_table(walk->path, group, name, arena);
    for (size_t k = 0; k < expected.rows * expected.columns; k++) {
        if (!same_within(matrix[k], expected.values[k], TOLERANCE)) {
            fail_msg("%s/%s[%zu][%zu] is %.17g, expected %.17g", group, name, k / expected.columns,
                     k % expected.columns, matrix[k], expected.values[k]);
        }
    }
}

/* Every attribute named after one of our scores is a case of it. */
static herr_t check_attribute(hid_t group, const char *name, const H5A_info_t *info,
                              void *context) {
    (void)info;
    const struct score_input *input = context;
    for (const struct score *const *score = scores; *score != NULL; score++) {
        if (strcmp((*score)->component.name, name) != 0) {
            continue;
        }
        hid_t attribute = H5Aopen(group, name, H5P_DEFAULT);
        double expected = 0;
        assert_true(H5Aread(attribute, H5T_NATIVE_DOUBLE, &expected) >= 0);
        assert_true(H5Aclose(attribute) >= 0);
        double value = score_of(name, input, NULL);
        if (!same_within(value, expected, TOLERANCE)) {
            fail_msg("%s is %.17g, expected %.17g", name, value, expected);
        }
        return 0;
    }
    return 0;
}

static void check_active(const struct walk *walk, const char *group,
                         const struct score_input *input, struct arena *arena) {
    struct error error = {0};
    bool *active;
    assert_int_equal(ARENA_NEW(arena, active, input->latents, &error), STATUS_OK);
    (void)score_active(input, active);
    struct points expected = read_table(walk->path, group, "active", arena);
    for (size_t j = 0; j < input->latents; j++) {
        assert_int_equal(active[j], expected.values[j] != 0);
    }
}

static herr_t check_group(hid_t file, const char *group, const H5L_info_t *info, void *context) {
    (void)info;
    struct walk *walk = context;
    if (strncmp(group, "linear_", strlen("linear_")) != 0) {
        return 0;
    }
    print_message("  %s\n", group);
    struct arena arena = {0};
    struct error error = {0};
    struct points sources = read_table(walk->path, group, "sources", &arena);
    struct points latents = read_table(walk->path, group, "latents", &arena);
    double *weights;
    assert_int_equal(ARENA_NEW(&arena, weights, sources.rows, &error), STATUS_OK);
    for (size_t n = 0; n < sources.rows; n++) {
        weights[n] = 1 / (double)sources.rows;
    }
    struct score_input input = {sources.rows,   sources.columns, latents.columns,
                                sources.values, latents.values,  weights};
    hid_t open = H5Gopen2(file, group, H5P_DEFAULT);
    assert_true(H5Aiterate2(open, H5_INDEX_NAME, H5_ITER_INC, NULL, check_attribute, &input) >= 0);
    assert_true(H5Gclose(open) >= 0);
    double *matrix;
    assert_int_equal(ARENA_NEW(&arena, matrix, input.sources * input.latents, &error), STATUS_OK);
    (void)score_of("linear_infom", &input, matrix);
    check_matrix(walk, group, MATRICES[0], matrix, &arena);
    (void)score_of("linear_cinfom", &input, matrix);
    check_matrix(walk, group, MATRICES[1], matrix, &arena);
    check_active(walk, group, &input, &arena);
    arena_free(&arena);
    walk->cases++;
    return 0;
}

static void test_every_linear_case(void **state) {
    (void)state;
    const char *folder = getenv("REFERENCE");
    char path[4096];
    (void)snprintf(path, sizeof path, "%s/scores.h5", folder == NULL ? "tests/reference" : folder);
    if (access(path, F_OK) != 0) {
        skip();
    }
    hid_t unlocked = H5Pcreate(H5P_FILE_ACCESS); /* as hdf5_read opens the same file meanwhile */
    assert_true(H5Pset_file_locking(unlocked, false, true) >= 0);
    hid_t file = H5Fopen(path, H5F_ACC_RDONLY, unlocked);
    assert_true(file >= 0);
    struct walk walk = {.path = path};
    assert_true(H5Literate(file, H5_INDEX_NAME, H5_ITER_INC, NULL, check_group, &walk) >= 0);
    assert_true(H5Fclose(file) >= 0);
    assert_true(H5Pclose(unlocked) >= 0);
    print_message("  %d cases of %s\n", walk.cases, path);
    assert_true(walk.cases > 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_every_linear_case)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
