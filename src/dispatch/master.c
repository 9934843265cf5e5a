#include "dispatch/master.h"

#include "base/clock.h"

#include <math.h>

/* A hand-out is meant to last this long: long against a message, short against a run. */
static const double handout_seconds = 20e-3;
/* Shares per rank into which what is left is cut at most, so that all end together. */
enum { SHARES_PER_RANK = 4 };

struct master {
    struct rank *rank;
    struct plan_cursor cursor;
    struct plan_progress known;
    struct progress *progress;
    int ranks;
    int width;      /* jobs side by side */
    int64_t left;   /* jobs not handed out */
    int workers;    /* ranks besides this one that are not done */
    double seconds; /* spent on `bundles` by all ranks */
    int64_t bundles;
    struct error verdict; /* the first failure */
};

static int64_t smaller(int64_t a, int64_t b) {
    return a < b ? a : b;
}

/* Bundles in the next hand-out. */
static int64_t handout_length(const struct master *master) {
    if (master->bundles == 0) {
        return 1;
    }
    double each = master->seconds / (double)master->bundles;
    double wanted = each > 0.0 ? handout_seconds / each : HANDOUT_BUNDLES_MOST;
    int64_t fair = master->left / ((int64_t)master->width * master->ranks * SHARES_PER_RANK);
    int64_t length = smaller((int64_t)fmin(wanted, HANDOUT_BUNDLES_MOST), fair);
    return length < 1 ? 1 : length;
}

static void fill_handout(struct master *master, struct handout *handout) {
    handout_clear(handout);
    if (master->verdict.status != STATUS_OK) {
        return;
    }
    int64_t length = handout_length(master);
    for (int64_t k = 0; k < length; k++) {
        struct plan_bundle bundle =
            plan_next(master->rank->plan, &master->cursor, master->width, master->known);
        if (bundle.count == 0) {
            return;
        }
        handout_add(handout, &bundle);
        master->left -= bundle.count;
    }
}

static void take_report(struct master *master, const struct report *report) {
    master->seconds += report->seconds;
    master->bundles += report->bundles;
    master->progress->done += report->done;
    master->progress->failed += report->failed;
    master->progress->cost += report->cost;
    if (master->verdict.status == STATUS_OK) {
        master->verdict = report->error;
    }
}

static void answer(struct master *master, const MPI_Status *status) {
    struct report report;
    MPI_Recv(&report, (int)sizeof report, MPI_BYTE, status->MPI_SOURCE, status->MPI_TAG,
             master->rank->comm, MPI_STATUS_IGNORE);
    take_report(master, &report);
    if (status->MPI_TAG == TAG_DONE) {
        master->workers--;
        return;
    }
    struct handout handout;
    fill_handout(master, &handout);
    MPI_Send(handout.words, (int)handout.used, MPI_INT64_T, status->MPI_SOURCE, TAG_WORK,
             master->rank->comm);
}

/* Answers all who have asked. Also called from within training, hence the plain context. */
static void serve(void *context) {
    struct master *master = context;
    MPI_Status status;
    while (master->workers > 0 &&
           message_here(master->rank->comm, MPI_ANY_SOURCE, MPI_ANY_TAG, &status)) {
        answer(master, &status);
    }
    progress_show(master->progress);
}

static void take_own_report(struct master *master) {
    take_report(master, &master->rank->report);
    master->rank->report = (struct report){.error = master->verdict};
}

/* This rank's own share of the work, one hand-out at a time. */
static void work(struct master *master) {
    struct handout handout;
    fill_handout(master, &handout);
    while (handout.words[0] > 0) {
        for (int64_t bundle = 0; bundle < handout.words[0]; bundle++) {
            struct plan_bundle next = handout_bundle(&handout, bundle);
            rank_do(master->rank, &next);
            serve(master);
        }
        take_own_report(master);
        fill_handout(master, &handout);
    }
    rank_flush(master->rank);
    take_own_report(master);
}

static void wait_for_workers(struct master *master) {
    static const double longest_wait = 1e-3; /* seconds between two looks */
    while (master->workers > 0) {
        serve(master);
        clock_sleep(longest_wait);
    }
}

enum status master_run(struct rank *rank, int64_t pending, struct plan_progress known,
                       struct progress *progress, struct error *error) {
    struct master master = {.rank = rank, .known = known, .progress = progress, .left = pending};
    MPI_Comm_size(rank->comm, &master.ranks);
    master.workers = master.ranks - 1;
    master.width = plan_width(pending, master.ranks);
    rank->workshop.poll = (struct poll){serve, &master};
    progress_begin(progress);
    work(&master);
    wait_for_workers(&master);
    progress_end(progress);
    for (int worker = 1; worker < master.ranks; worker++) {
        MPI_Send(&master.verdict, (int)sizeof master.verdict, MPI_BYTE, worker, TAG_END,
                 rank->comm);
    }
    *error = master.verdict;
    return master.verdict.status;
}
