/**
 * @file
 * How long a plan will take, estimated by training each kind of bundle for a moment.
 */
#pragma once

#include "plan/plan.h"

struct estimate {
    int ranks;
    int64_t bundles;
    int width;           /**< jobs side by side */
    bool tried;          /**< some bundle was timed; if not, a usual speed is assumed */
    double core_seconds; /**< of all bundles on one core of this machine */
    double longest;      /**< seconds of the longest bundle */
    double seconds;      /**< until the end on `ranks` cores */
    double per_flop;     /**< average seconds of a floating-point operation */
};

/**
 * Trains a bundle of each of the costliest groups for some hundredths of a second and scales the
 * other groups by their cost. `jobs` is how many of the plan's jobs are missing. Takes less than
 * half a second and little memory, whatever the size of the grid.
 */
enum status estimate_make(const struct plan *plan, int64_t jobs, int ranks,
                          struct estimate *estimate, struct error *error) CHECKED;

/** Seconds that a bundle takes according to the estimate. */
double estimate_bundle(const struct estimate *estimate, const struct plan *plan,
                       const struct plan_bundle *bundle);
