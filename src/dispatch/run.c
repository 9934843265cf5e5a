#include "dispatch/run.h"

#include "base/clock.h"
#include "dispatch/master.h"
#include "dispatch/startup.h"
#include "store/checkpoint.h"
#include "store/results.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Gives jobs up that have killed their process too often: they get a row that says so. */
static enum status run_quarantine(struct startup *startup, struct results *results,
                                  struct run_summary *summary, struct error *error) {
    unsigned char *record;
    TRY(ARENA_NEW(&startup->arena, record, startup->map.layout.record_bytes, error));
    layout_clear(&startup->map.layout, record);
    for (int64_t job = 0; job < startup->sweep->job_count; job++) {
        if (startup->states[job] == ROW_MISSING && startup->attempts[job] >= CRASH_ATTEMPTS_MAX) {
            struct row row = {.job = job, .state = ROW_QUARANTINED, .record = record};
            TRY(results_write(results, &row, 1, error));
            startup->states[job] = ROW_QUARANTINED;
            summary->failed++;
        }
    }
    return STATUS_OK;
}

static void run_count_rows(const struct startup *startup, int64_t *missing, int64_t *failed) {
    *missing = 0;
    *failed = 0;
    for (int64_t job = 0; job < startup->sweep->job_count; job++) {
        *missing += startup->states[job] == ROW_MISSING;
        *failed += startup->states[job] == ROW_DIVERGED || startup->states[job] == ROW_QUARANTINED;
    }
}

/* The hosts of all ranks, hosts[ranks], and "host*2,other*2" in the note; on rank 0. Collective. */
static enum status run_gather_hosts(MPI_Comm comm, struct arena *arena, const char ***hosts,
                                    struct run_note *note, struct error *error) {
    int rank = 0;
    int size = 1;
    int length = 0;
    char name[MPI_MAX_PROCESSOR_NAME] = "";
    MPI_Comm_rank(comm, &rank);
    MPI_Comm_size(comm, &size);
    MPI_Get_processor_name(name, &length);
    char *names;
    error->status = ARENA_NEW(arena, names, (size_t)size * sizeof name, error);
    error->status =
        error->status == STATUS_OK ? ARENA_NEW(arena, *hosts, size, error) : error->status;
    if (message_verdict(error, comm) != STATUS_OK || *hosts == NULL) {
        return error_status(error);
    }
    MPI_Gather(name, sizeof name, MPI_CHAR, names, sizeof name, MPI_CHAR, 0, comm);
    note->ranks = size;
    for (int k = 0; k < size; k++) {
        (*hosts)[k] = names + (size_t)k * sizeof name;
    }
    size_t used = 0;
    for (int first = 0; rank == 0 && first < size;) {
        const char *host = (*hosts)[first];
        int end = first + 1;
        while (end < size && strcmp((*hosts)[end], host) == 0) {
            end++;
        }
        size_t room = sizeof note->hosts - used;
        int wanted =
            snprintf(note->hosts + used, room, "%s%s*%d", used > 0 ? "," : "", host, end - first);
        used += wanted > 0 && (size_t)wanted < room ? (size_t)wanted : room - 1;
        first = end;
    }
    return STATUS_OK;
}

/* The cost of all that is missing, for the time left. */
static double run_missing_cost(const struct plan *plan, struct plan_progress known,
                               const struct resume *resumed) {
    double cost = 0.0;
    for (size_t k = 0; k < resumed->count; k++) {
        cost += resumed->bundles[k].cost * resumed->bundles[k].count;
    }
    struct plan_cursor cursor = {0};
    struct plan_bundle bundle = plan_next(plan, &cursor, PLAN_WIDTH_MAX, known);
    while (bundle.count > 0) {
        cost += bundle.cost * bundle.count;
        bundle = plan_next(plan, &cursor, PLAN_WIDTH_MAX, known);
    }
    return cost;
}

/* Rank 0's part between the opening and the closing of the file. */
static enum status run_lead(struct startup *startup, struct executor *executor,
                            const char *const *hosts, struct run_note *note,
                            const struct run_observer *observer, struct run_summary *summary,
                            struct error *error) {
    int64_t missing;
    executor->lock = &startup->lock;
    enum status early = results_current(executor->results, error);
    early = early == STATUS_OK ? results_note_run(executor->results, startup->run_slot, note, error)
                               : early;
    early = early == STATUS_OK ? run_quarantine(startup, executor->results, summary, error) : early;
    run_count_rows(startup, &missing, &summary->failed_all);
    struct resume resumed = {.count = 0};
    if (early == STATUS_OK) {
        early = resume_find(startup->output, startup->sweep, startup->states, startup->attempts,
                            &startup->arena, &resumed, error);
    }
    summary->resumed = resumed.jobs;
    summary->unusable = resumed.useless;
    struct plan_progress known = {startup->states, startup->attempts};
    struct run_progress progress = {.total = summary->total,
                                    .before = summary->total - missing,
                                    .all_cost = run_missing_cost(&startup->plan, known, &resumed)};
    struct rank_status rank_status = {.path = NULL};
    early = early == STATUS_OK ? rank_status_begin(&rank_status, startup->output, executor->results,
                                                   startup->terms.run_epoch, hosts, summary->ranks,
                                                   &startup->arena, error)
                               : early;
    if (early != STATUS_OK) {
        executor->report.error = *error;
    }
    enum status status =
        master_run(executor, missing, known, &resumed, &progress, observer, &rank_status, error);
    rank_status_end(&rank_status);
    summary->done = progress.done;
    summary->failed += progress.failed;
    summary->failed_all += progress.failed;
    checkpoint_remove_folder(startup->output);
    /* However it ended; when the file takes nothing any more, that is the lesser trouble. */
    struct error late;
    note->ended = clock_of_day();
    enum status noted = results_current(executor->results, &late);
    noted = noted == STATUS_OK ? results_note_run(executor->results, startup->run_slot, note, &late)
                               : noted;
    if (status == STATUS_OK && noted != STATUS_OK) {
        *error = late;
    }
    return error->status;
}

static enum status run_open(struct startup *startup, const struct run_request *request,
                            struct executor *executor, struct run_summary *summary,
                            struct error *error) {
    int number = 0;
    struct run_note note = {.started = clock_of_day(),
                            .finished_before = summary->before + summary->reused,
                            .run_epoch = startup->terms.run_epoch};
    MPI_Comm_rank(executor->comm, &number);
    const char **hosts = NULL;
    error->status = run_gather_hosts(executor->comm, &startup->arena, &hosts, &note, error);
    if (error->status == STATUS_OK) {
        error->status = executor_prepare(executor, &startup->arena, error);
    }
    TRY(message_verdict(error, executor->comm));
    enum status status =
        number == 0 ? run_lead(startup, executor, hosts, &note, &request->observer, summary, error)
                    : worker_run(executor, error);
    bundle_runner_free(&executor->runner);
    return status;
}

/* Closes whatever happened before; a failure here counts only when there was none. Closing waits
 * inside MPI, awake, so all ranks have synced before. Collective. */
static void run_close_results(struct results *results, MPI_Comm comm, struct error *error) {
    struct error late = {.status = STATUS_OK};
    late.status = results_sync(results, &late);
    *error = error->status == STATUS_OK ? late : *error;
    enum status status = message_verdict(error, comm);
    late.status = results_close(results, &late);
    *error = status == STATUS_OK ? late : *error;
}

static enum status run_prepare_rank(const struct startup *startup, struct executor *executor,
                                    struct error *error) {
    executor->plan = &startup->plan;
    executor->runner =
        (struct bundle_runner){.sweep = startup->sweep,
                               .map = &startup->map,
                               .checkpointing = {.output = startup->output,
                                                 .results = executor->results,
                                                 .run_epoch = startup->terms.run_epoch}};
    executor->stop = (struct stop){.keep_every = startup->terms.checkpoint_interval};
    executor->notice = startup->terms.notice;
    error->status = crash_counter_install(startup->output, startup->terms.attempts_place,
                                          &startup->terms.shard, &executor->crash_counter, error);
    return message_verdict(error, executor->comm);
}

static enum status run_all(struct startup *startup, const struct run_request *request,
                           MPI_Comm comm, struct run_summary *summary, struct error *error) {
    struct executor executor = {.comm = comm};
    enum status status = startup_prepare(request, comm, startup, summary, error);
    if (status == STATUS_OK) {
        status = results_open(startup->output, &startup->map.layout, startup->terms.run_epoch, comm,
                              &executor.results, error);
    }
    if (status == STATUS_OK) {
        status = run_prepare_rank(startup, &executor, error);
    }
    if (status == STATUS_OK) {
        error->status = run_open(startup, request, &executor, summary, error);
    }
    if (executor.results != NULL) {
        run_close_results(executor.results, comm, error);
        status = message_verdict(error, comm);
    }
    crash_counter_remove(executor.crash_counter);
    return status;
}

enum status run_sweep(const struct run_request *request, MPI_Comm comm, struct run_summary *summary,
                      struct error *error) {
    struct startup startup;
    double start = clock_seconds();
    kernel_prepare();
    *summary = (struct run_summary){0};
    *error = (struct error){.status = STATUS_OK};
    MPI_Comm_size(comm, &summary->ranks);
    enum status status = run_all(&startup, request, comm, summary, error);
    startup_free(&startup);
    summary->seconds = clock_seconds() - start;
    return status;
}
