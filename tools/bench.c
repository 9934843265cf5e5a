/*
 * Speed of training beside the peak of one core, measured in turn in the same run, of the theory
 * and of scores. It prints medians. `make bench`.
 */
#include "bench_scores.h"
#include "bench_theory.h"

#include "base/clock.h"
#include "kernel/kernel.h"
#include "plan/trial.h"
#include "sweep/sweep.h"

#include <stdio.h>
#include <stdlib.h>

enum { REPEATS = 15, PEAK_STEPS = 1000000, FLOPS_PER_MULTIPLY_ADD = 2 };

static const double wanted_seconds = 0.1; /* of every measurement */
static const double giga = 1e9, micro = 1e-6;

/* What is measured: a family's name and a sweep whose first bundle is trained. */
struct subject {
    const char *name;
    const char *sweep;
};

static const struct subject subjects[] = {
    {"linear_autoencoder", "data: {kind: uniform, points: 32, sources: 2}\n"
                           "network: {kind: linear_autoencoder, hidden: 16}\n"
                           "train: {learning_rate: 1e-3, steps: 1000}\n"
                           "loss: {fit: 1, activity: 5e-4, negativity: 0.5, weights: 5e-5}\n"
                           "scores: [linear_cinfom]\nname: bench\nreplicates: 16\n"},
    {"linear_autoencoder_5_sources", "data: {kind: uniform, points: 128, sources: 5}\n"
                                     "network: {kind: linear_autoencoder, hidden: 32}\n"
                                     "train: {learning_rate: 1e-3, steps: 1000}\n"
                                     "loss: {activity: 5e-4, negativity: 0.5, weights: 5e-5}\n"
                                     "scores: [linear_cinfom]\nname: bench\nreplicates: 16\n"},
    {"mlp_autoencoder", "data: {kind: grid, sources: 3, values: 21}\n"
                        "network: {kind: mlp_autoencoder, hidden: [16, 16], latent: 6}\n"
                        "train: {solver: adamw, learning_rate: 1e-3, steps: 1000, batch: 512}\n"
                        "loss: {activity: 2e-3, negativity: 0.2, weights: 1e-4}\n"
                        "scores: [linear_cinfom]\nname: bench\nreplicates: 16\n"},
    {"feedforward", "data: {kind: what_where}\n"
                    "network: {kind: feedforward, hidden: 25}\n"
                    "train: {learning_rate: 1e-3, steps: 1000}\n"
                    "loss: {activity: 1e-2, weights: [1.23e-4, 5e-3]}\n"
                    "scores: [linear_cinfom]\nname: bench\nreplicates: 16\n"},
    {"linear_rnn", "data: {kind: oscillation, pair: irrational}\n"
                   "network: {kind: linear_rnn, hidden: 16}\n"
                   "train: {learning_rate: 7.5e-4, steps: 1000, clip: norm, clip_at: 2}\n"
                   "loss: {activity: 3e-2, negativity: 0.6, weights: 2e-2}\n"
                   "scores: [linear_cinfom]\nname: bench\nreplicates: 16\n"},
    {"relu_rnn_1_sequence", "data: {kind: oscillation, pair: irrational, task: relu}\n"
                            "network: {kind: relu_rnn, hidden: 64}\n"
                            "train: {learning_rate: 7.5e-4, steps: 1000, clip: norm, clip_at: 2}\n"
                            "loss: {activity: 3e-2, weights: 2e-2}\n"
                            "scores: [linear_cinfom]\nname: bench\nreplicates: 16\n"},
    {"relu_rnn", "data: {kind: teacher, sequences: 256}\n"
                 "network: {kind: relu_rnn, hidden: 64}\n"
                 "train: {learning_rate: 2e-3, steps: 1000, batch: 128, clip: norm, clip_at: 2}\n"
                 "loss: {fit: 10, activity: 1.6e-2, weights: 1e-3}\n"
                 "scores: [linear_cinfom]\nname: bench\nreplicates: 1\n"},
    {"linear_autoencoder_wide", "data: {kind: uniform, points: 512, sources: 64}\n"
                                "network: {kind: linear_autoencoder, hidden: 1024}\n"
                                "train: {learning_rate: 1e-3, steps: 1000}\n"
                                "loss: {activity: 5e-4, negativity: 0.5, weights: 5e-5}\n"
                                "scores: [linear_cinfom]\nname: bench\nreplicates: 1\n"},
};

static int compare(const void *left, const void *right) {
    double a = *(const double *)left;
    double b = *(const double *)right;
    return (a > b) - (a < b);
}

static double median(double values[REPEATS]) {
    qsort(values, REPEATS, sizeof *values, compare);
    return values[REPEATS / 2];
}

/* Floating-point operations a second that this core can do. */
static double measure_peak(void) {
    _Alignas(KERNEL_ALIGNMENT_BYTES) float sums[KERNEL_CHAINS * KERNEL_LANES] = {0};
    double start = clock_seconds();
    kernel_best(false)->multiply_add(PEAK_STEPS, sums);
    return (double)FLOPS_PER_MULTIPLY_ADD * PEAK_STEPS * KERNEL_CHAINS * KERNEL_LANES /
           (clock_seconds() - start);
}

/* Times the subject and the peak in turn, so that a slow moment hits both. */
static enum status measure(struct trial *trial, double *step_seconds, double *peak,
                           struct error *error) {
    double steps[REPEATS];
    double peaks[REPEATS];
    double none;
    double some;
    int64_t count = 1;
    TRY(trial_time(trial, 0, &none, error));
    TRY(trial_time(trial, count, &some, error));
    while (some - none < wanted_seconds) {
        count *= 2;
        TRY(trial_time(trial, count, &some, error));
    }
    for (int repeat = 0; repeat < REPEATS; repeat++) {
        peaks[repeat] = measure_peak();
        TRY(trial_time(trial, 0, &none, error));
        TRY(trial_time(trial, count, &some, error));
        steps[repeat] = (some - none) / (double)count;
    }
    *step_seconds = median(steps);
    *peak = median(peaks);
    return STATUS_OK;
}

static enum status bench(const struct subject *subject, bool first, struct error *error) {
    struct sweep *sweep;
    struct trial trial;
    double seconds;
    double peak;
    TRY(sweep_parse(subject->sweep, subject->name, NULL, 0, &sweep, error));
    struct plan_bundle bundle = {.count = (int)sweep->job_count};
    for (int k = 0; k < bundle.count; k++) {
        bundle.jobs[k] = k;
    }
    enum status status = trial_prepare(sweep, &bundle, &trial, error);
    status = status == STATUS_OK ? measure(&trial, &seconds, &peak, error) : status;
    if (status == STATUS_OK) {
        size_t samples = network_step_samples(&trial.jobs[0], &trial.shape, &trial.data[0].size);
        double flops = network_step_flops(&trial.shape, samples);
        double each = seconds / bundle.count;
        if (first) {
            printf("peak %.1f GFLOP/s\n", peak / giga);
        }
        printf("%s %.3f us/step %.1f GFLOP/s %.1f %% of peak\n", subject->name, each / micro,
               flops / each / giga, 100.0 * flops / each / peak);
    }
    trial_free(&trial);
    sweep_free(sweep);
    return status;
}

int main(void) {
    struct error error = {0};
    kernel_prepare();
    for (size_t k = 0; k < sizeof subjects / sizeof subjects[0]; k++) {
        if (bench(&subjects[k], k == 0, &error) != STATUS_OK) {
            (void)fprintf(stderr, "bench: %s\n", error.message);
            return (int)error.status;
        }
    }
    if (bench_theory(&error) != STATUS_OK || bench_scores(&error) != STATUS_OK) {
        (void)fprintf(stderr, "bench: %s\n", error.message);
        return (int)error.status;
    }
    return 0;
}
