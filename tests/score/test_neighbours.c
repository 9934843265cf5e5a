#include "score/neighbours.h"

#include "base/random.h"
#include "score/scored.h"

enum { POINTS_MAX = 400 };

/* Points, their owners and labels; each point is a sample of its own. */
struct scene {
    size_t points, labels;
    double at[POINTS_MAX];
    uint32_t owners[POINTS_MAX];
    uint32_t codes[POINTS_MAX];
};

static double information(const struct scene *scene, size_t k) {
    SCOPED(arena_free) struct arena arena = {0};
    struct error error = {0};
    const double *digamma = NULL;
    struct line line;
    double value = 0.0;
    assert_ok(&error, digamma_table(scene->points, &arena, &digamma, &error));
    assert_ok(&error,
              line_make(scene->at, scene->owners, scene->points, digamma, &arena, &line, &error));
    assert_ok(&error,
              line_information(&line, scene->codes, scene->labels, k, &arena, &value, &error));
    return value;
}

/* ψ of a whole number, by its recurrence up to where the asymptotic series is exact. */
static double psi(size_t n) {
    double sum = 0.0;
    for (; n < 30; n++) {
        sum -= 1.0 / (double)n;
    }
    double x = (double)n;
    double y = 1.0 / (x * x);
    return sum + log(x) - 0.5 / x -
           y * (1.0 / 12 - y * (1.0 / 120 - y * (1.0 / 252 - y * (1.0 / 240))));
}

static size_t of_label(const struct scene *scene, size_t i) {
    size_t count = 0;
    for (size_t j = 0; j < scene->points; j++) {
        count += scene->codes[j] == scene->codes[i];
    }
    return count;
}

/* Distance to the k-th nearest other point of the label: the least within which there are k. */
static double radius_of(const struct scene *scene, size_t i, size_t k) {
    double radius = INFINITY;
    for (size_t j = 0; j < scene->points; j++) {
        double candidate = fabs(scene->at[j] - scene->at[i]);
        size_t within = 0;
        for (size_t l = 0; l < scene->points; l++) {
            within += l != i && scene->codes[l] == scene->codes[i] &&
                      fabs(scene->at[l] - scene->at[i]) <= candidate;
        }
        radius = within >= k ? fmin(radius, candidate) : radius;
    }
    return radius;
}

/* The definition in the header, by comparing all pairs. */
static double by_pairs(const struct scene *scene, size_t k) {
    double sum = 0.0;
    size_t kept = 0;
    for (size_t i = 0; i < scene->points; i++) {
        size_t own = of_label(scene, i);
        kept += own > 1;
    }
    for (size_t i = 0; i < scene->points; i++) {
        size_t own = of_label(scene, i);
        if (own == 1) {
            continue;
        }
        size_t neighbours = k < own - 1 ? k : own - 1;
        double radius = radius_of(scene, i, neighbours);
        size_t within = 0;
        size_t equal = 0;
        for (size_t j = 0; j < scene->points; j++) {
            double distance = fabs(scene->at[j] - scene->at[i]);
            bool in = of_label(scene, j) > 1 && (distance < radius || distance == 0.0);
            within += in;
            equal += in && scene->codes[j] == scene->codes[i];
        }
        sum += psi(radius > 0.0 ? neighbours : equal) - psi(own) - psi(within);
    }
    return fmax(psi(kept) + sum / (double)kept, 0.0);
}

/* `steps` of 0: continuous points; else so many different places. */
static void draw(struct scene *scene, size_t points, size_t labels, uint64_t steps, uint64_t seed) {
    struct random_stream stream = random_stream_of((struct job_hash){{seed, 7}}, RANDOM_DATA);
    scene->points = points;
    scene->labels = labels;
    for (size_t i = 0; i < points; i++) {
        scene->codes[i] = (uint32_t)random_below(&stream, labels);
        scene->owners[i] = (uint32_t)i;
        double place = random_normal(&stream) + 0.2 * scene->codes[i];
        scene->at[i] = steps == 0 ? place : (double)random_below(&stream, steps) / 3.0;
    }
}

static void test_as_all_pairs(void **state) {
    (void)state;
    static const struct {
        size_t points, labels;
        uint64_t steps;
    } shapes[] = {{2, 1, 0},   {60, 2, 0}, {60, 20, 0}, {100, 70, 0}, {100, 3, 10},
                  {100, 9, 3}, {30, 2, 1}, {80, 4, 40}, {200, 5, 0}};
    size_t informative = 0;
    for (size_t s = 0; s < sizeof shapes / sizeof shapes[0]; s++) {
        for (size_t k = 1; k <= 7; k += 2) {
            struct scene scene;
            draw(&scene, shapes[s].points, shapes[s].labels, shapes[s].steps, 10 * s + k);
            double expected = by_pairs(&scene, k);
            double found = information(&scene, k);
            informative += expected > 1e-3;
            if (fabs(found - expected) > 1e-12) {
                fail_msg("shape %zu, k = %zu: %.17g, expected %.17g", s, k, found, expected);
            }
        }
    }
    assert_true(informative > 10);
}

/* Neighbours found by distances as they are rounded: points at 0.1·i, where many pairs have nearly
 * the same distance, and far from 0. */
static void test_rounding_is_that_of_distances(void **state) {
    (void)state;
    for (size_t k = 1; k < 6; k++) {
        struct scene scene = {.points = 120, .labels = 3};
        for (size_t i = 0; i < scene.points; i++) {
            scene.at[i] = 1e3 + 0.1 * (double)i;
            scene.codes[i] = (uint32_t)(i * i % 7 % 3);
            scene.owners[i] = (uint32_t)i;
        }
        assert_near(information(&scene, k), by_pairs(&scene, k), 1e-12);
    }
}

/* Labels in intervals of their own: all of the entropy, up to the bias of finite samples. */
static void test_separate_and_equal_distributions(void **state) {
    (void)state;
    struct scene scene;
    draw(&scene, POINTS_MAX, 4, 0, 3);
    struct scene apart = scene;
    for (size_t i = 0; i < apart.points; i++) {
        apart.at[i] = scene.codes[i] + 0.5 * tanh(scene.at[i]);
    }
    assert_near(information(&apart, 3), log(4.0), 0.02);
    for (size_t i = 0; i < scene.points; i++) {
        scene.at[i] -= 0.2 * scene.codes[i];
    }
    assert_true(information(&scene, 3) < 0.05);
}

/* Of few different values the information is that of counts: none for a constant, all for a copy
 * of the label. */
static void test_ties(void **state) {
    (void)state;
    enum { EACH = 50 };
    struct scene scene = {.points = (size_t)4 * EACH, .labels = 4};
    for (size_t i = 0; i < scene.points; i++) {
        scene.codes[i] = (uint32_t)(i / EACH);
        scene.owners[i] = (uint32_t)i;
        scene.at[i] = 0.3;
    }
    assert_true(information(&scene, 2) == 0.0);
    for (size_t i = 0; i < scene.points; i++) {
        scene.at[i] = 0.3 * scene.codes[i];
    }
    assert_near(information(&scene, 2), psi(scene.points) - psi(EACH), 1e-12);
    for (size_t i = 0; i < scene.points; i++) {
        scene.at[i] = 0.3 * (double)(i % 2); /* independent of the label */
    }
    assert_true(information(&scene, 2) < 0.05);
}

static void test_labels_once_each(void **state) {
    (void)state;
    struct scene scene;
    draw(&scene, 5, 5, 0, 1);
    for (uint32_t i = 0; i < 5; i++) {
        scene.codes[i] = i;
    }
    assert_true(isnan(information(&scene, 2)));
}

static void test_digamma(void **state) {
    (void)state;
    enum { MOST = 20000 };
    SCOPED(arena_free) struct arena arena = {0};
    struct error error = {0};
    const double *table = NULL;
    assert_ok(&error, digamma_table(MOST, &arena, &table, &error));
    for (size_t n = 1; n <= MOST; n++) {
        assert_near(table[n], psi(n), 1e-12);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_as_all_pairs),
        cmocka_unit_test(test_rounding_is_that_of_distances),
        cmocka_unit_test(test_separate_and_equal_distributions),
        cmocka_unit_test(test_ties),
        cmocka_unit_test(test_labels_once_each),
        cmocka_unit_test(test_digamma),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
