#include "base/clock.h"
#include "dispatch/pace.h"
#include "dispatch/rank.h"
#include "dispatch/signals.h"

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

/* A worker and what it has heard. */
struct worker {
    struct rank *rank;
    bool heard;       /* a STOP of rank 0 */
    double last_look; /* clock_seconds: for a STOP */
};

static void receive_stop(struct worker *worker) {
    double notice;
    MPI_Recv(&notice, 1, MPI_DOUBLE, 0, TAG_STOP, worker->rank->comm, MPI_STATUS_IGNORE);
    worker->heard = true;
    stop_now(&worker->rank->stop, notice, clock_seconds());
}

static void listen(struct worker *worker) {
    static const double look_interval = 10e-3; /* seconds */
    double notice;
    double now = clock_seconds();
    if (rank_heed(worker->rank, &notice)) {
        MPI_Send(&notice, 1, MPI_DOUBLE, 0, TAG_STOP, worker->rank->comm);
    }
    MPI_Status status;
    if (!worker->heard && now - worker->last_look > look_interval) {
        worker->last_look = now;
        if (message_here(worker->rank->comm, 0, TAG_STOP, &status)) {
            receive_stop(worker);
        }
    }
}

static enum wish poll_worker(void *context, double seconds_left) {
    struct worker *worker = context;
    listen(worker);
    return stop_wish(&worker->rank->stop, seconds_left, clock_seconds());
}

/* Does a hand-out and asks for the next, at the latest afterwards. */
static void do_handout(struct worker *worker, const struct handout *handout) {
    struct rank *rank = worker->rank;
    bool asked = false;
    int64_t count = handout_count(handout);
    for (int64_t bundle = 0; bundle < count; bundle++) {
        struct plan_bundle next = handout_bundle(handout, bundle);
        if (handout_asks_before(bundle, count, rank->bundle_seconds)) {
            send_report(rank, TAG_ASK);
            asked = true;
        }
        listen(worker);
        rank_do(rank, &next);
    }
    if (!asked) {
        send_report(rank, TAG_ASK);
    }
}

/* Whoever else takes over is for rank 0 to find out now, since this rank reports no more. */
static void pass_signal_on(struct worker *worker) {
    struct rank *rank = worker->rank;
    if (signals_seen() != 0 && !rank->stop.on) {
        stop_now(&rank->stop, rank->notice, clock_seconds());
        MPI_Send(&rank->notice, 1, MPI_DOUBLE, 0, TAG_STOP, rank->comm);
    }
}

/* Nothing is left for this rank, but others may train for long: a signal to it is meant for all. */
static void wait_for_end(struct worker *worker) {
    MPI_Status status;
    double seconds = pace_first_nap();
    while (!message_here(worker->rank->comm, 0, TAG_END, &status)) {
        pass_signal_on(worker);
        clock_sleep(seconds);
        seconds = pace_next_nap(seconds);
    }
}

static void receive_end(struct worker *worker, struct error *error) {
    struct ending ending;
    MPI_Comm comm = worker->rank->comm;
    wait_for_end(worker);
    MPI_Recv(&ending, (int)sizeof ending, MPI_BYTE, 0, TAG_END, comm, MPI_STATUS_IGNORE);
    if (ending.stopped && !worker->heard) {
        receive_stop(worker);
    }
    MPI_Send(NULL, 0, MPI_BYTE, 0, TAG_BYE, comm);
    *error = ending.verdict;
}

enum status worker_run(struct rank *rank, struct error *error) {
    struct handout handout;
    struct worker worker = {.rank = rank};
    rank->workshop.poll = (struct poll){poll_worker, NULL, &worker};
    send_report(rank, TAG_ASK);
    receive_work(rank, &handout);
    while (handout_count(&handout) > 0) {
        do_handout(&worker, &handout);
        receive_work(rank, &handout);
    }
    rank_flush(rank);
    send_report(rank, TAG_DONE);
    receive_end(&worker, error);
    return error->status;
}
