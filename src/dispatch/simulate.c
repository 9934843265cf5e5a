#include "dispatch/simulate.h"

#include "base/clock.h"
#include "base/heap.h"
#include "dispatch/backoff.h"

#include <math.h>

const double simulation_latency = 10e-6;
const double simulation_handling = 7e-6;

/* What the simulation needs of a bundle. */
struct task {
    double seconds;
    double cost;
    int64_t jobs;
};

/* A report without its error. */
struct tally {
    int64_t jobs, bundles;
    double cost, seconds;
};

struct simulated_rank {
    struct task tasks[WORK_PACKET_BUNDLES_MAX]; /* of the last packet */
    int64_t task_count;
    struct tally unsent;  /* done since the last message */
    struct tally message; /* sent to rank 0 */
    double waiting_since;
    double bundle_seconds; /* of the last bundle */
    double busy;
    int64_t bundles;
    bool asking; /* its next event is that its message arrives, else that it receives work */
    bool ending; /* its next message is the last */
};

struct simulator {
    const struct simulation_settings *settings;
    struct simulation *outcome;
    struct distributor distributor;
    struct heap events; /* workers by the time of their next event */
    struct simulated_rank *ranks;
    double longest; /* bundle */
    /* Rank 0 either answers, until `answered`, or it works or waits, and probes for messages at
     * `next_probe`; its own bundle ends at `own_end` unless it is interrupted. */
    bool answering;
    double answered;
    double idle_since; /* probes are whole intervals from here */
    double next_probe; /* infinity while no message has arrived */
    double own_end;    /* infinity without own work */
    double own_left;   /* of an interrupted bundle */
    int64_t own_task;  /* the current one */
    int *queue;        /* ranks whose messages have arrived, a ring */
    int queued, queue_first;
};

double simulation_utilisation(const struct simulation *simulation) {
    double all = simulation->makespan * simulation->ranks;
    return all > 0.0 ? simulation->busy / all : 1.0;
}

double simulation_load(const struct simulation *simulation) {
    return simulation->makespan > 0.0 ? simulation->answering / simulation->makespan : 0.0;
}

static void simulate_note_done(struct simulated_rank *rank, const struct task *task) {
    rank->unsent.jobs += task->jobs;
    rank->unsent.bundles++;
    rank->unsent.cost += task->cost;
    rank->unsent.seconds += task->seconds;
    rank->bundle_seconds = task->seconds;
    rank->busy += task->seconds;
    rank->bundles++;
}

static void simulate_record_tally(struct simulator *simulator, struct tally *tally) {
    struct work_report report = {.done = tally->jobs,
                                 .bundles = tally->bundles,
                                 .cost = tally->cost,
                                 .seconds = tally->seconds};
    distributor_record_report(&simulator->distributor, &report);
    *tally = (struct tally){.jobs = 0};
}

/* Records a rank's `tally` and gets its next packet; returns the time that this took. */
static double simulate_decide(struct simulator *simulator, struct simulated_rank *rank,
                              struct tally *tally) {
    struct work_packet packet;
    double start = clock_seconds();
    simulate_record_tally(simulator, tally);
    distributor_next_packet(&simulator->distributor, &packet);
    double taken = clock_seconds() - start;
    rank->task_count = work_packet_count(&packet);
    for (int64_t k = 0; k < rank->task_count; k++) {
        struct plan_bundle bundle = work_packet_bundle(&packet, k);
        double seconds = simulator->settings->seconds(simulator->settings->context, &bundle);
        rank->tasks[k] = (struct task){
            .seconds = seconds, .cost = bundle.cost * bundle.count, .jobs = bundle.count};
        simulator->longest = fmax(simulator->longest, seconds);
    }
    return isnan(simulator->settings->deciding) ? taken : simulator->settings->deciding;
}

static void simulate_send_message(struct simulator *simulator, int number, double now) {
    struct simulated_rank *rank = &simulator->ranks[number];
    rank->message = rank->unsent;
    rank->unsent = (struct tally){.jobs = 0};
    rank->asking = true;
    heap_add(&simulator->events, now + simulator->settings->latency, number);
}

/* As worker.c runs a packet. */
static void simulate_begin_work(struct simulator *simulator, int number, double now) {
    struct simulated_rank *rank = &simulator->ranks[number];
    if (rank->task_count == 0) {
        rank->ending = true;
        simulate_send_message(simulator, number, now);
        return;
    }
    bool asked = false;
    simulator->outcome->wait_most = fmax(simulator->outcome->wait_most, now - rank->waiting_since);
    for (int64_t k = 0; k < rank->task_count; k++) {
        if (work_packet_asks_before(k, rank->task_count, rank->bundle_seconds)) {
            simulate_send_message(simulator, number, now);
            asked = true;
        }
        now += rank->tasks[k].seconds;
        simulate_note_done(rank, &rank->tasks[k]);
    }
    if (!asked) {
        simulate_send_message(simulator, number, now);
    }
    rank->waiting_since = now;
}

/* A message has arrived; rank 0 receives it at its next probe. */
static void simulate_arrive(struct simulator *simulator, int number, double now) {
    int place = (simulator->queue_first + simulator->queued) % simulator->settings->ranks;
    simulator->queue[place] = number;
    simulator->queued++;
    if (!simulator->answering && isinf(simulator->next_probe)) {
        double intervals = ceil((now - simulator->idle_since) / backoff_poll_interval);
        simulator->next_probe =
            fmax(now, simulator->idle_since + intervals * backoff_poll_interval);
    }
}

/* Begins to answer the message that arrived first. */
static void simulate_answer(struct simulator *simulator, double now) {
    int number = simulator->queue[simulator->queue_first];
    struct simulated_rank *rank = &simulator->ranks[number];
    double taken = simulator->settings->handling;
    simulator->queue_first = (simulator->queue_first + 1) % simulator->settings->ranks;
    simulator->queued--;
    simulator->answering = true;
    simulator->next_probe = (double)INFINITY;
    if (rank->ending) {
        simulate_record_tally(simulator, &rank->message);
        distributor_worker_done(&simulator->distributor);
    } else {
        taken += simulate_decide(simulator, rank, &rank->message);
        double arrival = now + taken + simulator->settings->latency;
        rank->asking = false;
        heap_add(&simulator->events, backoff_receive_time(rank->waiting_since, arrival), number);
    }
    simulator->answered = now + taken;
    simulator->outcome->answers++;
    simulator->outcome->answering += taken;
}

/* The next bundle of rank 0 itself, from its packet or a new one. */
static void simulate_begin_own(struct simulator *simulator, double now) {
    struct simulated_rank *own = &simulator->ranks[0];
    if (++simulator->own_task >= own->task_count) {
        now += simulate_decide(simulator, own, &own->unsent);
        simulator->own_task = 0;
    }
    simulator->own_left = 0.0;
    simulator->own_end =
        own->task_count == 0 ? (double)INFINITY : now + own->tasks[simulator->own_task].seconds;
    simulator->idle_since = now;
}

/* After an answer or a bundle: the next answer, or back to the interrupted bundle. */
static void simulate_continue(struct simulator *simulator, double now) {
    if (simulator->queued > 0) {
        simulate_answer(simulator, now);
        return;
    }
    simulator->answering = false;
    simulator->idle_since = now;
    if (simulator->own_left > 0.0) {
        simulator->own_end = now + simulator->own_left;
        simulator->own_left = 0.0;
    } else if (simulator->ranks[0].task_count > 0) {
        simulate_begin_own(simulator, now);
    }
}

/* The next event of rank 0. */
static void simulate_master(struct simulator *simulator) {
    if (simulator->answering) {
        simulate_continue(simulator, simulator->answered);
    } else if (simulator->own_end <= simulator->next_probe) {
        double now = simulator->own_end;
        simulator->own_end = (double)INFINITY;
        simulate_note_done(&simulator->ranks[0], &simulator->ranks[0].tasks[simulator->own_task]);
        simulate_continue(simulator, now);
    } else {
        double now = simulator->next_probe;
        simulator->own_left = isinf(simulator->own_end) ? 0.0 : simulator->own_end - now;
        simulator->own_end = (double)INFINITY;
        simulate_answer(simulator, now);
    }
}

/* Its time. */
static double simulate_master_time(const struct simulator *simulator) {
    return simulator->answering ? simulator->answered
                                : fmin(simulator->own_end, simulator->next_probe);
}

static enum status simulate_prepare(struct simulator *simulator, struct arena *arena,
                                    struct error *error) {
    size_t count = (size_t)simulator->settings->ranks;
    TRY(ARENA_NEW(arena, simulator->ranks, count, error));
    TRY(ARENA_NEW(arena, simulator->queue, count, error));
    return heap_make(&simulator->events, arena, count, error);
}

/* All workers ask at once; then event after event until none is left. Returns the last one's time.
 */
static double simulate_play(struct simulator *simulator) {
    double now = 0.0;
    for (int number = 1; number < simulator->settings->ranks; number++) {
        simulate_send_message(simulator, number, now);
    }
    simulator->next_probe = (double)INFINITY;
    simulate_begin_own(simulator, now);
    while (simulator->events.count > 0 || !isinf(simulate_master_time(simulator))) {
        now = fmin(simulate_master_time(simulator), heap_least(&simulator->events));
        if (simulate_master_time(simulator) <= now) {
            simulate_master(simulator);
            continue;
        }
        int number = (int)heap_take(&simulator->events).item;
        if (simulator->ranks[number].asking) {
            simulate_arrive(simulator, number, now);
        } else {
            simulate_begin_work(simulator, number, now);
        }
    }
    return now;
}

static void simulate_sum_up(const struct simulator *simulator, struct simulation *outcome) {
    double least = simulator->ranks[0].busy + outcome->answering;
    outcome->bundles_fewest = simulator->ranks[0].bundles;
    for (int number = 0; number < outcome->ranks; number++) {
        const struct simulated_rank *rank = &simulator->ranks[number];
        outcome->busy += rank->busy;
        outcome->bundles += rank->bundles;
        least = number > 0 ? fmin(least, rank->busy) : least;
        if (rank->bundles < outcome->bundles_fewest) {
            outcome->bundles_fewest = rank->bundles;
        }
        if (rank->bundles > outcome->bundles_most) {
            outcome->bundles_most = rank->bundles;
        }
    }
    outcome->idle_most = outcome->makespan - least;
    outcome->bound = fmax(simulator->longest, outcome->busy / outcome->ranks);
}

enum status simulate_run(const struct plan *plan, struct plan_progress known, int64_t pending,
                         const struct simulation_settings *settings, struct simulation *simulation,
                         struct error *error) {
    SCOPED(arena_free) struct arena arena = {0};
    struct simulator simulator = {.settings = settings, .outcome = simulation};
    *simulation = (struct simulation){.ranks = settings->ranks};
    TRY(distributor_begin(&simulator.distributor, plan, known, pending, settings->ranks, &arena,
                          error));
    TRY(simulate_prepare(&simulator, &arena, error));
    simulation->makespan = simulate_play(&simulator);
    simulate_sum_up(&simulator, simulation);
    return STATUS_OK;
}
