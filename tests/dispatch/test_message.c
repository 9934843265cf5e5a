/* Hand-outs as they are packed and read; the verdict of one rank. */

#include "dispatch/message.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

/* Bundle b: 1 … PLAN_WIDTH_MOST jobs, all different. */
static struct plan_bundle bundle_number(int64_t b) {
    struct plan_bundle bundle = {.count = 1 + (int)(b * 7 % PLAN_WIDTH_MOST),
                                 .cost = 0.1 * (double)b};
    for (int k = 0; k < bundle.count; k++) {
        bundle.jobs[k] = b * 1000000007 + k;
    }
    return bundle;
}

static void test_bundles_come_back(void **state) {
    (void)state;
    struct handout handout;
    for (int64_t count = 0; count <= HANDOUT_BUNDLES_MOST; count += 64) {
        handout_clear(&handout);
        for (int64_t b = 0; b < count; b++) {
            struct plan_bundle bundle = bundle_number(b);
            handout_add(&handout, &bundle);
        }
        assert_int_equal(handout.words[0], count);
        assert_in_range(handout.used, 1, HANDOUT_WORDS_MOST);
        for (int64_t b = count; b-- > 0;) {
            struct plan_bundle given = bundle_number(b);
            struct plan_bundle read = handout_bundle(&handout, b);
            assert_int_equal(read.count, given.count);
            assert_true(read.cost == given.cost);
            assert_memory_equal(read.jobs, given.jobs, (size_t)given.count * sizeof given.jobs[0]);
        }
    }
}

static void test_full_bundles_fill_a_handout(void **state) {
    (void)state;
    struct handout handout;
    struct plan_bundle full = {.count = PLAN_WIDTH_MOST};
    handout_clear(&handout);
    assert_int_equal(handout.used, 1);
    for (int b = 0; b < HANDOUT_BUNDLES_MOST; b++) {
        handout_add(&handout, &full);
    }
    assert_int_equal(handout.used, HANDOUT_WORDS_MOST);
}

static void test_a_verdict_keeps_its_message(void **state) {
    (void)state;
    struct error error = {.status = STATUS_OK};
    assert_int_equal(message_verdict(&error, MPI_COMM_WORLD), STATUS_OK);
    (void)error_set(&error, STATUS_STORAGE, "disk %d is full", 7);
    assert_int_equal(message_verdict(&error, MPI_COMM_WORLD), STATUS_STORAGE);
    assert_string_equal(error.message, "disk 7 is full");
}

static void test_messages_are_seen_before_they_are_received(void **state) {
    (void)state;
    MPI_Status found;
    MPI_Request request;
    int sent = 5;
    int received = 0;
    assert_false(message_here(MPI_COMM_WORLD, MPI_ANY_SOURCE, MPI_ANY_TAG, &found));
    MPI_Isend(&sent, 1, MPI_INT, 0, TAG_WORK, MPI_COMM_WORLD, &request);
    found = message_wait(MPI_COMM_WORLD, 0, TAG_WORK);
    assert_int_equal(found.MPI_TAG, TAG_WORK);
    assert_false(message_here(MPI_COMM_WORLD, 0, TAG_END, &found));
    MPI_Recv(&received, 1, MPI_INT, 0, TAG_WORK, MPI_COMM_WORLD, MPI_STATUS_IGNORE);
    message_complete(&request);
    assert_int_equal(received, sent);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(test_bundles_come_back),
    cmocka_unit_test(test_full_bundles_fill_a_handout),
    cmocka_unit_test(test_a_verdict_keeps_its_message),
    cmocka_unit_test(test_messages_are_seen_before_they_are_received),
};

int main(int argc, char **argv) {
    if (MPI_Init(&argc, &argv) != MPI_SUCCESS) {
        return EXIT_FAILURE;
    }
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    return MPI_Finalize() == MPI_SUCCESS ? failed : EXIT_FAILURE;
}
