#include "dispatch/master.h"

#include "base/clock.h"
#include "dispatch/distributor.h"
#include "dispatch/pace.h"
#include "dispatch/signals.h"

struct master {
    struct rank *rank;
    struct distributor distributor;
    struct progress *progress;
    struct roster *roster;
    bool stopped; /* the workers were told to end */
};

static void stop(struct master *master, double notice) {
    if (master->stopped) {
        return;
    }
    int ranks = 1;
    MPI_Comm_size(master->rank->comm, &ranks);
    master->stopped = true;
    stop_now(&master->rank->stop, notice, clock_seconds());
    distributor_stop(&master->distributor);
    for (int worker = 1; worker < ranks; worker++) {
        MPI_Send(&notice, 1, MPI_DOUBLE, worker, TAG_STOP, master->rank->comm);
    }
}

static void take_report(struct master *master, int rank, const struct report *report) {
    distributor_take(&master->distributor, report);
    roster_take(master->roster, rank, report);
    master->progress->done = master->distributor.total.done;
    master->progress->failed = master->distributor.total.failed;
    master->progress->cost = master->distributor.total.cost;
}

static void hand_out(struct master *master, int rank, struct handout *handout) {
    distributor_hand_out(&master->distributor, handout);
    roster_hand_out(master->roster, rank, handout);
}

static void receive_stop(struct master *master, int worker) {
    double notice;
    MPI_Recv(&notice, 1, MPI_DOUBLE, worker, TAG_STOP, master->rank->comm, MPI_STATUS_IGNORE);
    stop(master, notice);
}

static void answer(struct master *master, const MPI_Status *status) {
    struct report report;
    if (status->MPI_TAG == TAG_STOP) {
        receive_stop(master, status->MPI_SOURCE);
        return;
    }
    MPI_Recv(&report, (int)sizeof report, MPI_BYTE, status->MPI_SOURCE, status->MPI_TAG,
             master->rank->comm, MPI_STATUS_IGNORE);
    take_report(master, status->MPI_SOURCE, &report);
    if (status->MPI_TAG == TAG_DONE) {
        distributor_worker_done(&master->distributor);
        return;
    }
    struct handout handout;
    hand_out(master, status->MPI_SOURCE, &handout);
    MPI_Send(handout.words, (int)handout.used, MPI_INT64_T, status->MPI_SOURCE, TAG_WORK,
             master->rank->comm);
}

/* Answers all who have asked, and heeds signals. */
static void serve(struct master *master) {
    double notice;
    MPI_Status status;
    if (rank_heed(master->rank, &notice)) {
        stop(master, notice);
    }
    while (master->distributor.ranks > 1 &&
           message_here(master->rank->comm, MPI_ANY_SOURCE, MPI_ANY_TAG, &status)) {
        answer(master, &status);
    }
    progress_show(master->progress);
    roster_tell(master->roster, master->progress);
}

/* Called from within training. */
static enum wish poll_master(void *context, double seconds_left) {
    struct master *master = context;
    serve(master);
    return stop_wish(&master->rank->stop, seconds_left, clock_seconds());
}

static void take_own_report(struct master *master) {
    take_report(master, 0, &master->rank->report);
    master->rank->report = (struct report){.error = master->distributor.total.error};
}

/* This rank's own share of the work, one hand-out at a time. */
static void work(struct master *master) {
    struct handout handout;
    take_own_report(master); /* this rank may have failed already */
    serve(master);           /* a signal may have come while the run started */
    hand_out(master, 0, &handout);
    while (handout_count(&handout) > 0) {
        for (int64_t bundle = 0; bundle < handout_count(&handout); bundle++) {
            struct plan_bundle next = handout_bundle(&handout, bundle);
            rank_do(master->rank, &next);
            serve(master);
        }
        take_own_report(master);
        hand_out(master, 0, &handout);
    }
    rank_flush(master->rank);
    take_own_report(master);
}

static void wait_for_workers(struct master *master) {
    while (master->distributor.workers > 0) {
        serve(master);
        clock_sleep(pace_poll());
    }
}

/* Of all ranks: the first failure, or that not all was done in time. */
static struct error verdict(const struct master *master, int64_t pending) {
    const struct report *total = &master->distributor.total;
    struct error verdict = total->error;
    int64_t done = total->done + total->failed;
    int64_t kept = total->kept + distributor_resumed_jobs(&master->distributor);
    if (verdict.status == STATUS_OK && done < pending) {
        (void)error_set(&verdict, STATUS_STOPPED,
                        "%s: stopped by %s when %lld of %lld jobs were done; %lld are left "
                        "half-trained in checkpoints. The same command goes on",
                        master->rank->workshop.keeping.output, signals_name(signals_seen()),
                        (long long)done, (long long)pending, (long long)kept);
    }
    return verdict;
}

/* Waits until a worker knows. A STOP that it sent meanwhile comes too late to change how it ended.
 */
static void see_off(MPI_Comm comm, int worker) {
    MPI_Status status = message_wait(comm, worker, MPI_ANY_TAG);
    if (status.MPI_TAG == TAG_STOP) {
        double notice;
        MPI_Recv(&notice, 1, MPI_DOUBLE, worker, TAG_STOP, comm, MPI_STATUS_IGNORE);
        (void)message_wait(comm, worker, TAG_BYE);
    }
    MPI_Recv(NULL, 0, MPI_BYTE, worker, TAG_BYE, comm, MPI_STATUS_IGNORE);
}

enum status master_run(struct rank *rank, int64_t pending, struct plan_progress known,
                       const struct resume *resumed, struct progress *progress,
                       struct roster *roster, struct error *error) {
    int ranks = 1;
    struct arena arena = {0};
    struct master master = {.rank = rank, .progress = progress, .roster = roster};
    MPI_Comm_size(rank->comm, &ranks);
    if (distributor_begin(&master.distributor, rank->plan, known, pending, ranks, &arena, error) !=
        STATUS_OK) {
        distributor_take(&master.distributor, &(struct report){.error = *error});
    }
    distributor_resume(&master.distributor, resumed->bundles, resumed->count);
    rank->workshop.poll = (struct poll){poll_master, NULL, &master};
    progress_begin(progress);
    work(&master);
    wait_for_workers(&master);
    progress_end(progress);
    arena_free(&arena);
    struct ending ending = {.verdict = verdict(&master, pending), .stopped = master.stopped};
    for (int worker = 1; worker < ranks; worker++) {
        MPI_Send(&ending, (int)sizeof ending, MPI_BYTE, worker, TAG_END, rank->comm);
    }
    for (int worker = 1; worker < ranks; worker++) {
        see_off(rank->comm, worker);
    }
    *error = ending.verdict;
    return error->status;
}
