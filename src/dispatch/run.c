#include "dispatch/run.h"

#include "base/clock.h"
#include "dispatch/master.h"
#include "dispatch/rank_hosts.h"
#include "dispatch/run_setup.h"
#include "dispatch/worker.h"
#include "plan/cursor.h"
#include "store/checkpoint.h"
#include "store/results.h"

/* What rank 0 does besides training. */
struct run_lead {
    struct run_setup *setup;
    struct executor *executor;
    struct run_summary *summary;
    struct run_note note;
    const char *const *hosts; /* [summary->ranks] */
    struct master_task task;
};

static void run_count_rows(struct run_lead *lead) {
    const struct run_setup *setup = lead->setup;
    int64_t missing = 0;
    for (int64_t job = 0; job < setup->sweep->job_count; job++) {
        uint8_t state = setup->states[job];
        missing += state == ROW_MISSING;
        lead->summary->failed_all += state == ROW_DIVERGED || state == ROW_QUARANTINED;
    }
    lead->task.progress.total = lead->summary->total;
    lead->task.progress.before = lead->summary->total - missing;
}

/* Gives up jobs that crashed their process too often: writes rows that say so. */
static enum status run_quarantine(struct run_lead *lead, struct error *error) {
    struct run_setup *setup = lead->setup;
    unsigned char *record;
    TRY(ARENA_NEW(&setup->arena, record, setup->map.layout.record_bytes, error));
    layout_clear(&setup->map.layout, record);
    for (int64_t job = 0; job < setup->sweep->job_count; job++) {
        if (setup->states[job] == ROW_MISSING && setup->attempts[job] >= CRASH_ATTEMPTS_MAX) {
            struct row row = {.job = job, .state = ROW_QUARANTINED, .record = record};
            TRY(results_write(lead->executor->results, &row, 1, error));
            setup->states[job] = ROW_QUARANTINED;
            lead->task.progress.before++;
            lead->summary->failed++;
            lead->summary->failed_all++;
        }
    }
    return STATUS_OK;
}

/* The cost of all missing jobs, for the estimate of the time left. */
static double run_missing_cost(const struct plan *plan, const struct master_task *task) {
    double cost = 0.0;
    for (size_t k = 0; k < task->resumed.count; k++) {
        cost += task->resumed.bundles[k].cost * task->resumed.bundles[k].count;
    }
    struct plan_cursor cursor = {0};
    struct plan_bundle bundle = cursor_next(plan, &cursor, PLAN_WIDTH_MAX, task->known);
    while (bundle.count > 0) {
        cost += bundle.cost * bundle.count;
        bundle = cursor_next(plan, &cursor, PLAN_WIDTH_MAX, task->known);
    }
    return cost;
}

static enum status run_write_note(const struct run_lead *lead, struct error *error) {
    struct results *results = lead->executor->results;
    TRY(results_current(results, error));
    return results_note_run(results, lead->setup->run_slot, &lead->note, error);
}

static enum status run_begin(struct run_lead *lead, struct error *error) {
    struct run_setup *setup = lead->setup;
    struct master_task *task = &lead->task;
    TRY(run_write_note(lead, error));
    TRY(run_quarantine(lead, error));
    TRY(resume_find(setup->output, setup->sweep, setup->states, setup->attempts, &setup->arena,
                    &task->resumed, error));
    lead->summary->resumed = task->resumed.jobs;
    lead->summary->unusable = task->resumed.unusable;
    task->progress.all_cost = run_missing_cost(&setup->plan, task);
    return rank_status_begin(&task->rank_status, setup->output, lead->executor->results,
                             setup->settings.run_epoch, lead->hosts, lead->summary->ranks,
                             &setup->arena, error);
}

/* However the run ended: an error here counts only when there was none before. */
static enum status run_end(struct run_lead *lead, enum status status, struct error *error) {
    struct error late;
    rank_status_end(&lead->task.rank_status);
    checkpoint_remove_folder(lead->setup->output);
    lead->summary->done = lead->task.progress.done;
    lead->summary->failed += lead->task.progress.failed;
    lead->summary->failed_all += lead->task.progress.failed;
    lead->note.ended = clock_of_day();
    enum status noted = run_write_note(lead, &late);
    if (status == STATUS_OK && noted != STATUS_OK) {
        *error = late;
        return noted;
    }
    return status;
}

/* Rank 0's part while the file is open. An error before work begins ends it on all ranks. */
static enum status run_master(struct run_lead *lead, struct error *error) {
    lead->executor->lock = &lead->setup->lock;
    run_count_rows(lead);
    if (run_begin(lead, error) != STATUS_OK) {
        lead->executor->report.error = *error;
    }
    return run_end(lead, master_run(lead->executor, &lead->task, error), error);
}

static enum status run_prepare_executor(struct run_setup *setup, struct executor *executor,
                                        struct error *error) {
    const struct run_broadcast *settings = &setup->settings;
    executor->plan = &setup->plan;
    executor->runner = (struct bundle_runner){.sweep = setup->sweep,
                                              .map = &setup->map,
                                              .checkpointing = {.output = setup->output,
                                                                .results = executor->results,
                                                                .run_epoch = settings->run_epoch}};
    executor->stop.checkpoint_interval = settings->checkpoint_interval;
    executor->notice = settings->notice;
    TRY(crash_counter_install(setup->output, settings->attempts_offset, &settings->shard,
                              &executor->crash_counter, error));
    return executor_prepare(executor, &setup->arena, error);
}

/* From here on ranks wait for one another only at the end. Collective. */
static enum status run_missing(struct run_setup *setup, const struct run_request *request,
                               struct executor *executor, struct run_summary *summary,
                               struct error *error) {
    int rank = 0;
    const char *const *hosts;
    double started = clock_of_day();
    MPI_Comm_rank(executor->comm, &rank);
    TRY(rank_hosts_gather(executor->comm, &setup->arena, &hosts, error));
    TRY(message_verdict(run_prepare_executor(setup, executor, error), error, executor->comm));
    if (rank > 0) {
        return worker_run(executor, error);
    }
    struct run_lead lead = {
        .setup = setup,
        .executor = executor,
        .summary = summary,
        .note = {.started = started,
                 .ranks = summary->ranks,
                 .finished_before = summary->before + summary->reused,
                 .run_epoch = setup->settings.run_epoch},
        .hosts = hosts,
        .task = {.known = {setup->states, setup->attempts}, .observer = request->observer}};
    rank_hosts_format(hosts, summary->ranks, lead.note.hosts, sizeof lead.note.hosts);
    return run_master(&lead, error);
}

/* However the run ended: an error here counts only when there was none before. Closing waits inside
 * MPI without sleeping, so all ranks sync first. Collective. */
static enum status run_close_results(struct results *results, MPI_Comm comm, enum status status,
                                     struct error *error) {
    struct error late;
    enum status synced = results_sync(results, &late);
    if (status == STATUS_OK && synced != STATUS_OK) {
        *error = late;
        status = synced;
    }
    status = message_verdict(status, error, comm);
    enum status closed = results_close(results, &late);
    if (status == STATUS_OK && closed != STATUS_OK) {
        *error = late;
        status = closed;
    }
    return message_verdict(status, error, comm);
}

static enum status run_all(struct run_setup *setup, const struct run_request *request,
                           MPI_Comm comm, struct run_summary *summary, struct error *error) {
    SCOPED(executor_free) struct executor executor = {.comm = comm};
    TRY(run_setup_prepare(request, comm, setup, summary, error));
    TRY(results_open(setup->output, &setup->map.layout, setup->settings.run_epoch, comm,
                     &executor.results, error));
    enum status status = run_missing(setup, request, &executor, summary, error);
    return run_close_results(executor.results, comm, status, error);
}

enum status run_sweep(const struct run_request *request, MPI_Comm comm, struct run_summary *summary,
                      struct error *error) {
    SCOPED(run_setup_free) struct run_setup setup = {.lock = -1};
    double start = clock_seconds();
    *summary = (struct run_summary){0};
    *error = (struct error){.status = STATUS_OK};
    MPI_Comm_size(comm, &summary->ranks);
    enum status status = run_all(&setup, request, comm, summary, error);
    summary->seconds = clock_seconds() - start;
    return status;
}
