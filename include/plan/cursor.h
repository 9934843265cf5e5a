/**
 * @file
 * A place in a plan, from which bundles are cut on request.
 */
#pragma once

#include "plan/plan.h"

/** Zero-initialise. */
struct plan_cursor {
    size_t group, cell; /**< cell within the group */
    int64_t position;   /**< job within the cell */
};

/** The next bundle of the cursor's group alone; empty at the group's end. */
struct plan_bundle cursor_next_of_group(const struct plan *plan, struct plan_cursor *cursor,
                                        int width, struct plan_progress progress);

/** Cost of a job of the cell at the cursor: the next bundle's; 0 at the group's end. */
double cursor_cost_ahead(const struct plan *plan, const struct plan_cursor *cursor);

/**
 * The next bundle of at most `width` jobs (one where the group is serial) that still have to be
 * done, all of one shape.
 */
struct plan_bundle cursor_next(const struct plan *plan, struct plan_cursor *cursor, int width,
                               struct plan_progress progress);
