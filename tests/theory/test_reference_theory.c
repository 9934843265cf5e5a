/* Margin and optimum of every plane_* and space_* case of the reference file, computed there by
 * independent code, and of the points of the paper's figure 1c. */
#include "theory/data.h"

#include "data/hdf5.h"

#include <hdf5.h>
#include <hdf5_hl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { CASES_MAX = 10000, NAME_BYTES = 64, PATH_BYTES = 4096 };

/* The plane's references are exact; those of space_* are the best of many samples. */
static const double exact_margin = 1e-9; /* of the largest range, squared */
static const double exact_energy = 1e-6;
static const double sampled_excess = 1e-6;
static const double sampled_energy = 1e-4;
static const double closed_form = 1e-9;
static const double largest_gap = 1e-8;

struct cases {
    size_t count;
    char names[CASES_MAX][NAME_BYTES];
};

/* One case: its group, and data made ready. */
struct reference {
    hid_t file;
    const char *group;
    bool plane;
    struct arena arena;
    struct geometry geometry;
};

static herr_t collect(hid_t file, const char *group, const H5L_info_t *info, void *context) {
    (void)file;
    (void)info;
    struct cases *cases = context;
    bool ours = strncmp(group, "plane_", strlen("plane_")) == 0 ||
                strncmp(group, "space_", strlen("space_")) == 0;
    if (ours && cases->count < CASES_MAX) {
        (void)snprintf(cases->names[cases->count++], NAME_BYTES, "%s", group);
    }
    return 0;
}

static bool has(const struct reference *reference, const char *name) {
    return H5Aexists_by_name(reference->file, reference->group, name, H5P_DEFAULT) > 0;
}

static double number(const struct reference *reference, const char *name) {
    double value = NAN;
    if (!has(reference, name) ||
        H5LTget_attribute_double(reference->file, reference->group, name, &value) < 0) {
        fail_msg("%s has no number %s", reference->group, name);
    }
    return value;
}

static void expect(const struct reference *reference, const char *name, bool good, double value) {
    if (!good) {
        fail_msg("%s: %s is %.17g, expected %.17g", reference->group, name, value,
                 number(reference, name));
    }
}

/* Leaves out the sample `without`, counted from 0. */
static void read_points(const char *path, const char *group, size_t without, struct arena *arena,
                        struct geometry *geometry) {
    struct error error = {0};
    struct points points = {0};
    char dataset[2 * NAME_BYTES];
    (void)snprintf(dataset, sizeof dataset, "/%s/points", group);
    must(hdf5_read(path, dataset, arena, &points, &error), &error);
    if (without < points.rows) {
        double *gap = points.values + without * points.columns;
        size_t after = (points.rows - without - 1) * points.columns;
        memmove(gap, gap + points.columns, after * sizeof *gap);
        points.rows--;
    }
    double *weights;
    must(ARENA_NEW(arena, weights, points.rows, &error), &error);
    for (size_t n = 0; n < points.rows; n++) {
        weights[n] = 1.0 / (double)points.rows;
    }
    must(
        geometry_make(points.values, weights, points.rows, points.columns, arena, geometry, &error),
        &error);
}

static void check_margin(struct reference *reference) {
    struct error error = {0};
    struct margin margin;
    must(margin_find(&reference->geometry, MARGIN_TOLERANCE, &reference->arena, &margin, &error),
         &error);
    double range = 0.0;
    for (size_t j = 0; j < reference->geometry.cloud.sources; j++) {
        range = fmax(range, reference->geometry.cloud.range[j]);
    }
    double expected = number(reference, "margin");
    bool good = reference->plane ? fabs(margin.value - expected) <= exact_margin * range * range
                                 : margin.value <= expected + sampled_excess;
    expect(reference, "margin", good, margin.value);
    int modular = -1;
    assert_true(H5LTget_attribute_int(reference->file, reference->group, "modular", &modular) >= 0);
    expect(reference, "modular", modular == margin.modular, margin.modular);
    assert_true(margin.exact);
    assert_true(margin.known);
}

static struct optimum find_optimum(struct reference *reference, struct costs costs) {
    struct error error = {0};
    struct optimum optimum;
    must(optimum_find(&reference->geometry, &costs, 0, &reference->arena, &optimum, &error),
         &error);
    if (!(optimum.gap <= largest_gap)) {
        fail_msg("%s: gap %g", reference->group, optimum.gap);
    }
    return optimum;
}

static void check_optimum(struct reference *reference) {
    struct optimum optimum = find_optimum(reference, costs_of_lambda(number(reference, "lambda_")));
    double expected = number(reference, "optimum");
    double away = fabs(optimum.energy - expected);
    bool good = away <= (reference->plane ? exact_energy : sampled_energy) * expected;
    good = good && (reference->plane || optimum.energy <= expected + sampled_excess);
    expect(reference, "optimum", good, optimum.energy);
    if (has(reference, "modular_energy")) {
        double modular = number(reference, "modular_energy");
        expect(reference, "modular_energy",
               fabs(optimum.modular_energy - modular) <= closed_form * modular,
               optimum.modular_energy);
    }
}

static void check_penalised(struct reference *reference) {
    if (!has(reference, "penalised_optimum")) {
        return;
    }
    double weights = number(reference, "penalty_weights");
    struct costs costs = {number(reference, "penalty_fit"), number(reference, "penalty_activity"),
                          weights, weights};
    struct optimum optimum = find_optimum(reference, costs);
    double expected = number(reference, "penalised_optimum");
    expect(reference, "penalised_optimum",
           fabs(optimum.energy - expected) <= exact_energy * expected, optimum.energy);
}

static void check_case(hid_t file, const char *path, const char *group) {
    struct reference reference = {
        .file = file, .group = group, .plane = strncmp(group, "plane_", strlen("plane_")) == 0};
    read_points(path, group, SIZE_MAX, &reference.arena, &reference.geometry);
    check_margin(&reference);
    check_optimum(&reference);
    check_penalised(&reference);
    arena_free(&reference.arena);
}

/* Skips the test when the folder has no such file. */
static void find_file(const char *name, char path[PATH_BYTES]) {
    const char *folder = getenv("REFERENCE");
    (void)snprintf(path, PATH_BYTES, "%s/%s", folder == NULL ? "tests/reference" : folder, name);
    if (access(path, F_OK) != 0) {
        skip();
    }
}

static void test_every_case(void **state) {
    (void)state;
    char path[PATH_BYTES];
    find_file("theory.h5", path);
    hid_t unlocked = H5Pcreate(H5P_FILE_ACCESS); /* as hdf5_read opens the same file meanwhile */
    assert_true(H5Pset_file_locking(unlocked, false, true) >= 0);
    hid_t file = H5Fopen(path, H5F_ACC_RDONLY, unlocked);
    assert_true(file >= 0);
    struct arena arena = {0};
    struct error error = {0};
    struct cases *cases;
    must(ARENA_NEW(&arena, cases, 1, &error), &error); /* too large for the stack */
    assert_true(H5Literate(file, H5_INDEX_NAME, H5_ITER_INC, NULL, collect, cases) >= 0);
    for (size_t k = 0; k < cases->count; k++) {
        check_case(file, path, cases->names[k]);
    }
    assert_true(H5Fclose(file) >= 0);
    assert_true(H5Pclose(unlocked) >= 0);
    print_message("%zu cases of %s\n", cases->count, path);
    assert_true(cases->count > 0);
    arena_free(&arena);
}

/* The margin was found by sampling angles, again and again more finely around the lowest. */
static void test_figure_1c_needs_its_sample_20(void **state) {
    (void)state;
    const size_t left_out = 20;
    struct error error = {0};
    char path[PATH_BYTES];
    find_file("authors.h5", path);
    for (int mixed = 0; mixed < 2; mixed++) {
        struct arena arena = {0};
        struct geometry geometry;
        struct margin margin;
        struct optimum optimum;
        struct costs costs = costs_of_lambda(0.01);
        read_points(path, "figure_1c", mixed ? left_out : SIZE_MAX, &arena, &geometry);
        must(margin_find(&geometry, MARGIN_TOLERANCE, &arena, &margin, &error), &error);
        must(optimum_find(&geometry, &costs, 0, &arena, &optimum, &error), &error);
        assert_int_equal(margin.modular, !mixed);
        assert_true(fabs(margin.value - (mixed ? -0.00111699 : 0.0)) <= 1e-8);
        assert_true(fabs(optimum.price - (mixed ? 0.000753 : 0.0)) <= 1e-6);
        arena_free(&arena);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_case),
        cmocka_unit_test(test_figure_1c_needs_its_sample_20),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
