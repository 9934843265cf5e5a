#include "dispatch/distributor.h"

#include <math.h>

/* How long a packet should last: long against a message, short against a run. */
static const double packet_seconds = 20e-3;
/* What an answer costs rank 0 at most. Packets that are shorter than a round of answers to all
 * ranks are asked for faster than rank 0 can send them. */
static const double answer_seconds = 10e-6;
/* A packet is at most a quarter of a rank's fair share, so that all end together. */
enum { PACKETS_PER_SHARE = 4 };

enum status distributor_begin(struct distributor *distributor, const struct plan *plan,
                              struct plan_progress known, int64_t pending, int ranks,
                              struct arena *arena, struct error *error) {
    *distributor = (struct distributor){.plan = plan,
                                        .known = known,
                                        .ranks = ranks,
                                        .width = plan_width(pending, ranks),
                                        .workers = ranks - 1,
                                        .remaining = pending};
    TRY(ARENA_NEW(arena, distributor->cursors, plan->group_count, error));
    TRY(heap_make(&distributor->groups, arena, plan->group_count, error));
    for (size_t g = 0; g < plan->group_count; g++) {
        distributor->cursors[g].group = g;
        heap_add(&distributor->groups, -plan->groups[g].cost, (int64_t)g);
    }
    return STATUS_OK;
}

void distributor_resume(struct distributor *distributor, const struct plan_bundle *bundles,
                        size_t count) {
    distributor->resumed = bundles;
    distributor->resumed_count = count;
}

/* The next bundle of the group whose next bundle is the costliest, so that what comes last is
 * short; empty when nothing remains. */
static struct plan_bundle distributor_next_planned(struct distributor *distributor) {
    struct plan_bundle bundle = {0};
    while (bundle.count == 0 && distributor->groups.count > 0) {
        int64_t group = heap_take(&distributor->groups).item;
        struct plan_cursor *cursor = &distributor->cursors[group];
        bundle =
            cursor_next_of_group(distributor->plan, cursor, distributor->width, distributor->known);
        if (bundle.count > 0) {
            heap_add(&distributor->groups, -cursor_cost_ahead(distributor->plan, cursor), group);
        }
    }
    return bundle;
}

int64_t distributor_resumed_jobs(const struct distributor *distributor) {
    int64_t jobs = 0;
    for (size_t k = 0; k < distributor->resumed_count; k++) {
        jobs += distributor->resumed[k].count;
    }
    return jobs;
}

static struct plan_bundle distributor_next_bundle(struct distributor *distributor) {
    struct plan_bundle bundle;
    if (distributor->resumed_count > 0) {
        distributor->resumed_count--;
        bundle = *distributor->resumed++;
    } else {
        bundle = distributor_next_planned(distributor);
    }
    distributor->remaining -= bundle.count;
    return bundle;
}

/* The most bundles of a packet: a part of the rank's fair share of the remaining jobs, in bundles
 * of the kind that comes next. */
static double distributor_packet_share(const struct distributor *distributor) {
    const struct heap *groups = &distributor->groups;
    bool serial = groups->count > 0 && distributor->plan->groups[groups->entries[0].item].serial;
    double bundles = (double)distributor->remaining / (serial ? 1 : distributor->width);
    return bundles / ((double)distributor->ranks * PACKETS_PER_SHARE);
}

/* Seconds of a bundle, by its cost where costs are known; infinity before any report. */
static double distributor_expected_seconds(const struct work_report *total,
                                           const struct plan_bundle *bundle) {
    if (total->bundles == 0) {
        return (double)INFINITY;
    }
    return total->cost > 0.0 ? bundle->cost * bundle->count * total->seconds / total->cost
                             : total->seconds / (double)total->bundles;
}

void distributor_next_packet(struct distributor *distributor, struct work_packet *packet) {
    work_packet_clear(packet);
    double round = distributor->ranks * answer_seconds;
    double longest = fmax(packet_seconds, 2.0 * round);
    double fair = distributor_packet_share(distributor);
    double expected = 0.0; /* with another bundle like the last one; no later one costs more */
    double count = 0.0;
    while (!distributor->stopped && count < WORK_PACKET_BUNDLES_MAX &&
           (count == 0.0 || expected <= round || (count + 1.0 <= fair && expected <= longest))) {
        struct plan_bundle bundle = distributor_next_bundle(distributor);
        if (bundle.count == 0) {
            return;
        }
        work_packet_add(packet, &bundle);
        count += 1.0;
        expected = (count + 1.0) * distributor_expected_seconds(&distributor->total, &bundle);
    }
}

void distributor_record_report(struct distributor *distributor, const struct work_report *report) {
    struct work_report *total = &distributor->total;
    total->done += report->done;
    total->failed += report->failed;
    total->checkpointed += report->checkpointed;
    total->bundles += report->bundles;
    total->cost += report->cost;
    total->seconds += report->seconds;
    if (report->error.status != STATUS_OK) {
        distributor_stop(distributor);
    }
    if (total->error.status == STATUS_OK) {
        total->error = report->error;
    }
}

void distributor_worker_done(struct distributor *distributor) {
    distributor->workers--;
}

void distributor_stop(struct distributor *distributor) {
    distributor->stopped = true;
}
