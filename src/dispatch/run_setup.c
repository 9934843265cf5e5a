#include "dispatch/run_setup.h"

#include "base/clock.h"
#include "dispatch/message.h"
#include "dispatch/signals.h"
#include "store/create.h"
#include "store/lock.h"
#include "store/match.h"
#include "store/reuse.h"
#include "store/row.h"
#include "store/run_epoch.h"
#include "store/runs.h"
#include "store/states.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { NO_LOCK = -1, NO_RUN = 0 };

/* Texts that rank 0 broadcasts, one after the other with their zeros. */
enum { TEXT_OUTPUT, TEXT_PATH, TEXT_SWEEP, TEXT_OVERRIDES, TEXTS };

static enum status run_setup_plan(struct run_setup *setup, struct error *error) {
    TRY(plan_make(setup->sweep, &setup->arena, &setup->plan, error));
    return record_map_make(&setup->plan, &setup->arena, &setup->map, error);
}

/* The earlier run finds a later epoch than its own in the file, and ends. If it does not, since its
 * node is unreachable, its ranks can still write nothing. */
static enum status run_setup_take_over(struct run_setup *setup, struct error *error) {
    static const double longest_wait = 30.0; /* seconds */
    static const double between_attempts = 0.1;
    const char *path = setup->output;
    struct error locked;
    TRY(run_epoch_take(path, &setup->settings.run_epoch, error));
    double end = clock_seconds() + longest_wait;
    while (results_lock(path, &setup->lock, &locked) != STATUS_OK) {
        if (signals_received() != 0) {
            return STATUS_OK; /* this run is about to stop itself */
        }
        if (clock_seconds() > end) {
            (void)fprintf(stderr,
                          "modsweep: %s: the run before this one does not answer; its ranks can "
                          "write nothing more\n",
                          path);
            return STATUS_OK;
        }
        clock_sleep(between_attempts);
    }
    return STATUS_OK;
}

/* Creates the file, or checks that it is of this sweep. */
static enum status run_setup_prepare_file(struct run_setup *setup, bool may_take_over,
                                          struct error *error) {
    const char *path = setup->output;
    const struct results_layout *layout = &setup->map.layout;
    if (access(path, F_OK) != 0 && errno == ENOENT) {
        TRY(results_create(path, setup->sweep, &setup->settings.shard, layout, error));
    }
    enum status locked = results_lock(path, &setup->lock, error);
    if (locked != STATUS_OK && !may_take_over) {
        return locked;
    }
    TRY(results_match(path, setup->sweep, &setup->settings.shard, layout, error));
    return locked == STATUS_OK ? STATUS_OK : run_setup_take_over(setup, error);
}

static int64_t run_setup_count_finished(const struct run_setup *setup) {
    int64_t finished = 0;
    for (int64_t job = 0; job < setup->sweep->job_count; job++) {
        uint8_t state = setup->states[job];
        finished += state != ROW_MISSING && state != ROW_ELSEWHERE;
    }
    return finished;
}

/* Reads what is in the file, and copies what older files have. */
static enum status run_setup_read_progress(struct run_setup *setup,
                                           const struct run_request *request,
                                           struct run_summary *summary, struct error *error) {
    const char *path = setup->output;
    const struct results_layout *layout = &setup->map.layout;
    TRY(ARENA_NEW(&setup->arena, setup->states, setup->sweep->job_count, error));
    TRY(ARENA_NEW(&setup->arena, setup->attempts, setup->sweep->job_count, error));
    TRY(results_states(path, layout, setup->states, &summary->torn, error));
    summary->before = run_setup_count_finished(setup);
    if (setup->settings.run_epoch == NO_RUN) { /* else this run has taken over */
        TRY(run_epoch_take(path, &setup->settings.run_epoch, error));
    }
    for (size_t k = 0; k < request->older_count; k++) {
        int64_t copied = 0;
        TRY(results_reuse(path, request->older[k], layout, setup->settings.run_epoch, setup->states,
                          &copied, error));
        summary->reused += copied;
    }
    TRY(results_attempts(path, setup->attempts, &setup->settings.attempts_offset, error));
    return runs_next_slot(path, &setup->run_slot, error);
}

static enum status run_setup_prepare_master(struct run_setup *setup,
                                            const struct run_request *request,
                                            struct run_summary *summary, struct error *error) {
    struct run_broadcast *settings = &setup->settings;
    setup->output = request->output;
    TRY(sweep_load(request->sweep, request->overrides, request->override_count, &setup->sweep,
                   error));
    *settings = (struct run_broadcast){.shard = request->shard,
                                       .notice = request->notice,
                                       .checkpoint_interval = request->checkpoint_interval,
                                       .fingerprint = setup->sweep->fingerprint};
    TRY(shard_measure(&settings->shard, setup->sweep->job_count, error));
    TRY(run_setup_plan(setup, error));
    for (size_t k = 0; k < request->older_count; k++) {
        TRY(results_reusable(request->older[k], &setup->map.layout, error));
    }
    TRY(run_setup_prepare_file(setup, request->take_over, error));
    summary->total = shard_rows(&settings->shard);
    return run_setup_read_progress(setup, request, summary, error);
}

/* In one piece; afterwards all ranks have them in their arena. */
static enum status run_setup_broadcast_texts(struct run_setup *setup, int rank, MPI_Comm comm,
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
    TRY(message_verdict(ARENA_NEW(&setup->arena, bytes, total, error), error, comm));
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

/* On the other ranks. */
static enum status run_setup_prepare_worker(struct run_setup *setup, const char *const texts[TEXTS],
                                            int rank, struct error *error) {
    setup->output = texts[TEXT_OUTPUT];
    TRY(sweep_restore(texts[TEXT_SWEEP], texts[TEXT_PATH], texts[TEXT_OVERRIDES], &setup->sweep,
                      error));
    if (setup->sweep->fingerprint != setup->settings.fingerprint) {
        return error_set(error, STATUS_BAD_INPUT,
                         "rank %d reads other data files than rank 0; do all ranks see the "
                         "same folder?",
                         rank);
    }
    return run_setup_plan(setup, error);
}

enum status run_setup_prepare(const struct run_request *request, MPI_Comm comm,
                              struct run_setup *setup, struct run_summary *summary,
                              struct error *error) {
    int rank = 0;
    enum status status = STATUS_OK;
    const char *texts[TEXTS] = {"", "", "", ""};
    MPI_Comm_rank(comm, &rank);
    *setup = (struct run_setup){.lock = NO_LOCK};
    if (rank == 0) {
        status = run_setup_prepare_master(setup, request, summary, error);
    }
    TRY(message_verdict(status, error, comm));
    if (rank == 0) {
        texts[TEXT_OUTPUT] = setup->output;
        texts[TEXT_PATH] = setup->sweep->path;
        texts[TEXT_SWEEP] = setup->sweep->text;
        texts[TEXT_OVERRIDES] = setup->sweep->overrides;
    }
    TRY(run_setup_broadcast_texts(setup, rank, comm, texts, error));
    message_broadcast(&setup->settings, (int)sizeof setup->settings, comm);
    if (rank != 0) {
        status = run_setup_prepare_worker(setup, texts, rank, error);
    }
    return message_verdict(status, error, comm);
}

void run_setup_free(struct run_setup *setup) {
    results_unlock(setup->lock);
    sweep_free(setup->sweep);
    arena_free(&setup->arena);
}
