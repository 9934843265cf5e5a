#include "dispatch/master.h"

#include "base/clock.h"
#include "dispatch/distributor.h"

struct master {
    struct rank *rank;
    struct distributor distributor;
    struct progress *progress;
};

static void take_report(struct master *master, const struct report *report) {
    distributor_take(&master->distributor, report);
    master->progress->done = master->distributor.total.done;
    master->progress->failed = master->distributor.total.failed;
    master->progress->cost = master->distributor.total.cost;
}

static void answer(struct master *master, const MPI_Status *status) {
    struct report report;
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

/* Answers all who have asked. Also called from within training, hence the plain context. */
static void serve(void *context) {
    struct master *master = context;
    MPI_Status status;
    while (master->distributor.workers > 0 &&
           message_here(master->rank->comm, MPI_ANY_SOURCE, MPI_ANY_TAG, &status)) {
        answer(master, &status);
    }
    progress_show(master->progress);
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

enum status master_run(struct rank *rank, int64_t pending, struct plan_progress known,
                       struct progress *progress, struct error *error) {
    int ranks = 1;
    struct master master = {.rank = rank, .progress = progress};
    MPI_Comm_size(rank->comm, &ranks);
    distributor_begin(&master.distributor, rank->plan, known, pending, ranks);
    rank->workshop.poll = (struct poll){serve, &master};
    progress_begin(progress);
    work(&master);
    wait_for_workers(&master);
    progress_end(progress);
    *error = master.distributor.total.error;
    for (int worker = 1; worker < ranks; worker++) {
        MPI_Send(error, (int)sizeof *error, MPI_BYTE, worker, TAG_END, rank->comm);
    }
    return error->status;
}
