#include "sweep/check.h"

#include "data/distribution.h"
#include "sweep/agreement.h"
#include "sweep/decode.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* If there are more combinations, each axis is checked by itself. */
enum { COMBINATIONS_MAX = 100 * 1000, KEY_BYTES = 128, SCOPE_KEYS_MAX = 3 };

/* --- duplicates -------------------------------------------------------------------------- */

struct tuples {
    const struct grid_case *grid;
    int dimension;
};

/* Compares values a and b of a dimension: the texts of all axes that advance together. */
static int check_compare(const struct tuples *in, size_t a, size_t b) {
    int order = 0;
    for (size_t i = 0; i < in->grid->key_count && order == 0; i++) {
        const struct grid_key *key = &in->grid->keys[i];
        if (key->dimension == in->dimension) {
            const struct value *values = grid_first_typed(key)->values;
            order = strcmp(values[a].text, values[b].text);
        }
    }
    return order;
}

static int check_by_tuple(const void *a, const void *b, void *context) {
    size_t left = *(const size_t *)a;
    size_t right = *(const size_t *)b;
    int order = check_compare(context, left, right);
    return order != 0 ? order : (left > right) - (left < right);
}

static enum status check_duplicate(const struct tuples *in, size_t value, struct error *error) {
    const struct grid_key *key = in->grid->dimensions[in->dimension].first;
    return node_error(axis_place(&key->axis, value), error, "%s: %s is twice on this axis",
                      key->key, grid_first_typed(key)->values[value].text);
}

/* Spaced axes rise or fall, so equal values are neighbours; lists are sorted first. */
static enum status check_dimension(struct tuples *in, size_t length, struct error *error) {
    SCOPED(arena_free) struct arena scratch = {0};
    size_t *order;
    TRY(ARENA_NEW(&scratch, order, length, error));
    for (size_t i = 0; i < length; i++) {
        order[i] = i;
    }
    if (in->grid->dimensions[in->dimension].first->axis.kind == AXIS_LIST) {
        qsort_r(order, length, sizeof order[0], check_by_tuple, in);
    }
    for (size_t i = 1; i < length; i++) {
        if (check_compare(in, order[i - 1], order[i]) == 0) {
            return check_duplicate(in, order[i], error);
        }
    }
    return STATUS_OK;
}

enum status check_duplicates(const struct grid_case *grid, struct error *error) {
    for (size_t i = 0; i + 1 < grid->subgrid->dimension_count; i++) {
        struct tuples in = {grid, (int)i};
        if (grid->dimensions[i].first->axis.kind != AXIS_UNIFORM) {
            TRY(check_dimension(&in, (size_t)grid->subgrid->dimensions[i].length, error));
        }
    }
    return STATUS_OK;
}

/* --- combinations ------------------------------------------------------------------------ */

struct check {
    const struct sweep *sweep;
    const struct grid_case *grid;
    bool *varies; /**< [dimensions]: the check depends on it */
    enum section section;
    const struct distribution *sized; /**< of the last data set that was asked for its size */
    struct settings sized_settings;
    struct dataset_size size;
};

typedef enum status job_check(struct check *in, const struct job *job, struct error *error);

/* Puts the place of the parameter at fault before the message, else of what chose the component. */
static enum status check_prefix(const struct check *in, enum section section, const struct job *job,
                                struct error *error) {
    char key[KEY_BYTES];
    bool known = error->culprit[0] != '\0' || sections[section].selector == NULL;
    (void)snprintf(key, sizeof key, "%s.%s", sections[section].name, error->culprit);
    return sweep_prefix_place(in->sweep, job->index, known ? key : sections[section].selector,
                              error);
}

static enum status check_component(struct check *in, const struct job *job, struct error *error) {
    struct job copy = *job;
    size_t index = grid_component(in->grid, in->section, job->index - in->grid->subgrid->first);
    const struct component *component = section_component(in->section, index);
    if (component->check == NULL ||
        component->check(section_settings(in->section, &copy), error) == STATUS_OK) {
        return STATUS_OK;
    }
    return check_prefix(in, in->section, job, error);
}

/* The size of a data set may have to be read from files, so the last answer is kept. */
static enum status check_size_of(struct check *in, const struct job *job, struct error *error) {
    if (in->sized == job->distribution &&
        memcmp(&in->sized_settings, &job->data, sizeof job->data) == 0) {
        return STATUS_OK;
    }
    in->size = (struct dataset_size){0};
    if (job->distribution->size(job->data.bytes, &in->size, error) != STATUS_OK) {
        return check_prefix(in, SECTION_DATA, job, error);
    }
    in->sized = job->distribution;
    in->sized_settings = job->data;
    return STATUS_OK;
}

static enum status check_together(struct check *in, const struct job *job, struct error *error) {
    if (job->distribution != NULL) {
        TRY(check_size_of(in, job, error));
    }
    return agreement_check(&(struct agreement){in->sweep, job, &in->size}, error);
}

static enum status check_exact(struct check *in, const struct job *job, struct error *error) {
    return agreement_check_exact(&(struct agreement){in->sweep, job, &in->size}, error);
}

static enum status check_local(struct check *in, int64_t local, job_check *check,
                               struct error *error) {
    struct job job = {.index = in->grid->subgrid->first + local};
    grid_resolve(in->grid, local, &job);
    return check(in, &job, error);
}

/* The job of combination `number` of the varying dimensions, the others at their first value. */
static int64_t check_combination(const struct check *in, int64_t number) {
    const struct subgrid *subgrid = in->grid->subgrid;
    int64_t local = 0;
    for (size_t i = subgrid->dimension_count; i-- > 0;) {
        if (in->varies[i]) {
            int64_t length = subgrid->dimensions[i].length;
            local += number % length * in->grid->dimensions[i].stride;
            number /= length;
        }
    }
    return local;
}

/* How many combinations there are, or a number above COMBINATIONS_MAX. */
static int64_t check_count(const struct check *in) {
    int64_t count = 1;
    for (size_t i = 0; i < in->grid->subgrid->dimension_count; i++) {
        int64_t length = in->varies[i] ? in->grid->subgrid->dimensions[i].length : 1;
        count = count > COMBINATIONS_MAX / length ? COMBINATIONS_MAX + 1 : count * length;
    }
    return count;
}

/* The values of each varying dimension, the others at their first value. */
static enum status check_one_by_one(struct check *in, job_check *check, struct error *error) {
    const struct subgrid *subgrid = in->grid->subgrid;
    for (size_t i = 0; i < subgrid->dimension_count; i++) {
        int64_t stride = in->grid->dimensions[i].stride;
        for (int64_t j = 0; in->varies[i] && j < subgrid->dimensions[i].length; j++) {
            TRY(check_local(in, j * stride, check, error));
        }
    }
    return STATUS_OK;
}

static enum status check_combinations(struct check *in, job_check *check, struct error *error) {
    int64_t count = check_count(in);
    if (count > COMBINATIONS_MAX) {
        return check_one_by_one(in, check, error);
    }
    for (int64_t i = 0; i < count; i++) {
        TRY(check_local(in, check_combination(in, i), check, error));
    }
    return STATUS_OK;
}

static void check_vary(struct check *in, const struct grid_key *key) {
    if (key != NULL && key->dimension != NO_DIMENSION) {
        in->varies[key->dimension] = true;
    }
}

/* The sections and keys that a check depends on. */
struct scope {
    unsigned sections; /* bit numbers of enum section */
    const char *keys[SCOPE_KEYS_MAX];
};

static enum status check_scope(struct check *in, const struct scope *scope, job_check *check,
                               struct error *error) {
    SCOPED(arena_free) struct arena scratch = {0};
    TRY(ARENA_NEW(&scratch, in->varies, in->grid->subgrid->dimension_count, error));
    for (size_t i = 0; i < in->grid->key_count; i++) {
        if ((scope->sections >> in->grid->keys[i].section & 1u) != 0) {
            check_vary(in, &in->grid->keys[i]);
        }
    }
    for (size_t i = 0; i < SCOPE_KEYS_MAX && scope->keys[i] != NULL; i++) {
        check_vary(in, grid_find(in->grid, scope->keys[i]));
    }
    return check_combinations(in, check, error);
}

enum status check_case(const struct sweep *sweep, const struct grid_case *grid,
                       struct error *error) {
    static const struct scope together = {1u << SECTION_DATA | 1u << SECTION_NETWORK,
                                          {"loss.weights", "loss.sparsity", "train.batch"}};
    static const struct scope exact = {
        1u << SECTION_NETWORK | 1u << SECTION_SOLVER | 1u << SECTION_LOSS, {NULL}};
    struct check in = {.sweep = sweep, .grid = grid};
    for (in.section = 0; in.section < SECTION_COUNT; in.section++) {
        if (grid->present[in.section]) {
            TRY(check_scope(&in, &(struct scope){1u << in.section, {NULL}}, check_component,
                            error));
        }
    }
    TRY(check_scope(&in, &together, check_together, error));
    return check_scope(&in, &exact, check_exact, error);
}
