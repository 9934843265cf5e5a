/**
 * @file
 * Evaluates the weights kept by training: latents, and the loss in double precision.
 */
#pragma once

#include "solver/bundle.h"
#include "solver/trained.h"

/**
 * Runs the bundle's weights forward over all samples and fills loss, weights and latents of
 * trained[bundle->count]. A lane whose loss is not finite becomes diverged.
 */
enum status evaluate_bundle(const struct bundle *bundle, struct arena *arena,
                            struct trained *trained, struct error *error) CHECKED;

/**
 * The loss of one lane from its weights[parameter_count], latents[N][latents] and
 * outputs[N][outputs].
 */
struct loss_values evaluate_loss(const struct network_shape *shape, const struct lane *lane,
                                 const double *weights, const double *latents,
                                 const double *outputs);
