/**
 * @file
 * Cuts bundles from a plan on request.
 */
#pragma once

#include "plan/plan.h"

/** A place in a plan. Zero-initialise it to begin. */
struct plan_cursor {
    size_t group, cell; /**< cell within the group */
    int64_t position;   /**< job within the cell */
};

/** The next bundle of the cursor's group; empty at the end of the group. */
struct plan_bundle cursor_next_of_group(const struct plan *plan, struct plan_cursor *cursor,
                                        int width, struct plan_progress progress);

/** The cost of a job of the cell at the cursor, and so of the next bundle; 0 at the end of the
 * group. */
double cursor_cost_ahead(const struct plan *plan, const struct plan_cursor *cursor);

/**
 * The next bundle of the plan: at most `width` missing jobs of one shape, or one job where the
 * group is serial. Empty at the end of the plan.
 */
struct plan_bundle cursor_next(const struct plan *plan, struct plan_cursor *cursor, int width,
                               struct plan_progress progress);
