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

/* The library's own table is not linked, because nothing is missing any more. */
const struct distribution *const distributions[] = {&with, &without, NULL};

#define REST                                                                                       \
    "network: {kind: linear_autoencoder, hidden: 4}\n"                                             \
    "train: {steps: 5, learning_rate: !grid [0.01, 1000], solver: adamw, weight_decay: 1}\n"

struct scene {
    struct sweep *sweep;
    struct arena arena;
    struct plan plan;
    struct record_map map;
    struct bundle_runner runner;
};

static void open_scene(struct scene *scene, const char *text) {
    struct error error = {0};
    *scene = (struct scene){.sweep = NULL};
    assert_ok(&error, sweep_parse(text, "test.yaml", NULL, 0, &scene->sweep, &error));
    assert_ok(&error, plan_make(scene->sweep, &scene->arena, &scene->plan, &error));
    assert_ok(&error, record_map_make(&scene->plan, &scene->arena, &scene->map, &error));
    scene->runner = (struct bundle_runner){
        .sweep = scene->sweep, .map = &scene->map, .poll = {poll_continue, NULL, NULL}};
}

static void close_scene(struct scene *scene) {
    bundle_runner_free(&scene->runner);
    arena_free(&scene->arena);
    sweep_free(scene->sweep);
}

static const double *values_of(const struct scene *scene, const struct row *row, const char *name) {
    const struct variable *variable = layout_find(&scene->map.layout, name);
    assert_non_null(variable);
    return (const double *)(const void *)((const unsigned char *)row->record + variable->offset);
}

static void work(struct scene *scene, int64_t job, struct row *row) {
    struct error error = {0};
    struct plan_bundle bundle = {.count = 1, .jobs = {job}};
    size_t finished;
    unsigned char *record;
    assert_ok(&error, ARENA_NEW(&scene->arena, record, scene->map.layout.record_bytes, &error));
    assert_ok(&error, bundle_runner_run(&scene->runner, &bundle, record, row, &finished, &error));
}

/* Latents of a linear network have no other frequencies than the sources. */
static void test_scored(void **state) {
    (void)state;
    struct scene scene;
    struct row row;
    open_scene(&scene, "data: {kind: with}\n" REST "scores: [frequency_index, multiinformation]\n");
    assert_true(scene.plan.sizes.periodic);
    work(&scene, 0, &row);
    assert_int_equal(row.state, ROW_DONE);
    const double *shares = values_of(&scene, &row, "frequency_power");
    for (size_t j = 0; j < 4; j++) {
        assert_near(shares[j] + shares[4 + j], 1.0, 1e-5);
    }
    double index = *values_of(&scene, &row, "frequency_index");
    assert_true(index > 0.0 && index < 1.0);
    assert_memory_equal(values_of(&scene, &row, "frequencies"), FREQUENCIES, sizeof FREQUENCIES);
    work(&scene, 1, &row);
    assert_int_equal(row.state, ROW_DIVERGED);
    assert_true(isnan(*values_of(&scene, &row, "frequency_index")));
    assert_memory_equal(values_of(&scene, &row, "frequencies"), FREQUENCIES, sizeof FREQUENCIES);
    close_scene(&scene);
}

/* Wherever in the grid they are; jobs without have NaN. */
static void test_some_jobs(void **state) {
    (void)state;
    struct scene scene;
    struct row row;
    open_scene(&scene, "data: {kind: !grid [without, with]}\n" REST "scores: [linear_infom]\n");
    assert_true(scene.plan.sizes.periodic);
    int found = 0;
    for (int64_t job = 0; job < scene.sweep->job_count; job++) {
        struct job own;
        sweep_job(scene.sweep, job, &own);
        work(&scene, job, &row);
        const double *values = values_of(&scene, &row, "frequencies");
        bool known = own.distribution == &with;
        assert_true(known ? values[1] == FREQUENCIES[1] : isnan(values[0]) && isnan(values[1]));
        found += known;
    }
    assert_int_equal(found, 2);
    close_scene(&scene);
}

static void test_no_job(void **state) {
    (void)state;
    struct scene scene;
    struct error error = {0};
    struct sweep *sweep;
    open_scene(&scene, "data: {kind: without}\n" REST "scores: [linear_infom]\n");
    assert_false(scene.plan.sizes.periodic);
    assert_null(layout_find(&scene.map.layout, "frequencies"));
    close_scene(&scene);
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
