/**
 * @file
 * Whether the data, network, training and scores of one job go together. For the room's own files
 * only.
 */
#pragma once

#include "sweep/types.h"

/** A job of a sweep. */
struct agreement {
    const struct sweep *sweep;
    const struct job *job;
    const struct dataset_size *size; /**< of its data; zero without data */
};

/**
 * Checks inputs, targets and sequences, coefficients of the loss, batch, memory and scores.
 * STATUS_BAD_INPUT, with the place of the value at fault.
 */
enum status agreement_check(const struct agreement *in, struct error *error) CHECKED;

/** Checks what `solver: exact` needs: a network with a known optimum, and a loss that has a
 * minimum. STATUS_BAD_INPUT as agreement_check. */
enum status agreement_check_exact(const struct agreement *in, struct error *error) CHECKED;
