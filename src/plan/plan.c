#include "plan/plan.h"

#include "kernel/kernel.h"
#include "plan/shape_key.h"
#include "solver/initial.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

_Static_assert((int)PLAN_WIDTH_MAX == (int)KERNEL_LANES, "a job for each lane");

/* Seconds from which a job that trains nothing runs alone: shorter ones are faster together. */
static const double long_task = 1e-3;

/* The dimensions of a case that tell its cells apart: those that shape jobs, unless there would be
 * too many cells. */
struct cell_digits {
    size_t count;
    size_t dimension[PLAN_DIMENSIONS_MAX];
    int64_t stride[PLAN_DIMENSIONS_MAX];
    int64_t cells;
};

static enum status plan_split_dimensions(const struct subgrid *grid, struct plan_case *own,
                                         struct cell_digits *digits, struct error *error) {
    if (grid->dimension_count > PLAN_DIMENSIONS_MAX) {
        return error_set(error, STATUS_BAD_INPUT, "a sweep has at most %d axes, this one has %zu",
                         PLAN_DIMENSIONS_MAX - 1, grid->dimension_count - 1);
    }
    digits->cells = 1;
    int64_t stride = grid->count;
    for (size_t d = 0; d < grid->dimension_count; d++) {
        const struct dimension *dimension = &grid->dimensions[d];
        stride /= dimension->length;
        bool few = digits->cells <= PLAN_CELLS_MAX / dimension->length;
        if (dimension->shapes && few) {
            digits->dimension[digits->count] = d;
            digits->stride[digits->count++] = stride;
            digits->cells *= dimension->length;
            continue;
        }
        own->mixed = own->mixed || dimension->shapes;
        own->free[own->free_count++] =
            (struct plan_free_dimension){dimension->length, stride, dimension->shapes};
    }
    return STATUS_OK;
}

/* The first job of cell number `cell` of a case. */
static int64_t plan_first_job(const struct subgrid *grid, const struct cell_digits *digits,
                              int64_t cell) {
    int64_t job = grid->first;
    for (size_t k = digits->count; k-- > 0;) {
        int64_t length = grid->dimensions[digits->dimension[k]].length;
        job += cell % length * digits->stride[k];
        cell /= length;
    }
    return job;
}

/* Initial weights of a file must fit every network that starts from them. */
static enum status plan_check_initial(const struct sweep *sweep, const struct sized_job *sized,
                                      struct error *error) {
    const char *path = sized->job.train.initial.path;
    if (!sized->job.network->trains || path == NULL || path[0] == '\0') {
        return STATUS_OK;
    }
    SCOPED(arena_free) struct arena arena = {0};
    double *weights;
    TRY(ARENA_NEW(&arena, weights, sized->network.parameter_count, error));
    return initial_weights(&sized->job, &sized->network, &arena, weights, error) == STATUS_OK
               ? STATUS_OK
               : sweep_prefix_place(sweep, sized->job.index, "train.initial", error);
}

static enum status plan_read_job(const struct sweep *sweep, int64_t index, struct sized_job *sized,
                                 struct error *error) {
    TRY(sized_job_decode(sweep, index, sized, error));
    return plan_check_initial(sweep, sized, error);
}

static enum status plan_describe_cell(struct plan *plan, int64_t first, struct plan_cell *cell,
                                      struct error *error) {
    struct sized_job sized;
    const struct job *job = &sized.job;
    TRY(plan_read_job(plan->sweep, first, &sized, error));
    TRY(sizes_include(&plan->sizes, &sized, error));
    cell->first = first;
    cell->shape = shape_key_of(&sized);
    if (job->network->trains) {
        size_t samples = network_step_samples(job, &sized.network, &sized.data);
        double widest = fmin((double)plan->sweep->job_count, PLAN_WIDTH_MAX);
        double bytes = sized_job_bytes(&sized, (size_t)widest);
        plan->rank_bytes = fmax(plan->rank_bytes, bytes);
        cell->cost = (double)job->train.steps * network_step_flops(&sized.network, samples);
        cell->serial = sized_job_is_wide(&sized);
    } else {
        cell->cost = job->network->cost(&job->network_settings);
        cell->serial = cell->cost >= long_task;
    }
    return STATUS_OK;
}

/* The offset of the value with the largest sizes along a free dimension. All values are included:
 * among lists of layers, none need be the largest in everything. */
static enum status plan_find_largest(struct plan *plan, int64_t first,
                                     struct plan_free_dimension dimension, int64_t *offset,
                                     struct error *error) {
    double most = -1.0;
    for (int64_t value = 0; value < dimension.length; value++) {
        struct sized_job sized;
        struct plan_sizes sizes = {0};
        TRY(plan_read_job(plan->sweep, first + value * dimension.stride, &sized, error));
        TRY(sizes_include(&sizes, &sized, error));
        TRY(sizes_merge(&plan->sizes, &sizes, error));
        if (sizes_bulk(&sizes) > most) {
            most = sizes_bulk(&sizes);
            *offset = value * dimension.stride;
        }
    }
    return STATUS_OK;
}

/* Includes sizes that only jobs inside mixed cells have. Each cell has its largest job where every
 * free dimension has its largest value. */
static enum status plan_note_mixed_sizes(struct plan *plan, size_t case_index,
                                         const struct cell_digits *digits, struct error *error) {
    const struct plan_case *own = &plan->cases[case_index];
    const struct subgrid *grid = &plan->sweep->cases[case_index];
    int64_t largest_job = 0;
    for (size_t d = 0; own->mixed && d < own->free_count; d++) {
        int64_t offset = 0;
        if (own->free[d].shapes) {
            TRY(plan_find_largest(plan, grid->first, own->free[d], &offset, error));
        }
        largest_job += offset;
    }
    for (int64_t cell = 0; own->mixed && cell < digits->cells; cell++) {
        struct plan_cell unused;
        TRY(plan_describe_cell(plan, plan_first_job(grid, digits, cell) + largest_job, &unused,
                               error));
    }
    return STATUS_OK;
}

/* Cells of one shape are neighbours; the costliest groups and cells come first, ties in the order
 * of the grid. */
struct sort_entry {
    struct plan_cell cell;
    double group_cost;
};

static int plan_compare_shape(const void *left, const void *right) {
    const struct sort_entry *a = left;
    const struct sort_entry *b = right;
    return (a->cell.shape > b->cell.shape) - (a->cell.shape < b->cell.shape);
}

static int plan_compare_cost(const void *left, const void *right) {
    const struct sort_entry *a = left;
    const struct sort_entry *b = right;
    int by_group = (a->group_cost < b->group_cost) - (a->group_cost > b->group_cost);
    int by_shape = plan_compare_shape(left, right);
    int by_cost = (a->cell.cost < b->cell.cost) - (a->cell.cost > b->cell.cost);
    int by_place = (a->cell.first > b->cell.first) - (a->cell.first < b->cell.first);
    if (by_group != 0) {
        return by_group;
    }
    if (by_shape != 0) {
        return by_shape;
    }
    return by_cost != 0 ? by_cost : by_place;
}

static void plan_sort_cells(struct sort_entry *entries, size_t count) {
    qsort(entries, count, sizeof *entries, plan_compare_shape);
    for (size_t first = 0; first < count;) {
        double cost = 0.0;
        size_t end = first;
        for (; end < count && entries[end].cell.shape == entries[first].cell.shape; end++) {
            cost = entries[end].cell.cost > cost ? entries[end].cell.cost : cost;
        }
        for (; first < end; first++) {
            entries[first].group_cost = cost;
        }
    }
    qsort(entries, count, sizeof *entries, plan_compare_cost);
}

static enum status plan_make_groups(struct plan *plan, struct arena *arena, struct error *error) {
    TRY(ARENA_NEW(arena, plan->groups, plan->cell_count, error));
    for (size_t c = 0; c < plan->cell_count; c++) {
        const struct plan_cell *cell = &plan->cells[c];
        if (c == 0 || plan->cells[c - 1].shape != cell->shape) {
            plan->groups[plan->group_count++] =
                (struct plan_group){.first_cell = c, .serial = cell->serial, .cost = cell->cost};
        }
        plan->groups[plan->group_count - 1].cell_count++;
        plan->groups[plan->group_count - 1].jobs += cell->count;
    }
    return STATUS_OK;
}

enum status plan_make(const struct sweep *sweep, struct arena *arena, struct plan *plan,
                      struct error *error) {
    *plan = (struct plan){.sweep = sweep};
    struct cell_digits *digits;
    TRY(ARENA_NEW(arena, plan->cases, sweep->case_count, error));
    TRY(ARENA_NEW(arena, digits, sweep->case_count, error));
    for (size_t c = 0; c < sweep->case_count; c++) {
        TRY(plan_split_dimensions(&sweep->cases[c], &plan->cases[c], &digits[c], error));
        plan->mixed = plan->mixed || plan->cases[c].mixed;
        plan->cell_count += (size_t)digits[c].cells;
    }
    struct sort_entry *entries;
    TRY(ARENA_NEW(arena, entries, plan->cell_count, error));
    size_t at = 0;
    for (size_t c = 0; c < sweep->case_count; c++) {
        for (int64_t k = 0; k < digits[c].cells; k++, at++) {
            struct plan_cell *cell = &entries[at].cell;
            TRY(plan_describe_cell(plan, plan_first_job(&sweep->cases[c], &digits[c], k), cell,
                                   error));
            cell->case_index = c;
            cell->count = sweep->cases[c].count / digits[c].cells;
        }
        TRY(plan_note_mixed_sizes(plan, c, &digits[c], error));
    }
    sizes_level(&plan->sizes);
    plan_sort_cells(entries, plan->cell_count);
    TRY(ARENA_NEW(arena, plan->cells, plan->cell_count, error));
    for (size_t c = 0; c < plan->cell_count; c++) {
        plan->cells[c] = entries[c].cell;
    }
    return plan_make_groups(plan, arena, error);
}

int plan_width(int64_t jobs, int ranks) {
    int64_t share = (jobs + ranks - 1) / ranks;
    return share < 1 ? 1 : share < PLAN_WIDTH_MAX ? (int)share : PLAN_WIDTH_MAX;
}
