#include "score/softmax.h"

#include <cblas.h>
#include <lbfgs.h>
#include <limits.h>
#include <math.h>
#include <string.h>

/* Of the gradient's length: for features of variance 1, what is left to gain is below 1e-9 nat. */
static const double GRADIENT_TOLERANCE = 1e-7;
/* A share of the loss; less within the last steps is no progress. */
static const double PROGRESS_MIN = 1e-8;

/* Its exponential is nothing beside 1, and costs no time. */
static const double LOWEST = -700.0;

enum {
    STEPS_MAX = 2000,
    PROGRESS_STEPS = 10, /* over which progress is judged */
    PAIRS_KEPT = 10,     /* of steps and changes of the gradient */
    ROUNDED_TO = 8,      /* libLBFGS may work on so many numbers at a time */
};

struct fit {
    const struct softmax_task *task;
    double *scores; /* [samples][classes]; scratch */
    double enough;
};

/* Overwrites the scores with probabilities; the mean of −log p(code) under the weights. */
static double softmax_predict(const struct softmax_task *task, const double *weights,
                              const double *coefficients, double *scores) {
    cblas_dgemm(CblasRowMajor, CblasNoTrans, CblasNoTrans, (int)task->samples, (int)task->classes,
                (int)task->features, 1.0, task->design, (int)task->features, coefficients,
                (int)task->classes, 0.0, scores, (int)task->classes);
    double loss = 0.0;
    for (size_t n = 0; n < task->samples; n++) {
        double *row = scores + n * task->classes;
        double highest = row[0];
        for (size_t c = 1; c < task->classes; c++) {
            highest = row[c] > highest ? row[c] : highest;
        }
        double own = row[task->codes[n]] - highest;
        double sum = 0.0;
        for (size_t c = 0; c < task->classes; c++) {
            double below = row[c] - highest;
            row[c] = below > LOWEST ? exp(below) : 0.0;
            sum += row[c];
        }
        for (size_t c = 0; c < task->classes; c++) {
            row[c] /= sum;
        }
        loss += weights[n] * (log(sum) - own);
    }
    return loss;
}

/* The loss and its gradient [features][classes], zero beyond. */
static lbfgsfloatval_t softmax_evaluate(void *context, const lbfgsfloatval_t *coefficients,
                                        lbfgsfloatval_t *gradient, int count,
                                        lbfgsfloatval_t step) {
    (void)step;
    const struct fit *fit = context;
    const struct softmax_task *task = fit->task;
    double loss = softmax_predict(task, task->weights, coefficients, fit->scores);
    for (size_t n = 0; n < task->samples; n++) {
        double *row = fit->scores + n * task->classes;
        row[task->codes[n]] -= 1.0;
        for (size_t c = 0; c < task->classes; c++) {
            row[c] *= task->weights[n];
        }
    }
    memset(gradient, 0, (size_t)count * sizeof *gradient);
    cblas_dgemm(CblasRowMajor, CblasTrans, CblasNoTrans, (int)task->features, (int)task->classes,
                (int)task->samples, 1.0, task->design, (int)task->features, fit->scores,
                (int)task->classes, 0.0, gradient, (int)task->classes);
    return loss;
}

/* Anything but 0 ends the fit. */
static int softmax_progress(void *context, const lbfgsfloatval_t *coefficients,
                            const lbfgsfloatval_t *gradient, lbfgsfloatval_t loss,
                            lbfgsfloatval_t coefficients_norm, lbfgsfloatval_t gradient_norm,
                            lbfgsfloatval_t step, int count, int steps, int evaluations) {
    (void)coefficients;
    (void)gradient;
    (void)coefficients_norm;
    (void)step;
    (void)count;
    (void)steps;
    (void)evaluations;
    const struct fit *fit = context;
    return loss <= fit->enough || gradient_norm <= GRADIENT_TOLERANCE;
}

static enum status softmax_make_scratch(const struct softmax_task *task, struct arena *arena,
                                        double **scores, struct error *error) {
    if (task->samples > INT_MAX || task->features * task->classes > INT_MAX - ROUNDED_TO) {
        return error_set(error, STATUS_BAD_INPUT,
                         "%zu samples with %zu latents are too many for a logistic regression of "
                         "%zu labels",
                         task->samples, task->features, task->classes);
    }
    return ARENA_NEW(arena, *scores, task->samples * task->classes, error);
}

enum status softmax_fit(const struct softmax_task *task, double enough, struct arena *arena,
                        double **coefficients, struct error *error) {
    struct fit fit = {.task = task, .enough = enough};
    lbfgs_parameter_t parameters;
    TRY(softmax_make_scratch(task, arena, &fit.scores, error));
    size_t count = task->features * task->classes;
    TRY(ARENA_NEW(arena, *coefficients, count + ROUNDED_TO, error)); /* aligned, as it must be */
    lbfgs_parameter_init(&parameters);
    parameters.m = PAIRS_KEPT;
    parameters.epsilon = 0.0; /* relative to coefficients, which may grow without bound */
    parameters.past = PROGRESS_STEPS;
    parameters.delta = PROGRESS_MIN;
    parameters.max_iterations = STEPS_MAX;
    int end = lbfgs((int)count, *coefficients, NULL, softmax_evaluate, softmax_progress, &fit,
                    &parameters);
    if (end == LBFGSERR_OUTOFMEMORY) {
        return error_set(error, STATUS_NO_MEMORY, "out of memory for a logistic regression");
    }
    if (end > LBFGSERR_OUTOFMEMORY && end <= LBFGSERR_INVALID_ORTHANTWISE_END) {
        return error_set(error, STATUS_SYSTEM, "liblbfgs refuses a logistic regression: %d", end);
    }
    return STATUS_OK; /* other codes say why it ended; the coefficients are the best found */
}

enum status softmax_loss(const struct softmax_task *task, const double *weights,
                         const double *coefficients, struct arena *arena, double *loss,
                         struct error *error) {
    double *scores = NULL;
    TRY(softmax_make_scratch(task, arena, &scores, error));
    *loss = softmax_predict(task, weights, coefficients, scores);
    return STATUS_OK;
}
