/* Samples whose removal makes modular data mixed, against removing every sample in turn. */
#include "theory/figure_1c.h"
#include "theory/moments.h"
#include "theory/removals.h"

enum {
    SETS = 300,
    SIDE = 46, /* of the grid of more positions than are tried */
    VERTICES = 8,
    MANY = VERTICES + SIDE * SIDE,
};

static struct removals removals_of(const struct data *data, struct arena *arena) {
    struct error error = {0};
    struct removals removals;
    assert_ok(&error, removals_find(data->points, data->weights, data->samples, data->sources,
                                    MARGIN_TOLERANCE, arena, &removals, &error));
    return removals;
}

static const struct removal *find(const struct removals *removals, size_t sample) {
    for (size_t k = 0; k < removals->count; k++) {
        if (removals->list[k].sample == sample) {
            return &removals->list[k];
        }
    }
    return NULL;
}

static bool equal(const struct data *data, size_t a, size_t b) {
    return memcmp(data->points + a * data->sources, data->points + b * data->sources,
                  data->sources * sizeof(double)) == 0;
}

/* Drops all samples that stand where `sample` does; how many. */
static size_t drop_position(struct data *data, size_t sample) {
    struct data given = *data;
    size_t dropped = 0;
    for (size_t n = given.samples; n-- > 0;) {
        if (equal(&given, n, sample)) {
            drop_sample(data, n);
            dropped++;
        }
    }
    return dropped;
}

static bool is_first(const struct data *data, size_t sample) {
    for (size_t n = 0; n < sample; n++) {
        if (equal(data, n, sample)) {
            return false;
        }
    }
    return true;
}

static bool all_equal(const struct data *data) {
    for (size_t n = 1; n < data->samples; n++) {
        if (!equal(data, 0, n)) {
            return false;
        }
    }
    return true;
}

/* Every position removed in turn, without any of the short cuts. */
static void check_all(const struct data *data, const struct removals *removals,
                      struct arena *arena) {
    const double scale = moments_of(data).scale;
    size_t expected = 0;
    size_t positions = 0;
    for (size_t n = 0; n < data->samples; n++) {
        struct data rest = *data;
        if (!is_first(data, n)) {
            continue;
        }
        positions++;
        size_t copies = drop_position(&rest, n);
        const struct removal *removal = find(removals, n);
        if (all_equal(&rest)) {
            assert_null(removal);
            continue;
        }
        struct margin margin = margin_of(&rest, arena);
        assert_int_equal(removal != NULL, !margin.modular);
        expected += removal != NULL;
        if (removal != NULL) {
            assert_int_equal(removal->copies, copies);
            assert_near(removal->margin, margin.value, 1e-11 * scale);
        }
    }
    assert_int_equal(removals->count, expected);
    assert_int_equal(removals->positions, positions);
    for (size_t k = 1; k < removals->count; k++) {
        assert_true(removals->list[k].margin >= removals->list[k - 1].margin - 1e-9 * scale);
    }
}

static void test_figure_1c(void **state) {
    (void)state;
    SCOPED(arena_free) struct arena arena = {0};
    struct data data;
    read_figure_1c(&data, &arena);
    struct removals removals = removals_of(&data, &arena);
    const struct removal *removal = find(&removals, 20);
    assert_non_null(removal);
    assert_near(removal->margin, -0.0013850994, 1e-9);
    assert_false(removals.only_vertices);
    check_all(&data, &removals, &arena);
    drop_sample(&data, 20); /* now they are mixed */
    removals = removals_of(&data, &arena);
    assert_int_equal(removals.count, 0);
    assert_false(removals.before.modular);
}

static void test_grid_loses_a_corner(void **state) {
    (void)state;
    SCOPED(arena_free) struct arena arena = {0};
    struct data data;
    fill_grid(&data, 3, 2);
    struct removals removals = removals_of(&data, &arena);
    assert_int_equal(removals.count, 4);
    const size_t corners[4] = {0, 2, 6, 8}; /* equally bad, so in their order */
    for (size_t k = 0; k < 4; k++) {
        assert_int_equal(removals.list[k].sample, corners[k]);
        assert_int_equal(removals.list[k].copies, 1);
    }
    assert_null(find(&removals, 4)); /* the centre */
    check_all(&data, &removals, &arena);
}

/* Modular with and without all corners: random weights, copies, and all kinds of points. */
static void test_random_sets(void **state) {
    (void)state;
    struct random_stream stream = stream_of(1);
    SCOPED(arena_free) struct arena arena = {0};
    size_t broken = 0;
    size_t inner = 0;
    for (size_t k = 0; k < SETS; k++, arena_reset(&arena)) {
        struct data data;
        draw_any(&data, k, &stream);
        if (k % 2 == 0) {
            add_corners(&data, between(&stream, 0.01, 0.5));
        } else if (k % 4 == 1) { /* all corners but one */
            add_corners(&data, between(&stream, 0.3, 0.9));
            drop_sample(&data, data.samples - 1);
        }
        struct removals removals = removals_of(&data, &arena);
        if (!removals.before.modular) {
            assert_int_equal(removals.count, 0);
            continue;
        }
        check_all(&data, &removals, &arena);
        broken += removals.count > 0;
        inner += k % 2 != 0;
    }
    assert_true(broken > SETS / 4 && inner > SETS / 20);
}

static void test_nothing_left(void **state) {
    (void)state;
    SCOPED(arena_free) struct arena arena = {0};
    struct data data = {.samples = 3, .sources = 1, .points = {0, 1, 1}};
    weigh_equally(&data);
    struct removals removals = removals_of(&data, &arena);
    assert_int_equal(removals.count, 0);
    assert_int_equal(removals.positions, 2);
    /* Two positions that differ by rounding are one when the third is gone. */
    data = (struct data){.samples = 3, .sources = 2, .points = {1, 1, 1, 1 + 1e-15, 2, 1}};
    weigh_equally(&data);
    assert_int_equal(removals_of(&data, &arena).count, 0);
}

/*
 * An octagon (±1, ±0.6), (±0.6, ±1) around a small grid: b² is 1 at its sides along the axes, 1.28
 * at the others; without one vertex a side has b² = 1.36²/2.72 = 0.68. S is about the identity.
 */
static void test_many_positions(void **state) {
    (void)state;
    static double points[2 * MANY];
    static double weights[MANY];
    SCOPED(arena_free) struct arena arena = {0};
    struct error error = {0};
    struct removals removals;
    for (size_t n = 0; n < MANY; n++) {
        size_t cell = n < VERTICES ? 0 : n - VERTICES;
        size_t row = cell / SIDE;
        double x = n < VERTICES ? (n & 4 ? 1.0 : 0.6) : 0.002 * ((double)(cell % SIDE) - 22.5);
        double y = n < VERTICES ? (n & 4 ? 0.6 : 1.0) : 0.002 * ((double)row - 22.5);
        points[2 * n] = 0.1 + (n < VERTICES && (n & 1) ? -x : x); /* so that values are rounded */
        points[2 * n + 1] = 0.7 + (n < VERTICES && (n & 2) ? -y : y);
        weights[n] = 1.0 / MANY;
    }
    assert_ok(&error,
              removals_find(points, weights, MANY, 2, MARGIN_TOLERANCE, &arena, &removals, &error));
    assert_true(removals.before.modular && removals.only_vertices);
    assert_int_equal(removals.positions, MANY);
    assert_int_equal(removals.count, VERTICES);
    for (size_t k = 0; k < VERTICES; k++) {
        assert_int_equal(removals.list[k].sample, k);
        assert_near(removals.list[k].margin, -0.32, 0.02);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_figure_1c),      cmocka_unit_test(test_grid_loses_a_corner),
        cmocka_unit_test(test_random_sets),    cmocka_unit_test(test_nothing_left),
        cmocka_unit_test(test_many_positions),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
