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
    /** The largest number of jobs in a bundle: a lane of the kernels for each. */
    PLAN_WIDTH_MAX = 16,
    /** The largest number of cells. Beyond it, cells run through the last axes in order, not by
       cost. */
    PLAN_CELLS_MAX = 100000,
    PLAN_DIMENSIONS_MAX = 32,
    /** States in struct plan_progress: to be planned (ROW_MISSING of store/row.h), and neither
       finished nor to be dispatched. */
    PLAN_MISSING = 0,
    PLAN_PASSED_OVER = UINT8_MAX,
};

/** Jobs with the same value of everything that changes size or cost. */
struct plan_cell {
    size_t case_index;
    int64_t first;  /**< its first job */
    int64_t count;  /**< its jobs: `first` plus every combination of the case's free dimensions */
    uint64_t shape; /**< equal for jobs that may share a bundle */
    bool serial;    /**< its jobs are bundled one by one: wide networks, long tasks */
    double cost;    /**< of a job: floating-point operations, or seconds where nothing trains */
};

/** Neighbouring cells of equal shape. */
struct plan_group {
    size_t first_cell;
    size_t cell_count;
    int64_t jobs;
    bool serial; /**< bundles hold one job */
    double cost; /**< of its costliest job */
};

/** A dimension whose values do not tell cells apart. */
struct plan_free_dimension {
    int64_t length;
    int64_t stride; /**< between neighbouring values, in job indices */
    bool shapes;    /**< of struct dimension */
};

/** The free dimensions of a case, which each of its cells runs through; slowest first. */
struct plan_case {
    size_t free_count;
    struct plan_free_dimension free[PLAN_DIMENSIONS_MAX];
    bool mixed; /**< too many cells: some hold jobs of different shapes */
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
    bool mixed;        /**< some case is mixed: there may be more shapes than groups */
};

/** Plans a sweep. Memory belongs to the arena. STATUS_BAD_INPUT where a size is refused. */
enum status plan_make(const struct sweep *sweep, struct arena *arena, struct plan *plan,
                      struct error *error) CHECKED;

/**
 * How many jobs to train side by side when `jobs` are missing: as many as leave a bundle for each
 * of `ranks`. A bundle takes the same time however many of its lanes are in use, so narrower
 * bundles later on would only be more bundles.
 */
int plan_width(int64_t jobs, int ranks);

/** What is known of the jobs so far: arrays [job_count], or NULL. */
struct plan_progress {
    const uint8_t
        *states; /**< as in the results file; only jobs that are PLAN_MISSING are planned */
    const uint8_t *attempts; /**< jobs that crashed their process before run alone */
};

/** The jobs of a bundle to be trained, by number; solver/bundle.h has their arrays. */
struct plan_bundle {
    int count; /**< 0: nothing is left */
    int64_t jobs[PLAN_WIDTH_MAX];
    double cost;  /**< of its costliest job */
    bool resumed; /**< resumes from `checkpoint`, a key of store/checkpoint.h */
    int64_t checkpoint;
};
