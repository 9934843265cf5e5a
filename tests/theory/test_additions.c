/* Samples to add: they make the data modular, and nothing less does. */
#include "theory/additions.h"
#include "theory/figure_1c.h"
#include "theory/moments.h"

#include <stdio.h>
#include <stdlib.h>

enum {
    SETS = 240,
    COLLINEAR_SAMPLES = 12,
    COORDINATE_BYTES = 40,
};

static const double little = 1e-3;    /* of a range: of coordinates, rounding matters below 1e-4 */
static const double hundredth = 0.01; /* of the way to the support point */
static const double rounding = 1e-9;  /* relative */

static struct additions additions_of(const struct data *data, struct arena *arena) {
    struct error error = {0};
    struct additions additions;
    assert_ok(&error, additions_find(data->points, data->weights, data->samples, data->sources,
                                     MARGIN_TOLERANCE, arena, &additions, &error));
    return additions;
}

static void append(struct data *data, const double *point, double weight) {
    for (size_t n = 0; n < data->samples; n++) {
        data->weights[n] /= 1.0 + weight;
    }
    memcpy(data->points + data->samples * data->sources, point, data->sources * sizeof *point);
    data->weights[data->samples++] = weight / (1.0 + weight);
}

/* The data with all additions but number `skipped`. */
static struct data with_additions(const struct data *data, const struct additions *additions,
                                  size_t skipped) {
    struct data all = *data;
    double weight = 1.0 / (double)data->samples; /* beside a sum of 1 */
    for (size_t k = 0; k < additions->count; k++) {
        if (k != skipped) {
            append(&all, additions->list[k].point, weight);
            weight /= 1.0 + weight;
        }
    }
    return all;
}

static void check_within_box(const struct data *data, const struct additions *additions) {
    for (size_t k = 0; k < additions->count; k++) {
        for (size_t j = 0; j < data->sources; j++) {
            double value = additions->list[k].point[j];
            bool below = true;
            bool above = true;
            for (size_t n = 0; n < data->samples; n++) {
                below = below && value < data->points[n * data->sources + j];
                above = above && value > data->points[n * data->sources + j];
            }
            assert_false(below || above);
        }
    }
}

/* Whether the data stay modular with one addition moved towards its sample: by a share of the way,
 * but by `most` of a source's range at most. */
static bool modular_when_nearer(const struct data *data, const struct additions *additions,
                                size_t moved, double share, double most, struct arena *arena) {
    size_t sources = data->sources;
    struct data nearer = with_additions(data, additions, additions->count);
    struct moments moments = moments_of(data);
    double *point = nearer.points + (data->samples + moved) * sources;
    const double *from = data->points + additions->list[moved].from * sources;
    for (size_t j = 0; j < sources; j++) {
        share = fmin(share, most * moments.range[j] / fabs(from[j] - point[j]));
    }
    for (size_t j = 0; j < sources; j++) {
        point[j] += share * (from[j] - point[j]);
    }
    return margin_of(&nearer, arena).modular;
}

/*
 * Modular with all of them; mixed without any one, or with it a little nearer to its sample, unless
 * it stands there already. Counts those that could be nearer by a hundredth of the way: beyond what
 * is mixed there may, rarely, be modular data again.
 */
static size_t check_least(const struct data *data, const struct additions *additions,
                          struct arena *arena) {
    struct data all = with_additions(data, additions, additions->count);
    struct margin after = margin_of(&all, arena);
    size_t nearer = 0;
    assert_true(after.modular && additions->after.modular);
    assert_near(after.value, additions->after.value, rounding);
    check_within_box(data, additions);
    for (size_t k = 0; k < additions->count; k++) {
        const struct addition *addition = &additions->list[k];
        struct data fewer = with_additions(data, additions, k);
        assert_false(margin_of(&fewer, arena).modular);
        if (memcmp(addition->point, data->points + addition->from * data->sources,
                   data->sources * sizeof(double)) != 0) {
            assert_false(modular_when_nearer(data, additions, k, 1.0, little, arena));
            nearer += modular_when_nearer(data, additions, k, hundredth, 1.0, arena);
        }
    }
    return nearer;
}

/* The first one's numbers, from the paper's formulas. */
static void check_first(const struct data *data, const struct additions *additions) {
    const struct addition *first = &additions->list[0];
    struct moments moments = moments_of(data);
    double had = support_along(data, &moments, first->direction);
    double needed2 = had * had - margin_along(data, &moments, first->direction);
    double reach = 0.0;
    double lowest = 0.0;
    for (size_t j = 0; j < data->sources; j++) {
        reach -= first->direction[j] * (first->point[j] - moments.mean[j]);
        lowest -= first->direction[j] * centred(data, &moments, first->from, j);
    }
    double scale = sqrt(moments.scale);
    assert_near(first->had, had, rounding * scale);
    assert_near(pow(first->needed, 2), needed2, rounding * moments.scale);
    assert_near(first->reach, reach, rounding * scale);
    assert_near(lowest, had, rounding * scale);
    assert_true(first->needed > first->had);
}

static void test_figure_1c(void **state) {
    (void)state;
    SCOPED(arena_free) struct arena arena = {0};
    struct data data;
    read_figure_1c(&data, &arena);
    assert_int_equal(additions_of(&data, &arena).count, 0);
    drop_sample(&data, 20);
    struct additions additions = additions_of(&data, &arena);
    assert_near(additions.before.value, -0.0013850994, 1e-9);
    assert_false(additions.before.modular);
    assert_int_equal(additions.count, 1);
    assert_int_equal(check_least(&data, &additions, &arena), 0);
    check_first(&data, &additions);
}

static void test_random_sets(void **state) {
    (void)state;
    struct random_stream stream = stream_of(1);
    SCOPED(arena_free) struct arena arena = {0};
    size_t several = 0;
    size_t nearer = 0;
    size_t firsts = 0;
    for (size_t k = 0; k < SETS; k++, arena_reset(&arena)) {
        struct data data;
        size_t samples = 5 + (size_t)random_below(&stream, 40);
        draw(&data, (enum kind)(k % KINDS), samples, 2 + k / KINDS % 2, &stream);
        struct additions additions = additions_of(&data, &arena);
        assert_int_equal(additions.count == 0, margin_of(&data, &arena).modular);
        nearer += check_least(&data, &additions, &arena);
        several += additions.count > 1;
        bool first =
            additions.count > 0 && memcmp(additions.list[0].direction, additions.before.direction,
                                          data.sources * sizeof(double)) == 0;
        if (first) { /* it was not left out in the end */
            check_first(&data, &additions);
            firsts++;
        }
    }
    assert_true(nearer <= 1);
    assert_true(several > SETS / 4 && firsts > SETS / 2);
}

/* Of the digits of a coordinate that is no end of the range there are few. */
static void test_coordinates_are_short(void **state) {
    (void)state;
    struct random_stream stream = stream_of(2);
    SCOPED(arena_free) struct arena arena = {0};
    size_t short_ones = 0;
    for (size_t k = 0; k < SETS / 4; k++, arena_reset(&arena)) {
        struct data data;
        draw(&data, UNIFORM, 20, 2, &stream);
        double unit = pow(10.0, (double)(k % 17) - 8);
        for (size_t n = 0; n < 2 * data.samples; n++) {
            data.points[n] *= unit; /* ranges of 0.5 to 1: seven decimals */
        }
        struct additions additions = additions_of(&data, &arena);
        for (size_t n = 0; n < 2 * additions.count; n++) {
            char text[COORDINATE_BYTES];
            double value = additions.list[n / 2].point[n % 2];
            bool end = false;
            for (size_t m = 0; m < data.samples; m++) {
                end = end || data.points[2 * m + n % 2] == value;
            }
            (void)snprintf(text, sizeof text, "%.7g", value);
            assert_true(end || strtod(text, NULL) == value);
            short_ones += !end;
        }
    }
    assert_true(short_ones > SETS / 4);
}

/* b² − nᵀSn at the side from (1, y) to (0, 1), for the data below with (1, y) as an eighth sample.
 */
static double slack_of_side(double y) {
    double mean[2] = {3.0 / 8, (2 + y) / 8}; /* these are the reaches too */
    double product = y / 8 - mean[0] * mean[1];
    double n = 1 - y; /* beside 1 for the second source */
    return pow(1 - n * mean[0] - mean[1], 2) - pow(n * mean[0], 2) - pow(mean[1], 2) +
           2 * n * product;
}

/* A square without its corner (1, 1). S is definite, so the sides alone decide (theorem 2.2),
 * and only the one next to it is too near: how far along x = 1 has a sample to be? */
static void test_triangle_by_formula(void **state) {
    (void)state;
    SCOPED(arena_free) struct arena arena = {0};
    struct data data = {
        .samples = 7, .sources = 2, .points = {1, 0, 1, 0, 0, 1, 0, 1, 0, 0, 0, 0, 0, 0}};
    weigh_equally(&data);
    struct additions additions = additions_of(&data, &arena);
    double low = 0.0;
    double high = 1.0;
    assert_true(slack_of_side(low) < 0.0 && slack_of_side(high) > 0.0);
    while (high - low > 1e-12) {
        double middle = 0.5 * (low + high);
        low = slack_of_side(middle) < 0.0 ? middle : low;
        high = slack_of_side(middle) < 0.0 ? high : middle;
    }
    assert_int_equal(additions.count, 1);
    assert_int_equal(additions.list[0].from, 0);
    assert_true(additions.list[0].point[0] == 1.0);
    assert_true(additions.list[0].point[1] > high - 1e-7);
    assert_true(additions.list[0].point[1] < high + 2e-6);
}

/* s2 = 2 s1, and a third source that is constant or 1 − s1. */
static void test_dependent_sources(void **state) {
    (void)state;
    SCOPED(arena_free) struct arena arena = {0};
    struct random_stream stream = stream_of(3);
    for (size_t sources = 2; sources <= 4; sources++, arena_reset(&arena)) {
        struct data data = {.samples = COLLINEAR_SAMPLES, .sources = sources};
        for (size_t n = 0; n < data.samples; n++) {
            double s = random_uniform(&stream);
            const double point[4] = {s, 2.0 * s, 0.3, 1.0 - s};
            memcpy(data.points + n * sources, point, sources * sizeof *point);
        }
        weigh_equally(&data);
        struct additions additions = additions_of(&data, &arena);
        assert_true(additions.count > 0);
        assert_int_equal(check_least(&data, &additions, &arena), 0);
        check_first(&data, &additions);
    }
}

/* A source of huge values, or far from 0, changes nothing but the numbers. */
static void test_units(void **state) {
    (void)state;
    struct random_stream stream = stream_of(4);
    SCOPED(arena_free) struct arena arena = {0};
    struct error error = {0};
    for (size_t k = 0; k < SETS / 4; k++, arena_reset(&arena)) {
        struct data data;
        struct additions additions;
        draw(&data, (enum kind)(k % KINDS), 15, 2 + k % 2, &stream);
        for (size_t n = 0; n < data.samples; n++) {
            data.points[n * data.sources] *= pow(10.0, (double)(k % 13) - 6.0);
            data.points[n * data.sources + 1] += k % 3 == 0 ? 1e4 : 0.0;
        }
        assert_ok(&error, additions_find(data.points, data.weights, data.samples, data.sources,
                                         MARGIN_TOLERANCE, &arena, &additions, &error));
        struct data all = with_additions(&data, &additions, additions.count);
        assert_true(margin_of(&all, &arena).modular);
        assert_int_equal(additions.count == 0, margin_of(&data, &arena).modular);
    }
}

static void test_out_of_reach(void **state) {
    (void)state;
    SCOPED(arena_free) struct arena arena = {0};
    struct error error = {0};
    struct additions additions;
    const size_t sources = HULL_DIMENSION_MAX + 2;
    double points[20 * (HULL_DIMENSION_MAX + 2)];
    double weights[20];
    for (size_t k = 0; k < 20 * sources; k++) {
        points[k] = sin((double)(k * k));
        weights[k % 20] = 1.0 / 20;
    }
    assert_int_equal(
        additions_find(points, weights, 20, sources, MARGIN_TOLERANCE, &arena, &additions, &error),
        STATUS_BAD_INPUT);
    assert_message(&error, "10 sources");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_figure_1c),
        cmocka_unit_test(test_random_sets),
        cmocka_unit_test(test_coordinates_are_short),
        cmocka_unit_test(test_triangle_by_formula),
        cmocka_unit_test(test_dependent_sources),
        cmocka_unit_test(test_units),
        cmocka_unit_test(test_out_of_reach),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
