#include "dispatch/simulate.h"

#include "base/clock.h"
#include "base/heap.h"
#include "dispatch/backoff.h"

#include <math.h>

/* A bundle, as far as it matters here. */
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
    struct task tasks[WORK_PACKET_BUNDLES_MAX]; /* of the last hand-out */
    int64_t task_count;
    struct tally unsent;  /* done since the last message */
    struct tally message; /* under way to rank 0 */
    double waits_since;
    double bundle_seconds; /* of the last bundle */
    double busy;
    int64_t bundles;
    bool asks;   /* what happens next is that its message arrives, else that it sees work */
    bool leaves; /* its next message is the last */
};

struct room {
    const struct simulation_settings *settings;
    struct simulation *outcome;
    struct distributor distributor;
    struct heap events; /* numbers of workers by when something happens to them */
    struct simulated_rank *ranks;
    double longest; /* bundle */
    /* Rank 0's hands: either it answers, until `answered`, or it works or waits, and looks for
     * messages at `looks`; its own bundle ends at `own_end` unless it is interrupted. */
    bool answering;
    double answered;
    double rests_since; /* looks are whole paces from here */
    double looks;       /* infinity while no message lies there */
    double own_end;     /* infinity without own work */
    double own_left;    /* of an interrupted bundle */
    int64_t own_task;   /* the one in hand */
    int *queue;         /* ranks whose messages lie there, a ring */
    int queued, queue_first;
};

double simulation_latency(void) {
    static const double latency = 10e-6;
    return latency;
}

double simulation_handling(void) {
    static const double handling = 7e-6;
    return handling;
}

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

static void simulate_take_tally(struct room *room, struct tally *tally) {
    struct work_report report = {.done = tally->jobs,
                                 .bundles = tally->bundles,
                                 .cost = tally->cost,
                                 .seconds = tally->seconds};
    distributor_take(&room->distributor, &report);
    *tally = (struct tally){.jobs = 0};
}

/* What the distributor gives a rank that has reported `tally`; returns the time that it took. */
static double simulate_decide(struct room *room, struct simulated_rank *rank, struct tally *tally) {
    struct work_packet packet;
    double start = clock_seconds();
    simulate_take_tally(room, tally);
    distributor_next_packet(&room->distributor, &packet);
    double taken = clock_seconds() - start;
    rank->task_count = work_packet_count(&packet);
    for (int64_t k = 0; k < rank->task_count; k++) {
        struct plan_bundle bundle = work_packet_bundle(&packet, k);
        double seconds = room->settings->seconds(room->settings->context, &bundle);
        rank->tasks[k] = (struct task){
            .seconds = seconds, .cost = bundle.cost * bundle.count, .jobs = bundle.count};
        room->longest = fmax(room->longest, seconds);
    }
    return isnan(room->settings->deciding) ? taken : room->settings->deciding;
}

static void simulate_send_message(struct room *room, int number, double now) {
    struct simulated_rank *rank = &room->ranks[number];
    rank->message = rank->unsent;
    rank->unsent = (struct tally){.jobs = 0};
    rank->asks = true;
    heap_add(&room->events, now + room->settings->latency, number);
}

/* As worker.c does a hand-out. */
static void simulate_begin_work(struct room *room, int number, double now) {
    struct simulated_rank *rank = &room->ranks[number];
    if (rank->task_count == 0) {
        rank->leaves = true;
        simulate_send_message(room, number, now);
        return;
    }
    bool asked = false;
    room->outcome->wait_most = fmax(room->outcome->wait_most, now - rank->waits_since);
    for (int64_t k = 0; k < rank->task_count; k++) {
        if (work_packet_asks_before(k, rank->task_count, rank->bundle_seconds)) {
            simulate_send_message(room, number, now);
            asked = true;
        }
        now += rank->tasks[k].seconds;
        simulate_note_done(rank, &rank->tasks[k]);
    }
    if (!asked) {
        simulate_send_message(room, number, now);
    }
    rank->waits_since = now;
}

/* A message lies there from now on; rank 0 sees it when it looks next. */
static void simulate_arrive(struct room *room, int number, double now) {
    int place = (room->queue_first + room->queued) % room->settings->ranks;
    room->queue[place] = number;
    room->queued++;
    if (!room->answering && isinf(room->looks)) {
        double paces = ceil((now - room->rests_since) / backoff_poll_interval());
        room->looks = fmax(now, room->rests_since + paces * backoff_poll_interval());
    }
}

/* Begins to answer the message that came first. */
static void simulate_answer(struct room *room, double now) {
    int number = room->queue[room->queue_first];
    struct simulated_rank *rank = &room->ranks[number];
    double taken = room->settings->handling;
    room->queue_first = (room->queue_first + 1) % room->settings->ranks;
    room->queued--;
    room->answering = true;
    room->looks = (double)INFINITY;
    if (rank->leaves) {
        simulate_take_tally(room, &rank->message);
        distributor_worker_done(&room->distributor);
    } else {
        taken += simulate_decide(room, rank, &rank->message);
        double arrival = now + taken + room->settings->latency;
        rank->asks = false;
        heap_add(&room->events, backoff_seen(rank->waits_since, arrival), number);
    }
    room->answered = now + taken;
    room->outcome->answers++;
    room->outcome->answering += taken;
}

/* The next bundle of rank 0 itself, from its hand-out or a new one. */
static void simulate_begin_own(struct room *room, double now) {
    struct simulated_rank *own = &room->ranks[0];
    if (++room->own_task >= own->task_count) {
        now += simulate_decide(room, own, &own->unsent);
        room->own_task = 0;
    }
    room->own_left = 0.0;
    room->own_end =
        own->task_count == 0 ? (double)INFINITY : now + own->tasks[room->own_task].seconds;
    room->rests_since = now;
}

/* After an answer, or after a bundle: the next answer, or back to what was interrupted. */
static void simulate_go_on(struct room *room, double now) {
    if (room->queued > 0) {
        simulate_answer(room, now);
        return;
    }
    room->answering = false;
    room->rests_since = now;
    if (room->own_left > 0.0) {
        room->own_end = now + room->own_left;
        room->own_left = 0.0;
    } else if (room->ranks[0].task_count > 0) {
        simulate_begin_own(room, now);
    }
}

/* Whatever rank 0 does next. */
static void simulate_lead(struct room *room) {
    if (room->answering) {
        simulate_go_on(room, room->answered);
    } else if (room->own_end <= room->looks) {
        double now = room->own_end;
        room->own_end = (double)INFINITY;
        simulate_note_done(&room->ranks[0], &room->ranks[0].tasks[room->own_task]);
        simulate_go_on(room, now);
    } else {
        double now = room->looks;
        room->own_left = isinf(room->own_end) ? 0.0 : room->own_end - now;
        room->own_end = (double)INFINITY;
        simulate_answer(room, now);
    }
}

/* When that is. */
static double simulate_lead_time(const struct room *room) {
    return room->answering ? room->answered : fmin(room->own_end, room->looks);
}

static enum status simulate_prepare(struct room *room, struct arena *arena, struct error *error) {
    size_t count = (size_t)room->settings->ranks;
    TRY(ARENA_NEW(arena, room->ranks, count, error));
    TRY(ARENA_NEW(arena, room->queue, count, error));
    return heap_make(&room->events, arena, count, error);
}

/* All ask at once; then whoever is first, until nobody is left. Returns when that is. */
static double simulate_play(struct room *room) {
    double now = 0.0;
    for (int number = 1; number < room->settings->ranks; number++) {
        simulate_send_message(room, number, now);
    }
    room->looks = (double)INFINITY;
    simulate_begin_own(room, now);
    while (room->events.count > 0 || !isinf(simulate_lead_time(room))) {
        now = fmin(simulate_lead_time(room), heap_least(&room->events));
        if (simulate_lead_time(room) <= now) {
            simulate_lead(room);
            continue;
        }
        int number = (int)heap_take(&room->events).item;
        if (room->ranks[number].asks) {
            simulate_arrive(room, number, now);
        } else {
            simulate_begin_work(room, number, now);
        }
    }
    return now;
}

static void simulate_sum_up(const struct room *room, struct simulation *outcome) {
    double least = room->ranks[0].busy + outcome->answering;
    outcome->bundles_fewest = room->ranks[0].bundles;
    for (int number = 0; number < outcome->ranks; number++) {
        const struct simulated_rank *rank = &room->ranks[number];
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
    outcome->bound = fmax(room->longest, outcome->busy / outcome->ranks);
}

enum status simulate(const struct plan *plan, struct plan_progress known, int64_t pending,
                     const struct simulation_settings *settings, struct simulation *simulation,
                     struct error *error) {
    struct arena arena = {0};
    struct room room = {.settings = settings, .outcome = simulation};
    *simulation = (struct simulation){.ranks = settings->ranks};
    enum status status =
        distributor_begin(&room.distributor, plan, known, pending, settings->ranks, &arena, error);
    status = status == STATUS_OK ? simulate_prepare(&room, &arena, error) : status;
    if (status == STATUS_OK) {
        simulation->makespan = simulate_play(&room);
        simulate_sum_up(&room, simulation);
    }
    arena_free(&arena);
    return status;
}
