/* Names of hosts, gathered and written. */
#include "dispatch/rank_hosts.h"

#include "check.h"

#include <stdlib.h>
#include <string.h>

static void test_successive_ranks_of_a_host_are_counted(void **state) {
    (void)state;
    static const char *const hosts[] = {"a", "a", "node7", "a", "a", "a"};
    char text[64];
    rank_hosts_format(hosts, COUNT(hosts), text, sizeof text);
    assert_string_equal(text, "a*2,node7*1,a*3");
    rank_hosts_format(hosts, 1, text, sizeof text);
    assert_string_equal(text, "a*1");
}

static void test_a_long_list_is_cut(void **state) {
    (void)state;
    static const char *const hosts[] = {"first", "second", "third"};
    static const char whole[] = "first*1,second*1,third*1";
    for (size_t bytes = 1; bytes <= sizeof whole; bytes++) {
        char text[sizeof whole + 1];
        memset(text, '!', sizeof text);
        rank_hosts_format(hosts, COUNT(hosts), text, bytes);
        assert_int_equal(strlen(text), bytes - 1);
        assert_memory_equal(text, whole, bytes - 1);
        assert_int_equal(text[bytes], '!');
    }
}

static void test_rank_0_learns_all_hosts(void **state) {
    (void)state;
    SCOPED(arena_free) struct arena arena = {0};
    struct error error = {0};
    const char *const *hosts = NULL;
    char own[MPI_MAX_PROCESSOR_NAME];
    int length;
    MPI_Get_processor_name(own, &length);
    assert_ok(&error, rank_hosts_gather(MPI_COMM_WORLD, &arena, &hosts, &error));
    assert_string_equal(hosts[0], own);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(test_successive_ranks_of_a_host_are_counted),
    cmocka_unit_test(test_a_long_list_is_cut),
    cmocka_unit_test(test_rank_0_learns_all_hosts),
};

int main(int argc, char **argv) {
    if (MPI_Init(&argc, &argv) != MPI_SUCCESS) {
        return EXIT_FAILURE;
    }
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    return MPI_Finalize() == MPI_SUCCESS ? failed : EXIT_FAILURE;
}
