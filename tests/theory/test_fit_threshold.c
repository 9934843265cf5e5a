#include "theory/fit_threshold.h"

#include "base/random.h"
#include "check.h"

enum { SAMPLES = 24, SOURCES = 2, DATA_SETS = 20, FITS = 12 };

static void draw(uint64_t seed, double *points, double *weights) {
    struct random_stream stream = random_stream_of((struct job_hash){{seed, 7}}, RANDOM_DATA);
    for (size_t n = 0; n < SAMPLES; n++) {
        weights[n] = 1.0 / SAMPLES;
        for (size_t j = 0; j < SOURCES; j++) {
            points[n * SOURCES + j] = random_uniform(&stream);
        }
    }
}

/* mean|s − ŝ|² of the neurons, sample by sample. */
static double squared_error(const struct cloud *cloud, const struct neurons *neurons) {
    double sum = 0.0;
    for (size_t n = 0; n < cloud->samples; n++) {
        const double *s = cloud->points + n * SOURCES;
        double rest[SOURCES] = {s[0], s[1]};
        for (size_t k = 0; k < neurons->count; k++) {
            const double *in = neurons->weights_in + k * SOURCES;
            for (size_t j = 0; j < SOURCES; j++) {
                rest[j] -= neurons->weights_out[k * SOURCES + j] * (in[0] * s[0] + in[1] * s[1]);
            }
        }
        sum += cloud->weights[n] * (rest[0] * rest[0] + rest[1] * rest[1]);
    }
    return sum;
}

/* The loss from its parts, and that no fit below costs.fit gives a bound above it. */
static void check(uint64_t seed, double threshold) {
    double points[SAMPLES * SOURCES];
    double weights[SAMPLES];
    SCOPED(arena_free) struct arena arena = {0};
    struct error error = {0};
    struct geometry geometry;
    struct optimum optimum;
    struct costs costs = {.fit = 1.0, .activity = 5e-3, .weights_in = 1e-3, .weights_out = 5e-4};
    draw(seed, points, weights);
    assert_ok(&error, geometry_make(points, weights, SAMPLES, SOURCES, &arena, &geometry, &error));
    assert_ok(&error,
              fit_threshold_optimum(&geometry, &costs, threshold, 0, &arena, &optimum, &error));
    const struct neurons *neurons = &optimum.neurons;
    double loss = costs.fit * fmax(0.0, squared_error(&geometry.cloud, neurons) - threshold);
    for (size_t k = 0; k < neurons->count; k++) {
        const double *in = neurons->weights_in + k * SOURCES;
        const double *out = neurons->weights_out + k * SOURCES;
        const double *c = geometry.cloud.covariance;
        double variance = in[0] * in[0] * c[0] + 2.0 * in[0] * in[1] * c[1] + in[1] * in[1] * c[3];
        loss += costs.activity * (variance + neurons->biases[k] * neurons->biases[k]) +
                costs.weights_in * (in[0] * in[0] + in[1] * in[1]) +
                costs.weights_out * (out[0] * out[0] + out[1] * out[1]);
    }
    assert_near(loss / optimum.energy, 1.0, 1e-8);
    for (size_t f = 1; f <= FITS; f++) {
        struct optimum standard;
        struct costs scaled = costs;
        scaled.fit = costs.fit * (double)f / FITS;
        assert_ok(&error, optimum_find(&geometry, &scaled, 0, &arena, &standard, &error));
        assert_true(standard.bound - scaled.fit * threshold <= optimum.energy * (1.0 + 1e-9));
    }
    assert_true(optimum.gap <= 1e-8);
}

static void test_loss_above_a_threshold(void **state) {
    (void)state;
    for (uint64_t seed = 0; seed < DATA_SETS; seed++) {
        check(seed, 0.0);
        check(seed, 1e-4); /* met with the whole fit */
        check(seed, 2e-2); /* by far: the fit that counts is smaller */
        check(seed, 8e-2);
    }
}

static void test_nothing_is_needed_below_the_threshold(void **state) {
    (void)state;
    double points[SAMPLES * SOURCES];
    double weights[SAMPLES];
    SCOPED(arena_free) struct arena arena = {0};
    struct error error = {0};
    struct geometry geometry;
    struct optimum optimum;
    struct costs costs = {.fit = 1.0, .activity = 5e-3, .weights_in = 1e-3, .weights_out = 1e-3};
    draw(1, points, weights);
    assert_ok(&error, geometry_make(points, weights, SAMPLES, SOURCES, &arena, &geometry, &error));
    assert_ok(&error, fit_threshold_optimum(&geometry, &costs, 1.0, 0, &arena, &optimum, &error));
    assert_true(optimum.energy == 0.0 && optimum.neurons.count == 0 && isnan(optimum.price));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_loss_above_a_threshold),
        cmocka_unit_test(test_nothing_is_needed_below_the_threshold),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
