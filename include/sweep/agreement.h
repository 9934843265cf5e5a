/**
 * @file
 * Whether the data, network, training and scores of one job go together. For the sweep's own files
 * only.
 */
#pragma once

#include "data/distribution.h"
#include "sweep/grid.h"

/** Where a job stands. */
struct agreement {
    const struct sweep *sweep;
    const struct dataset_size *size; /**< of its data; zero without data */
};

/**
 * Inputs, targets and sequences, coefficients of the loss, batch, memory and scores.
 * STATUS_BAD_INPUT names the place of what is at fault.
 */
enum status agreement_check(const struct agreement *in, const struct job *job,
                            struct error *error) CHECKED;

/** What `solver: exact` needs: a network whose optimum is known, and a loss that has one. */
enum status agreement_check_exact(const struct agreement *in, const struct job *job,
                                  struct error *error) CHECKED;
