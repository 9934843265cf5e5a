#include "dispatch/master.h"

#include "base/clock.h"
#include "dispatch/backoff.h"
#include "dispatch/distributor.h"
#include "dispatch/signals.h"

struct master {
    struct executor *executor;
    struct distributor distributor;
    struct run_progress *progress;
    const struct run_observer *observer;
    struct rank_status *rank_status;
    bool stopped; /* the workers were told to end */
};

static void master_stop(struct master *master, double notice) {
    if (master->stopped) {
        return;
    }
    int ranks = 1;
    MPI_Comm_size(master->executor->comm, &ranks);
    master->stopped = true;
    stop_now(&master->executor->stop, notice, clock_seconds());
    distributor_stop(&master->distributor);
    for (int worker = 1; worker < ranks; worker++) {
        MPI_Send(&notice, 1, MPI_DOUBLE, worker, TAG_STOP, master->executor->comm);
    }
}

static void master_take_report(struct master *master, int rank, const struct work_report *report) {
    distributor_take(&master->distributor, report);
    rank_status_take(master->rank_status, rank, report);
    master->progress->done = master->distributor.total.done;
    master->progress->failed = master->distributor.total.failed;
    master->progress->cost = master->distributor.total.cost;
}

static void master_hand_out(struct master *master, int rank, struct work_packet *packet) {
    distributor_next_packet(&master->distributor, packet);
    rank_status_packet(master->rank_status, rank, packet);
}

static void master_receive_stop(struct master *master, int worker) {
    double notice;
    MPI_Recv(&notice, 1, MPI_DOUBLE, worker, TAG_STOP, master->executor->comm, MPI_STATUS_IGNORE);
    master_stop(master, notice);
}

static void master_answer(struct master *master, const MPI_Status *status) {
    struct work_report report;
    if (status->MPI_TAG == TAG_STOP) {
        master_receive_stop(master, status->MPI_SOURCE);
        return;
    }
    MPI_Recv(&report, (int)sizeof report, MPI_BYTE, status->MPI_SOURCE, status->MPI_TAG,
             master->executor->comm, MPI_STATUS_IGNORE);
    master_take_report(master, status->MPI_SOURCE, &report);
    if (status->MPI_TAG == TAG_DONE) {
        distributor_worker_done(&master->distributor);
        return;
    }
    struct work_packet packet;
    master_hand_out(master, status->MPI_SOURCE, &packet);
    MPI_Send(packet.words, (int)packet.used, MPI_INT64_T, status->MPI_SOURCE, TAG_WORK,
             master->executor->comm);
}

static void master_show_progress(const struct master *master, enum run_phase phase) {
    if (master->observer->call != NULL) {
        master->observer->call(master->observer->context, master->progress, phase);
    }
}

/* Answers all who have asked, and heeds signals. */
static void master_serve(struct master *master) {
    double notice;
    MPI_Status status;
    if (executor_poll(master->executor, &notice)) {
        master_stop(master, notice);
    }
    while (master->distributor.ranks > 1 &&
           message_here(master->executor->comm, MPI_ANY_SOURCE, MPI_ANY_TAG, &status)) {
        master_answer(master, &status);
    }
    master_show_progress(master, RUN_GOES_ON);
    rank_status_tell(master->rank_status, master->progress);
}

/* Called from within training. */
static enum poll_action poll_master(void *context, double seconds_left) {
    struct master *master = context;
    master_serve(master);
    return stop_action(&master->executor->stop, seconds_left, clock_seconds());
}

static void master_take_own_report(struct master *master) {
    master_take_report(master, 0, &master->executor->report);
    master->executor->report = (struct work_report){.error = master->distributor.total.error};
}

/* This rank's own share of the work, one hand-out at a time. */
static void master_work(struct master *master) {
    struct work_packet packet;
    master_take_own_report(master); /* this rank may have failed already */
    master_serve(master);           /* a signal may have come while the run started */
    master_hand_out(master, 0, &packet);
    while (work_packet_count(&packet) > 0) {
        for (int64_t bundle = 0; bundle < work_packet_count(&packet); bundle++) {
            struct plan_bundle next = work_packet_bundle(&packet, bundle);
            executor_run_bundle(master->executor, &next);
            master_serve(master);
        }
        master_take_own_report(master);
        master_hand_out(master, 0, &packet);
    }
    executor_flush(master->executor);
    master_take_own_report(master);
}

static void master_wait_for_workers(struct master *master) {
    while (master->distributor.workers > 0) {
        master_serve(master);
        clock_sleep(backoff_poll_interval());
    }
}

/* Of all ranks: the first failure, or that not all was done in time. */
static struct error master_verdict(const struct master *master, int64_t pending) {
    const struct work_report *total = &master->distributor.total;
    struct error verdict = total->error;
    int64_t done = total->done + total->failed;
    int64_t kept = total->kept + distributor_resumed_jobs(&master->distributor);
    if (verdict.status == STATUS_OK && done < pending) {
        (void)error_set(&verdict, STATUS_STOPPED,
                        "%s: stopped by %s when %lld of %lld jobs were done; %lld are left "
                        "half-trained in checkpoints. The same command goes on",
                        master->executor->runner.checkpointing.output, signals_name(signals_seen()),
                        (long long)done, (long long)pending, (long long)kept);
    }
    return verdict;
}

/* Waits until a worker knows. A STOP that it sent meanwhile comes too late to change how it ended.
 */
static void master_end_worker(MPI_Comm comm, int worker) {
    MPI_Status status = message_wait(comm, worker, MPI_ANY_TAG);
    if (status.MPI_TAG == TAG_STOP) {
        double notice;
        MPI_Recv(&notice, 1, MPI_DOUBLE, worker, TAG_STOP, comm, MPI_STATUS_IGNORE);
        (void)message_wait(comm, worker, TAG_BYE);
    }
    MPI_Recv(NULL, 0, MPI_BYTE, worker, TAG_BYE, comm, MPI_STATUS_IGNORE);
}

enum status master_run(struct executor *executor, int64_t pending, struct plan_progress known,
                       const struct resume *resumed, struct run_progress *progress,
                       const struct run_observer *observer, struct rank_status *rank_status,
                       struct error *error) {
    int ranks = 1;
    struct arena arena = {0};
    struct master master = {.executor = executor,
                            .progress = progress,
                            .observer = observer,
                            .rank_status = rank_status};
    MPI_Comm_size(executor->comm, &ranks);
    if (distributor_begin(&master.distributor, executor->plan, known, pending, ranks, &arena,
                          error) != STATUS_OK) {
        distributor_take(&master.distributor, &(struct work_report){.error = *error});
    }
    distributor_resume(&master.distributor, resumed->bundles, resumed->count);
    executor->runner.poll = (struct poll){poll_master, NULL, &master};
    master_show_progress(&master, RUN_BEGINS);
    master_work(&master);
    master_wait_for_workers(&master);
    master_show_progress(&master, RUN_ENDS);
    arena_free(&arena);
    struct ending ending = {.verdict = master_verdict(&master, pending), .stopped = master.stopped};
    for (int worker = 1; worker < ranks; worker++) {
        MPI_Send(&ending, (int)sizeof ending, MPI_BYTE, worker, TAG_END, executor->comm);
    }
    for (int worker = 1; worker < ranks; worker++) {
        master_end_worker(executor->comm, worker);
    }
    *error = ending.verdict;
    return error->status;
}
