/* Margin and optimum of every plane_* and space_* case of the reference file, computed there by
 * independent code, and of the points of the paper's figure 1c. */
#include "theory/data.h"

#include "reference.h"

/* The plane's references are exact; those of space_* are the best of many samples. */
static const double exact_margin = 1e-9; /* of the largest range, squared */
static const double exact_energy = 1e-6;
static const double sampled_excess = 1e-6;
static const double sampled_energy = 1e-4;
static const double closed_form = 1e-9;
static const double largest_gap = 1e-8;

/* One case, and its data made ready. */
struct subject {
    struct reference_case place;
    bool plane;
    struct arena arena;
    struct geometry geometry;
};

static void expect(const struct subject *subject, const char *name, bool good, double value) {
    if (!good) {
        fail_msg("%s: %s is %.17g, expected %.17g", subject->place.group, name, value,
                 reference_number(&subject->place, name));
    }
}

/* Leaves out the sample `without`, counted from 0. */
static void read_points(const struct reference_case *place, size_t without, struct arena *arena,
                        struct geometry *geometry) {
    struct error error = {0};
    struct points points = reference_read(place, "points", arena);
    if (without < points.rows) {
        double *gap = points.values + without * points.columns;
        size_t after = (points.rows - without - 1) * points.columns;
        memmove(gap, gap + points.columns, after * sizeof *gap);
        points.rows--;
    }
    double *weights;
    assert_ok(&error, ARENA_NEW(arena, weights, points.rows, &error));
    for (size_t n = 0; n < points.rows; n++) {
        weights[n] = 1.0 / (double)points.rows;
    }
    assert_ok(&error, geometry_make(points.values, weights, points.rows, points.columns, arena,
                                    geometry, &error));
}

static void check_margin(struct subject *subject) {
    struct error error = {0};
    struct margin margin;
    assert_ok(&error,
              margin_find(&subject->geometry, MARGIN_TOLERANCE, &subject->arena, &margin, &error));
    double range = 0.0;
    for (size_t j = 0; j < subject->geometry.cloud.sources; j++) {
        range = fmax(range, subject->geometry.cloud.range[j]);
    }
    double expected = reference_number(&subject->place, "margin");
    bool good = subject->plane ? fabs(margin.value - expected) <= exact_margin * range * range
                               : margin.value <= expected + sampled_excess;
    expect(subject, "margin", good, margin.value);
    int modular = -1;
    assert_true(
        H5LTget_attribute_int(subject->place.file, subject->place.group, "modular", &modular) >= 0);
    expect(subject, "modular", modular == margin.modular, margin.modular);
    assert_true(margin.exact);
    assert_true(margin.known);
}

static struct optimum find_optimum(struct subject *subject, struct costs costs) {
    struct error error = {0};
    struct optimum optimum;
    assert_ok(&error,
              optimum_find(&subject->geometry, &costs, 0, &subject->arena, &optimum, &error));
    if (!(optimum.gap <= largest_gap)) {
        fail_msg("%s: gap %g", subject->place.group, optimum.gap);
    }
    return optimum;
}

static void check_optimum(struct subject *subject) {
    struct optimum optimum =
        find_optimum(subject, costs_of_lambda(reference_number(&subject->place, "lambda_")));
    double expected = reference_number(&subject->place, "optimum");
    double away = fabs(optimum.energy - expected);
    bool good = away <= (subject->plane ? exact_energy : sampled_energy) * expected;
    good = good && (subject->plane || optimum.energy <= expected + sampled_excess);
    expect(subject, "optimum", good, optimum.energy);
    if (reference_has_number(&subject->place, "modular_energy")) {
        double modular = reference_number(&subject->place, "modular_energy");
        expect(subject, "modular_energy",
               fabs(optimum.modular_energy - modular) <= closed_form * modular,
               optimum.modular_energy);
    }
}

static void check_penalised(struct subject *subject) {
    if (!reference_has_number(&subject->place, "penalised_optimum")) {
        return;
    }
    double weights = reference_number(&subject->place, "penalty_weights");
    struct costs costs = {reference_number(&subject->place, "penalty_fit"),
                          reference_number(&subject->place, "penalty_activity"), weights, weights};
    struct optimum optimum = find_optimum(subject, costs);
    double expected = reference_number(&subject->place, "penalised_optimum");
    expect(subject, "penalised_optimum", fabs(optimum.energy - expected) <= exact_energy * expected,
           optimum.energy);
}

static void check_case(const struct reference_case *place) {
    struct subject subject = {.place = *place,
                              .plane = strncmp(place->group, "plane_", strlen("plane_")) == 0};
    read_points(place, SIZE_MAX, &subject.arena, &subject.geometry);
    check_margin(&subject);
    check_optimum(&subject);
    check_penalised(&subject);
    arena_free(&subject.arena);
}

static void test_every_case(void **state) {
    (void)state;
    static const char *const prefixes[] = {"plane_", "space_"};
    struct reference reference = reference_open("theory.h5");
    size_t total = 0;
    for (size_t f = 0; f < COUNT(prefixes); f++) {
        SCOPED(arena_free) struct arena arena = {0};
        const struct reference_cases *cases = reference_find(&reference, prefixes[f], &arena);
        for (size_t k = 0; k < cases->count; k++) {
            const struct reference_case place = reference_case(&reference, cases->names[k]);
            check_case(&place);
        }
        total += cases->count;
    }
    reference_close(&reference);
    assert_true(total > 0);
}

/* Of the published points. The margin was found by sampling angles, again and again more finely
 * around the lowest. */
static void test_figure_1c_needs_its_sample_20(void **state) {
    (void)state;
    const size_t left_out = 20;
    const struct reference_case place = {.path = authors_path(), .group = "figure_1c"};
    for (int mixed = 0; mixed < 2; mixed++) {
        SCOPED(arena_free) struct arena arena = {0};
        struct error error = {0};
        struct geometry geometry;
        struct margin margin;
        struct optimum optimum;
        struct costs costs = costs_of_lambda(0.01);
        read_points(&place, mixed ? left_out : SIZE_MAX, &arena, &geometry);
        assert_ok(&error, margin_find(&geometry, MARGIN_TOLERANCE, &arena, &margin, &error));
        assert_ok(&error, optimum_find(&geometry, &costs, 0, &arena, &optimum, &error));
        assert_int_equal(margin.modular, !mixed);
        assert_near(margin.value, mixed ? -0.00111699 : 0.0, 1e-8);
        assert_near(optimum.price, mixed ? 0.000753 : 0.0, 1e-6);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_case),
        cmocka_unit_test(test_figure_1c_needs_its_sample_20),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
