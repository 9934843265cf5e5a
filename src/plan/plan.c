#include "plan/plan.h"

#include "plan/shape_key.h"
#include "solver/initial.h"
#include "solver/memory.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Seconds from which a job that trains nothing goes out alone: shorter ones are faster together. */
static const double long_task = 1e-3;

enum status plan_job_shape(const struct sweep *sweep, const struct job *job,
                           struct dataset_size *data, struct network_shape *network,
                           struct error *error) {
    *data = (struct dataset_size){0};
    *network = (struct network_shape){0};
    if (job->distribution != NULL &&
        job->distribution->size(&job->data, data, error) != STATUS_OK) {
        return sweep_prefix_place(sweep, job->index, "data.kind", error);
    }
    if (job->network->trains &&
        job->network->shape(&job->network_settings, data, network, error) != STATUS_OK) {
        return sweep_prefix_place(sweep, job->index, "network.kind", error);
    }
    return STATUS_OK;
}

static size_t plan_largest(size_t a, size_t b) {
    return a > b ? a : b;
}

static enum status plan_note_tensor(struct plan_sizes *sizes, const struct tensor_shape *tensor,
                                    struct error *error) {
    for (size_t t = 0; t < sizes->tensor_count; t++) {
        struct tensor_shape *known = &sizes->tensors[t];
        if (strcmp(known->name, tensor->name) == 0) {
            known->rows = plan_largest(known->rows, tensor->rows);
            known->columns = plan_largest(known->columns, tensor->columns);
            return STATUS_OK;
        }
    }
    if (sizes->tensor_count == NETWORK_TENSORS_MAX) {
        return error_set(error, STATUS_BAD_INPUT,
                         "the networks of this sweep have more than %d kinds of weights together",
                         NETWORK_TENSORS_MAX);
    }
    sizes->tensors[sizes->tensor_count++] = *tensor;
    return STATUS_OK;
}

static size_t plan_length_of(const struct plan_sizes *sizes, const char *dimension) {
    size_t length = strcmp(dimension, "latent") == 0 ? sizes->latents : 0;
    for (size_t t = 0; t < sizes->tensor_count; t++) {
        const struct tensor_shape *tensor = &sizes->tensors[t];
        if (strcmp(tensor->row_dimension, dimension) == 0) {
            length = plan_largest(length, tensor->rows);
        }
        if (tensor->column_dimension != NULL && strcmp(tensor->column_dimension, dimension) == 0) {
            length = plan_largest(length, tensor->columns);
        }
    }
    return length;
}

/* Dimensions of one name get one length: networks of different depth have tensors of the same names
 * in different places. */
static void plan_level_dimensions(struct plan_sizes *sizes) {
    for (size_t t = 0; t < sizes->tensor_count; t++) {
        struct tensor_shape *tensor = &sizes->tensors[t];
        tensor->rows = plan_length_of(sizes, tensor->row_dimension);
        if (tensor->column_dimension != NULL) {
            tensor->columns = plan_length_of(sizes, tensor->column_dimension);
        }
    }
    sizes->latents = plan_length_of(sizes, "latent");
}

static enum status plan_add_sizes(struct plan_sizes *total, const struct plan_sizes *sizes,
                                  struct error *error) {
    total->samples = plan_largest(total->samples, sizes->samples);
    total->sources = plan_largest(total->sources, sizes->sources);
    total->latents = plan_largest(total->latents, sizes->latents);
    total->periodic = total->periodic || sizes->periodic;
    for (size_t t = 0; t < sizes->tensor_count; t++) {
        TRY(plan_note_tensor(total, &sizes->tensors[t], error));
    }
    return STATUS_OK;
}

static enum status plan_note_sizes(struct plan_sizes *sizes, const struct dataset_size *data,
                                   const struct network_shape *network, struct error *error) {
    struct plan_sizes own = {.samples = data->samples,
                             .sources = data->sources,
                             .latents = network->latents,
                             .periodic = data->periodic,
                             .tensor_count = network->tensor_count};
    memcpy(own.tensors, network->tensors, sizeof own.tensors);
    return plan_add_sizes(sizes, &own, error);
}

/* Which dimensions of a case tell its cells apart: those that shape jobs, while cells are few. */
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
static enum status plan_check_initial(const struct plan *plan, const struct job *job,
                                      const struct network_shape *network, struct error *error) {
    const char *path = job->train.initial.path;
    if (!job->network->trains || path == NULL || path[0] == '\0') {
        return STATUS_OK;
    }
    struct arena arena = {0};
    double *weights;
    enum status status = ARENA_NEW(&arena, weights, network->parameter_count, error);
    if (status == STATUS_OK && initial_weights(job, network, &arena, weights, error) != STATUS_OK) {
        status = sweep_prefix_place(plan->sweep, job->index, "train.initial", error);
    }
    arena_free(&arena);
    return status;
}

/* Jobs in a bundle at most. */
static size_t plan_side_by_side(const struct sweep *sweep) {
    return sweep->job_count < PLAN_WIDTH_MAX ? (size_t)sweep->job_count : PLAN_WIDTH_MAX;
}

static enum status plan_describe_cell(struct plan *plan, int64_t first, struct plan_cell *cell,
                                      struct error *error) {
    struct job job;
    struct dataset_size data;
    struct network_shape network;
    sweep_job(plan->sweep, first, &job);
    TRY(plan_job_shape(plan->sweep, &job, &data, &network, error));
    TRY(plan_check_initial(plan, &job, &network, error));
    TRY(plan_note_sizes(&plan->sizes, &data, &network, error));
    if (job.network->trains) {
        struct memory memory = memory_of(&network, &job, &data, plan_side_by_side(plan->sweep));
        plan->rank_bytes = fmax(plan->rank_bytes, memory_total(&memory));
    }
    cell->first = first;
    cell->shape = shape_key(&job, &network, &data);
    size_t samples = bundle_step_samples(&job, &network, &data);
    if (job.network->trains) {
        cell->cost = (double)job.train.steps * network_step_flops(&network, samples);
        cell->serial = bundle_is_wide(&network, samples);
    } else {
        cell->cost = job.network->cost(&job.network_settings);
        cell->serial = cell->cost >= long_task;
    }
    return STATUS_OK;
}

/* Numbers in the largest arrays of a job: what grows with every size. */
static double plan_bulk(const struct plan_sizes *sizes) {
    double numbers = (double)sizes->samples * (double)(sizes->sources + sizes->latents);
    for (size_t t = 0; t < sizes->tensor_count; t++) {
        numbers += (double)sizes->tensors[t].rows * (double)sizes->tensors[t].columns;
    }
    return numbers;
}

/* Sizes of one job. */
static enum status plan_sizes_of(const struct plan *plan, int64_t index, struct plan_sizes *sizes,
                                 struct error *error) {
    struct plan probe = {.sweep = plan->sweep};
    struct plan_cell unused;
    TRY(plan_describe_cell(&probe, index, &unused, error));
    *sizes = probe.sizes;
    return STATUS_OK;
}

/* How far the value with the largest sizes lies along a free dimension. All are noted: of lists of
 * layers none need be the largest in everything. */
static enum status plan_find_largest(struct plan *plan, int64_t first,
                                     struct plan_free_dimension dimension, int64_t *offset,
                                     struct error *error) {
    double most = -1.0;
    for (int64_t value = 0; value < dimension.length; value++) {
        struct plan_sizes sizes;
        TRY(plan_sizes_of(plan, first + value * dimension.stride, &sizes, error));
        TRY(plan_add_sizes(&plan->sizes, &sizes, error));
        if (plan_bulk(&sizes) > most) {
            most = plan_bulk(&sizes);
            *offset = value * dimension.stride;
        }
    }
    return STATUS_OK;
}

/*
 * Sizes that only jobs inside mixed cells have. They grow with every number, so each cell has its
 * largest where every free dimension has.
 */
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

/* Same shape together, groups and cells costliest first, ties in the order of the grid. */
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
    plan_level_dimensions(&plan->sizes);
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
