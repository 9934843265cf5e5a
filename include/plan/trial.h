/**
 * @file
 * Trains a bundle for a moment to measure how long its steps take.
 */
#pragma once

#include "plan/plan.h"
#include "solver/train.h"

struct trial {
    struct arena arena;
    const struct kernel *kernel;
    struct job jobs[PLAN_WIDTH_MAX];
    struct dataset data[PLAN_WIDTH_MAX];
    struct lane lanes[PLAN_WIDTH_MAX];
    struct trained trained[PLAN_WIDTH_MAX];
    struct network_shape shape;
    size_t count;
};

/** Draws data and weights of a bundle's jobs. Free with trial_free in every case. */
enum status trial_prepare(const struct sweep *sweep, const struct plan_bundle *bundle,
                          struct trial *trial, struct error *error) CHECKED;

/** Measures the seconds that `steps` steps of all jobs take, with their evaluation. */
enum status trial_time(struct trial *trial, int64_t steps, double *seconds,
                       struct error *error) CHECKED;

/** Frees what trial_prepare allocated. */
void trial_free(struct trial *trial);
