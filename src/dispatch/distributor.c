#include "dispatch/distributor.h"

#include <math.h>

/* A hand-out is meant to last this long: long against a message, short against a run. */
static const double handout_seconds = 20e-3;
/* Shares per rank into which what is left is cut at most, so that all end together. */
enum { SHARES_PER_RANK = 4 };

static int64_t smaller(int64_t a, int64_t b) {
    return a < b ? a : b;
}

void distributor_begin(struct distributor *distributor, const struct plan *plan,
                       struct plan_progress known, int64_t pending, int ranks) {
    *distributor = (struct distributor){.plan = plan,
                                        .known = known,
                                        .ranks = ranks,
                                        .width = plan_width(pending, ranks),
                                        .workers = ranks - 1,
                                        .left = pending};
}

/* Bundles in the next hand-out. */
static int64_t handout_length(const struct distributor *distributor) {
    if (distributor->total.bundles == 0) {
        return 1;
    }
    double each = distributor->total.seconds / (double)distributor->total.bundles;
    double wanted = each > 0.0 ? handout_seconds / each : HANDOUT_BUNDLES_MOST;
    int64_t fair =
        distributor->left / ((int64_t)distributor->width * distributor->ranks * SHARES_PER_RANK);
    int64_t length = smaller((int64_t)fmin(wanted, HANDOUT_BUNDLES_MOST), fair);
    return length < 1 ? 1 : length;
}

void distributor_resume(struct distributor *distributor, const struct plan_bundle *bundles,
                        size_t count) {
    distributor->resumed = bundles;
    distributor->resumed_left = count;
}

static struct plan_bundle next_bundle(struct distributor *distributor) {
    if (distributor->resumed_left > 0) {
        distributor->resumed_left--;
        return *distributor->resumed++;
    }
    return plan_next(distributor->plan, &distributor->cursor, distributor->width,
                     distributor->known);
}

void distributor_hand_out(struct distributor *distributor, struct handout *handout) {
    handout_clear(handout);
    if (distributor->stopped) {
        return;
    }
    int64_t length = handout_length(distributor);
    for (int64_t k = 0; k < length; k++) {
        struct plan_bundle bundle = next_bundle(distributor);
        if (bundle.count == 0) {
            return;
        }
        handout_add(handout, &bundle);
        distributor->left -= bundle.count;
    }
}

void distributor_take(struct distributor *distributor, const struct report *report) {
    struct report *total = &distributor->total;
    total->done += report->done;
    total->failed += report->failed;
    total->kept += report->kept;
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
