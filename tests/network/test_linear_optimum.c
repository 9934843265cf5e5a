/* Tensors of an optimal linear autoencoder, beside the theory and beside the network that they are
 * for. */
#include "network/linear_optimum.h"

#include "solver/trial.h"
#include "theory/fit_threshold.h"

enum { SAMPLES = 40, SOURCES = 2, HIDDEN_UNITS = 9, WEIGHTS = SOURCES * HIDDEN_UNITS };

static void test_tensors_attain_the_energy(void **state) {
    (void)state;
    SCOPED(arena_free) struct arena arena = {0};
    struct error error = {0};
    struct trial trial = trial_random(5, SAMPLES, SOURCES, HIDDEN_UNITS, &arena);
    const struct dataset *data = &trial.data;
    const struct costs costs = {2.0, 0.1, 0.02, 0.03};
    struct geometry geometry;
    struct optimum optimum;
    double *weights = numbers_of(&arena, trial.shape.parameter_count);
    double *latents = numbers_of(&arena, (size_t)SAMPLES * HIDDEN_UNITS);
    double *outputs = numbers_of(&arena, (size_t)SAMPLES * SOURCES);
    assert_ok(&error, linear_optimum(&trial.shape, data, &costs, 0.0, &arena, weights, latents,
                                     outputs, &error));
    assert_ok(&error, geometry_make(data->inputs, data->weights, SAMPLES, SOURCES, &arena,
                                    &geometry, &error));
    assert_ok(&error, fit_threshold_optimum(&geometry, &costs, 0.0, HIDDEN_UNITS, &arena, &optimum,
                                            &error));
    const double *w1 = weights;
    const double *b1 = w1 + WEIGHTS;
    const double *w2 = b1 + HIDDEN_UNITS;
    const double *b2 = w2 + WEIGHTS;
    double loss = 0.0;
    for (size_t n = 0; n < SAMPLES; n++) {
        const double *x = data->inputs + n * SOURCES;
        const double *z = latents + n * HIDDEN_UNITS;
        double squares = 0.0;
        for (size_t k = 0; k < HIDDEN_UNITS; k++) {
            assert_near(z[k], w1[2 * k] * x[0] + w1[2 * k + 1] * x[1] + b1[k], 1e-12);
            assert_true(z[k] >= -1e-12);
            squares += costs.activity * z[k] * z[k];
        }
        for (size_t j = 0; j < SOURCES; j++) {
            double y = b2[j];
            for (size_t k = 0; k < HIDDEN_UNITS; k++) {
                y += w2[j * HIDDEN_UNITS + k] * z[k];
            }
            assert_near(outputs[n * SOURCES + j], y, 1e-12);
            squares += costs.fit * (y - x[j]) * (y - x[j]);
        }
        loss += data->weights[n] * squares;
    }
    for (size_t k = 0; k < WEIGHTS; k++) {
        loss += costs.weights_in * w1[k] * w1[k] + costs.weights_out * w2[k] * w2[k];
    }
    assert_near(loss, optimum.energy, 1e-9 * optimum.energy);
    for (size_t k = optimum.neurons.count; k < HIDDEN_UNITS; k++) { /* not needed */
        assert_true(w1[2 * k] == 0.0 && w1[2 * k + 1] == 0.0 && b1[k] == 0.0);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_tensors_attain_the_energy)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
