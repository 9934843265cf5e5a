/* The verdict on one rank, and its messages to itself. */

#include "dispatch/message.h"

#include "check.h"

#include <stdlib.h>

static void test_a_verdict_keeps_its_message(void **state) {
    (void)state;
    struct error error = {0};
    assert_int_equal(message_verdict(STATUS_OK, &error, MPI_COMM_WORLD), STATUS_OK);
    enum status full = error_set(&error, STATUS_STORAGE, "disk %d is full", 7);
    assert_int_equal(message_verdict(full, &error, MPI_COMM_WORLD), STATUS_STORAGE);
    assert_string_equal(error.message, "disk 7 is full");
}

static void test_messages_are_probed_before_they_are_received(void **state) {
    (void)state;
    MPI_Status found;
    MPI_Request request;
    int sent = 5;
    int received = 0;
    assert_false(message_probe(MPI_COMM_WORLD, MPI_ANY_SOURCE, MPI_ANY_TAG, &found));
    MPI_Isend(&sent, 1, MPI_INT, 0, TAG_WORK, MPI_COMM_WORLD, &request);
    found = message_wait(MPI_COMM_WORLD, 0, TAG_WORK);
    assert_int_equal(found.MPI_TAG, TAG_WORK);
    assert_false(message_probe(MPI_COMM_WORLD, 0, TAG_END, &found));
    MPI_Recv(&received, 1, MPI_INT, 0, TAG_WORK, MPI_COMM_WORLD, MPI_STATUS_IGNORE);
    message_complete(&request);
    assert_int_equal(received, sent);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(test_a_verdict_keeps_its_message),
    cmocka_unit_test(test_messages_are_probed_before_they_are_received),
};

int main(int argc, char **argv) {
    if (MPI_Init(&argc, &argv) != MPI_SUCCESS) {
        return EXIT_FAILURE;
    }
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    return MPI_Finalize() == MPI_SUCCESS ? failed : EXIT_FAILURE;
}
