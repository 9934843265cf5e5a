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

/* The key that chose the component which declares `key`; NULL where only one has such keys. */
static const struct grid_key *decode_selector(const struct grid_case *grid, const char *key) {
    for (enum section section = 0; section < SECTION_COUNT; section++) {
        if (section_holds(section, key) && grid->selectors[section] != NULL) {
            return grid->selectors[section];
        }
    }
    return NULL;
}

enum status sweep_prefix_place(const struct sweep *sweep, int64_t index, const char *key,
                               struct error *error) {
    const struct grid_case *grid = &sweep->own->cases[sweep_job_case(sweep, index)];
    const struct grid_key *given = grid_find(grid, key);
    const struct grid_key *written = given == NULL ? decode_selector(grid, key) : given;
    (void)error_prefix(error, "%s", key);
    if (written == NULL) {
        return node_prefix(grid->at, error);
    }
    size_t digit = grid_digit(grid, written, index - grid->subgrid->first);
    return node_prefix(axis_place(&written->axis, digit), error);
}
