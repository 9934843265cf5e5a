#include "sweep/decode.h"

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
    const struct grid_case *grid = &sweep->own->cases[sweep_job_case(sweep, index)];
    int64_t local = index - grid->subgrid->first;
    *job = (struct job){.index = index, .replicate = local % sweep->replicates};
    grid_resolve(grid, local, job);
    job->hash = hash_job(grid, local, job->replicate);
}
