/* Every job is dispatched once; the length of packets follows reports; failures and stops end it.
 */

#include "dispatch/distributor.h"

#include "plan/sweeps.h"

#include <math.h>

enum { JOBS = 3 * 37 };

static const struct plan_progress nothing_known = {.states = NULL};

/* Its memory goes with the plan's. */
static struct distributor begin(struct planned *planned, struct plan_progress known,
                                int64_t pending, int ranks) {
    struct distributor distributor;
    struct error error = {0};
    assert_ok(&error, distributor_begin(&distributor, &planned->plan, known, pending, ranks,
                                        &planned->arena, &error));
    return distributor;
}

/* Asks for packets until one is empty; returns the number of jobs, each seen once. */
static int64_t drain(struct distributor *distributor) {
    int64_t jobs = 0;
    struct work_packet packet;
    uint8_t *seen = calloc((size_t)distributor->plan->sweep->job_count, 1);
    assert_non_null(seen);
    distributor_next_packet(distributor, &packet);
    while (work_packet_count(&packet) > 0) {
        for (int64_t b = 0; b < work_packet_count(&packet); b++) {
            struct plan_bundle bundle = work_packet_bundle(&packet, b);
            assert_in_range(bundle.count, 1, distributor->width);
            for (int k = 0; k < bundle.count; k++, jobs++) {
                assert_int_equal(seen[bundle.jobs[k]]++, 0);
            }
        }
        distributor_next_packet(distributor, &packet);
    }
    free(seen);
    return jobs;
}

static void test_every_job_is_dispatched_once(void **state) {
    (void)state;
    static const int ranks[] = {1, 2, 7, 300};
    struct planned planned =
        plan_text("replicates: 37\nnetwork: {kind: dummy, seconds: !grid [0.01, 0.02, 0.03]}\n");
    for (size_t r = 0; r < sizeof ranks / sizeof ranks[0]; r++) {
        for (int bundles = 0; bundles < 2; bundles++) {
            struct distributor distributor = begin(&planned, nothing_known, JOBS, ranks[r]);
            assert_int_equal(distributor.workers, ranks[r] - 1);
            distributor_record_report(&distributor,
                                      &(struct work_report){.bundles = bundles, .seconds = 1e-6});
            assert_int_equal(drain(&distributor), JOBS);
            assert_int_equal(distributor.remaining, 0);
        }
    }
    planned_free(&planned);
}

static void test_finished_jobs_are_skipped(void **state) {
    (void)state;
    struct planned planned = plan_text("replicates: 10\nnetwork: {kind: dummy}\n");
    uint8_t states[10] = {1, 0, 1, 1};
    struct plan_progress known = {.states = states};
    struct distributor distributor = begin(&planned, known, 7, 2);
    assert_int_equal(drain(&distributor), 7);
    planned_free(&planned);
}

static void test_resumed_bundles_come_first(void **state) {
    (void)state;
    struct planned planned = plan_text("replicates: 10\nnetwork: {kind: dummy}\n");
    uint8_t states[10] = {[4] = PLAN_PASSED_OVER, [7] = PLAN_PASSED_OVER, [8] = PLAN_PASSED_OVER};
    struct plan_progress known = {.states = states};
    const struct plan_bundle resumed[] = {
        {.count = 2, .jobs = {7, 4}, .resumed = true, .checkpoint = 7},
        {.count = 1, .jobs = {8}, .resumed = true, .checkpoint = 8}};
    struct distributor distributor = begin(&planned, known, 10, 2);
    struct work_packet packet;
    distributor_resume(&distributor, resumed, 2);
    assert_int_equal(distributor_resumed_jobs(&distributor), 3);
    distributor_next_packet(&distributor, &packet);
    struct plan_bundle first = work_packet_bundle(&packet, 0);
    assert_int_equal(first.count, 2);
    assert_int_equal(first.jobs[0], 7);
    assert_true(first.resumed);
    assert_int_equal(first.checkpoint, 7);
    assert_int_equal(distributor_resumed_jobs(&distributor), 1);
    assert_int_equal(drain(&distributor), 8);
    assert_int_equal(distributor_resumed_jobs(&distributor), 0);
    assert_int_equal(distributor.remaining, 0);
    planned_free(&planned);
}

/* Bundles in the next packet after bundles of so many seconds were reported. */
static int64_t length_after(struct planned *planned, double seconds, int ranks) {
    struct distributor distributor =
        begin(planned, nothing_known, planned->sweep->job_count, ranks);
    struct work_packet packet;
    distributor_record_report(&distributor,
                              &(struct work_report){.bundles = 10, .seconds = 10 * seconds});
    distributor_next_packet(&distributor, &packet);
    return work_packet_count(&packet);
}

static void test_short_bundles_share_a_packet(void **state) {
    (void)state;
    struct planned planned = plan_text("replicates: 100000\nnetwork: {kind: dummy}\n");
    struct work_packet packet;
    assert_int_equal(length_after(&planned, 0.0, 2), WORK_PACKET_BUNDLES_MAX);
    assert_int_equal(length_after(&planned, 1e-6, 2), WORK_PACKET_BUNDLES_MAX);
    assert_int_equal(length_after(&planned, 3.9e-3, 2), 5);
    assert_int_equal(length_after(&planned, 1.0, 2), 1);
    assert_int_equal(length_after(&planned, 1e-3, 100), 15);  /* a quarter of a fair share */
    assert_int_equal(length_after(&planned, 1e-3, 1000), 10); /* what rank 0 can answer in time */
    assert_int_equal(length_after(&planned, 15e-3, 5000), 3);
    assert_int_equal(length_after(&planned, 15e-3, 100000), WORK_PACKET_BUNDLES_MAX);
    struct distributor distributor = begin(&planned, nothing_known, 100000, 2);
    distributor_next_packet(&distributor, &packet);
    assert_int_equal(work_packet_count(&packet), 1); /* nothing is known yet */
    planned_free(&planned);
}

/* Two shapes whose costs overlap: the costliest bundle of either comes first. */
static void test_costliest_first_across_shapes(void **state) {
    (void)state;
    struct planned planned =
        plan_text("replicates: 16\ndata: {kind: uniform, sources: 2}\n"
                  "network: {kind: linear_autoencoder}\ntrain: {steps: 10}\n"
                  "cases: [{network.hidden: 4, data.points: !grid [10, 40, 1000]},\n"
                  "        {network.hidden: 6, data.points: !grid [20, 600]}]\n");
    struct distributor distributor = begin(&planned, nothing_known, 80, 1);
    struct work_packet packet;
    double last = (double)INFINITY;
    int changes = 0;
    uint64_t shape = 0;
    distributor_record_report(&distributor,
                              &(struct work_report){.bundles = 1, .cost = 1.0, .seconds = 1.0});
    for (distributor_next_packet(&distributor, &packet); work_packet_count(&packet) > 0;
         distributor_next_packet(&distributor, &packet)) {
        struct plan_bundle bundle = work_packet_bundle(&packet, 0);
        assert_int_equal(work_packet_count(&packet), 1);
        assert_true(bundle.cost <= last);
        last = bundle.cost;
        changes += key_of(planned.sweep, bundle.jobs[0]) != shape;
        shape = key_of(planned.sweep, bundle.jobs[0]);
    }
    assert_int_equal(distributor.remaining, 0);
    assert_true(changes > 2); /* shape after shape would be two */
    planned_free(&planned);
}

static void test_reports_add_up(void **state) {
    (void)state;
    struct planned planned = plan_text("replicates: 10\nnetwork: {kind: dummy}\n");
    struct work_report report = {
        .done = 3, .failed = 1, .bundles = 2, .cost = 0.5, .seconds = 0.25};
    struct distributor distributor = begin(&planned, nothing_known, 10, 3);
    distributor_record_report(&distributor, &report);
    distributor_record_report(&distributor, &report);
    assert_int_equal(distributor.total.done, 6);
    assert_int_equal(distributor.total.failed, 2);
    assert_int_equal(distributor.total.bundles, 4);
    assert_true(distributor.total.cost == 1.0);
    assert_true(distributor.total.seconds == 0.5);
    distributor_worker_done(&distributor);
    assert_int_equal(distributor.workers, 1);
    assert_false(distributor.stopped);
    planned_free(&planned);
}

static void test_the_first_failure_ends_it(void **state) {
    (void)state;
    struct planned planned = plan_text("replicates: 10\nnetwork: {kind: dummy}\n");
    struct work_report first = {.error = {.status = STATUS_OK}};
    struct work_report second = {.error = {.status = STATUS_OK}};
    (void)error_set(&first.error, STATUS_STORAGE, "first");
    (void)error_set(&second.error, STATUS_SYSTEM, "second");
    struct distributor distributor = begin(&planned, nothing_known, 10, 2);
    distributor_record_report(&distributor, &first);
    distributor_record_report(&distributor, &second);
    assert_int_equal(drain(&distributor), 0);
    assert_int_equal(distributor.total.error.status, STATUS_STORAGE);
    assert_string_equal(distributor.total.error.message, "first");
    planned_free(&planned);
}

static void test_a_stop_is_no_failure(void **state) {
    (void)state;
    struct planned planned = plan_text("replicates: 10\nnetwork: {kind: dummy}\n");
    struct distributor distributor = begin(&planned, nothing_known, 10, 2);
    distributor_stop(&distributor);
    assert_int_equal(drain(&distributor), 0);
    assert_int_equal(distributor.remaining, 10);
    assert_int_equal(distributor.total.error.status, STATUS_OK);
    planned_free(&planned);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(test_every_job_is_dispatched_once),
    cmocka_unit_test(test_finished_jobs_are_skipped),
    cmocka_unit_test(test_resumed_bundles_come_first),
    cmocka_unit_test(test_short_bundles_share_a_packet),
    cmocka_unit_test(test_costliest_first_across_shapes),
    cmocka_unit_test(test_reports_add_up),
    cmocka_unit_test(test_the_first_failure_ends_it),
    cmocka_unit_test(test_a_stop_is_no_failure),
};

int main(void) {
    return cmocka_run_group_tests(tests, NULL, NULL);
}
