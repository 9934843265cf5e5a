/* Bundles that are stopped and resumed from their checkpoints give the rows of those never stopped.
 */
#include "dispatch/bundle_runner.h"
#include "dispatch/resume.h"
#include "plan/sweeps.h"

#include <unistd.h>

enum { JOBS_MAX = 8, NEVER = 1 << 30 };

/* Networks of every kind, in lanes and wide, with batches and without, of rows and sequences. */
static const char *const sweeps[] = {
    "replicates: 3\ndata: {kind: uniform, sources: 2, points: 20}\n"
    "network: {kind: linear_autoencoder, hidden: 6}\n"
    "train: {steps: 20000, learning_rate: !grid [1e-2, 1000], keep: best, stop_every: 1000}\n",
    "replicates: 3\ndata: {kind: grid, sources: 2, values: 5}\n"
    "network: {kind: mlp_autoencoder, hidden: [8], latent: 3}\n"
    "train: {steps: 4000, solver: adamw, weight_decay: 0.1, batch: 8, rate: stepped, rate_every: "
    "70}\n",
    "replicates: 2\ndata: {kind: what_where, change: dropout, amount: !grid [0, 6]}\n"
    "network: {kind: feedforward, hidden: 10}\ntrain: {steps: 1500, clip: norm, clip_at: 0.1}\n",
    "replicates: 2\ndata: {kind: oscillation, pair: irrational, steps: 40}\n"
    "network: {kind: linear_rnn, hidden: 8}\ntrain: {steps: 1500}\n",
    "replicates: 1\ndata: {kind: teacher, sequences: 64, steps: 10}\n"
    "network: {kind: relu_rnn, hidden: 64}\ntrain: {steps: 100, batch: 32, clip: value, clip_at: "
    "0.01}\n",
};
enum { SWEEPS = sizeof sweeps / sizeof sweeps[0] };

struct scene {
    struct planned planned;
    struct record_map map;
    struct bundle_runner runner;
    char folder[PATH_BYTES];
    char results[PATH_BYTES];
    int calls_left; /* of the poll, before it stops the bundle */
    unsigned char *records;
};

static enum poll_action stop_after_calls(void *context, double seconds_left) {
    struct scene *scene = context;
    (void)seconds_left;
    return scene->calls_left-- > 0 ? ACTION_CONTINUE : ACTION_STOP;
}

static void open_scene(struct scene *scene, const char *text) {
    struct error error = {0};
    char whole[2048];
    (void)snprintf(whole, sizeof whole, "%ssave: [weights, history]\nscores: [linear_cinfom]\n",
                   text);
    *scene = (struct scene){.planned = plan_text(whole)};
    assert_in_range(scene->planned.sweep->job_count, 1, JOBS_MAX);
    assert_ok(&error,
              record_map_make(&scene->planned.plan, &scene->planned.arena, &scene->map, &error));
    folder_make(scene->folder);
    (void)snprintf(scene->results, sizeof scene->results, "%.200s/r.h5", scene->folder);
    scene->runner =
        (struct bundle_runner){.sweep = scene->planned.sweep,
                               .map = &scene->map,
                               .poll = {stop_after_calls, NULL, scene},
                               .checkpointing = {.output = scene->results, .run_epoch = 1}};
    scene->records = calloc((size_t)3 * JOBS_MAX, scene->map.layout.record_bytes);
    assert_non_null(scene->records);
}

static void close_scene(struct scene *scene) {
    folder_remove(scene->folder);
    free(scene->records);
    bundle_runner_free(&scene->runner);
    planned_free(&scene->planned);
}

static unsigned char *records_of(const struct scene *scene, size_t which) {
    return scene->records + which * JOBS_MAX * scene->map.layout.record_bytes;
}

static enum status run_bundle(struct scene *scene, const struct plan_bundle *bundle, int calls,
                              unsigned char *records, struct row *rows, size_t *finished) {
    struct error error = {0};
    scene->calls_left = calls;
    enum status status = bundle_runner_run(&scene->runner, bundle, records, rows, finished, &error);
    if (status != STATUS_OK && status != STATUS_STOPPED) {
        fail_msg("%s", error.message);
    }
    return status;
}

static void expect_row(const struct scene *scene, const struct row *whole, const struct row *row) {
    assert_int_equal(row->job, whole->job);
    assert_int_equal(row->state, whole->state);
    assert_int_equal(row->steps, whole->steps);
    assert_memory_equal(row->record, whole->record, scene->map.layout.record_bytes);
}

/* Resumes what resume_find finds, to the end. */
static void resume_all(struct scene *scene, const struct row *whole, struct row *rows,
                       size_t finished) {
    struct error error = {0};
    struct resume resume;
    uint8_t states[JOBS_MAX] = {0};
    const uint8_t attempts[JOBS_MAX] = {0};
    for (size_t k = 0; k < finished; k++) {
        states[rows[k].job] = ROW_DONE;
        expect_row(scene, &whole[rows[k].job], &rows[k]);
    }
    assert_ok(&error, resume_find(scene->results, scene->planned.sweep, states, attempts,
                                  &scene->planned.arena, &resume, &error));
    assert_int_equal(resume.unusable, 0);
    assert_int_equal(resume.jobs, scene->runner.checkpointing.checkpointed_jobs);
    for (size_t b = 0; b < resume.count; b++) {
        size_t done;
        assert_true(resume.bundles[b].resumed);
        assert_int_equal(
            run_bundle(scene, &resume.bundles[b], NEVER, records_of(scene, 2), rows, &done),
            STATUS_OK);
        assert_int_equal(done, resume.bundles[b].count);
        for (size_t k = 0; k < done; k++) {
            expect_row(scene, &whole[rows[k].job], &rows[k]);
            states[rows[k].job] = ROW_DONE;
        }
        assert_int_equal(scene->runner.checkpointing.obsolete_count, 1);
        assert_ok(&error, checkpoint_remove(scene->results, scene->runner.checkpointing.obsolete[0],
                                            &error));
    }
}

static void check(const char *text) {
    struct scene scene;
    struct row whole[JOBS_MAX];
    struct row rows[JOBS_MAX];
    size_t finished;
    open_scene(&scene, text);
    struct plan_bundle bundle = {.count = (int)scene.planned.sweep->job_count, .cost = 1.0};
    for (int k = 0; k < bundle.count; k++) {
        bundle.jobs[k] = k;
    }
    assert_int_equal(run_bundle(&scene, &bundle, NEVER, records_of(&scene, 0), whole, &finished),
                     STATUS_OK);
    assert_int_equal(finished, bundle.count);
    int calls = NEVER - scene.calls_left;
    assert_in_range(calls, bundle.count + 2, NEVER);
    int checkpointed = 0;
    for (int k = 0; k < calls; k += 1 + calls / 7) {
        enum status status = run_bundle(&scene, &bundle, k, records_of(&scene, 1), rows, &finished);
        assert_true(status == STATUS_STOPPED || finished == (size_t)bundle.count);
        checkpointed += scene.runner.checkpointing.checkpointed_jobs > 0;
        resume_all(&scene, whole, rows, finished);
    }
    assert_in_range(checkpointed, 1, calls);
    close_scene(&scene);
}

static void test_rows_are_the_same(void **state) {
    (void)state;
    for (size_t s = 0; s < SWEEPS; s++) {
        check(sweeps[s]);
    }
}

/* A bundle whose checkpoint is missing, or of another kind of network, starts from the beginning.
 */
static void test_starts_over_without_its_checkpoint(void **state) {
    (void)state;
    struct scene scene;
    struct row whole[JOBS_MAX];
    struct row rows[JOBS_MAX];
    struct error error = {0};
    size_t finished;
    open_scene(&scene, sweeps[0]);
    struct plan_bundle bundle = {.count = 1, .jobs = {1}, .cost = 1.0};
    assert_int_equal(run_bundle(&scene, &bundle, NEVER, records_of(&scene, 0), whole, &finished),
                     STATUS_OK);
    bundle.resumed = true;
    bundle.checkpoint = 1;
    assert_int_equal(run_bundle(&scene, &bundle, NEVER, records_of(&scene, 1), rows, &finished),
                     STATUS_OK);
    expect_row(&scene, whole, rows);
    struct job job;
    sweep_job(scene.planned.sweep, 1, &job);
    struct checkpoint odd = {
        .key = 1, .count = 1, .lanes = {{.job = 1, .hash = job.hash, .bytes = 5, .data = "four"}}};
    assert_ok(&error, checkpoint_write(scene.results, &odd, 1, &error));
    assert_int_equal(run_bundle(&scene, &bundle, NEVER, records_of(&scene, 1), rows, &finished),
                     STATUS_OK);
    expect_row(&scene, whole, rows);
    close_scene(&scene);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rows_are_the_same),
        cmocka_unit_test(test_starts_over_without_its_checkpoint),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
