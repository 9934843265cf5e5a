/* Every job once, in bundles of one shape, over many random sweeps. */

#include "sweeps.h"

#include "base/clock.h"

#include <math.h>

enum { SWEEPS = 60, TEXT_BYTES = 2048, SEED = 20260101 };

/* A random number below `limit`; a fixed sequence. */
static unsigned below(uint64_t *state, unsigned limit) {
    *state = *state * 6364136223846793005u + 1442695040888963407u;
    return (unsigned)(*state >> 33) % limit;
}

static void append(char *text, const char *more) {
    size_t used = strlen(text);
    assert_true(used + strlen(more) < TEXT_BYTES);
    (void)snprintf(text + used, TEXT_BYTES - used, "%s", more);
}

/* Some of: axes of shapes, of data, of lanes, zips, cases. */
static void random_text(uint64_t *state, char *text) {
    static const char *const rates[] = {"1e-3", "!grid [1e-3, 1e-2, 0.1]", "!zip:a [1e-3, 1e-2]"};
    static const char *const hiddens[] = {"4", "!grid [4, 2, 8]", "!zip:a [2, 4]", "!grid [70, 4]"};
    static const char *const points[] = {"8", "!grid [8, 64, 16]", "!range [5, 12]"};
    static const char *const cases[] = {
        "", "cases: [{data.sources: 2}, {data.sources: 3, train.steps: !grid [10, 30]}]\n",
        "cases: [{train.steps: 20, loss.activity: !grid [0.1, 0.2]}, {train.solver: adamw}]\n",
        "cases: [{network.hidden: 4}, {network.hidden: !range [3, 6]}, {data.points: 8}]\n"};
    (void)snprintf(text, TEXT_BYTES,
                   "replicates: %u\ndata: {kind: uniform, sources: 2, points: %s}\n",
                   1 + below(state, 40), points[below(state, 3)]);
    append(text, "network: {kind: linear_autoencoder, hidden: ");
    const char *rate = rates[below(state, 3)];
    const char *hidden = hiddens[below(state, 4)];
    append(text, hidden);
    append(text, "}\ntrain: {steps: 10, learning_rate: ");
    append(text, rate);
    append(text, "}\n");
    append(text, cases[below(state, 4)]);
}

/* What must hold of every bundle; marks its jobs. */
static void check_bundle(const struct plan *plan, const struct plan_bundle *bundle, int width,
                         struct plan_progress known, uint8_t *seen) {
    assert_in_range(bundle->count, 1, width);
    double cost = 0.0;
    for (int k = 0; k < bundle->count; k++) {
        int64_t index = bundle->jobs[k];
        struct sized_job sized = sized_of(plan->sweep, index);
        double own =
            (double)sized.job.train.steps * network_step_flops(&sized.network, sized.data.samples);
        cost = own > cost ? own : cost;
        assert_in_range(index, 0, plan->sweep->job_count - 1);
        assert_int_equal(seen[index]++, 0);
        assert_true(shape_key_of(&sized) == key_of(plan->sweep, bundle->jobs[0]));
        assert_true(known.states == NULL || known.states[index] == 0);
        assert_true(known.attempts == NULL || known.attempts[index] == 0 || bundle->count == 1);
    }
    assert_true(bundle->cost == cost);
}

/* Takes the plan to its end; returns the number of bundles. */
static int64_t exhaust(const struct plan *plan, int width, struct plan_progress known) {
    uint8_t *seen = calloc((size_t)plan->sweep->job_count, 1);
    struct plan_cursor cursor = {0};
    int64_t bundles = 0;
    double last = (double)INFINITY;
    size_t group = 0;
    assert_non_null(seen);
    for (;;) {
        struct plan_bundle bundle = cursor_next(plan, &cursor, width, known);
        if (bundle.count == 0) {
            break;
        }
        check_bundle(plan, &bundle, width, known, seen);
        /* Costliest first within a group, and groups in their order. */
        assert_true(cursor.group >= group);
        assert_true(cursor.group > group || bundle.cost <= last);
        group = cursor.group;
        last = bundle.cost;
        bundles++;
    }
    for (int64_t job = 0; job < plan->sweep->job_count; job++) {
        bool due = known.states == NULL || known.states[job] == 0;
        assert_int_equal(seen[job], due);
    }
    assert_int_equal(cursor_next(plan, &cursor, width, known).count, 0);
    free(seen);
    return bundles;
}

/* Of every group as many as its jobs fill. */
static int64_t fewest_bundles(const struct plan *plan, int width) {
    int64_t bundles = 0;
    for (size_t g = 0; g < plan->group_count; g++) {
        int64_t own_width = plan->groups[g].serial ? 1 : width;
        bundles += (plan->groups[g].jobs + own_width - 1) / own_width;
    }
    return bundles;
}

static void test_every_job_once(void **state) {
    (void)state;
    static const int widths[] = {1, 3, 16};
    uint64_t random = SEED;
    int planned_sweeps = 0;
    for (int s = 0; s < SWEEPS; s++) {
        char text[TEXT_BYTES];
        random_text(&random, text);
        struct error error = {0};
        struct sweep *sweep = NULL;
        if (sweep_parse(text, "test.yaml", NULL, 0, &sweep, &error) != STATUS_OK) {
            /* A case that takes one half of a zip is refused, rightly. */
            continue;
        }
        sweep_free(sweep);
        struct planned planned = plan_text(text);
        int width = widths[below(&random, 3)];
        int64_t bundles = exhaust(&planned.plan, width, (struct plan_progress){0});
        planned_sweeps++;
        assert_int_equal(bundles, fewest_bundles(&planned.plan, width));
        planned_free(&planned);
    }
    assert_in_range(planned_sweeps, SWEEPS / 2, SWEEPS);
}

static void test_done_jobs_are_passed_over_and_blamed_ones_alone(void **state) {
    (void)state;
    uint64_t random = SEED;
    struct planned planned = plan_text("replicates: 37\n"
                                       "data: {kind: uniform, sources: 2, points: !grid [8, 16]}\n"
                                       "network: {kind: linear_autoencoder, hidden: !grid [2, 4]}\n"
                                       "train: {steps: 5}\n");
    enum { JOBS = 37 * 2 * 2 };
    uint8_t states[JOBS];
    uint8_t attempts[JOBS];
    assert_int_equal(planned.sweep->job_count, JOBS);
    struct plan_progress known = {states, attempts};
    for (size_t k = 0; k < JOBS; k++) {
        states[k] = below(&random, 2) == 0 ? (uint8_t)below(&random, 4) : 0;
        attempts[k] = below(&random, 6) == 0 ? (uint8_t)(1 + below(&random, 2)) : 0;
    }
    assert_true(exhaust(&planned.plan, 16, known) > 0);
    memset(states, 1, sizeof states);
    assert_int_equal(exhaust(&planned.plan, 16, known), 0);
    planned_free(&planned);
}

/* A job's lanes come from cells of one shape whatever the size of their data: bundles stay full. */
static void test_bundles_are_filled(void **state) {
    (void)state;
    struct planned planned = plan_text("replicates: 5\n"
                                       "data: {kind: uniform, sources: 2, points: !range [5, 25]}\n"
                                       "network: {kind: linear_autoencoder, hidden: 4}\n"
                                       "train: {steps: 5}\n");
    assert_int_equal(exhaust(&planned.plan, 16, (struct plan_progress){0}), (100 + 15) / 16);
    planned_free(&planned);
}

/* In cells of mixed shape every bundle still has one, and handing out stays fast. */
static void test_mixed_cells(void **state) {
    (void)state;
    enum { BUNDLES = 2000 };
    struct planned planned = plan_text("replicates: 2\n"
                                       "data: {kind: uniform, points: !range [5, 1005], "
                                       "sources: 2}\n"
                                       "network: {kind: linear_autoencoder, "
                                       "hidden: !range [1, 1001]}\n"
                                       "train: {steps: !range [1, 1001]}\n");
    assert_true(planned.plan.mixed);
    struct plan_cursor cursor = {0};
    double start = clock_seconds();
    for (int b = 0; b < BUNDLES; b++) {
        struct plan_bundle bundle =
            cursor_next(&planned.plan, &cursor, 16, (struct plan_progress){0});
        assert_in_range(bundle.count, 1, 16);
        for (int k = 1; k < bundle.count; k++) {
            assert_true(key_of(planned.sweep, bundle.jobs[k]) ==
                        key_of(planned.sweep, bundle.jobs[0]));
        }
    }
    assert_true(clock_seconds() - start < 1.0);
    planned_free(&planned);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(test_every_job_once),
    cmocka_unit_test(test_done_jobs_are_passed_over_and_blamed_ones_alone),
    cmocka_unit_test(test_bundles_are_filled),
    cmocka_unit_test(test_mixed_cells),
};

int main(void) {
    return cmocka_run_group_tests(tests, NULL, NULL);
}
