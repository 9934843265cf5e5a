/* Scores of every case of the reference file whose score we have, computed there by independent
 * code: of the linear ones, of those that count neighbours, of logistic regressions, of spectra. */
#include "score/scored.h"

#include "data/hdf5.h"
#include "score/reduction.h"

#include <hdf5.h>
#include <hdf5_hl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { CASES_MAX = 1000, NAME_BYTES = 64, PATH_BYTES = 4096, MATRICES_MAX = 2 };

struct family;
typedef void (*check_function)(hid_t file, const char *path, const char *group,
                               const struct family *family);

static void check_points(hid_t file, const char *path, const char *group,
                         const struct family *family);
static void check_spectrum(hid_t file, const char *path, const char *group,
                           const struct family *family);

/* A family of cases. */
struct family {
    const char *prefix; /* of its groups */
    check_function check;
    double tolerance;
    struct {
        const char *score, *matrix; /* a score and the data set that its matrix has to equal */
    } matrices[MATRICES_MAX];
    bool active; /* there is a data set of the active latents */
};

static const struct family families[] = {
    {"linear_",
     check_points,
     1e-9,
     {{"linear_infom", "linear_nmi"}, {"linear_cinfom", "linear_ncmi"}},
     true},
    {"ksg_", check_points, 1e-9, {{"infom", "nmi"}, {"cinfom", "ncmi"}}, true},
    {"infoe_", check_points, 1e-5, {{NULL, NULL}}, false},
    {"spectrum_", check_spectrum, 1e-9, {{NULL, NULL}}, false},
};

enum { FAMILY_COUNT = sizeof families / sizeof families[0] };

/* Groups of the file that are cases of one family. */
struct cases {
    const struct family *family;
    size_t count;
    char names[CASES_MAX][NAME_BYTES];
};

static herr_t collect(hid_t file, const char *group, const H5L_info_t *info, void *context) {
    (void)file;
    (void)info;
    struct cases *cases = context;
    const char *prefix = cases->family->prefix;
    if (strncmp(group, prefix, strlen(prefix)) == 0 && cases->count < CASES_MAX) {
        (void)snprintf(cases->names[cases->count++], NAME_BYTES, "%s", group);
    }
    return 0;
}

static struct points read_table(const char *path, const char *group, const char *name,
                                struct arena *arena) {
    struct error error = {0};
    struct points points = {0};
    char dataset[2 * NAME_BYTES];
    (void)snprintf(dataset, sizeof dataset, "/%s/%s", group, name);
    if (hdf5_read(path, dataset, arena, &points, &error) != STATUS_OK) {
        fail_msg("%s", error.message);
    }
    return points;
}

static void check_matrix(const char *path, const char *group, const char *name, double tolerance,
                         const double *matrix, struct arena *arena) {
    struct points expected = read_table(path, group, name, arena);
    for (size_t k = 0; k < expected.rows * expected.columns; k++) {
        if (!same_within(matrix[k], expected.values[k], tolerance)) {
            fail_msg("%s/%s[%zu][%zu] is %.17g, expected %.17g", group, name, k / expected.columns,
                     k % expected.columns, matrix[k], expected.values[k]);
        }
    }
}

static void check_active(const char *path, const char *group, const struct score_input *input,
                         struct arena *arena) {
    struct error error = {0};
    bool *active;
    assert_int_equal(ARENA_NEW(arena, active, input->latents, &error), STATUS_OK);
    (void)score_active(input, active);
    struct points expected = read_table(path, group, "active", arena);
    for (size_t j = 0; j < input->latents; j++) {
        assert_int_equal(active[j], expected.values[j] != 0);
    }
}

/* Every attribute named after one of our scores is its expected value; returns how many. */
static size_t check_scores(hid_t file, const char *group, double tolerance,
                           const struct score_input *input) {
    size_t checked = 0;
    for (const struct score *const *score = scores; *score != NULL; score++) {
        const char *name = (*score)->component.name;
        if (H5Aexists_by_name(file, group, name, H5P_DEFAULT) <= 0) {
            continue;
        }
        double expected = 0;
        assert_true(H5LTget_attribute_double(file, group, name, &expected) >= 0);
        double value = score_of(name, input, NULL);
        if (!same_within(value, expected, tolerance)) {
            fail_msg("%s: %s is %.17g, expected %.17g", group, name, value, expected);
        }
        checked++;
    }
    return checked;
}

/* How many neighbours the case was scored with. */
static struct scoring_settings read_scoring(hid_t file, const char *group) {
    struct scoring_settings scoring = scoring_plain;
    if (H5Aexists_by_name(file, group, "neighbours", H5P_DEFAULT) > 0) {
        long neighbours = 0;
        assert_true(H5LTget_attribute_long(file, group, "neighbours", &neighbours) >= 0);
        scoring.neighbours = neighbours;
    }
    return scoring;
}

static void check_points(hid_t file, const char *path, const char *group,
                         const struct family *family) {
    struct arena arena = {0};
    struct error error = {0};
    struct points sources = read_table(path, group, "sources", &arena);
    struct points latents = read_table(path, group, "latents", &arena);
    struct scoring_settings scoring = read_scoring(file, group);
    double *weights;
    assert_int_equal(ARENA_NEW(&arena, weights, sources.rows, &error), STATUS_OK);
    for (size_t n = 0; n < sources.rows; n++) {
        weights[n] = 1 / (double)sources.rows;
    }
    struct score_input input = {.samples = sources.rows,
                                .sources = sources.columns,
                                .latents = latents.columns,
                                .source = sources.values,
                                .latent = latents.values,
                                .weights = weights,
                                .scoring = &scoring};
    double *matrix;
    assert_int_equal(ARENA_NEW(&arena, matrix, input.sources * input.latents, &error), STATUS_OK);
    for (size_t m = 0; m < MATRICES_MAX && family->matrices[m].score != NULL; m++) {
        (void)score_of(family->matrices[m].score, &input, matrix);
        check_matrix(path, group, family->matrices[m].matrix, family->tolerance, matrix, &arena);
    }
    if (family->active) {
        check_active(path, group, &input, &arena);
    }
    assert_true(check_scores(file, group, family->tolerance, &input) > 0);
    arena_free(&arena);
}

static double read_number(hid_t file, const char *group, const char *attribute) {
    double value = NAN;
    assert_true(H5LTget_attribute_double(file, group, attribute, &value) >= 0);
    return value;
}

/* A score that reduces shares of the spectrum, and the shares, of which the file has a row for each
 * latent. */
static void check_shares(hid_t file, const char *path, const char *group, const char *name,
                         const char *attribute, const char *dataset, double tolerance,
                         const struct score_input *input, struct arena *arena) {
    struct error error = {0};
    double *matrix;
    double *transposed;
    const size_t count = input->sources * input->latents;
    assert_int_equal(ARENA_NEW(arena, matrix, count, &error), STATUS_OK);
    assert_int_equal(ARENA_NEW(arena, transposed, count, &error), STATUS_OK);
    double value = score_of(name, input, matrix);
    double expected = read_number(file, group, attribute);
    if (!same_within(value, expected, tolerance)) {
        fail_msg("%s: %s is %.17g, expected %.17g", group, name, value, expected);
    }
    for (size_t k = 0; k < count; k++) {
        transposed[k % input->latents * input->sources + k / input->latents] = matrix[k];
    }
    check_matrix(path, group, dataset, tolerance, transposed, arena);
}

static void check_spectrum(hid_t file, const char *path, const char *group,
                           const struct family *family) {
    static const double OUR_DELTA = 0.2; /* radians per unit of time */
    struct arena arena = {0};
    struct points activity = read_table(path, group, "activity", &arena);
    struct points frequencies = read_table(path, group, "frequencies", &arena);
    assert_true(same_within(read_number(file, group, "delta"), OUR_DELTA, 0.0));
    struct score_input input = {.samples = activity.rows,
                                .sources = frequencies.rows * frequencies.columns,
                                .latents = activity.columns,
                                .latent = activity.values,
                                .frequencies = frequencies.values,
                                .time_step = read_number(file, group, "dt")};
    check_shares(file, path, group, "frequency_index", "index_power", "relative_power",
                 family->tolerance, &input, &arena);
    check_shares(file, path, group, "frequency_index_magnitude", "index_magnitude",
                 "relative_magnitude", family->tolerance, &input, &arena);
    arena_free(&arena);
}

/* A folder given to the test may lack a family, but not all of them; ours has them all. */
static void test_every_case(void **state) {
    (void)state;
    const char *folder = getenv("REFERENCE");
    char path[PATH_BYTES];
    (void)snprintf(path, sizeof path, "%s/scores.h5", folder == NULL ? "tests/reference" : folder);
    if (access(path, F_OK) != 0) {
        skip();
    }
    hid_t unlocked = H5Pcreate(H5P_FILE_ACCESS); /* as hdf5_read opens the same file meanwhile */
    assert_true(H5Pset_file_locking(unlocked, false, true) >= 0);
    hid_t file = H5Fopen(path, H5F_ACC_RDONLY, unlocked);
    assert_true(file >= 0);
    static struct cases cases;
    size_t total = 0;
    for (size_t f = 0; f < FAMILY_COUNT; f++) {
        cases = (struct cases){.family = &families[f]};
        assert_true(H5Literate(file, H5_INDEX_NAME, H5_ITER_INC, NULL, collect, &cases) >= 0);
        for (size_t k = 0; k < cases.count; k++) {
            families[f].check(file, path, cases.names[k], &families[f]);
        }
        print_message("%zu cases %s* of %s\n", cases.count, families[f].prefix, path);
        assert_true(cases.count > 0 || folder != NULL);
        total += cases.count;
    }
    assert_true(H5Fclose(file) >= 0);
    assert_true(H5Pclose(unlocked) >= 0);
    assert_true(total > 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_every_case)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
