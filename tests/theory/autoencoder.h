/**
 * @file
 * The loss of a linear autoencoder from its definition: to compare with what optima claim.
 */
#pragma once

#include "theory/moments.h"

/* How good a network is on data. */
struct performance {
    double loss;
    double worst_error;  /* largest |ŝ_j − s_j| */
    double least_latent; /* over neurons and samples */
};

/* Inverts a small matrix by Gauss and Jordan, with pivots; fails the test when it is singular. */
static inline void invert(size_t size, double matrix[SOURCES_MAX][SOURCES_MAX],
                          double inverse[SOURCES_MAX][SOURCES_MAX]) {
    for (size_t i = 0; i < size; i++) {
        for (size_t j = 0; j < size; j++) {
            inverse[i][j] = i == j;
        }
    }
    for (size_t c = 0; c < size; c++) {
        size_t pivot = c;
        for (size_t i = c; i < size; i++) {
            pivot = fabs(matrix[i][c]) > fabs(matrix[pivot][c]) ? i : pivot;
        }
        assert_true(matrix[pivot][c] != 0.0);
        for (size_t j = 0; j < size; j++) {
            double kept[2] = {matrix[c][j], inverse[c][j]};
            matrix[c][j] = matrix[pivot][j];
            inverse[c][j] = inverse[pivot][j];
            matrix[pivot][j] = kept[0];
            inverse[pivot][j] = kept[1];
        }
        double divisor = matrix[c][c];
        for (size_t j = 0; j < size; j++) {
            matrix[c][j] /= divisor;
            inverse[c][j] /= divisor;
        }
        for (size_t i = 0; i < size; i++) {
            double factor = matrix[i][c];
            for (size_t j = 0; j < size && i != c; j++) {
                matrix[i][j] -= factor * matrix[c][j];
                inverse[i][j] -= factor * inverse[c][j];
            }
        }
    }
}

/* V = (Σ w_k w_kᵀ + weights_out/fit · C⁻¹)⁻¹. */
static inline void covariance_of(const struct moments *moments, const struct costs *costs,
                                 const struct neurons *neurons, size_t sources,
                                 double covariance[SOURCES_MAX][SOURCES_MAX]) {
    double information[SOURCES_MAX][SOURCES_MAX] = {{0.0}};
    if (isfinite(costs->fit)) {
        double samples_covariance[SOURCES_MAX][SOURCES_MAX];
        memcpy(samples_covariance, moments->covariance, sizeof samples_covariance);
        invert(sources, samples_covariance, information);
    }
    for (size_t i = 0; i < sources; i++) {
        for (size_t j = 0; j < sources; j++) {
            information[i][j] *= isfinite(costs->fit) ? costs->weights_out / costs->fit : 0.0;
            for (size_t k = 0; k < neurons->count; k++) {
                information[i][j] +=
                    neurons->weights_in[k * sources + i] * neurons->weights_in[k * sources + j];
            }
        }
    }
    invert(sources, information, covariance);
}

static inline double sum_of_squares(const double *values, size_t count) {
    double sum = 0.0;
    for (size_t k = 0; k < count; k++) {
        sum += values[k] * values[k];
    }
    return sum;
}

/* The activity of sample n, and its reconstruction, centred. */
static inline double run_sample(const struct data *data, const struct moments *moments,
                                const struct neurons *neurons, size_t n, double *guess,
                                struct performance *performance) {
    double activity = 0.0;
    memset(guess, 0, data->sources * sizeof *guess);
    for (size_t k = 0; k < neurons->count; k++) {
        double z = neurons->biases[k];
        for (size_t j = 0; j < data->sources; j++) {
            z += neurons->weights_in[k * data->sources + j] * centred(data, moments, n, j);
        }
        for (size_t j = 0; j < data->sources; j++) {
            guess[j] += neurons->weights_out[k * data->sources + j] * (z - neurons->biases[k]);
        }
        performance->least_latent = fmin(performance->least_latent, z);
        activity += z * z;
    }
    return activity;
}

/* Without the errors where they are forbidden (fit infinite). */
static inline struct performance perform(const struct data *data, const struct costs *costs,
                                         const struct neurons *neurons) {
    struct performance performance = {.least_latent = INFINITY};
    struct moments moments = moments_of(data);
    double guess[SOURCES_MAX];
    for (size_t n = 0; n < data->samples; n++) {
        double activity = run_sample(data, &moments, neurons, n, guess, &performance);
        double errors = 0.0;
        for (size_t j = 0; j < data->sources; j++) {
            double away = guess[j] - centred(data, &moments, n, j);
            performance.worst_error = fmax(performance.worst_error, fabs(away));
            errors += away * away;
        }
        performance.loss += data->weights[n] * (costs->activity * activity +
                                                (isfinite(costs->fit) ? costs->fit * errors : 0.0));
    }
    size_t weights = neurons->count * data->sources;
    performance.loss += costs->weights_in * sum_of_squares(neurons->weights_in, weights) +
                        costs->weights_out * sum_of_squares(neurons->weights_out, weights);
    return performance;
}
