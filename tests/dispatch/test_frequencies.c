/* Frequencies go from the data through the plan to scores and rows. The distributions here are the
 * test's own, whatever the program has: one with frequencies, one without. */

#include "dispatch/bundle_runner.h"

#include "check.h"

#include <math.h>
#include <string.h>

enum { STEPS = 50, SOURCES = 2 };

/* Both are frequencies of bins. */
static const double TIME_STEP = 0.1;
static const double FREQUENCIES[SOURCES] = {2.0 * M_PI, 6.0 * M_PI};

static enum status size_without(const void *settings, struct dataset_size *size,
                                struct error *error) {
    (void)settings;
    (void)error;
    *size = (struct dataset_size){
        .samples = STEPS, .sources = SOURCES, .inputs = SOURCES, .targets = SOURCES};
    return STATUS_OK;
}

static enum status size_with(const void *settings, struct dataset_size *size, struct error *error) {
    TRY(size_without(settings, size, error));
    size->periodic = true;
    return STATUS_OK;
}

static enum status draw_without(const void *settings, struct random_stream *stream,
                                struct arena *arena, struct dataset *dataset, struct error *error) {
    double *sources;
    double *weights;
    (void)stream;
    *dataset = (struct dataset){.size = {0}};
    TRY(size_without(settings, &dataset->size, error));
    TRY(ARENA_NEW(arena, sources, STEPS * SOURCES, error));
    TRY(ARENA_NEW(arena, weights, STEPS, error));
    for (size_t t = 0; t < STEPS; t++) {
        weights[t] = 1.0 / STEPS;
        for (size_t i = 0; i < SOURCES; i++) {
            sources[t * SOURCES + i] = cos(FREQUENCIES[i] * TIME_STEP * (double)t);
        }
    }
    dataset->sources = dataset->inputs = dataset->targets = sources;
    dataset->weights = weights;
    return STATUS_OK;
}

static enum status draw_with(const void *settings, struct random_stream *stream,
                             struct arena *arena, struct dataset *dataset, struct error *error) {
    TRY(draw_without(settings, stream, arena, dataset, error));
    dataset->size.periodic = true;
    dataset->frequencies = FREQUENCIES;
    dataset->time_step = TIME_STEP;
    return STATUS_OK;
}

static const struct distribution with = {
    .component = {.name = "with", .help = "oscillations of known frequency"},
    .size = size_with,
    .draw = draw_with,
};

static const struct distribution without = {
    .component = {.name = "without", .help = "oscillations of unknown frequency"},
    .size = size_without,
    .draw = draw_without,
};

/* The library's own table stays out of the program, as nothing is missing any more. */
const struct distribution *const distributions[] = {&with, &without, NULL};

#define REST                                                                                       \
    "network: {kind: linear_autoencoder, hidden: 4}\n"                                             \
    "train: {steps: 5, learning_rate: !grid [0.01, 1000], solver: adamw, weight_decay: 1}\n"

struct shop {
    struct sweep *sweep;
    struct arena arena;
    struct plan plan;
    struct record_map map;
    struct bundle_runner runner;
};

static void open_shop(struct shop *shop, const char *text) {
    struct error error = {0};
    *shop = (struct shop){.sweep = NULL};
    assert_ok(&error, sweep_parse(text, "test.yaml", NULL, 0, &shop->sweep, &error));
    assert_ok(&error, plan_make(shop->sweep, &shop->arena, &shop->plan, &error));
    assert_ok(&error, record_map_make(&shop->plan, &shop->arena, &shop->map, &error));
    shop->runner = (struct bundle_runner){
        .sweep = shop->sweep, .map = &shop->map, .poll = {poll_continue, NULL, NULL}};
}

static void close_shop(struct shop *shop) {
    bundle_runner_free(&shop->runner);
    arena_free(&shop->arena);
    sweep_free(shop->sweep);
}

static const double *values_of(const struct shop *shop, const struct row *row, const char *name) {
    const struct variable *variable = layout_find(&shop->map.layout, name);
    assert_non_null(variable);
    return (const double *)(const void *)((const unsigned char *)row->record + variable->offset);
}

static void work(struct shop *shop, int64_t job, struct row *row) {
    struct error error = {0};
    struct plan_bundle bundle = {.count = 1, .jobs = {job}};
    size_t finished;
    unsigned char *record;
    assert_ok(&error, ARENA_NEW(&shop->arena, record, shop->map.layout.record_bytes, &error));
    assert_ok(&error, bundle_runner_run(&shop->runner, &bundle, record, row, &finished, &error));
}

/* Latents of a linear network have no other frequencies than the sources. */
static void test_scored(void **state) {
    (void)state;
    struct shop shop;
    struct row row;
    open_shop(&shop, "data: {kind: with}\n" REST "scores: [frequency_index, multiinformation]\n");
    assert_true(shop.plan.sizes.periodic);
    work(&shop, 0, &row);
    assert_int_equal(row.state, ROW_DONE);
    const double *shares = values_of(&shop, &row, "frequency_power");
    for (size_t j = 0; j < 4; j++) {
        assert_near(shares[j] + shares[4 + j], 1.0, 1e-5);
    }
    double index = *values_of(&shop, &row, "frequency_index");
    assert_true(index > 0.0 && index < 1.0);
    assert_memory_equal(values_of(&shop, &row, "frequencies"), FREQUENCIES, sizeof FREQUENCIES);
    work(&shop, 1, &row);
    assert_int_equal(row.state, ROW_DIVERGED);
    assert_true(isnan(*values_of(&shop, &row, "frequency_index")));
    assert_memory_equal(values_of(&shop, &row, "frequencies"), FREQUENCIES, sizeof FREQUENCIES);
    close_shop(&shop);
}

/* Wherever in the grid they are; jobs without have NaN. */
static void test_some_jobs(void **state) {
    (void)state;
    struct shop shop;
    struct row row;
    open_shop(&shop, "data: {kind: !grid [without, with]}\n" REST "scores: [linear_infom]\n");
    assert_true(shop.plan.sizes.periodic);
    int found = 0;
    for (int64_t job = 0; job < shop.sweep->job_count; job++) {
        struct job own;
        sweep_job(shop.sweep, job, &own);
        work(&shop, job, &row);
        const double *values = values_of(&shop, &row, "frequencies");
        bool known = own.distribution == &with;
        assert_true(known ? values[1] == FREQUENCIES[1] : isnan(values[0]) && isnan(values[1]));
        found += known;
    }
    assert_int_equal(found, 2);
    close_shop(&shop);
}

static void test_no_job(void **state) {
    (void)state;
    struct shop shop;
    struct error error = {0};
    struct sweep *sweep;
    open_shop(&shop, "data: {kind: without}\n" REST "scores: [linear_infom]\n");
    assert_false(shop.plan.sizes.periodic);
    assert_null(layout_find(&shop.map.layout, "frequencies"));
    close_shop(&shop);
    assert_int_equal(sweep_parse("data: {kind: without}\n" REST "scores: [frequency_index]\n",
                                 "test.yaml", NULL, 0, &sweep, &error),
                     STATUS_BAD_INPUT);
    assert_message(&error, "known frequencies, and 'without' has none");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_scored),
        cmocka_unit_test(test_some_jobs),
        cmocka_unit_test(test_no_job),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
