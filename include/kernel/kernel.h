/**
 * @file
 * The operations that training is made of, over arrays [rows][columns][L] of single precision with
 * the lane index innermost. Two families implement them: `lanes` (L = 16 networks side by side, one
 * variant an instruction set) and `wide` (L = 1, matrix products through a BLAS). Nothing here
 * allocates or fails.
 *
 * Every variant of `lanes` performs the same operations in the same order with explicitly fused
 * multiply-adds, so all give the same bits. Their sums over rows run from the first row of a call
 * to the last, whatever the register tiles: rows of weight zero at the end change nothing. Variants
 * of `wide` give the same bits as one another.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    KERNEL_LANES = 16,      /**< L of the `lanes` family */
    KERNEL_ROW_QUANTUM = 8, /**< multiples of so many rows are fast */
    KERNEL_ALIGNMENT_BYTES = 64,
    KERNEL_UPDATE_FLOPS = 17,         /**< operations of moment_update for each number */
    KERNEL_STATISTICS_INPUTS_MAX = 4, /**< inputs whose covariance is worth using */
    KERNEL_CHAINS = 12,               /**< enough to hide the latency of two units of four cycles */
};

/** What a layer does to W x + b. */
enum activation {
    ACTIVATION_LINEAR, /**< nothing */
    ACTIVATION_RELU,   /**< max(0, ·) */
};

/** The shape of one affine map y = W x + b over a tile of samples. */
struct affine_shape {
    size_t rows;    /**< samples in the tile */
    size_t inputs;  /**< width of x */
    size_t outputs; /**< width of y */
};

/**
 * Slopes of the penalties on latent activity, added where the gradient reaches the latents. The
 * slopes do not change during training, so the samples' weights are multiplied in beforehand.
 */
struct latent_penalty {
    const float *latents;  /**< z [rows][latents][L] */
    const float *activity; /**< [rows][L]: 2 α w; the gradient of α Σ w Σ z² is this times z */
    const float *negativity; /**< [rows][L]: ν p w; that of ν Σ w Σ max(0, −z)^p is this times
                                  −max(0, −z)^(p − 1) where z < 0 */
    const float *sparsity; /**< [rows][L]: σ w; that of σ Σ w Σ |z| is this times the sign of z, 0
                              at 0; NULL for none */
    int negativity_power; /**< p: 1 or 2 */
};

/** Values of those penalties without their coefficients: arrays [L] that are added to. */
struct latent_sums {
    const float *sample_weights; /**< w [rows][L] */
    int negativity_power;        /**< 1 or 2 */
    float *activity;             /**< += Σ w Σ z² */
    float *negativity;           /**< += Σ w Σ max(0, −z)^power */
    float *sparsity;             /**< += Σ w Σ |z|; NULL for none */
};

/**
 * A linear autoencoder z = W1 x + b1, ŷ = W2 z + b2 whose loss is wanted over a whole data set.
 * Being linear, it meets the data only through their mean and covariance, but for the latents'
 * signs: those enter through the sums of kernel.negative_sums. Arrays are [..][L]; sums and
 * gradients are added to.
 */
struct linear_bottleneck {
    size_t inputs; /**< S, of x and ŷ, at most KERNEL_STATISTICS_INPUTS_MAX */
    size_t latents;
    const float *weights1, *bias1, *weights2, *bias2;
    const float *mean;                        /**< m [inputs] */
    const float *covariance;                  /**< C [inputs][inputs] */
    const float *negative_inputs;             /**< G [latents][inputs] of negative_sums */
    const float *negative_weights;            /**< g [latents] of negative_sums */
    const float *fit, *activity, *negativity; /**< coefficients; negativity of power 1 */
    float *fit_sum, *activity_sum, *negativity_sum;
    float *weights1_gradient, *bias1_gradient, *weights2_gradient, *bias2_gradient;
};

/** Adam's state and coefficients for one tensor of `count` numbers, arrays [count][L]. */
struct moment_update {
    size_t count;
    float *weights;
    float *gradient; /**< read, then set to zero for the next step */
    float *first_moment;
    float *second_moment;
    const float *rate;       /**< [L] learning rate over 1 − β1^t */
    const float *shrink;     /**< [L] learning rate × decoupled weight decay */
    const float *penalty;    /**< [L] coefficient of Σ weights², whose gradient is added */
    double beta1, beta2;     /**< double, since 1 − β in single precision may be 0 */
    float second_correction; /**< 1/√(1 − β2^t) */
    float epsilon;
};

/** One family of operations. Arrays do not overlap unless said so. */
struct kernel {
    const char *name;
    size_t lanes; /**< L */

    /** y[r][o] = f(b[o] + Σ_i W[o][i] x[r][i]) */
    void (*affine)(struct affine_shape shape, const float *x, const float *weights,
                   const float *bias, enum activation f, float *y);

    /** y[r][o] = f(y[r][o] + b[o] + Σ_i W[o][i] x[r][i]); without inputs, x may be NULL */
    void (*affine_add)(struct affine_shape shape, const float *x, const float *weights,
                       const float *bias, enum activation f, float *y);

    /**
     * dx[r][i] = Σ_o W[o][i] dy[r][o]; where x is what a ReLU gave (rectified[r][i]; NULL where it
     * is not), 0 wherever that is 0.
     */
    void (*affine_backward)(struct affine_shape shape, const float *dy, const float *weights,
                            const float *rectified, float *dx);

    /** The same added to dx, of which the sum is 0 where `rectified` says so; without outputs, dy
     * may be NULL. */
    void (*affine_backward_add)(struct affine_shape shape, const float *dy, const float *weights,
                                const float *rectified, float *dx);

    /** dW[o][i] += Σ_r dy[r][o] x[r][i]; db[o] += Σ_r dy[r][o] */
    void (*affine_gradient)(struct affine_shape shape, const float *dy, const float *x,
                            float *weights_gradient, float *bias_gradient);

    /** affine of one-hot inputs: y[r][o] = f(b[o] + W[o][hot[r]]), hot[rows][L] < inputs. */
    void (*embed)(struct affine_shape shape, const uint32_t *hot, const float *weights,
                  const float *bias, enum activation f, float *y);

    /** affine_gradient of one-hot inputs: dW[o][hot[r]] += dy[r][o]; db[o] += Σ_r dy[r][o] */
    void (*embed_gradient)(struct affine_shape shape, const float *dy, const uint32_t *hot,
                           float *weights_gradient, float *bias_gradient);

    /** The penalties' values over a tile of z [rows][latents][L]. */
    void (*latent_values)(size_t rows, size_t latents, const float *z,
                          const struct latent_sums *sums);

    /** dz += the penalties' gradient, over [rows][latents][L]. */
    void (*latent_gradient)(size_t rows, size_t latents, const struct latent_penalty *penalty,
                            float *dz);

    /**
     * G[o][i] += Σ_r w[r] x[r][i] and g[o] += Σ_r w[r] over the samples whose y[r][o] = b[o] +
     * Σ_i W[o][i] x[r][i] is negative; weighted_x is w x. At most KERNEL_STATISTICS_INPUTS_MAX
     * inputs. NULL where it does not pay.
     */
    void (*negative_sums)(struct affine_shape shape, const float *x, const float *weighted_x,
                          const float *sample_weights, const float *weights, const float *bias,
                          float *inputs_sums, float *weights_sums);

    /** Values and gradients of FIT, ACT and NEG of a linear autoencoder. NULL where it does not
     * pay. */
    void (*linear_bottleneck)(const struct linear_bottleneck *bottleneck);

    /**
     * FIT of a tile: sum[L] += Σ_r w[r] Σ_c (y − target)² / columns, and
     * dy[r][c] = 2 coefficient[L] w[r] (y − target) / columns. dy may be y itself.
     */
    void (*square_error)(size_t rows, size_t columns, const float *y, const float *target,
                         const float *sample_weights, const float *coefficient, float *dy,
                         float *sum);

    /** One step of Adam or AdamW (Kingma & Ba 2015; Loshchilov & Hutter 2019). */
    void (*moment_update)(const struct moment_update *update);

    /** sum[L] += Σ a², over [count][L]. */
    void (*square_sum)(size_t count, const float *a, float *sum);

    /**
     * total[L] = Σ_k coefficients[k][L] values[k][L] over `terms` terms; whether all are finite.
     */
    bool (*weighted_sum)(size_t terms, const float *coefficients, const float *values,
                         float *total);

    /** y += 2 coefficient[L] x, over [count][L]. */
    void (*add_scaled)(size_t count, const float *coefficient, const float *x, float *y);

    /** a *= factor[L], then limited to ±bound[L]; over [count][L]. */
    void (*scale_and_limit)(size_t count, const float *factor, const float *bound, float *a);

    /**
     * KERNEL_CHAINS independent chains of `count` fused multiply-adds, sums[KERNEL_CHAINS][L]:
     * nothing but arithmetic, to measure the peak with. NULL where the BLAS does the arithmetic.
     */
    void (*multiply_add)(size_t count, float *sums);

    /** to = from in the lanes where chosen[L] is not 0; over [count][L]. */
    void (*copy_lanes)(size_t count, const float *chosen, const float *from, float *to);
};

/**
 * The best family for this machine: `wide` or lanes. Chosen at run time, so that one binary serves
 * machines with different instruction sets.
 */
const struct kernel *kernel_best(bool wide);

/** A variant by name ("avx512", "avx2", "portable", "wide_avx512", …), or NULL where this machine
 * lacks it.
 */
const struct kernel *kernel_named(const char *name);

/** Holds the BLAS to one thread: ranks are the parallelism, and bits must not depend on cores. Once
 * per process, before any work. */
void kernel_prepare(void);
