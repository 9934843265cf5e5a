#include "dispatch/startup.h"

#include "base/clock.h"
#include "dispatch/message.h"
#include "dispatch/signals.h"
#include "store/create.h"
#include "store/lock.h"
#include "store/match.h"
#include "store/reuse.h"
#include "store/row.h"
#include "store/run_epoch.h"
#include "store/states.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { NO_LOCK = -1, NO_RUN = 0 };

/* Texts that rank 0 sends, end to end with their zeros: output, path, text, overrides. */
enum { TEXTS = 4 };

static enum status startup_plan_all(struct startup *startup, struct error *error) {
    TRY(plan_make(startup->sweep, &startup->arena, &startup->plan, error));
    return record_map_make(&startup->plan, &startup->arena, &startup->map, error);
}

/* A run that is taken over finds a later number than its own in the file, and ends. One that does
 * not answer, since its node is out of reach, can still do no harm. */
static enum status startup_take_over(struct startup *startup, struct error *error) {
    static const double longest_wait = 30.0; /* seconds */
    static const double between_looks = 0.1;
    const char *path = startup->output;
    struct error locked;
    TRY(run_epoch_take(path, &startup->terms.run_epoch, error));
    double end = clock_seconds() + longest_wait;
    while (results_lock(path, &startup->lock, &locked) != STATUS_OK) {
        if (signals_seen() != 0) {
            return STATUS_OK; /* this run is about to end itself */
        }
        if (clock_seconds() > end) {
            (void)fprintf(stderr,
                          "modsweep: %s: the run before this one does not answer; its ranks can "
                          "write nothing more\n",
                          path);
            return STATUS_OK;
        }
        clock_sleep(between_looks);
    }
    return STATUS_OK;
}

/* Makes the file, or checks that the one there is this sweep's. */
static enum status startup_prepare_file(struct startup *startup, bool may_take_over,
                                        struct error *error) {
    const char *path = startup->output;
    const struct results_layout *layout = &startup->map.layout;
    if (access(path, F_OK) != 0 && errno == ENOENT) {
        TRY(results_create(path, startup->sweep, &startup->terms.shard, layout, error));
    }
    enum status locked = results_lock(path, &startup->lock, error);
    if (locked != STATUS_OK && !may_take_over) {
        return locked;
    }
    TRY(results_match(path, startup->sweep, &startup->terms.shard, layout, error));
    return locked == STATUS_OK ? STATUS_OK : startup_take_over(startup, error);
}

static int64_t startup_count_finished(const struct startup *startup) {
    int64_t finished = 0;
    for (int64_t job = 0; job < startup->sweep->job_count; job++) {
        uint8_t state = startup->states[job];
        finished += state != ROW_MISSING && state != ROW_ELSEWHERE;
    }
    return finished;
}

/* Reads what the file already holds and takes what older files hold. */
static enum status startup_read_progress(struct startup *startup, const struct run_request *request,
                                         struct run_summary *summary, struct error *error) {
    const char *path = startup->output;
    const struct results_layout *layout = &startup->map.layout;
    TRY(ARENA_NEW(&startup->arena, startup->states, startup->sweep->job_count, error));
    TRY(ARENA_NEW(&startup->arena, startup->attempts, startup->sweep->job_count, error));
    TRY(results_states(path, layout, startup->states, &summary->torn, error));
    summary->before = startup_count_finished(startup);
    if (startup->terms.run_epoch == NO_RUN) { /* else it has taken over */
        TRY(run_epoch_take(path, &startup->terms.run_epoch, error));
    }
    for (size_t k = 0; k < request->older_count; k++) {
        int64_t copied = 0;
        TRY(results_reuse(path, request->older[k], layout, startup->terms.run_epoch,
                          startup->states, &copied, error));
        summary->reused += copied;
    }
    TRY(results_attempts(path, startup->attempts, &startup->terms.attempts_place, error));
    return results_next_run(path, &startup->run_slot, error);
}

static enum status startup_prepare_first(struct startup *startup, const struct run_request *request,
                                         struct run_summary *summary, struct error *error) {
    struct terms *terms = &startup->terms;
    startup->output = request->output;
    TRY(sweep_load(request->sweep, request->overrides, request->override_count, &startup->sweep,
                   error));
    *terms = (struct terms){.shard = request->shard,
                            .notice = request->notice,
                            .checkpoint_interval = request->checkpoint_interval,
                            .fingerprint = startup->sweep->fingerprint};
    TRY(shard_measure(&terms->shard, startup->sweep->job_count, error));
    TRY(startup_plan_all(startup, error));
    for (size_t k = 0; k < request->older_count; k++) {
        TRY(results_reusable(request->older[k], &startup->map.layout, error));
    }
    TRY(startup_prepare_file(startup, request->take_over, error));
    summary->total = shard_rows(&terms->shard);
    return startup_read_progress(startup, request, summary, error);
}

/* Sends the texts in one piece; on the other ranks they stay in the arena. */
static enum status startup_share_texts(struct startup *startup, int rank, MPI_Comm comm,
                                       const char *texts[TEXTS], struct error *error) {
    int64_t lengths[TEXTS] = {0};
    int64_t total = 0;
    for (int k = 0; rank == 0 && k < TEXTS; k++) {
        lengths[k] = (int64_t)strlen(texts[k]) + 1;
    }
    message_broadcast(lengths, (int)sizeof lengths, comm);
    for (int k = 0; k < TEXTS; k++) {
        total += lengths[k];
    }
    char *bytes;
    error->status = ARENA_NEW(&startup->arena, bytes, total, error);
    TRY(message_verdict(error, comm));
    char *end = bytes;
    for (int k = 0; k < TEXTS; k++) {
        if (rank == 0) {
            memcpy(end, texts[k], (size_t)lengths[k]);
        }
        texts[k] = end;
        end += lengths[k];
    }
    message_broadcast(bytes, (int)total, comm);
    return STATUS_OK;
}

static enum status startup_prepare_other(struct startup *startup, const char *const texts[TEXTS],
                                         struct error *error) {
    startup->output = texts[0];
    TRY(sweep_restore(texts[2], texts[1], texts[3], &startup->sweep, error));
    return startup_plan_all(startup, error);
}

enum status startup_prepare(const struct run_request *request, MPI_Comm comm,
                            struct startup *startup, struct run_summary *summary,
                            struct error *error) {
    int rank = 0;
    MPI_Comm_rank(comm, &rank);
    *startup = (struct startup){.lock = NO_LOCK};
    if (rank == 0) {
        error->status = startup_prepare_first(startup, request, summary, error);
    }
    TRY(message_verdict(error, comm));
    const char *texts[TEXTS] = {startup->output, "", "", ""};
    if (rank == 0) {
        texts[1] = startup->sweep->path;
        texts[2] = startup->sweep->text;
        texts[3] = startup->sweep->overrides;
    }
    TRY(startup_share_texts(startup, rank, comm, texts, error));
    message_broadcast(&startup->terms, (int)sizeof startup->terms, comm);
    if (rank != 0) {
        error->status = startup_prepare_other(startup, texts, error);
    }
    if (error->status == STATUS_OK && startup->sweep->fingerprint != startup->terms.fingerprint) {
        error->status =
            error_set(error, STATUS_BAD_INPUT,
                      "rank %d reads other data files than rank 0; do all ranks see the "
                      "same folder?",
                      rank);
    }
    return message_verdict(error, comm);
}

void startup_free(struct startup *startup) {
    results_unlock(startup->lock);
    sweep_free(startup->sweep);
    arena_free(&startup->arena);
}
