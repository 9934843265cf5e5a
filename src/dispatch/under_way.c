#include "dispatch/under_way.h"

#include "base/clock.h"

#include <stdio.h>
#include <string.h>

static enum wish ask_rank(void *context, double seconds_left) {
    const struct under_way *under_way = context;
    return under_way->poll->call(under_way->poll->context, seconds_left);
}

static void note_superfluous(struct keeping *keeping, int64_t key) {
    for (size_t k = 0; k < keeping->superfluous_count; k++) {
        if (keeping->superfluous[k] == key) {
            return;
        }
    }
    keeping->superfluous[keeping->superfluous_count++] = key;
}

static struct checkpoint checkpoint_of(const struct under_way *under_way,
                                       const struct snapshot *snapshot) {
    double spent = clock_seconds() - under_way->started;
    struct checkpoint checkpoint = {.key = under_way->jobs[0].index,
                                    .step = snapshot->step,
                                    .seconds =
                                        under_way->seconds + spent / (double)under_way->count,
                                    .cost = under_way->cost,
                                    .count = under_way->count};
    for (size_t k = 0; k < under_way->count; k++) {
        checkpoint.lanes[k] = (struct checkpoint_lane){
            .job = under_way->jobs[k].index,
            .hash = under_way->jobs[k].hash,
            .bytes = snapshot->lanes[k].bytes,
            .data = snapshot->lanes[k].data,
        };
    }
    return checkpoint;
}

/* A run that was taken over must not put its state in the place of a later one. */
static enum status keep(void *context, const struct snapshot *snapshot, struct error *error) {
    struct under_way *under_way = context;
    struct keeping *keeping = under_way->keeping;
    if (keeping->results != NULL) {
        TRY(results_current(keeping->results, error));
    }
    struct checkpoint checkpoint = checkpoint_of(under_way, snapshot);
    if (checkpoint_write(keeping->output, &checkpoint, keeping->incarnation, error) == STATUS_OK) {
        note_superfluous(keeping, checkpoint.key);
    } else if (!keeping->told) {
        keeping->told = true;
        (void)fprintf(stderr, "modsweep: %s; training goes on without a checkpoint\n",
                      error->message);
    }
    *error = (struct error){.status = STATUS_OK};
    return STATUS_OK;
}

struct poll under_way_poll(struct under_way *under_way) {
    return (struct poll){ask_rank, under_way->keeping->output == NULL ? NULL : keep, under_way};
}

void under_way_left(const struct under_way *under_way) {
    struct keeping *keeping = under_way->keeping;
    for (size_t k = 0; k < keeping->superfluous_count; k++) {
        if (keeping->superfluous[k] == under_way->jobs[0].index) {
            keeping->superfluous[k] = keeping->superfluous[--keeping->superfluous_count];
            keeping->kept_jobs += (int64_t)under_way->count;
            return;
        }
    }
    keeping->superfluous_count = 0;
}

static const struct checkpoint_lane *lane_of(const struct checkpoint *checkpoint,
                                             const struct job *job) {
    for (size_t k = 0; k < checkpoint->count; k++) {
        if (checkpoint->lanes[k].job == job->index &&
            memcmp(&checkpoint->lanes[k].hash, &job->hash, sizeof job->hash) == 0) {
            return &checkpoint->lanes[k];
        }
    }
    return NULL;
}

enum status under_way_resume(struct under_way *under_way, int64_t key, struct arena *arena,
                             struct lane *lanes, struct error *error) {
    struct checkpoint checkpoint;
    struct snapshot_lane *from;
    struct error unreadable;
    note_superfluous(under_way->keeping, key);
    TRY(ARENA_NEW(arena, from, under_way->count, error));
    if (checkpoint_read(under_way->keeping->output, key, arena, &checkpoint, &unreadable) !=
        STATUS_OK) {
        return STATUS_OK;
    }
    for (size_t k = 0; k < under_way->count; k++) {
        const struct checkpoint_lane *lane = lane_of(&checkpoint, &under_way->jobs[k]);
        if (lane == NULL) {
            return STATUS_OK;
        }
        from[k] = (struct snapshot_lane){lane->bytes, lane->data};
    }
    for (size_t k = 0; k < under_way->count; k++) {
        lanes[k].from = &from[k];
    }
    under_way->seconds = checkpoint.seconds;
    return STATUS_OK;
}
