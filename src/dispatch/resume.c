#include "dispatch/resume.h"

#include "store/checkpoint.h"
#include "store/row.h"

#include <stdlib.h>
#include <string.h>

_Static_assert((int)PLAN_MISSING == (int)ROW_MISSING, "the plan reads states of the file");

/* Whether all jobs of a checkpoint are those of the same numbers in the sweep. */
static bool resume_matches(const struct sweep *sweep, const struct checkpoint *checkpoint) {
    for (size_t k = 0; k < checkpoint->count; k++) {
        const struct checkpoint_lane *lane = &checkpoint->lanes[k];
        struct job job;
        if (lane->job < 0 || lane->job >= sweep->job_count) {
            return false;
        }
        sweep_job(sweep, lane->job, &job);
        if (memcmp(&job.hash, &lane->hash, sizeof job.hash) != 0) {
            return false;
        }
    }
    return checkpoint->count > 0;
}

/* Reads a checkpoint without its data; count 0 when it is unusable. */
static void resume_read_head(const char *results_path, int64_t key, const struct sweep *sweep,
                             struct checkpoint *checkpoint) {
    SCOPED(arena_free) struct arena arena = {0};
    struct error ignored;
    if (checkpoint_read(results_path, key, &arena, checkpoint, &ignored) != STATUS_OK ||
        !resume_matches(sweep, checkpoint)) {
        *checkpoint = (struct checkpoint){.key = key, .count = 0};
    }
}

/* Most steps first, so that of two checkpoints of a job the later one counts. */
static int resume_by_steps(const void *a, const void *b) {
    const struct checkpoint *left = a;
    const struct checkpoint *right = b;
    if (left->step != right->step) {
        return left->step < right->step ? 1 : -1;
    }
    return (left->key > right->key) - (left->key < right->key);
}

/* The jobs that are still missing. */
static struct plan_bundle resume_claim(const struct checkpoint *checkpoint, uint8_t *states,
                                       const uint8_t *attempts) {
    struct plan_bundle bundle = {
        .cost = checkpoint->cost, .resumed = true, .checkpoint = checkpoint->key};
    for (size_t k = 0; k < checkpoint->count; k++) {
        int64_t job = checkpoint->lanes[k].job;
        if (states[job] == ROW_MISSING && attempts[job] == 0) {
            states[job] = PLAN_PASSED_OVER;
            bundle.jobs[bundle.count++] = job;
        }
    }
    return bundle;
}

enum status resume_find(const char *results_path, const struct sweep *sweep, uint8_t *states,
                        const uint8_t *attempts, struct arena *arena, struct resume *resume,
                        struct error *error) {
    int64_t *keys;
    size_t count;
    struct checkpoint *found;
    *resume = (struct resume){.count = 0};
    TRY(checkpoint_keys(results_path, arena, &keys, &count, error));
    TRY(ARENA_NEW(arena, found, count + 1, error));
    TRY(ARENA_NEW(arena, resume->bundles, count + 1, error));
    for (size_t k = 0; k < count; k++) {
        resume_read_head(results_path, keys[k], sweep, &found[k]);
    }
    qsort(found, count, sizeof *found, resume_by_steps);
    for (size_t k = 0; k < count; k++) {
        struct plan_bundle bundle = resume_claim(&found[k], states, attempts);
        resume->unusable += found[k].count == 0;
        if (bundle.count == 0) {
            TRY(checkpoint_remove(results_path, found[k].key, error));
        } else {
            resume->jobs += bundle.count;
            resume->bundles[resume->count++] = bundle;
        }
    }
    return STATUS_OK;
}
