#include "job/job.h"

#include "sweep/grid.h"
#include "sweep/hash.h"

size_t sweep_job_case(const struct sweep *sweep, int64_t index) {
    size_t low = 0;
    size_t high = sweep->case_count;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (sweep->cases[middle].first <= index) {
            low = middle;
        } else {
            high = middle;
        }
    }
    return low;
}

void sweep_job(const struct sweep *sweep, int64_t index, struct job *job) {
    size_t which = sweep_job_case(sweep, index);
    const struct subgrid *subgrid = &sweep->cases[which];
    const struct grid_case *grid = &sweep->own->cases[which];
    int64_t local = index - subgrid->first;
    *job = (struct job){.index = index, .replicate = local % sweep->replicates};
    grid_resolve(subgrid, grid, local, job);
    job->hash = grid_hash(subgrid, grid, local, job->replicate);
}
