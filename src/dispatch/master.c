#include "dispatch/master.h"

#include "base/clock.h"
#include "dispatch/distributor.h"
#include "dispatch/pace.h"

struct master {
    struct rank *rank;
    struct distributor distributor;
    struct progress *progress;
    struct roster *roster;
};

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

static void answer(struct master *master, const MPI_Status *status) {
    struct report report;
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

/* Answers all who have asked. Also called from within training, hence the plain context. */
static void serve(void *context) {
    struct master *master = context;
    MPI_Status status;
    while (master->distributor.workers > 0 &&
           message_here(master->rank->comm, MPI_ANY_SOURCE, MPI_ANY_TAG, &status)) {
        answer(master, &status);
    }
    progress_show(master->progress);
    roster_tell(master->roster, master->progress);
}

static void take_own_report(struct master *master) {
    take_report(master, 0, &master->rank->report);
    master->rank->report = (struct report){.error = master->distributor.total.error};
}

/* This rank's own share of the work, one hand-out at a time. */
static void work(struct master *master) {
    struct handout handout;
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

enum status master_run(struct rank *rank, int64_t pending, struct plan_progress known,
                       struct progress *progress, struct roster *roster, struct error *error) {
    int ranks = 1;
    struct arena arena = {0};
    struct master master = {.rank = rank, .progress = progress, .roster = roster};
    MPI_Comm_size(rank->comm, &ranks);
    if (distributor_begin(&master.distributor, rank->plan, known, pending, ranks, &arena, error) !=
        STATUS_OK) {
        distributor_take(&master.distributor, &(struct report){.error = *error});
    }
    rank->workshop.poll = (struct poll){serve, &master};
    progress_begin(progress);
    work(&master);
    wait_for_workers(&master);
    progress_end(progress);
    arena_free(&arena);
    *error = master.distributor.total.error;
    for (int worker = 1; worker < ranks; worker++) {
        MPI_Send(error, (int)sizeof *error, MPI_BYTE, worker, TAG_END, rank->comm);
    }
    return error->status;
}
