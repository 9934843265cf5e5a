/* A job's hash: what it depends on, and what it must not depend on. */

#include "sweep/sweep.h"

#include "sweep/tables.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include <xxhash.h>

static struct sweep *parse(const char *text) {
    struct error error = {0};
    struct sweep *sweep = NULL;
    assert_ok(&error, sweep_parse(text, "s.yaml", NULL, 0, &sweep, &error));
    return sweep;
}

static struct job_hash hash(const char *text, int64_t index) {
    struct sweep *sweep = parse(text);
    struct job job;
    sweep_job(sweep, index, &job);
    sweep_free(sweep);
    return job.hash;
}

static bool same(struct job_hash a, struct job_hash b) {
    return a.words[0] == b.words[0] && a.words[1] == b.words[1];
}

#define JOB                                                                                        \
    "data: {kind: lattice, sources: 3, amount: 0.4}\n"                                             \
    "network: {kind: dense, hidden: [8, 4]}\n"                                                     \
    "train: {steps: 100, learning_rate: 0.01}\n"

/* The documented text, hashed here independently of the program. */
static void test_hash_of_the_documented_text(void **state) {
    (void)state;
    static const char text[] = "modsweep job 1\n"
                               "data.amount=0.4\n"
                               "data.kind=lattice\n"
                               "data.sources=3\n"
                               "network.hidden=[8, 4]\n"
                               "network.kind=dense\n"
                               "replicate=2\n"
                               "seed=-5\n"
                               "train.learning_rate=0.01\n"
                               "train.solver=adam\n"
                               "train.steps=100\n";
    XXH128_hash_t expected = XXH3_128bits(text, sizeof text - 1);
    struct job_hash got = hash(JOB "seed: -5\nreplicates: 3\n", 2);
    assert_true(got.words[0] == expected.low64);
    assert_true(got.words[1] == expected.high64);
}

static void test_spelling_and_place_do_not_matter(void **state) {
    (void)state;
    struct job_hash job = hash(JOB, 0);
    assert_true(same(job, hash("name: x\nscores: spread\nsave: weights\nreplicates: 7\n" JOB, 0)));
    assert_true(same(job, hash(JOB "data.values: 3\nloss: {fit: 1.0}\ntrain.solver: adam\n"
                                   "scoring: {noise: 1e-2}\n",
                               0)));
    assert_true(same(job, hash("data: {amount: 4e-1, sources: 3, kind: lattice}\n"
                               "network: {hidden: [8, 4], kind: dense}\n"
                               "train: {steps: 1e2, learning_rate: 1e-2}\n",
                               0)));
    /* The third of eight learning rates, the second of a list, and in a case. */
    assert_true(same(job, hash("network: {kind: dense, hidden: [8, 4]}\n"
                               "train: {steps: 100, learning_rate: !grid [0.5, 0.01]}\n"
                               "data: {kind: lattice, sources: 3}\n"
                               "cases: [{data.change: diagonal}, "
                               "{data.amount: !linspace [0.3, 1.0, 8]}]\n",
                               2 + 8 + 1)));
}

static void test_what_is_computed_matters(void **state) {
    (void)state;
    static const char *const texts[] = {
        JOB,
        JOB "seed: 1\n",
        JOB "data.values: 4\n",
        JOB "loss: {fit: 2}\n",
        JOB "scoring: {noise: 0.5}\n",
        JOB "train.solver: decay\n",
        JOB "data.change: diagonal\n",
        ("data: {kind: lattice, sources: 3, amount: 0.4}\nnetwork: {kind: dense, hidden: [84]}\n"
         "train: {steps: 100, learning_rate: 0.01}\n"),
        "data: {kind: lattice, sources: 3, amount: 0.4}\nnetwork: {kind: idle}\n",
        "network: {kind: idle}\n",
    };
    enum { COUNT = sizeof texts / sizeof texts[0] };
    for (size_t i = 0; i < COUNT; i++) {
        for (size_t j = 0; j < i; j++) {
            assert_false(same(hash(texts[i], 0), hash(texts[j], 0)));
        }
    }
    assert_false(same(hash(JOB "replicates: 2\n", 0), hash(JOB "replicates: 2\n", 1)));
}

/* A file counts by its bytes: a copy is the same data, an edit is not. */
static void test_files_count_by_content(void **state) {
    (void)state;
    struct job_hash hashes[3];
    static const char *const contents[] = {"1,2\n", "1,2\n", "1,3\n"};
    for (size_t i = 0; i < 3; i++) {
        struct scratch_file file = scratch_bytes("", contents[i], strlen(contents[i]));
        char text[2 * PATH_BYTES];
        (void)snprintf(text, sizeof text,
                       "data: {kind: lattice, targets: %s}\nnetwork: {kind: idle}\n", file.path);
        hashes[i] = hash(text, 0);
        scratch_remove(&file);
    }
    assert_true(same(hashes[0], hashes[1]));
    assert_false(same(hashes[0], hashes[2]));
}

static void test_jobs_of_a_grid_differ(void **state) {
    (void)state;
    enum { JOBS = 10 * 10 * 10 };
    static struct job_hash seen[JOBS];
    struct sweep *sweep = parse("data: {kind: points, sources: 2, points: !range [1, 11]}\n"
                                "network: {kind: dense}\nreplicates: 10\n"
                                "train: {steps: !range [1, 11]}\n");
    assert_int_equal(sweep->job_count, JOBS);
    for (int64_t i = 0; i < JOBS; i++) {
        struct job job;
        sweep_job(sweep, i, &job);
        seen[i] = job.hash;
        for (int64_t j = 0; j < i; j++) {
            assert_false(same(seen[i], seen[j]));
        }
    }
    sweep_free(sweep);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_hash_of_the_documented_text),
        cmocka_unit_test(test_spelling_and_place_do_not_matter),
        cmocka_unit_test(test_what_is_computed_matters),
        cmocka_unit_test(test_files_count_by_content),
        cmocka_unit_test(test_jobs_of_a_grid_differ),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
