#include "sweep/check.h"

#include "data/distribution.h"
#include "sweep/agreement.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* More combinations of one section's axes than this are checked one axis at a time. */
enum { MAX_COMBINATIONS = 100 * 1000, KEY_BYTES = 128 };

/* --- duplicates -------------------------------------------------------------------------- */

struct tuples {
    const struct grid_case *grid;
    int dimension;
};

static const struct typed_values *check_any_typed(const struct grid_key *key) {
    size_t i = 0;
    while (key->typed[i].parameter == NULL) {
        i++;
    }
    return &key->typed[i];
}

/* Compares values a and b of a dimension: the texts of all axes that advance together. */
static int check_compare(const struct tuples *in, size_t a, size_t b) {
    int order = 0;
    for (size_t i = 0; i < in->grid->key_count && order == 0; i++) {
        const struct grid_key *key = &in->grid->keys[i];
        if (key->dimension == in->dimension) {
            const struct value *values = check_any_typed(key)->values;
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
                      key->key, check_any_typed(key)->values[value].text);
}

/* Spaced axes rise or fall, so equal values are neighbours; lists are sorted first. */
static enum status check_refuse_in_dimension(struct sweep *sweep, struct tuples *in, size_t length,
                                             struct error *error) {
    struct arena scratch = {0};
    size_t *order = NULL;
    enum status status = ARENA_NEW(&scratch, order, length, error);
    for (size_t i = 0; status == STATUS_OK && i < length; i++) {
        order[i] = i;
    }
    if (status == STATUS_OK && in->grid->dimensions[in->dimension].first->axis.kind == AXIS_LIST) {
        qsort_r(order, length, sizeof order[0], check_by_tuple, in);
    }
    for (size_t i = 1; status == STATUS_OK && i < length; i++) {
        if (check_compare(in, order[i - 1], order[i]) == 0) {
            status = check_duplicate(in, order[i], error);
        }
    }
    (void)sweep;
    arena_free(&scratch);
    return status;
}

enum status grid_refuse_duplicates(struct sweep *sweep, size_t index, struct error *error) {
    const struct subgrid *subgrid = &sweep->cases[index];
    const struct grid_case *grid = &sweep->own->cases[index];
    for (size_t i = 0; i + 1 < subgrid->dimension_count; i++) {
        struct tuples in = {grid, (int)i};
        if (grid->dimensions[i].first->axis.kind != AXIS_UNIFORM) {
            TRY(check_refuse_in_dimension(sweep, &in, (size_t)subgrid->dimensions[i].length,
                                          error));
        }
    }
    return STATUS_OK;
}

/* --- combinations ------------------------------------------------------------------------ */

struct check {
    struct sweep *sweep;
    size_t which;
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
    bool known = error->culprit[0] != '\0' || section_selector(section) == NULL;
    (void)snprintf(key, sizeof key, "%s.%s", section_name(section), error->culprit);
    return sweep_prefix_place(in->sweep, job->index, known ? key : section_selector(section),
                              error);
}

static enum status check_component(struct check *in, const struct job *job, struct error *error) {
    const struct sweep *sweep = in->sweep;
    const struct subgrid *subgrid = &sweep->cases[in->which];
    const struct grid_case *grid = &sweep->own->cases[in->which];
    struct job copy = *job;
    size_t index = grid_component(subgrid, grid, in->section, job->index - subgrid->first);
    const struct component *component = section_component(in->section, index);
    if (component->check == NULL ||
        component->check(section_settings(in->section, &copy), error) == STATUS_OK) {
        return STATUS_OK;
    }
    return check_prefix(in, in->section, job, error);
}

/* Files are opened to size a data set, so the last answer is kept. */
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
    return agreement_check(&(struct agreement){in->sweep, &in->size}, job, error);
}

static enum status check_exact(struct check *in, const struct job *job, struct error *error) {
    return agreement_check_exact(&(struct agreement){in->sweep, &in->size}, job, error);
}

static enum status check_local(struct check *in, int64_t local, job_check *check,
                               struct error *error) {
    const struct subgrid *subgrid = &in->sweep->cases[in->which];
    struct job job = {.index = subgrid->first + local};
    grid_resolve(subgrid, &in->sweep->own->cases[in->which], local, &job);
    return check(in, &job, error);
}

/* The job of combination `number` of the varying dimensions, the others at their first value. */
static int64_t check_combination(const struct check *in, int64_t number) {
    const struct subgrid *subgrid = &in->sweep->cases[in->which];
    int64_t local = 0;
    for (size_t i = subgrid->dimension_count; i-- > 0;) {
        if (in->varies[i]) {
            local += number % subgrid->dimensions[i].length *
                     in->sweep->own->cases[in->which].dimensions[i].stride;
            number /= subgrid->dimensions[i].length;
        }
    }
    return local;
}

static enum status check_combinations(struct check *in, job_check *check, struct error *error) {
    const struct subgrid *subgrid = &in->sweep->cases[in->which];
    int64_t count = 1;
    for (size_t i = 0; i < subgrid->dimension_count; i++) {
        int64_t length = in->varies[i] ? subgrid->dimensions[i].length : 1;
        count = count > MAX_COMBINATIONS / length ? MAX_COMBINATIONS + 1 : count * length;
    }
    for (int64_t i = 0; i < count && count <= MAX_COMBINATIONS; i++) {
        TRY(check_local(in, check_combination(in, i), check, error));
    }
    if (count <= MAX_COMBINATIONS) {
        return STATUS_OK;
    }
    for (size_t i = 0; i < subgrid->dimension_count; i++) {
        int64_t stride = in->sweep->own->cases[in->which].dimensions[i].stride;
        for (int64_t j = 0; in->varies[i] && j < subgrid->dimensions[i].length; j++) {
            TRY(check_local(in, j * stride, check, error));
        }
    }
    return STATUS_OK;
}

static void check_vary_with_slot(struct check *in, enum section section) {
    const struct grid_case *grid = &in->sweep->own->cases[in->which];
    for (size_t i = 0; i < grid->key_count; i++) {
        if (grid->keys[i].section == section && grid->keys[i].dimension != NO_DIMENSION) {
            in->varies[grid->keys[i].dimension] = true;
        }
    }
}

static void check_vary_with_key(struct check *in, const char *name) {
    const struct grid_key *key = grid_find(&in->sweep->own->cases[in->which], name);
    if (key != NULL && key->dimension != NO_DIMENSION) {
        in->varies[key->dimension] = true;
    }
}

enum status grid_check(struct sweep *sweep, size_t index, struct error *error) {
    const struct grid_case *grid = &sweep->own->cases[index];
    struct check in = {.sweep = sweep, .which = index};
    for (enum section section = 0; section < SECTION_COUNT; section++) {
        in.section = section;
        TRY(ARENA_NEW(&sweep->arena, in.varies, sweep->cases[index].dimension_count, error));
        check_vary_with_slot(&in, section);
        if (grid->present[section]) {
            TRY(check_combinations(&in, check_component, error));
        }
    }
    TRY(ARENA_NEW(&sweep->arena, in.varies, sweep->cases[index].dimension_count, error));
    check_vary_with_slot(&in, SECTION_DATA);
    check_vary_with_slot(&in, SECTION_NETWORK);
    check_vary_with_key(&in, "loss.weights");
    check_vary_with_key(&in, "loss.sparsity");
    check_vary_with_key(&in, "train.batch");
    TRY(check_combinations(&in, check_together, error));
    TRY(ARENA_NEW(&sweep->arena, in.varies, sweep->cases[index].dimension_count, error));
    check_vary_with_slot(&in, SECTION_NETWORK);
    check_vary_with_slot(&in, SECTION_SOLVER);
    check_vary_with_slot(&in, SECTION_LOSS);
    return check_combinations(&in, check_exact, error);
}
