#include "dispatch/master.h"

#include "base/clock.h"
#include "dispatch/backoff.h"
#include "dispatch/distributor.h"
#include "dispatch/signals.h"

struct master {
    struct executor *executor;
    struct master_task *task;
    struct distributor distributor;
    bool stopped; /* STOP was sent to all workers */
};

/* Jobs that were missing when the run began. */
static int64_t master_pending(const struct run_progress *progress) {
    return progress->total - progress->before;
}

static void master_stop(struct master *master, double notice) {
    if (master->stopped) {
        return;
    }
    master->stopped = true;
    stop_policy_request(&master->executor->stop, notice, clock_seconds());
    distributor_stop(&master->distributor);
    for (int worker = 1; worker < master->distributor.ranks; worker++) {
        message_send_stop(notice, worker, master->executor->comm);
    }
}

static void master_record_report(struct master *master, int rank,
                                 const struct work_report *report) {
    struct run_progress *progress = &master->task->progress;
    distributor_record_report(&master->distributor, report);
    rank_status_record_report(&master->task->rank_status, rank, report);
    progress->done = master->distributor.total.done;
    progress->failed = master->distributor.total.failed;
    progress->cost = master->distributor.total.cost;
}

static void master_next_packet(struct master *master, int rank, struct work_packet *packet) {
    distributor_next_packet(&master->distributor, packet);
    rank_status_record_packet(&master->task->rank_status, rank, packet);
}

static void master_answer(struct master *master, const MPI_Status *status) {
    struct work_report report;
    struct work_packet packet;
    int worker = status->MPI_SOURCE;
    if (status->MPI_TAG == TAG_STOP) {
        master_stop(master, message_receive_stop(worker, master->executor->comm));
        return;
    }
    MPI_Recv(&report, (int)sizeof report, MPI_BYTE, worker, status->MPI_TAG, master->executor->comm,
             MPI_STATUS_IGNORE);
    master_record_report(master, worker, &report);
    if (status->MPI_TAG == TAG_DONE) {
        distributor_worker_done(&master->distributor);
        return;
    }
    master_next_packet(master, worker, &packet);
    MPI_Send(packet.words, (int)packet.used, MPI_INT64_T, worker, TAG_WORK, master->executor->comm);
}

static void master_show_progress(const struct master *master, enum run_phase phase) {
    const struct run_observer *observer = &master->task->observer;
    if (observer->call != NULL) {
        observer->call(observer->context, &master->task->progress, phase);
    }
}

/* Polls signals and answers all messages that have arrived. */
static void master_serve(struct master *master) {
    double notice;
    MPI_Status status;
    if (executor_poll(master->executor, &notice)) {
        master_stop(master, notice);
    }
    while (master->distributor.ranks > 1 &&
           message_probe(master->executor->comm, MPI_ANY_SOURCE, MPI_ANY_TAG, &status)) {
        master_answer(master, &status);
    }
    master_show_progress(master, RUN_GOES_ON);
    rank_status_publish(&master->task->rank_status, &master->task->progress);
}

/* Called from within training. */
static enum poll_action master_poll(void *context, double seconds_left) {
    struct master *master = context;
    master_serve(master);
    return stop_policy_action(&master->executor->stop, seconds_left, clock_seconds());
}

static void master_record_own_report(struct master *master) {
    master_record_report(master, 0, &master->executor->report);
    master->executor->report = (struct work_report){.error = master->distributor.total.error};
}

/* Rank 0's own share of the work, packet by packet. */
static void master_work(struct master *master) {
    struct work_packet packet;
    master_record_own_report(master); /* this rank may have failed already */
    master_serve(master);             /* a signal may have come while the run started */
    master_next_packet(master, 0, &packet);
    while (work_packet_count(&packet) > 0) {
        for (int64_t bundle = 0; bundle < work_packet_count(&packet); bundle++) {
            struct plan_bundle next = work_packet_bundle(&packet, bundle);
            executor_run_bundle(master->executor, &next);
            master_serve(master);
        }
        master_record_own_report(master);
        master_next_packet(master, 0, &packet);
    }
    executor_flush(master->executor);
    master_record_own_report(master);
}

static void master_wait_for_workers(struct master *master) {
    while (master->distributor.workers > 0) {
        master_serve(master);
        clock_sleep(backoff_poll_interval);
    }
}

/* The first failure of any rank, or that the run stopped before all was done. */
static struct error master_verdict(const struct master *master) {
    const struct work_report *total = &master->distributor.total;
    struct error verdict = total->error;
    int64_t pending = master_pending(&master->task->progress);
    int64_t done = total->done + total->failed;
    int64_t checkpointed = total->checkpointed + distributor_resumed_jobs(&master->distributor);
    if (verdict.status == STATUS_OK && done < pending) {
        (void)error_set(&verdict, STATUS_STOPPED,
                        "%s: stopped by %s when %lld of %lld jobs were done; %lld are "
                        "half-trained in checkpoints. The same command resumes",
                        master->executor->runner.checkpointing.output,
                        signals_name(signals_received()), (long long)done, (long long)pending,
                        (long long)checkpointed);
    }
    return verdict;
}

/* Waits for a worker's BYE. A STOP that it sent meanwhile is too late to change anything. */
static void master_end_worker(MPI_Comm comm, int worker) {
    MPI_Status status = message_wait(comm, worker, MPI_ANY_TAG);
    if (status.MPI_TAG == TAG_STOP) {
        (void)message_receive_stop(worker, comm);
        (void)message_wait(comm, worker, TAG_BYE);
    }
    MPI_Recv(NULL, 0, MPI_BYTE, worker, TAG_BYE, comm, MPI_STATUS_IGNORE);
}

static void master_end_workers(const struct master *master, const struct error *verdict) {
    MPI_Comm comm = master->executor->comm;
    struct end_message end = {.verdict = *verdict, .stopped = master->stopped};
    for (int worker = 1; worker < master->distributor.ranks; worker++) {
        MPI_Send(&end, (int)sizeof end, MPI_BYTE, worker, TAG_END, comm);
    }
    for (int worker = 1; worker < master->distributor.ranks; worker++) {
        master_end_worker(comm, worker);
    }
}

enum status master_run(struct executor *executor, struct master_task *task, struct error *error) {
    int ranks = 1;
    SCOPED(arena_free) struct arena arena = {0};
    struct master master = {.executor = executor, .task = task};
    MPI_Comm_size(executor->comm, &ranks);
    if (distributor_begin(&master.distributor, executor->plan, task->known,
                          master_pending(&task->progress), ranks, &arena, error) != STATUS_OK) {
        distributor_record_report(&master.distributor, &(struct work_report){.error = *error});
    }
    distributor_resume(&master.distributor, task->resumed.bundles, task->resumed.count);
    executor->runner.poll = (struct poll){master_poll, NULL, &master};
    master_show_progress(&master, RUN_BEGINS);
    master_work(&master);
    master_wait_for_workers(&master);
    master_show_progress(&master, RUN_ENDS);
    *error = master_verdict(&master);
    master_end_workers(&master, error);
    return error->status;
}
