#include "dispatch/worker.h"

#include "base/clock.h"
#include "dispatch/backoff.h"
#include "dispatch/signals.h"

static const double probe_interval = 10e-3; /* seconds between two probes for STOP */

struct worker {
    struct executor *executor;
    bool stop_received; /* from rank 0 */
    double last_probe;  /* clock_seconds: for a STOP */
};

/* Sends what was done since the last report and resets the counts. */
static void worker_send_report(struct executor *executor, enum message_tag tag) {
    MPI_Send(&executor->report, (int)sizeof executor->report, MPI_BYTE, 0, (int)tag,
             executor->comm);
    executor->report = (struct work_report){.error = executor->report.error};
}

static void worker_receive_work(struct executor *executor, struct work_packet *packet) {
    MPI_Status status = message_wait(executor->comm, 0, TAG_WORK);
    int words = 0;
    MPI_Get_count(&status, MPI_INT64_T, &words);
    MPI_Recv(packet->words, words, MPI_INT64_T, 0, TAG_WORK, executor->comm, MPI_STATUS_IGNORE);
    packet->used = words;
}

static void worker_receive_stop(struct worker *worker) {
    double notice = message_receive_stop(0, worker->executor->comm);
    worker->stop_received = true;
    stop_policy_request(&worker->executor->stop, notice, clock_seconds());
}

static void worker_poll_messages(struct worker *worker) {
    double notice;
    double now = clock_seconds();
    MPI_Status status;
    if (executor_poll(worker->executor, &notice)) {
        message_send_stop(notice, 0, worker->executor->comm);
    }
    if (!worker->stop_received && now - worker->last_probe > probe_interval) {
        worker->last_probe = now;
        if (message_probe(worker->executor->comm, 0, TAG_STOP, &status)) {
            worker_receive_stop(worker);
        }
    }
}

/* Called from within training. */
static enum poll_action worker_poll(void *context, double seconds_left) {
    struct worker *worker = context;
    worker_poll_messages(worker);
    return stop_policy_action(&worker->executor->stop, seconds_left, clock_seconds());
}

/* Runs the bundles and asks for more, before the last one or afterwards. */
static void worker_run_packet(struct worker *worker, const struct work_packet *packet) {
    struct executor *executor = worker->executor;
    bool asked = false;
    int64_t count = work_packet_count(packet);
    for (int64_t bundle = 0; bundle < count; bundle++) {
        struct plan_bundle next = work_packet_bundle(packet, bundle);
        if (work_packet_asks_before(bundle, count, executor->bundle_seconds)) {
            worker_send_report(executor, TAG_ASK);
            asked = true;
        }
        worker_poll_messages(worker);
        executor_run_bundle(executor, &next);
    }
    if (!asked) {
        worker_send_report(executor, TAG_ASK);
    }
}

/* Sends a signal on to rank 0. Whether another run has taken over is for rank 0 to find, since this
 * rank sends no more reports. */
static void worker_forward_signal(struct worker *worker) {
    struct executor *executor = worker->executor;
    if (signals_received() != 0 && !executor->stop.requested) {
        stop_policy_request(&executor->stop, executor->notice, clock_seconds());
        message_send_stop(executor->notice, 0, executor->comm);
    }
}

/* This rank is idle, but others may train for long: a signal to it is meant for all. */
static void worker_wait_for_end(struct worker *worker) {
    MPI_Status status;
    double seconds = backoff_first;
    while (!message_probe(worker->executor->comm, 0, TAG_END, &status)) {
        worker_forward_signal(worker);
        clock_sleep(seconds);
        seconds = backoff_next(seconds);
    }
}

static void worker_receive_end(struct worker *worker, struct error *error) {
    struct end_message end;
    MPI_Comm comm = worker->executor->comm;
    worker_wait_for_end(worker);
    MPI_Recv(&end, (int)sizeof end, MPI_BYTE, 0, TAG_END, comm, MPI_STATUS_IGNORE);
    if (end.stopped && !worker->stop_received) {
        worker_receive_stop(worker);
    }
    MPI_Send(NULL, 0, MPI_BYTE, 0, TAG_BYE, comm);
    *error = end.verdict;
}

enum status worker_run(struct executor *executor, struct error *error) {
    struct work_packet packet;
    struct worker worker = {.executor = executor};
    executor->runner.poll = (struct poll){worker_poll, NULL, &worker};
    worker_send_report(executor, TAG_ASK);
    worker_receive_work(executor, &packet);
    while (work_packet_count(&packet) > 0) {
        worker_run_packet(&worker, &packet);
        worker_receive_work(executor, &packet);
    }
    executor_flush(executor);
    worker_send_report(executor, TAG_DONE);
    worker_receive_end(&worker, error);
    return error->status;
}
