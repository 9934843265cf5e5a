#include "dispatch/rank.h"

/* Sends what was done since the last report and starts counting anew. */
static void send_report(struct rank *rank, enum message_tag tag) {
    MPI_Send(&rank->report, (int)sizeof rank->report, MPI_BYTE, 0, (int)tag, rank->comm);
    struct error kept = rank->report.error;
    rank->report = (struct report){.error = kept};
}

static void receive_work(struct rank *rank, struct handout *handout) {
    MPI_Status status = message_wait(rank->comm, 0, TAG_WORK);
    int words = 0;
    MPI_Get_count(&status, MPI_INT64_T, &words);
    MPI_Recv(handout->words, words, MPI_INT64_T, 0, TAG_WORK, rank->comm, MPI_STATUS_IGNORE);
    handout->used = words;
}

/* Does a hand-out and asks for the next, at the latest afterwards. */
static void do_handout(struct rank *rank, const struct handout *handout) {
    bool asked = false;
    for (int64_t bundle = 0; bundle < handout_count(handout); bundle++) {
        struct plan_bundle next = handout_bundle(handout, bundle);
        if (handout_asks_before(handout, bundle, rank->bundle_seconds)) {
            send_report(rank, TAG_ASK);
            asked = true;
        }
        rank_do(rank, &next);
    }
    if (!asked) {
        send_report(rank, TAG_ASK);
    }
}

/* Nobody asks a worker for anything while it trains. */
static void poll_nothing(void *context) {
    (void)context;
}

enum status worker_run(struct rank *rank, struct error *error) {
    struct handout handout;
    rank->workshop.poll = (struct poll){poll_nothing, NULL};
    send_report(rank, TAG_ASK);
    receive_work(rank, &handout);
    while (handout_count(&handout) > 0) {
        do_handout(rank, &handout);
        receive_work(rank, &handout);
    }
    rank_flush(rank);
    send_report(rank, TAG_DONE);
    (void)message_wait(rank->comm, 0, TAG_END);
    MPI_Recv(error, (int)sizeof *error, MPI_BYTE, 0, TAG_END, rank->comm, MPI_STATUS_IGNORE);
    return error->status;
}
