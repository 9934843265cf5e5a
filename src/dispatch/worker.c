#include "base/clock.h"
#include "dispatch/backoff.h"
#include "dispatch/executor.h"
#include "dispatch/signals.h"

/* Sends what was done since the last report and starts counting anew. */
static void worker_send_report(struct executor *executor, enum message_tag tag) {
    MPI_Send(&executor->report, (int)sizeof executor->report, MPI_BYTE, 0, (int)tag,
             executor->comm);
    struct error kept = executor->report.error;
    executor->report = (struct work_report){.error = kept};
}

static void worker_receive_work(struct executor *executor, struct work_packet *packet) {
    MPI_Status status = message_wait(executor->comm, 0, TAG_WORK);
    int words = 0;
    MPI_Get_count(&status, MPI_INT64_T, &words);
    MPI_Recv(packet->words, words, MPI_INT64_T, 0, TAG_WORK, executor->comm, MPI_STATUS_IGNORE);
    packet->used = words;
}

/* A worker and what it has heard. */
struct worker {
    struct executor *executor;
    bool heard;       /* a STOP of rank 0 */
    double last_look; /* clock_seconds: for a STOP */
};

static void worker_receive_stop(struct worker *worker) {
    double notice;
    MPI_Recv(&notice, 1, MPI_DOUBLE, 0, TAG_STOP, worker->executor->comm, MPI_STATUS_IGNORE);
    worker->heard = true;
    stop_now(&worker->executor->stop, notice, clock_seconds());
}

static void worker_listen(struct worker *worker) {
    static const double look_interval = 10e-3; /* seconds */
    double notice;
    double now = clock_seconds();
    if (executor_poll(worker->executor, &notice)) {
        MPI_Send(&notice, 1, MPI_DOUBLE, 0, TAG_STOP, worker->executor->comm);
    }
    MPI_Status status;
    if (!worker->heard && now - worker->last_look > look_interval) {
        worker->last_look = now;
        if (message_here(worker->executor->comm, 0, TAG_STOP, &status)) {
            worker_receive_stop(worker);
        }
    }
}

static enum poll_action poll_worker(void *context, double seconds_left) {
    struct worker *worker = context;
    worker_listen(worker);
    return stop_action(&worker->executor->stop, seconds_left, clock_seconds());
}

/* Does a hand-out and asks for the next, at the latest afterwards. */
static void worker_do_handout(struct worker *worker, const struct work_packet *packet) {
    struct executor *executor = worker->executor;
    bool asked = false;
    int64_t count = work_packet_count(packet);
    for (int64_t bundle = 0; bundle < count; bundle++) {
        struct plan_bundle next = work_packet_bundle(packet, bundle);
        if (work_packet_asks_before(bundle, count, executor->bundle_seconds)) {
            worker_send_report(executor, TAG_ASK);
            asked = true;
        }
        worker_listen(worker);
        executor_run_bundle(executor, &next);
    }
    if (!asked) {
        worker_send_report(executor, TAG_ASK);
    }
}

/* Whoever else takes over is for rank 0 to find out now, since this rank reports no more. */
static void worker_pass_signal_on(struct worker *worker) {
    struct executor *executor = worker->executor;
    if (signals_seen() != 0 && !executor->stop.on) {
        stop_now(&executor->stop, executor->notice, clock_seconds());
        MPI_Send(&executor->notice, 1, MPI_DOUBLE, 0, TAG_STOP, executor->comm);
    }
}

/* Nothing is left for this rank, but others may train for long: a signal to it is meant for all. */
static void worker_wait_for_end(struct worker *worker) {
    MPI_Status status;
    double seconds = backoff_first();
    while (!message_here(worker->executor->comm, 0, TAG_END, &status)) {
        worker_pass_signal_on(worker);
        clock_sleep(seconds);
        seconds = backoff_next(seconds);
    }
}

static void worker_receive_end(struct worker *worker, struct error *error) {
    struct ending ending;
    MPI_Comm comm = worker->executor->comm;
    worker_wait_for_end(worker);
    MPI_Recv(&ending, (int)sizeof ending, MPI_BYTE, 0, TAG_END, comm, MPI_STATUS_IGNORE);
    if (ending.stopped && !worker->heard) {
        worker_receive_stop(worker);
    }
    MPI_Send(NULL, 0, MPI_BYTE, 0, TAG_BYE, comm);
    *error = ending.verdict;
}

enum status worker_run(struct executor *executor, struct error *error) {
    struct work_packet packet;
    struct worker worker = {.executor = executor};
    executor->runner.poll = (struct poll){poll_worker, NULL, &worker};
    worker_send_report(executor, TAG_ASK);
    worker_receive_work(executor, &packet);
    while (work_packet_count(&packet) > 0) {
        worker_do_handout(&worker, &packet);
        worker_receive_work(executor, &packet);
    }
    executor_flush(executor);
    worker_send_report(executor, TAG_DONE);
    worker_receive_end(&worker, error);
    return error->status;
}
