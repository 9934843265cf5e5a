/* Packets as they are filled and read, and when the next one is requested. */

#include "dispatch/work_packet.h"

#include "check.h"

#include <stdlib.h>

/* Bundle b: 1 … PLAN_WIDTH_MAX jobs, all different. */
static struct plan_bundle bundle_number(int64_t b) {
    struct plan_bundle bundle = {.count = 1 + (int)(b * 7 % PLAN_WIDTH_MAX),
                                 .cost = 0.1 * (double)b};
    for (int k = 0; k < bundle.count; k++) {
        bundle.jobs[k] = b * 1000000007 + k;
    }
    return bundle;
}

static void test_bundles_come_back(void **state) {
    (void)state;
    struct work_packet packet;
    for (int64_t count = 0; count <= WORK_PACKET_BUNDLES_MAX; count += 7) {
        work_packet_clear(&packet);
        for (int64_t b = 0; b < count; b++) {
            struct plan_bundle bundle = bundle_number(b);
            work_packet_add(&packet, &bundle);
        }
        assert_int_equal(work_packet_count(&packet), count);
        assert_in_range(packet.used, 1, WORK_PACKET_WORDS_MAX);
        for (int64_t b = count; b-- > 0;) {
            struct plan_bundle given = bundle_number(b);
            struct plan_bundle read = work_packet_bundle(&packet, b);
            assert_int_equal(read.count, given.count);
            assert_true(read.cost == given.cost);
            assert_memory_equal(read.jobs, given.jobs, (size_t)given.count * sizeof given.jobs[0]);
        }
    }
}

static void test_full_bundles_fill_a_packet(void **state) {
    (void)state;
    struct work_packet packet;
    struct plan_bundle full = {.count = PLAN_WIDTH_MAX};
    work_packet_clear(&packet);
    assert_int_equal(packet.used, 1);
    for (int b = 0; b < WORK_PACKET_BUNDLES_MAX; b++) {
        work_packet_add(&packet, &full);
    }
    assert_int_equal(packet.used, WORK_PACKET_WORDS_MAX);
}

static void test_short_bundles_are_requested_ahead(void **state) {
    (void)state;
    assert_false(work_packet_asks_before(0, 2, 1e-3));
    assert_true(work_packet_asks_before(1, 2, 1e-3));
    assert_false(work_packet_asks_before(1, 2, 1.0));
    assert_false(work_packet_asks_before(1, 2, 0.0));
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(test_bundles_come_back),
    cmocka_unit_test(test_full_bundles_fill_a_packet),
    cmocka_unit_test(test_short_bundles_are_requested_ahead),
};

int main(void) {
    return cmocka_run_group_tests(tests, NULL, NULL);
}
