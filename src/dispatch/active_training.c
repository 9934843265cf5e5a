#include "dispatch/active_training.h"

#include "base/clock.h"

#include <stdio.h>
#include <string.h>

static enum poll_action active_training_poll_rank(void *context, double seconds_left) {
    const struct active_training *active_training = context;
    return active_training->poll->call(active_training->poll->context, seconds_left);
}

static void active_training_mark_obsolete(struct checkpointing *checkpointing, int64_t key) {
    for (size_t k = 0; k < checkpointing->obsolete_count; k++) {
        if (checkpointing->obsolete[k] == key) {
            return;
        }
    }
    checkpointing->obsolete[checkpointing->obsolete_count++] = key;
}

static struct checkpoint
active_training_make_checkpoint(const struct active_training *active_training,
                                const struct snapshot *snapshot) {
    double spent = clock_seconds() - active_training->started;
    struct checkpoint checkpoint = {.key = active_training->jobs[0].index,
                                    .step = snapshot->step,
                                    .seconds = active_training->seconds +
                                               spent / (double)active_training->count,
                                    .cost = active_training->cost,
                                    .count = active_training->count};
    for (size_t k = 0; k < active_training->count; k++) {
        checkpoint.lanes[k] = (struct checkpoint_lane){
            .job = active_training->jobs[k].index,
            .hash = active_training->jobs[k].hash,
            .bytes = snapshot->lanes[k].bytes,
            .data = snapshot->lanes[k].data,
        };
    }
    return checkpoint;
}

/* A run that was taken over must not overwrite the checkpoints of the later one. */
static enum status active_training_write_checkpoint(void *context, const struct snapshot *snapshot,
                                                    struct error *error) {
    struct active_training *active_training = context;
    struct checkpointing *checkpointing = active_training->checkpointing;
    if (checkpointing->results != NULL) {
        TRY(results_current(checkpointing->results, error));
    }
    struct checkpoint checkpoint = active_training_make_checkpoint(active_training, snapshot);
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

struct poll active_training_poll(struct active_training *active_training) {
    return (struct poll){
        active_training_poll_rank,
        active_training->checkpointing->output == NULL ? NULL : active_training_write_checkpoint,
        active_training};
}

void active_training_stopped(const struct active_training *active_training) {
    struct checkpointing *checkpointing = active_training->checkpointing;
    for (size_t k = 0; k < checkpointing->obsolete_count; k++) {
        if (checkpointing->obsolete[k] == active_training->jobs[0].index) {
            checkpointing->obsolete[k] = checkpointing->obsolete[--checkpointing->obsolete_count];
            checkpointing->checkpointed_jobs += (int64_t)active_training->count;
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

enum status active_training_resume(struct active_training *active_training, int64_t key,
                                   struct arena *arena, struct lane *lanes, struct error *error) {
    struct checkpoint checkpoint;
    struct snapshot_lane *from;
    struct error unreadable;
    active_training_mark_obsolete(active_training->checkpointing, key);
    TRY(ARENA_NEW(arena, from, active_training->count, error));
    if (checkpoint_read(active_training->checkpointing->output, key, arena, &checkpoint,
                        &unreadable) != STATUS_OK) {
        return STATUS_OK;
    }
    for (size_t k = 0; k < active_training->count; k++) {
        const struct checkpoint_lane *lane =
            active_training_find_lane(&checkpoint, &active_training->jobs[k]);
        if (lane == NULL) {
            return STATUS_OK;
        }
        from[k] = (struct snapshot_lane){lane->bytes, lane->data};
    }
    for (size_t k = 0; k < active_training->count; k++) {
        lanes[k].from = &from[k];
    }
    active_training->seconds = checkpoint.seconds;
    return STATUS_OK;
}
