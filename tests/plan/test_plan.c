/* What a plan says about a sweep: cells, groups, costs, sizes. */

#include "sweeps.h"

#include "base/clock.h"

#include <sys/resource.h>

#define SEVERAL_SHAPES                                                                             \
    "replicates: 3\n"                                                                              \
    "data: {kind: uniform, sources: 2}\n"                                                          \
    "network: {kind: linear_autoencoder, hidden: !grid [4, 9]}\n"                                  \
    "train: {steps: 50, learning_rate: !grid [1e-3, 1e-2]}\n"                                      \
    "cases:\n"                                                                                     \
    "  - {data.points: !grid [8, 40]}\n"                                                           \
    "  - {data.points: 16, data.sources: 3, train.steps: 20}\n"

static double job_cost(const struct sweep *sweep, int64_t index) {
    struct sized_job sized = sized_of(sweep, index);
    const struct job *job = &sized.job;
    return job->network->trains
               ? (double)job->train.steps * network_step_flops(&sized.network, sized.data.samples)
               : job->network->cost(&job->network_settings);
}

/* 2 widths x (2 sizes of data in the first case, 1 in the second); data of any size share. */
static void test_cells_and_groups(void **state) {
    (void)state;
    struct planned planned = plan_text(SEVERAL_SHAPES);
    const struct plan *plan = &planned.plan;
    int64_t jobs = 0;
    assert_int_equal(plan->cell_count, 6);
    assert_int_equal(plan->group_count, 4);
    assert_false(plan->mixed);
    for (size_t g = 0; g < plan->group_count; g++) {
        const struct plan_group *group = &plan->groups[g];
        const struct plan_cell *cells = &plan->cells[group->first_cell];
        int64_t own = 0;
        assert_true(g == 0 || plan->groups[g - 1].cost >= group->cost);
        for (size_t c = 0; c < group->cell_count; c++) {
            assert_true(c == 0 || cells[c - 1].cost >= cells[c].cost);
            assert_true(cells[c].shape == cells[0].shape);
            assert_true(cells[c].shape == key_of(planned.sweep, cells[c].first));
            assert_true(cells[c].cost == job_cost(planned.sweep, cells[c].first));
            assert_int_equal(cells[c].count, 6);
            own += cells[c].count;
        }
        assert_true(group->cost == cells[0].cost);
        assert_int_equal(group->jobs, own);
        jobs += own;
    }
    assert_int_equal(jobs, planned.sweep->job_count);
    planned_free(&planned);
}

static void test_width_leaves_a_bundle_for_every_rank(void **state) {
    (void)state;
    assert_int_equal(plan_width(10, 2), 5);
    assert_int_equal(plan_width(11, 2), 6);
    assert_int_equal(plan_width(1000000000, 2), PLAN_WIDTH_MAX);
    assert_int_equal(plan_width(2, 64), 1);
    assert_int_equal(plan_width(0, 4), 1);
}

static void test_sizes_are_the_largest(void **state) {
    (void)state;
    struct planned planned = plan_text(SEVERAL_SHAPES);
    const struct plan_sizes *sizes = &planned.plan.sizes;
    assert_int_equal(sizes->samples, 40);
    assert_int_equal(sizes->sources, 3);
    assert_int_equal(sizes->latents, 9);
    assert_true(sizes->tensor_count > 0);
    for (size_t t = 0; t < sizes->tensor_count; t++) {
        size_t rows = 0;
        size_t columns = 0;
        for (int64_t index = 0; index < planned.sweep->job_count; index++) {
            struct sized_job sized = sized_of(planned.sweep, index);
            assert_int_equal(sized.network.tensor_count, sizes->tensor_count);
            assert_string_equal(sized.network.tensors[t].name, sizes->tensors[t].name);
            rows = sized.network.tensors[t].rows > rows ? sized.network.tensors[t].rows : rows;
            columns = sized.network.tensors[t].columns > columns ? sized.network.tensors[t].columns
                                                                 : columns;
        }
        assert_int_equal(sizes->tensors[t].rows, rows);
        assert_int_equal(sizes->tensors[t].columns, columns);
    }
    planned_free(&planned);
}

#define AUTOENCODERS                                                                               \
    "  - {network.kind: linear_autoencoder, network.hidden: 9}\n"                                  \
    "  - {network.kind: mlp_autoencoder, network.hidden: !grid [[16, 8], [5], []], "               \
    "network.latent: 4}\n"
#define SUPERVISED "  - {network.kind: feedforward, network.hidden: !grid [[7], [2, 30]]}\n"
#define SEVERAL_DEPTHS(cases)                                                                      \
    "data: {kind: uniform, points: 10, sources: 3}\n"                                              \
    "train: {steps: 5}\n"                                                                          \
    "cases:\n" cases

/* Dimensions of one name have one length, whatever tensors they belong to. */
static void expect_length(const char *dimension, size_t length, const char *other,
                          size_t other_length) {
    if (dimension != NULL && other != NULL && strcmp(dimension, other) == 0) {
        assert_int_equal(length, other_length);
    }
}

static void expect_level(const struct plan_sizes *sizes) {
    for (size_t t = 0; t < sizes->tensor_count; t++) {
        const struct tensor_shape *a = &sizes->tensors[t];
        expect_length(a->row_dimension, a->rows, "latent", sizes->latents);
        expect_length(a->column_dimension, a->columns, "latent", sizes->latents);
        for (size_t u = 0; u < sizes->tensor_count; u++) {
            const struct tensor_shape *b = &sizes->tensors[u];
            expect_length(a->row_dimension, a->rows, b->row_dimension, b->rows);
            expect_length(a->row_dimension, a->rows, b->column_dimension, b->columns);
            expect_length(a->column_dimension, a->columns, b->column_dimension, b->columns);
        }
    }
}

/* There is a tensor of that name with room for it. */
static void expect_room(const struct plan_sizes *sizes, const struct tensor_shape *tensor) {
    for (size_t t = 0; t < sizes->tensor_count; t++) {
        const struct tensor_shape *room = &sizes->tensors[t];
        if (strcmp(room->name, tensor->name) == 0) {
            assert_true(tensor->rows <= room->rows && tensor->columns <= room->columns);
            return;
        }
    }
    fail_msg("no room for %s", tensor->name);
}

/* Whichever network comes first and names the dimensions. */
static void test_networks_of_every_depth_have_room(void **state) {
    (void)state;
    static const char *const texts[] = {SEVERAL_DEPTHS(AUTOENCODERS SUPERVISED),
                                        SEVERAL_DEPTHS(SUPERVISED AUTOENCODERS)};
    for (size_t k = 0; k < 2; k++) {
        struct planned planned = plan_text(texts[k]);
        const struct plan_sizes *sizes = &planned.plan.sizes;
        assert_int_equal(planned.sweep->job_count, 6);
        assert_int_equal(planned.plan.group_count, 6);
        assert_int_equal(sizes->tensor_count, 12);
        expect_level(sizes);
        for (int64_t index = 0; index < planned.sweep->job_count; index++) {
            struct sized_job sized = sized_of(planned.sweep, index);
            assert_true(sized.network.latents <= sizes->latents);
            for (size_t t = 0; t < sized.network.tensor_count; t++) {
                expect_room(sizes, &sized.network.tensors[t]);
            }
        }
        planned_free(&planned);
    }
}

/* By hand: where a tensor stands in other networks decides how long its dimensions are. */
static void test_dimensions_are_as_long_as_they_must_be(void **state) {
    (void)state;
    static const struct {
        const char *name, *row_dimension;
        size_t rows, columns;
    } expected[] = {
        {"W1", "latent", 16, 3}, {"W2", "output", 8, 16},  {"W3", "layer_3", 5, 8},
        {"W4", "layer_4", 8, 5}, {"W5", "layer_5", 16, 8}, {"W6", "output", 8, 16},
        {"b1", "latent", 16, 1}, {"b2", "output", 8, 1},   {"b3", "layer_3", 5, 1},
        {"b4", "layer_4", 8, 1}, {"b5", "layer_5", 16, 1}, {"b6", "output", 8, 1},
    };
    struct planned planned = plan_text(SEVERAL_DEPTHS(AUTOENCODERS));
    const struct plan_sizes *sizes = &planned.plan.sizes;
    assert_int_equal(sizes->latents, 16);
    for (size_t k = 0; k < sizeof expected / sizeof expected[0]; k++) {
        size_t t = 0;
        while (t < sizes->tensor_count && strcmp(sizes->tensors[t].name, expected[k].name) != 0) {
            t++;
        }
        assert_true(t < sizes->tensor_count);
        assert_string_equal(sizes->tensors[t].row_dimension, expected[k].row_dimension);
        assert_int_equal(sizes->tensors[t].rows, expected[k].rows);
        assert_int_equal(sizes->tensors[t].columns, expected[k].columns);
    }
    planned_free(&planned);
}

static void test_a_dummy_has_no_sizes(void **state) {
    (void)state;
    struct planned planned = plan_text("network: {kind: dummy, seconds: !grid [1, 3, 2]}\n");
    assert_int_equal(planned.plan.sizes.tensor_count, 0);
    assert_int_equal(planned.plan.sizes.samples, 0);
    assert_true(planned.plan.groups[0].cost == 3.0);
    planned_free(&planned);
}

/* Peak memory of this process, in bytes. */
static int64_t memory(void) {
    enum { KIBIBYTE = 1024 };
    struct rusage usage;
    assert_int_equal(getrusage(RUSAGE_SELF, &usage), 0);
    return (int64_t)usage.ru_maxrss * KIBIBYTE;
}

/* Plans a grid of 10^9 cells within a second and 50 MiB. */
static struct planned plan_billion(const char *text) {
    const int64_t billion = 1000000000;
    const int64_t memory_most = 50 << 20;
    int64_t before = memory();
    double start = clock_seconds();
    struct planned planned = plan_text(text);
    assert_true(clock_seconds() - start < 1.0);
    assert_true(memory() - before < memory_most);
    assert_int_equal(planned.sweep->job_count, billion);
    return planned;
}

static void test_a_billion_lanes_are_one_cell(void **state) {
    (void)state;
    struct planned planned =
        plan_billion("data: {kind: uniform, points: 8, sources: 2}\n"
                     "network: {kind: linear_autoencoder, hidden: 4}\n"
                     "train: {steps: 50, learning_rate: !linspace [1e-3, 1, 1000]}\n"
                     "loss: {activity: !linspace [0.1, 1, 1000], "
                     "weights: !linspace [0.1, 1, 1000]}\n");
    assert_int_equal(planned.plan.cell_count, 1);
    assert_int_equal(planned.plan.cells[0].count, 1000000000);
    assert_false(planned.plan.mixed);
    planned_free(&planned);
}

static void test_a_billion_shapes_are_mixed(void **state) {
    (void)state;
    struct planned planned = plan_billion("data: {kind: uniform, points: !range [5, 1005], "
                                          "sources: 2}\n"
                                          "network: {kind: linear_autoencoder, "
                                          "hidden: !range [1, 1001]}\n"
                                          "train: {steps: !range [1, 1001]}\n");
    assert_true(planned.plan.mixed);
    assert_true(planned.plan.cell_count <= PLAN_CELLS_MAX);
    assert_int_equal(planned.plan.sizes.samples, 1004);
    assert_int_equal(planned.plan.sizes.latents, 1000);
    planned_free(&planned);
}

/* Of layers that are one of many axes, none is the largest: each has a width that others lack. */
static void test_layers_inside_mixed_cells_have_room(void **state) {
    (void)state;
    enum { LISTS = 4 };
    struct planned planned =
        plan_text("data: {kind: uniform, points: !range [5, 305], sources: 2}\n"
                  "train: {steps: !range [1, 301]}\n"
                  "network: {kind: mlp_autoencoder, latent: 4, "
                  "hidden: !grid [[8], [200], [3, 50], [9, 2, 7]]}\n");
    const struct subgrid *grid = &planned.sweep->cases[0];
    assert_true(planned.plan.mixed);
    assert_int_equal(planned.plan.cases[0].free_count, 2);
    int64_t stride = grid->count;
    for (size_t d = 0; d < grid->dimension_count && grid->dimensions[d].length != LISTS; d++) {
        stride /= grid->dimensions[d].length;
    }
    for (int64_t k = 0; k < LISTS; k++) {
        struct sized_job sized = sized_of(planned.sweep, k * stride / LISTS);
        assert_true(sized.network.latents <= planned.plan.sizes.latents);
        for (size_t t = 0; t < sized.network.tensor_count; t++) {
            expect_room(&planned.plan.sizes, &sized.network.tensors[t]);
        }
    }
    planned_free(&planned);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(test_cells_and_groups),
    cmocka_unit_test(test_width_leaves_a_bundle_for_every_rank),
    cmocka_unit_test(test_sizes_are_the_largest),
    cmocka_unit_test(test_networks_of_every_depth_have_room),
    cmocka_unit_test(test_dimensions_are_as_long_as_they_must_be),
    cmocka_unit_test(test_a_dummy_has_no_sizes),
    cmocka_unit_test(test_a_billion_lanes_are_one_cell),
    cmocka_unit_test(test_a_billion_shapes_are_mixed),
    cmocka_unit_test(test_layers_inside_mixed_cells_have_room),
};

int main(void) {
    return cmocka_run_group_tests(tests, NULL, NULL);
}
