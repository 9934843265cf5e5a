/* Sizes with room for every job. */

#include "plan/sizes.h"

#include "check.h"

static struct sized_job job_of(size_t samples, size_t latents, size_t rows) {
    struct sized_job sized = {
        .data = {.samples = samples, .sources = 2},
        .network = {.latents = latents, .tensor_count = 1},
    };
    sized.network.tensors[0] = (struct tensor_shape){.name = "W1",
                                                     .row_dimension = "latent",
                                                     .column_dimension = "input",
                                                     .rows = rows,
                                                     .columns = 3};
    return sized;
}

static void test_largest(void **state) {
    (void)state;
    struct error error = {0};
    struct plan_sizes sizes = {0};
    struct sized_job few = job_of(5, 9, 4);
    struct sized_job many = job_of(7, 8, 6);
    many.data.periodic = true;
    assert_ok(&error, sizes_include(&sizes, &few, &error));
    assert_false(sizes.periodic);
    assert_true(sizes_bulk(&sizes) == 5 * (2 + 9) + 4 * 3);
    assert_ok(&error, sizes_include(&sizes, &many, &error));
    assert_int_equal(sizes.samples, 7);
    assert_int_equal(sizes.sources, 2);
    assert_int_equal(sizes.latents, 9);
    assert_true(sizes.periodic);
    assert_int_equal(sizes.tensor_count, 1);
    assert_int_equal(sizes.tensors[0].rows, 6);
    sizes_level(&sizes);
    assert_int_equal(sizes.tensors[0].rows, 9);
    assert_int_equal(sizes.tensors[0].columns, 3);
}

static void test_other_sizes(void **state) {
    (void)state;
    struct error error = {0};
    struct plan_sizes sizes = {0};
    struct plan_sizes others = {0};
    struct sized_job first = job_of(5, 9, 4);
    struct sized_job second = job_of(6, 1, 2);
    second.network.tensors[0].name = "W2";
    assert_ok(&error, sizes_include(&sizes, &first, &error));
    assert_ok(&error, sizes_include(&others, &second, &error));
    assert_ok(&error, sizes_merge(&sizes, &others, &error));
    assert_int_equal(sizes.samples, 6);
    assert_int_equal(sizes.tensor_count, 2);
    assert_string_equal(sizes.tensors[1].name, "W2");
}

static void test_too_many_tensors(void **state) {
    (void)state;
    struct error error = {0};
    struct plan_sizes sizes = {0};
    struct sized_job sized = job_of(5, 9, 4);
    char names[NETWORK_TENSORS_MAX][8];
    sized.network.tensor_count = NETWORK_TENSORS_MAX;
    for (size_t t = 0; t < NETWORK_TENSORS_MAX; t++) {
        (void)snprintf(names[t], sizeof names[t], "W%zu", t);
        sized.network.tensors[t] = sized.network.tensors[0];
        sized.network.tensors[t].name = names[t];
    }
    assert_ok(&error, sizes_include(&sizes, &sized, &error));
    sized.network.tensors[0].name = "other";
    assert_int_equal(sizes_include(&sizes, &sized, &error), STATUS_BAD_INPUT);
    assert_message(&error, "kinds of weights together");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_largest),
        cmocka_unit_test(test_other_sizes),
        cmocka_unit_test(test_too_many_tensors),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
