/**
 * @file
 * How long a plan will take, from training each kind of bundle for a moment.
 */
#pragma once

#include "plan/plan.h"

struct estimate {
    int ranks;
    int64_t bundles;
    int width;           /**< jobs side by side */
    bool tried;          /**< bundles of some kind were; else it is a usual speed that is told */
    double core_seconds; /**< of all bundles, on one core of this machine */
    double longest;      /**< seconds of the longest bundle */
    double seconds;      /**< until the end, on `ranks` cores */
    double per_flop;     /**< seconds of a floating-point operation, on the average */
};

/**
 * Tries the costliest groups for some hundredths of a second each and scales the others by their
 * cost. `jobs` are to be done (all of the plan's, or fewer when some are finished). Takes less than
 * half a second and little memory, whatever the size of the grid.
 */
enum status estimate_make(const struct plan *plan, int64_t jobs, int ranks,
                          struct estimate *estimate, struct error *error) CHECKED;

/** Seconds that a bundle takes by the estimate. */
double estimate_bundle(const struct estimate *estimate, const struct plan *plan,
                       const struct plan_bundle *bundle);
