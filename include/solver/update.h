/**
 * @file
 * Turns a gradient into a step.
 */
#pragma once

#include "solver/training.h"

/** Learning rate of step t = 0, 1, …. */
double update_rate(const struct train_settings *settings, int64_t step);

/** Sets the learning rates of step t, at which training begins or resumes. */
void update_rates(struct training *training, int64_t step);

/** Moves the weights by step t, from the gradient that training_loss left, and clears that. */
void training_update(struct training *training, int64_t step);
