#include "dispatch/master.h"

#include "base/clock.h"
#include "dispatch/distributor.h"
#include "dispatch/signals.h"

struct master {
    struct rank *rank;
    struct distributor distributor;
    struct progress *progress;
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

static void take_report(struct master *master, const struct report *report) {
    distributor_take(&master->distributor, report);
    master->progress->done = master->distributor.total.done;
    master->progress->failed = master->distributor.total.failed;
    master->progress->cost = master->distributor.total.cost;
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
    take_report(master, &report);
    if (status->MPI_TAG == TAG_DONE) {
        distributor_worker_done(&master->distributor);
        return;
    }
    struct handout handout;
    distributor_hand_out(&master->distributor, &handout);
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
    while (master->distributor.workers > 0 &&
           message_here(master->rank->comm, MPI_ANY_SOURCE, MPI_ANY_TAG, &status)) {
        answer(master, &status);
    }
    progress_show(master->progress);
}

/* Called from within training. */
static enum wish poll_master(void *context, double seconds_left) {
    struct master *master = context;
    serve(master);
    return stop_wish(&master->rank->stop, seconds_left, clock_seconds());
}

static void take_own_report(struct master *master) {
    take_report(master, &master->rank->report);
    master->rank->report = (struct report){.error = master->distributor.total.error};
}

/* This rank's own share of the work, one hand-out at a time. */
static void work(struct master *master) {
    struct handout handout;
    distributor_hand_out(&master->distributor, &handout);
    while (handout_count(&handout) > 0) {
        for (int64_t bundle = 0; bundle < handout_count(&handout); bundle++) {
            struct plan_bundle next = handout_bundle(&handout, bundle);
            rank_do(master->rank, &next);
            serve(master);
        }
        take_own_report(master);
        distributor_hand_out(&master->distributor, &handout);
    }
    rank_flush(master->rank);
    take_own_report(master);
}

static void wait_for_workers(struct master *master) {
    static const double longest_wait = 1e-3; /* seconds between two looks */
    while (master->distributor.workers > 0) {
        serve(master);
        clock_sleep(longest_wait);
    }
}

/* Of all ranks: the first failure, or that not all was done in time. */
static struct error verdict(const struct master *master, int64_t pending) {
    const struct report *total = &master->distributor.total;
    struct error verdict = total->error;
    int64_t done = total->done + total->failed;
    if (verdict.status == STATUS_OK && done < pending) {
        (void)error_set(&verdict, STATUS_STOPPED,
                        "%s: stopped by %s when %lld of %lld jobs were done; %lld were left "
                        "half-trained in checkpoints. The same command goes on",
                        master->rank->workshop.keeping.output, signals_name(signals_seen()),
                        (long long)done, (long long)pending, (long long)total->kept);
    }
    return verdict;
}

enum status master_run(struct rank *rank, int64_t pending, struct plan_progress known,
                       const struct resume *resumed, struct progress *progress,
                       struct error *error) {
    int ranks = 1;
    struct master master = {.rank = rank, .progress = progress};
    MPI_Comm_size(rank->comm, &ranks);
    distributor_begin(&master.distributor, rank->plan, known, pending, ranks);
    distributor_resume(&master.distributor, resumed->bundles, resumed->count);
    rank->workshop.poll = (struct poll){poll_master, NULL, &master};
    progress_begin(progress);
    work(&master);
    wait_for_workers(&master);
    progress_end(progress);
    struct ending ending = {.verdict = verdict(&master, pending), .stopped = master.stopped};
    for (int worker = 1; worker < ranks; worker++) {
        MPI_Send(&ending, (int)sizeof ending, MPI_BYTE, worker, TAG_END, rank->comm);
    }
    *error = ending.verdict;
    return error->status;
}
