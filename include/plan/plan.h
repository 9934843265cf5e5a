/**
 * @file
 * The plan of a sweep: which jobs are trained side by side and in which order, costliest first.
 * Jobs are grouped into cells (one choice of everything that changes a job's size or cost) and
 * cells of equal shape into groups; bundles are cut from a group only on request (plan/cursor.h),
 * so a grid of any size costs no more than its cells. Nothing here is collective; every rank that
 * plans the same sweep gets the same plan.
 */
#pragma once

#include "plan/sizes.h"
#include "sweep/sweep.h"

#include <stdint.h>

enum {
    /** Lanes of a bundle, and so the most jobs in one. */
    PLAN_WIDTH_MAX = 16,
    /** Cells that are sorted by cost; beyond that the last axes are taken in their own order. */
    PLAN_CELLS_MAX = 100000,
    PLAN_DIMENSIONS_MAX = 32,
    /** As a state in struct plan_progress: not finished, but not to be handed out. */
    PLAN_PASSED_OVER = UINT8_MAX,
};

/** Jobs that agree in everything that changes size or cost. */
struct plan_cell {
    size_t case_index;
    int64_t first;  /**< its first job */
    int64_t count;  /**< its jobs: `first` plus every combination of the case's free dimensions */
    uint64_t shape; /**< equal for jobs that may share a bundle */
    bool serial;    /**< its jobs would only queue up in a bundle: wide networks, long tasks */
    double cost;    /**< of one job: floating-point operations, or seconds where nothing trains */
};

/** Neighbouring cells of equal shape. */
struct plan_group {
    size_t first_cell;
    size_t cell_count;
    int64_t jobs;
    bool serial; /**< bundles hold one job */
    double cost; /**< of its costliest job */
};

/** A dimension of a case that a cell runs through. */
struct plan_free_dimension {
    int64_t length;
    int64_t stride; /**< between neighbouring values, in job indices */
    bool shapes;    /**< of struct dimension */
};

/** What every cell of a case runs through, slowest first. */
struct plan_case {
    size_t free_count;
    struct plan_free_dimension free[PLAN_DIMENSIONS_MAX];
    bool mixed; /**< cells hold jobs of different shapes, since there were too many cells */
};

struct plan {
    const struct sweep *sweep;
    size_t cell_count;
    struct plan_cell *cells; /**< group after group, costliest first */
    size_t group_count;
    struct plan_group *groups;
    struct plan_case *cases; /**< [sweep->case_count] */
    struct plan_sizes sizes;
    double rank_bytes; /**< memory of the largest bundle (solver/memory.h) */
    bool mixed;        /**< some case is: shapes are only as many as groups, or more */
};

/** Plans a sweep. Memory belongs to the arena. STATUS_BAD_INPUT where a size is refused. */
enum status plan_make(const struct sweep *sweep, struct arena *arena, struct plan *plan,
                      struct error *error) CHECKED;

/**
 * Jobs side by side when `jobs` are to be done on `ranks`: as many as leave one bundle for every
 * rank. A bundle takes the same time however many of its lanes are used, so narrowing later ones
 * would only add to them.
 */
int plan_width(int64_t jobs, int ranks);

/** What is already known about the rows; arrays [job_count], or NULL for none. */
struct plan_progress {
    const uint8_t *states;   /**< enum row_state: jobs that are not ROW_MISSING are passed over */
    const uint8_t *attempts; /**< jobs that killed their process before run alone */
};

/** A bundle to be trained. */
struct plan_bundle {
    int count; /**< 0: nothing is left */
    int64_t jobs[PLAN_WIDTH_MAX];
    double cost;  /**< of its costliest job */
    bool resumed; /**< goes on from `checkpoint`, a key of store/checkpoint.h */
    int64_t checkpoint;
};
