/* Scores of every case of the reference file whose score we have, computed there by independent
 * code: of the linear ones, of those that count neighbours, of logistic regressions, of spectra. */
#include "score/scored.h"

#include "reference.h"
#include "score/reduction.h"

#include <hdf5.h>
#include <hdf5_hl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { MATRICES_MAX = 2 };

struct family;
typedef void (*check_function)(const struct reference_case *place, const struct family *family);

static void check_points(const struct reference_case *place, const struct family *family);
static void check_spectrum(const struct reference_case *place, const struct family *family);

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

static void check_matrix(const struct reference_case *place, const char *name, double tolerance,
                         const double *matrix, struct arena *arena) {
    struct points expected = reference_read(place, name, arena);
    for (size_t k = 0; k < expected.rows * expected.columns; k++) {
        if (!same_within(matrix[k], expected.values[k], tolerance)) {
            fail_msg("%s/%s[%zu][%zu] is %.17g, expected %.17g", place->group, name,
                     k / expected.columns, k % expected.columns, matrix[k], expected.values[k]);
        }
    }
}

static void check_active(const struct reference_case *place, const struct score_input *input,
                         struct arena *arena) {
    struct error error = {0};
    bool *active;
    assert_ok(&error, ARENA_NEW(arena, active, input->latents, &error));
    (void)score_active(input, active);
    struct points expected = reference_read(place, "active", arena);
    for (size_t j = 0; j < input->latents; j++) {
        assert_int_equal(active[j], expected.values[j] != 0);
    }
}

/* Every attribute named after one of our scores is its expected value; returns how many. */
static size_t check_scores(const struct reference_case *place, double tolerance,
                           const struct score_input *input) {
    size_t checked = 0;
    for (const struct score *const *score = scores; *score != NULL; score++) {
        const char *name = (*score)->component.name;
        if (!reference_has_number(place, name)) {
            continue;
        }
        double expected = reference_number(place, name);
        double value = score_of(name, input, NULL);
        if (!same_within(value, expected, tolerance)) {
            fail_msg("%s: %s is %.17g, expected %.17g", place->group, name, value, expected);
        }
        checked++;
    }
    return checked;
}

/* How many neighbours the case was scored with. */
static struct scoring_settings read_scoring(const struct reference_case *place) {
    struct scoring_settings scoring = scoring_plain;
    if (reference_has_number(place, "neighbours")) {
        long neighbours = 0;
        assert_true(H5LTget_attribute_long(place->file, place->group, "neighbours", &neighbours) >=
                    0);
        scoring.neighbours = neighbours;
    }
    return scoring;
}

static void check_points(const struct reference_case *place, const struct family *family) {
    SCOPED(arena_free) struct arena arena = {0};
    struct error error = {0};
    struct points sources = reference_read(place, "sources", &arena);
    struct points latents = reference_read(place, "latents", &arena);
    struct scoring_settings scoring = read_scoring(place);
    double *weights;
    assert_ok(&error, ARENA_NEW(&arena, weights, sources.rows, &error));
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
    assert_ok(&error, ARENA_NEW(&arena, matrix, input.sources * input.latents, &error));
    for (size_t m = 0; m < MATRICES_MAX && family->matrices[m].score != NULL; m++) {
        (void)score_of(family->matrices[m].score, &input, matrix);
        check_matrix(place, family->matrices[m].matrix, family->tolerance, matrix, &arena);
    }
    if (family->active) {
        check_active(place, &input, &arena);
    }
    assert_true(check_scores(place, family->tolerance, &input) > 0);
}

/* A score that reduces shares of the spectrum, and the shares, of which the file has a row for each
 * latent. */
static void check_shares(const struct reference_case *place, const char *name,
                         const char *attribute, const char *dataset, double tolerance,
                         const struct score_input *input, struct arena *arena) {
    struct error error = {0};
    double *matrix;
    double *transposed;
    const size_t count = input->sources * input->latents;
    assert_ok(&error, ARENA_NEW(arena, matrix, count, &error));
    assert_ok(&error, ARENA_NEW(arena, transposed, count, &error));
    double value = score_of(name, input, matrix);
    double expected = reference_number(place, attribute);
    if (!same_within(value, expected, tolerance)) {
        fail_msg("%s: %s is %.17g, expected %.17g", place->group, name, value, expected);
    }
    for (size_t k = 0; k < count; k++) {
        transposed[k % input->latents * input->sources + k / input->latents] = matrix[k];
    }
    check_matrix(place, dataset, tolerance, transposed, arena);
}

static void check_spectrum(const struct reference_case *place, const struct family *family) {
    static const double OUR_DELTA = 0.2; /* radians per unit of time */
    SCOPED(arena_free) struct arena arena = {0};
    struct points activity = reference_read(place, "activity", &arena);
    struct points frequencies = reference_read(place, "frequencies", &arena);
    assert_true(same_within(reference_number(place, "delta"), OUR_DELTA, 0.0));
    struct score_input input = {.samples = activity.rows,
                                .sources = frequencies.rows * frequencies.columns,
                                .latents = activity.columns,
                                .latent = activity.values,
                                .frequencies = frequencies.values,
                                .time_step = reference_number(place, "dt")};
    check_shares(place, "frequency_index", "index_power", "relative_power", family->tolerance,
                 &input, &arena);
    check_shares(place, "frequency_index_magnitude", "index_magnitude", "relative_magnitude",
                 family->tolerance, &input, &arena);
}

/* A folder given to the test may lack a family, but not all of them; ours has them all. */
static void test_every_case(void **state) {
    (void)state;
    const char *folder = getenv("REFERENCE");
    struct reference reference = reference_open("scores.h5");
    size_t total = 0;
    for (size_t f = 0; f < FAMILY_COUNT; f++) {
        SCOPED(arena_free) struct arena arena = {0};
        const struct reference_cases *cases =
            reference_find(&reference, families[f].prefix, &arena);
        for (size_t k = 0; k < cases->count; k++) {
            const struct reference_case place = reference_case(&reference, cases->names[k]);
            families[f].check(&place, &families[f]);
        }
        assert_true(cases->count > 0 || folder != NULL);
        total += cases->count;
    }
    reference_close(&reference);
    assert_true(total > 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_every_case)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
