#include "sweep/job.h"

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

int64_t sweep_job_index(const struct sweep *sweep, size_t case_index, const int64_t *digits) {
    const struct subgrid *subgrid = &sweep->cases[case_index];
    int64_t index = subgrid->first;
    for (size_t i = 0; i < subgrid->dimension_count; i++) {
        index += digits[i] * sweep->own->cases[case_index].dimensions[i].stride;
    }
    return index;
}

size_t sweep_job_digits(const struct sweep *sweep, int64_t index, int64_t *digits) {
    size_t which = sweep_job_case(sweep, index);
    const struct subgrid *subgrid = &sweep->cases[which];
    for (size_t i = 0; i < subgrid->dimension_count; i++) {
        int64_t quotient = (index - subgrid->first) / sweep->own->cases[which].dimensions[i].stride;
        digits[i] = quotient % subgrid->dimensions[i].length;
    }
    return which;
}
