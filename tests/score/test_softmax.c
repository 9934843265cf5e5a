#include "score/softmax.h"

#include "base/random.h"
#include "score/scored.h"

enum { SAMPLES = 200, FEATURES = 4, CLASSES = 3 };

struct scene {
    double design[SAMPLES * FEATURES];
    uint32_t codes[SAMPLES];
    double weights[SAMPLES];
    struct softmax_task task;
};

/* Labels that a softmax of random coefficients draws; weights that differ. */
static void draw(struct scene *scene, uint64_t seed) {
    struct random_stream stream = random_stream_of((struct job_hash){{seed, 3}}, RANDOM_DATA);
    double mass = 0.0;
    for (size_t n = 0; n < SAMPLES; n++) {
        double *row = scene->design + n * FEATURES;
        for (size_t f = 0; f + 1 < FEATURES; f++) {
            row[f] = random_normal(&stream);
        }
        row[FEATURES - 1] = 1.0;
        double best = -INFINITY;
        scene->codes[n] = 0;
        for (uint32_t c = 0; c < CLASSES; c++) {
            double score = (double)c * row[0] - row[c % 2] - log(-log(random_uniform(&stream)));
            scene->codes[n] = score > best ? c : scene->codes[n];
            best = fmax(best, score);
        }
        scene->weights[n] = random_uniform(&stream);
        mass += scene->weights[n];
    }
    for (size_t n = 0; n < SAMPLES; n++) {
        scene->weights[n] /= mass;
    }
    scene->task = (struct softmax_task){.samples = SAMPLES,
                                        .features = FEATURES,
                                        .classes = CLASSES,
                                        .design = scene->design,
                                        .codes = scene->codes,
                                        .weights = scene->weights};
}

static double fit(const struct softmax_task *task, double enough, struct arena *arena,
                  double **coefficients) {
    struct error error = {0};
    double loss = NAN;
    assert_ok(&error, softmax_fit(task, enough, arena, coefficients, &error));
    assert_ok(&error, softmax_loss(task, task->weights, *coefficients, arena, &loss, &error));
    return loss;
}

/* −log p of a label, the plain way. */
static double surprise(const double *row, const double *coefficients, size_t label) {
    double logits[CLASSES] = {0};
    double sum = 0.0;
    for (size_t c = 0; c < CLASSES; c++) {
        for (size_t f = 0; f < FEATURES; f++) {
            logits[c] += row[f] * coefficients[f * CLASSES + c];
        }
        sum += exp(logits[c]);
    }
    return log(sum) - logits[label];
}

/* The loss agrees with its definition and is least: no step along any coefficient lowers it, and
 * predictions have the moments of the data. */
static void test_stationary(void **state) {
    (void)state;
    for (uint64_t seed = 1; seed <= 3; seed++) {
        struct scene scene;
        struct arena arena = {0};
        double *coefficients = NULL;
        draw(&scene, seed);
        double loss = fit(&scene.task, 0.0, &arena, &coefficients);
        double plain = 0.0;
        double moments[FEATURES * CLASSES] = {0};
        for (size_t n = 0; n < SAMPLES; n++) {
            const double *row = scene.design + n * FEATURES;
            plain += scene.weights[n] * surprise(row, coefficients, scene.codes[n]);
            for (size_t k = 0; k < (size_t)FEATURES * CLASSES; k++) {
                double there = scene.codes[n] == k % CLASSES ? 1.0 : 0.0;
                double predicted = exp(-surprise(row, coefficients, k % CLASSES));
                moments[k] += scene.weights[n] * row[k / CLASSES] * (predicted - there);
            }
        }
        assert_near(loss, plain, 1e-12);
        assert_true(loss < 0.95 * log(CLASSES));
        for (size_t k = 0; k < (size_t)FEATURES * CLASSES; k++) {
            assert_true(fabs(moments[k]) < 1e-5);
        }
        arena_free(&arena);
    }
}

/* Without features that vary: the shares of the labels, and their entropy. */
static void test_intercepts_alone(void **state) {
    (void)state;
    struct scene scene;
    SCOPED(arena_free) struct arena arena = {0};
    double *coefficients = NULL;
    double ones[SAMPLES];
    double shares[CLASSES] = {0};
    double entropy = 0.0;
    draw(&scene, 4);
    for (size_t n = 0; n < SAMPLES; n++) {
        ones[n] = 1.0;
        shares[scene.codes[n]] += scene.weights[n];
    }
    for (size_t c = 0; c < CLASSES; c++) {
        entropy -= shares[c] * log(shares[c]);
    }
    scene.task.features = 1;
    scene.task.design = ones;
    assert_near(fit(&scene.task, 0.0, &arena, &coefficients), entropy, 1e-9);
    assert_near(coefficients[0] - coefficients[1], log(shares[0] / shares[1]), 1e-5);
}

/* The least loss of labels that can be told apart is at infinity: the fit ends below what is
 * enough, and where nothing is enough it ends as well. */
static void test_separable(void **state) {
    (void)state;
    struct scene scene;
    SCOPED(arena_free) struct arena arena = {0};
    double *coefficients = NULL;
    draw(&scene, 5);
    for (size_t n = 0; n < SAMPLES; n++) {
        scene.codes[n] = scene.design[n * FEATURES] > 0.0 ? 2 : 0;
    }
    double loss = fit(&scene.task, 1e-4, &arena, &coefficients);
    assert_true(loss <= 1e-4 && loss > 0.0);
    assert_true(fit(&scene.task, 0.0, &arena, &coefficients) < 1e-5);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_stationary),
        cmocka_unit_test(test_intercepts_alone),
        cmocka_unit_test(test_separable),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
