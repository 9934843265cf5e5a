#include "dispatch/active_training.h"

#include "base/clock.h"

#include <stdio.h>
#include <string.h>

_Static_assert((int)CHECKPOINT_LANES_MAX == (int)PLAN_WIDTH_MAX, "a lane for each job");

static enum poll_action active_training_poll_rank(void *context, double seconds_left) {
    const struct active_training *training = context;
    return training->poll->call(training->poll->context, seconds_left);
}

static void active_training_mark_obsolete(struct checkpointing *checkpointing, int64_t key) {
    for (size_t k = 0; k < checkpointing->obsolete_count; k++) {
        if (checkpointing->obsolete[k] == key) {
            return;
        }
    }
    checkpointing->obsolete[checkpointing->obsolete_count++] = key;
}

static struct checkpoint active_training_make_checkpoint(const struct active_training *training,
                                                         const struct snapshot *snapshot) {
    double spent = clock_seconds() - training->started;
    struct checkpoint checkpoint = {.key = training->jobs[0].index,
                                    .step = snapshot->step,
                                    .seconds = training->seconds + spent / (double)training->count,
                                    .cost = training->cost,
                                    .count = training->count};
    for (size_t k = 0; k < training->count; k++) {
        checkpoint.lanes[k] = (struct checkpoint_lane){
            .job = training->jobs[k].index,
            .hash = training->jobs[k].hash,
            .bytes = snapshot->lanes[k].bytes,
            .data = snapshot->lanes[k].data,
        };
    }
    return checkpoint;
}

/* A run that was taken over must not overwrite the checkpoints of the later one. */
static enum status active_training_write_checkpoint(void *context, const struct snapshot *snapshot,
                                                    struct error *error) {
    struct active_training *training = context;
    struct checkpointing *checkpointing = training->checkpointing;
    if (checkpointing->results != NULL) {
        TRY(results_current(checkpointing->results, error));
    }
    struct checkpoint checkpoint = active_training_make_checkpoint(training, snapshot);
    if (checkpoint_write(checkpointing->output, &checkpoint, checkpointing->run_epoch, error) ==
        STATUS_OK) {
        active_training_mark_obsolete(checkpointing, checkpoint.key);
    } else if (!checkpointing->warned) {
        checkpointing->warned = true;
        (void)fprintf(stderr, "modsweep: %s; training continues without a checkpoint\n",
                      error->message);
    }
    *error = (struct error){.status = STATUS_OK};
    return STATUS_OK;
}

struct poll active_training_poll(struct active_training *training) {
    return (struct poll){active_training_poll_rank,
                         training->checkpointing->output == NULL ? NULL
                                                                 : active_training_write_checkpoint,
                         training};
}

void active_training_stopped(const struct active_training *training) {
    struct checkpointing *checkpointing = training->checkpointing;
    for (size_t k = 0; k < checkpointing->obsolete_count; k++) {
        if (checkpointing->obsolete[k] == training->jobs[0].index) {
            checkpointing->obsolete[k] = checkpointing->obsolete[--checkpointing->obsolete_count];
            checkpointing->checkpointed_jobs += (int64_t)training->count;
            return;
        }
    }
    checkpointing->obsolete_count = 0;
}

static const struct checkpoint_lane *active_training_find_lane(const struct checkpoint *checkpoint,
                                                               const struct job *job) {
    for (size_t k = 0; k < checkpoint->count; k++) {
        if (checkpoint->lanes[k].job == job->index &&
            memcmp(&checkpoint->lanes[k].hash, &job->hash, sizeof job->hash) == 0) {
            return &checkpoint->lanes[k];
        }
    }
    return NULL;
}

enum status active_training_resume(struct active_training *training, int64_t key,
                                   struct arena *arena, struct lane *lanes, struct error *error) {
    struct checkpoint checkpoint;
    struct snapshot_lane *from;
    struct error unreadable;
    active_training_mark_obsolete(training->checkpointing, key);
    TRY(ARENA_NEW(arena, from, training->count, error));
    if (checkpoint_read(training->checkpointing->output, key, arena, &checkpoint, &unreadable) !=
        STATUS_OK) {
        return STATUS_OK;
    }
    for (size_t k = 0; k < training->count; k++) {
        const struct checkpoint_lane *lane =
            active_training_find_lane(&checkpoint, &training->jobs[k]);
        if (lane == NULL) {
            return STATUS_OK;
        }
        from[k] = (struct snapshot_lane){lane->bytes, lane->data};
    }
    for (size_t k = 0; k < training->count; k++) {
        lanes[k].from = &from[k];
    }
    training->seconds = checkpoint.seconds;
    return STATUS_OK;
}
