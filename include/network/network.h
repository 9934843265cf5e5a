/**
 * @file
 * Networks: what `network.kind` may be. A network declares the shape of its weights, draws their
 * initial values, and composes its gradient of kernel operations. It does not depend on lanes or on
 * matrix libraries.
 */
#pragma once

#include "base/poll.h"
#include "base/random.h"
#include "data/distribution.h"
#include "parameter/parameter.h"

#include <stdbool.h>
#include <stddef.h>

struct pass;
struct job;
struct costs;

enum { NETWORK_TENSORS_MAX = 64 };

/** One weight matrix or bias vector; a bias has one column. */
struct tensor_shape {
    const char *name; /**< "W1", "b1", … */
    size_t rows;
    size_t columns;
    const char *row_dimension;    /**< name of the dimension in results files: "latent", … */
    const char *column_dimension; /**< NULL for a bias */
    bool penalised;               /**< counted in WGT: true for matrices, false for biases */
};

/** Everything about a network's size that follows from its settings and the data's widths. */
struct network_shape {
    size_t inputs, outputs, latents;
    size_t steps; /**< T of a recurrent network's sequences, which are never split; 0 for others */
    size_t tensor_count;
    struct tensor_shape tensors[NETWORK_TENSORS_MAX];
    bool one_hot;         /**< the input is an index, not a row of numbers */
    bool uses_statistics; /**< reads pass.statistics when inputs are few */
    bool rectified;       /**< latents are max(0, ·) */
    size_t
        latent_layer; /**< of stacked layers (network/layers.h): the one that makes the latents */
    size_t parameter_count;  /**< numbers in all tensors */
    size_t scratch_per_row;  /**< numbers that a pass needs for each sample of a tile */
    size_t widest;           /**< widest layer: decides how many samples a tile holds */
    double flops_per_sample; /**< operations of one pass, a multiply-add counting two */
    double flops_per_step;   /**< operations of one pass that do not depend on the samples */
};

struct network {
    struct component component;
    bool trains;        /**< false for the dummy: no data, no weights, no losses */
    bool needs_targets; /**< false for autoencoders, which refuse targets of their own */
    bool takes_one_hot; /**< reads the index of each sample's input where data are one hot */
    bool recurrent;     /**< takes sequences (struct dataset_size.steps) */
    enum status (*shape)(const void *settings, const struct dataset_size *data,
                         struct network_shape *shape, struct error *error);
    /** Fills weights[parameter_count], tensor after tensor, row-major, in double precision. */
    void (*initialise)(const void *settings, const struct network_shape *shape,
                       struct random_stream *stream, double *weights);
    /** Forward and backward pass over a tile of samples; see network/pass.h. */
    void (*gradient)(const struct pass *pass);
    /** Forward pass alone, leaving latents and outputs in the pass's arrays. */
    void (*forward)(const struct pass *pass);
    /**
     * For networks whose least loss is known (NULL for others): fills weights[parameter_count] that
     * attain it, and latents[N][latents] and outputs[N][outputs] on the data, for costs
     * (theory/optimum.h) and a threshold of the fit (theory/fit_threshold.h). With fewer latents
     * than the optimum has neurons it is a good network, not always the best. STATUS_BAD_INPUT when
     * the loss has no minimum or the data none that can be found.
     */
    enum status (*optimal)(const struct network_shape *shape, const struct dataset *data,
                           const struct costs *costs, double threshold, struct arena *arena,
                           double *weights, double *latents, double *outputs, struct error *error);
    /** For networks that do not train: does the job's work. `poll` is called now and then;
     * STATUS_STOPPED when it says so. */
    enum status (*perform)(const void *settings, const struct poll *poll, struct error *error);
    /** For networks that do not train: seconds that the job takes. */
    double (*cost)(const void *settings);
};

/** All networks, NULL-terminated. */
extern const struct network *const networks[];

/** Floating-point operations of one training step of one network, its update among them. */
double network_step_flops(const struct network_shape *shape, size_t samples);

/** Samples of one training step of the job: those of a batch, or all. */
size_t network_step_samples(const struct job *job, const struct network_shape *shape,
                            const struct dataset_size *data);

/**
 * Whether networks of this shape are trained one at a time with matrix products, `samples` at each
 * step (those of a batch, or all).
 */
bool network_is_wide(const struct network_shape *shape, size_t samples);
