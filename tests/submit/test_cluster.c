#include "submit/cluster.h"

#include "check.h"

#include <math.h>
#include <string.h>

/* As sinfo prints it: nodes that differ have a line each, or "+" after the least of them. */
static const char printed[] = "batch*|up|2-00:00:00|90|2|24|1|OFF\n"
                              "batch*|up|2-00:00:00|10|1+|16|2|OFF\n"
                              "spare|up|infinite|100|2|24|1|REQUEUE\n"
                              "debug|down|30:00|2|2|24|1|OFF\n";

static struct cluster parsed(struct arena *arena) {
    struct cluster cluster;
    struct error error = {0};
    assert_ok(&error, cluster_parse(printed, arena, &cluster, &error));
    return cluster;
}

static void lines_about_one_partition_are_joined(void **state) {
    struct cluster cluster = parsed(*state);
    struct partition *batch;
    assert_int_equal(cluster.count, 3);
    assert_int_equal(cluster_partition(&cluster, "batch", &batch, &(struct error){0}), STATUS_OK);
    assert_int_equal(batch->nodes, 100);
    assert_int_equal(batch->cores, 16);
    assert_int_equal(batch->threads, 2);
    assert_true(batch->limit == 2.0 * 86400.0);
    assert_true(batch->up && batch->is_default && !batch->requeues);
    assert_true(isinf(batch->grace));
}

static void limits_and_modes_are_read(void **state) {
    struct cluster cluster = parsed(*state);
    struct partition *partition;
    assert_int_equal(cluster_partition(&cluster, "spare", &partition, &(struct error){0}),
                     STATUS_OK);
    assert_true(isinf(partition->limit) && partition->requeues && partition->cores == 48);
    assert_int_equal(cluster_partition(&cluster, "debug", &partition, &(struct error){0}),
                     STATUS_OK);
    assert_true(partition->limit == 1800.0 && !partition->up && !partition->requeues);
}

static void without_a_name_it_is_the_default_one(void **state) {
    struct cluster cluster = parsed(*state);
    struct partition *partition;
    struct error error = {0};
    assert_ok(&error, cluster_partition(&cluster, NULL, &partition, &error));
    assert_string_equal(partition->name, "batch");
    cluster.partitions[0].is_default = false;
    assert_int_equal(cluster_partition(&cluster, NULL, &partition, &error), STATUS_BAD_INPUT);
    assert_message(&error, "--partition");
}

static void an_unknown_partition_is_told_with_the_nearest(void **state) {
    struct cluster cluster = parsed(*state);
    struct partition *partition;
    struct error error = {0};
    assert_int_equal(cluster_partition(&cluster, "bacth", &partition, &error), STATUS_BAD_INPUT);
    assert_message(&error, "did you mean 'batch'? there are batch, spare, debug");
}

static void a_partition_without_nodes_is_no_trouble(void **state) {
    static const char lines[] = "new*|up|infinite|0|0|0|0|OFF\nbatch|up|1:00|3|2|4|1|OFF\n";
    struct cluster cluster;
    struct error error = {0};
    assert_ok(&error, cluster_parse(lines, *state, &cluster, &error));
    assert_int_equal(cluster.count, 2);
    assert_int_equal(cluster.partitions[0].nodes, 0);
    assert_int_equal(cluster.partitions[1].cores, 8);
}

static void a_line_not_understood_is_shown_whole(void **state) {
    static const char line[] = "batch|up|1:00|3|x|1|1|OFF";
    struct cluster cluster;
    struct error error = {0};
    assert_int_equal(cluster_parse(line, *state, &cluster, &error), STATUS_SYSTEM);
    assert_message(&error, line);
}

static void what_is_not_from_sinfo_is_refused(void **state) {
    static const char *const wrong[] = {"batch",
                                        "batch|up|1:00|3|2|1|1",
                                        "batch|up|soon|3|2|1|1|OFF",
                                        "batch|up|1:00|-1|2|1|1|OFF",
                                        "batch|up|1:00|3|0|1|1|OFF",
                                        "batch|up|1:00|3|x|1|1|OFF",
                                        "|up|1:00|3|2|1|1|OFF"};
    for (size_t w = 0; w < sizeof wrong / sizeof wrong[0]; w++) {
        struct cluster cluster;
        assert_int_not_equal(cluster_parse(wrong[w], *state, &cluster, &(struct error){0}),
                             STATUS_OK);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(lines_about_one_partition_are_joined, arena_set_up,
                                        arena_tear_down),
        cmocka_unit_test_setup_teardown(limits_and_modes_are_read, arena_set_up, arena_tear_down),
        cmocka_unit_test_setup_teardown(without_a_name_it_is_the_default_one, arena_set_up,
                                        arena_tear_down),
        cmocka_unit_test_setup_teardown(an_unknown_partition_is_told_with_the_nearest, arena_set_up,
                                        arena_tear_down),
        cmocka_unit_test_setup_teardown(a_partition_without_nodes_is_no_trouble, arena_set_up,
                                        arena_tear_down),
        cmocka_unit_test_setup_teardown(a_line_not_understood_is_shown_whole, arena_set_up,
                                        arena_tear_down),
        cmocka_unit_test_setup_teardown(what_is_not_from_sinfo_is_refused, arena_set_up,
                                        arena_tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
