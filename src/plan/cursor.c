#include "plan/cursor.h"

#include "plan/shape_key.h"

/* Job number `position` of a cell; the last free dimension is the fastest. */
static int64_t cursor_job_in_cell(const struct plan *plan, const struct plan_cell *cell,
                                  int64_t position) {
    const struct plan_case *own = &plan->cases[cell->case_index];
    int64_t job = cell->first;
    for (size_t d = own->free_count; d-- > 0;) {
        job += position % own->free[d].length * own->free[d].stride;
        position /= own->free[d].length;
    }
    return job;
}

/* The job at the cursor, or false at the end of the cursor's group. */
static bool cursor_job_at(const struct plan *plan, struct plan_cursor *cursor, int64_t *job,
                          const struct plan_cell **cell) {
    const struct plan_group *group = &plan->groups[cursor->group];
    while (cursor->cell < group->cell_count) {
        *cell = &plan->cells[group->first_cell + cursor->cell];
        if (cursor->position < (*cell)->count) {
            *job = cursor_job_in_cell(plan, *cell, cursor->position);
            return true;
        }
        cursor->cell++;
        cursor->position = 0;
    }
    return false;
}

/* The shape of a job, which in a mixed cell may differ from the cell's. */
static uint64_t cursor_job_shape(const struct plan *plan, const struct plan_cell *cell,
                                 int64_t index) {
    if (!plan->cases[cell->case_index].mixed) {
        return cell->shape;
    }
    struct sized_job sized;
    struct error refused;
    return sized_job_decode(plan->sweep, index, &sized, &refused) == STATUS_OK
               ? shape_key_of(&sized)
               : (uint64_t)index;
}

/* Adds jobs of the cursor's group until the bundle is full or the next job must not join it. */
static void cursor_fill(const struct plan *plan, struct plan_cursor *cursor, int width,
                        struct plan_progress progress, struct plan_bundle *bundle) {
    uint64_t shape = 0;
    const struct plan_cell *cell;
    int64_t job;
    while (bundle->count < width && cursor_job_at(plan, cursor, &job, &cell)) {
        if (progress.states == NULL || progress.states[job] == PLAN_MISSING) {
            bool alone = progress.attempts != NULL && progress.attempts[job] != 0;
            uint64_t own_shape = cursor_job_shape(plan, cell, job);
            if (bundle->count > 0 && (alone || own_shape != shape)) {
                return;
            }
            shape = own_shape;
            bundle->cost = cell->cost > bundle->cost ? cell->cost : bundle->cost;
            bundle->jobs[bundle->count++] = job;
            cursor->position++;
            if (alone) {
                return;
            }
        } else {
            cursor->position++;
        }
    }
}

struct plan_bundle cursor_next_of_group(const struct plan *plan, struct plan_cursor *cursor,
                                        int width, struct plan_progress progress) {
    struct plan_bundle bundle = {0};
    cursor_fill(plan, cursor, plan->groups[cursor->group].serial ? 1 : width, progress, &bundle);
    return bundle;
}

double cursor_cost_ahead(const struct plan *plan, const struct plan_cursor *cursor) {
    struct plan_cursor copy = *cursor;
    int64_t job;
    const struct plan_cell *cell;
    return cursor_job_at(plan, &copy, &job, &cell) ? cell->cost : 0.0;
}

struct plan_bundle cursor_next(const struct plan *plan, struct plan_cursor *cursor, int width,
                               struct plan_progress progress) {
    struct plan_bundle bundle = {0};
    while (bundle.count == 0 && cursor->group < plan->group_count) {
        bundle = cursor_next_of_group(plan, cursor, width, progress);
        if (bundle.count == 0) {
            *cursor = (struct plan_cursor){.group = cursor->group + 1};
        }
    }
    return bundle;
}
