/**
 * @file
 * The loss of a linear nonnegative autoencoder, and its neurons.
 */
#pragma once

#include <math.h>
#include <stdbool.h>
#include <stddef.h>

/** Coefficients of fit·mean|s − ŝ|² + activity·mean|z|² + weights_in·|W_in|² +
 * weights_out·|W_out|². */
struct costs {
    double fit; /**< of the squared error summed over sources; INFINITY: ŝ = s exactly */
    double activity, weights_in, weights_out;
};

/** Neurons in the cloud's centred coordinates: z_k = w_k·s̄ + bias_k ≥ 0, ŝ − mean = Σ_k out_k
 * (z_k − bias_k). */
struct neurons {
    size_t count;
    double *weights_in;  /**< [count][S], longest first */
    double *biases;      /**< [count] */
    double *weights_out; /**< [count][S] */
};

/** Costs with exact reproduction, activity 1 and one λ for all weights (section 2 of the paper). */
static inline struct costs costs_of_lambda(double lambda) {
    return (struct costs){INFINITY, 1.0, lambda, lambda};
}

/** Whether a minimum exists: fit and weights_out above 0, and activity or weights_in. */
static inline bool costs_are_bounded(const struct costs *costs) {
    return costs->fit > 0.0 && costs->weights_out > 0.0 && costs->activity >= 0.0 &&
           costs->weights_in >= 0.0 && costs->activity + costs->weights_in > 0.0 &&
           isfinite(costs->activity + costs->weights_in + costs->weights_out);
}
