/* Simulated runs: how busy many ranks are, and what must hold of any schedule. */

#include "dispatch/simulate.h"

#include "base/clock.h"
#include "plan/sweeps.h"

#include <math.h>

enum { TEXT_BYTES = 256 };

static const struct plan_progress nothing_known = {.states = NULL};

/* A dummy job takes what its settings say. */
static double dummy_seconds(void *context, const struct plan_bundle *bundle) {
    (void)context;
    return bundle->cost * bundle->count;
}

/* Nothing costs time but bundles. */
static const struct simulation_settings ideal = {.seconds = dummy_seconds};
static const struct simulation_settings usual = {
    .latency = 10e-6, .handling = 7e-6, .deciding = 1e-6, .seconds = dummy_seconds};

static struct simulation run(const struct planned *planned, struct simulation_settings settings,
                             int ranks) {
    struct simulation simulation;
    struct error error = {0};
    settings.ranks = ranks;
    assert_ok(&error, simulate_run(&planned->plan, nothing_known, planned->sweep->job_count,
                                   &settings, &simulation, &error));
    return simulation;
}

/* `durations` (a YAML value) of dummies, each so many times. */
static struct planned plan_dummies(const char *durations, int replicates) {
    char text[TEXT_BYTES];
    (void)snprintf(text, sizeof text, "replicates: %d\nnetwork: {kind: dummy, seconds: %s}\n",
                   replicates, durations);
    return plan_text(text);
}

/* Seconds of all jobs of a plan, and of the longest. */
static double total_seconds(const struct planned *planned, double *longest) {
    double total = 0.0;
    *longest = 0.0;
    for (size_t c = 0; c < planned->plan.cell_count; c++) {
        const struct plan_cell *cell = &planned->plan.cells[c];
        total += cell->cost * (double)cell->count;
        *longest = fmax(*longest, cell->cost);
    }
    return total;
}

static void check_invariants(const struct planned *planned, const struct simulation *simulation) {
    static const double slack = 1e-9;
    double longest;
    double total = total_seconds(planned, &longest);
    assert_int_equal(simulation->bundles, planned->sweep->job_count);
    assert_near(simulation->busy, total, slack * total);
    assert_true(simulation->makespan >= longest * (1.0 - slack));
    assert_true(simulation->makespan >= total / simulation->ranks * (1.0 - slack));
    assert_true(simulation->makespan >= simulation->bound * (1.0 - slack));
    assert_near(simulation->bound, fmax(longest, total / simulation->ranks), slack * total);
    assert_true(simulation->bundles_fewest * simulation->ranks <= simulation->bundles);
    assert_true(simulation->bundles_most * simulation->ranks >= simulation->bundles);
    assert_true(simulation->idle_most >= 0.0 && simulation->idle_most <= simulation->makespan);
    assert_true(simulation_utilisation(simulation) <= 1.0 + slack);
    assert_true(simulation_load(simulation) <= 1.0 + slack);
}

static void test_what_holds_of_any_schedule(void **state) {
    (void)state;
    static const int ranks[] = {1, 2, 3, 17, 100, 1000};
    static const char *const durations[] = {"1", "!grid [0.001, 5]", "!logspace [0.01, 0.1, 30]",
                                            "!linspace [1, 10, 50]"};
    for (size_t d = 0; d < sizeof durations / sizeof durations[0]; d++) {
        struct planned planned = plan_dummies(durations[d], 20);
        for (size_t r = 0; r < sizeof ranks / sizeof ranks[0]; r++) {
            struct simulation free_of_cost = run(&planned, ideal, ranks[r]);
            struct simulation simulation = run(&planned, usual, ranks[r]);
            check_invariants(&planned, &free_of_cost);
            check_invariants(&planned, &simulation);
        }
        planned_free(&planned);
    }
}

static void test_one_rank_takes_the_sum(void **state) {
    (void)state;
    struct planned planned = plan_dummies("!logspace [1, 10, 100]", 3);
    double longest;
    double total = total_seconds(&planned, &longest);
    struct simulation simulation = run(&planned, ideal, 1);
    assert_near(simulation.makespan, total, 1e-9 * total);
    assert_int_equal(simulation.answers, 0);
    planned_free(&planned);
}

static void test_fixed_times_give_equal_outcomes(void **state) {
    (void)state;
    struct planned planned = plan_dummies("!logspace [0.01, 0.1, 100]", 100);
    struct simulation first = run(&planned, usual, 50);
    struct simulation second = run(&planned, usual, 50);
    assert_memory_equal(&first, &second, sizeof first);
    planned_free(&planned);
}

static int costliest_first(const void *left, const void *right) {
    double a = *(const double *)left;
    double b = *(const double *)right;
    return (a < b) - (a > b);
}

/* List scheduling in a few lines: the next longest job goes to whoever is free first. */
static double list_schedule(const struct planned *planned, int ranks) {
    size_t count = (size_t)planned->sweep->job_count;
    double *seconds = calloc(count, sizeof *seconds);
    double *free_at = calloc((size_t)ranks, sizeof *free_at);
    double end = 0.0;
    size_t job = 0;
    assert_non_null(seconds);
    assert_non_null(free_at);
    for (size_t c = 0; c < planned->plan.cell_count; c++) {
        for (int64_t k = 0; k < planned->plan.cells[c].count; k++) {
            seconds[job++] = planned->plan.cells[c].cost;
        }
    }
    qsort(seconds, count, sizeof *seconds, costliest_first);
    for (job = 0; job < count; job++) {
        int first = 0;
        for (int rank = 1; rank < ranks; rank++) {
            first = free_at[rank] < free_at[first] ? rank : first;
        }
        free_at[first] += seconds[job];
        end = fmax(end, free_at[first]);
    }
    free(seconds);
    free(free_at);
    return end;
}

/* Bundles of seconds go out one by one, so all that is lost to a list schedule is the waiting for
 * answers: for each bundle at most rank 0's pace and a nap. */
static void test_as_good_as_a_list_schedule(void **state) {
    (void)state;
    static const int ranks[] = {2, 5, 16, 60};
    static const double wait = 4e-3;
    struct planned planned = plan_dummies("!logspace [1, 10, 40]", 12);
    for (size_t r = 0; r < sizeof ranks / sizeof ranks[0]; r++) {
        struct simulation simulation = run(&planned, usual, ranks[r]);
        double least = list_schedule(&planned, ranks[r]);
        /* Waiting changes who is free first, which may cost or save a bit of the shortest. */
        assert_true(simulation.makespan < least + wait * (double)simulation.bundles_most + 1.0);
        assert_true(simulation.makespan > least - 1.0);
    }
    planned_free(&planned);
}

static void test_finished_jobs_take_no_time(void **state) {
    (void)state;
    struct planned planned = plan_dummies("1", 10);
    uint8_t states[10] = {1, 1, 1, 1, 1, 1, 1};
    struct plan_progress known = {.states = states};
    struct simulation simulation;
    struct simulation_settings settings = ideal;
    struct error error = {0};
    settings.ranks = 1;
    assert_ok(&error, simulate_run(&planned.plan, known, 3, &settings, &simulation, &error));
    assert_near(simulation.makespan, 3.0, 1e-9);
    planned_free(&planned);
}

/* Durations spread tenfold, sixteen jobs a rank; deciding as long as it really takes. */
static void check_balance(const char *durations, int replicates, int ranks) {
    static const double enough = 0.97;
    struct planned planned = plan_dummies(durations, replicates);
    struct simulation_settings settings = usual;
    settings.deciding = (double)NAN;
    double start = clock_seconds();
    struct simulation simulation = run(&planned, settings, ranks);
    print_message("%d ranks, %s: %.2f %% busy, %lld to %lld bundles, rank 0 answers %.1f %%, "
                  "simulated in %.2f s\n",
                  ranks, durations, 100.0 * simulation_utilisation(&simulation),
                  (long long)simulation.bundles_fewest, (long long)simulation.bundles_most,
                  100.0 * simulation_load(&simulation), clock_seconds() - start);
    check_invariants(&planned, &simulation);
    assert_true(simulation_utilisation(&simulation) >= enough);
    /* Nobody starves: all do something, nobody waits long, and nobody ends long before the last. */
    assert_true(simulation.bundles_fewest >= 1);
    assert_true(simulation.wait_most < 0.2);
    assert_true(simulation.idle_most < 0.03 * simulation.makespan);
    planned_free(&planned);
}

static void test_ranks_are_busy(void **state) {
    (void)state;
    check_balance("!logspace [1, 10, 160]", 100, 1000);
    check_balance("!linspace [1, 10, 160]", 100, 1000);
    check_balance("!logspace [1, 10, 160]", 1000, 10000);
    check_balance("!linspace [1, 10, 160]", 1000, 10000);
    check_balance("!logspace [0.1, 1, 160]", 100, 1000);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(test_what_holds_of_any_schedule),
    cmocka_unit_test(test_one_rank_takes_the_sum),
    cmocka_unit_test(test_fixed_times_give_equal_outcomes),
    cmocka_unit_test(test_as_good_as_a_list_schedule),
    cmocka_unit_test(test_finished_jobs_take_no_time),
    cmocka_unit_test(test_ranks_are_busy),
};

int main(void) {
    return cmocka_run_group_tests(tests, NULL, NULL);
}
