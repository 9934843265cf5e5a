/**
 * @file
 * The naive linear autoencoder: scalar, double precision, sample by sample and step by step as the
 * formulas read. What fast training is compared with. Its own gradient is compared with finite
 * differences in test_oracle.c.
 */
#pragma once

#include "solver/solver.h"
#include "solver/trial.h"

/** One network; arrays belong to the arena given to oracle_make. */
struct oracle {
    const struct job *job;
    const struct dataset *data;
    size_t sources, hidden;
    size_t count;                                       /**< numbers in W1, b1, W2, b2 together */
    double *weights, *gradient, *first, *second, *best; /**< [count] */
    double *z;                                          /**< [hidden], of the sample at hand */
    double *error;                                      /**< [sources], ŷ − x of that sample */
    double best_loss;
};

static inline struct oracle oracle_make(const struct lane *lane, const struct network_shape *shape,
                                        struct arena *arena) {
    struct oracle oracle = {
        .job = lane->job,
        .data = lane->data,
        .sources = shape->inputs,
        .hidden = shape->latents,
        .count = shape->parameter_count,
        .weights = numbers_of(arena, shape->parameter_count),
        .gradient = numbers_of(arena, shape->parameter_count),
        .first = numbers_of(arena, shape->parameter_count),
        .second = numbers_of(arena, shape->parameter_count),
        .best = numbers_of(arena, shape->parameter_count),
        .z = numbers_of(arena, shape->latents),
        .error = numbers_of(arena, shape->inputs),
        .best_loss = INFINITY,
    };
    memcpy(oracle.weights, lane->initial, oracle.count * sizeof *oracle.weights);
    return oracle;
}

/* Where each number stands among [count]. */
static inline size_t oracle_w1(const struct oracle *o, size_t h, size_t s) {
    return h * o->sources + s;
}

static inline size_t oracle_b1(const struct oracle *o, size_t h) {
    return o->hidden * o->sources + h;
}

static inline size_t oracle_w2(const struct oracle *o, size_t s, size_t h) {
    return o->hidden * o->sources + o->hidden + s * o->hidden + h;
}

static inline size_t oracle_b2(const struct oracle *o, size_t s) {
    return 2 * o->hidden * o->sources + o->hidden + s;
}

/* z = W1 x + b1 and ŷ − x = W2 z + b2 − x of sample n. */
static inline void oracle_forward(struct oracle *o, size_t n) {
    const double *x = o->data->inputs + n * o->sources;
    for (size_t h = 0; h < o->hidden; h++) {
        o->z[h] = o->weights[oracle_b1(o, h)];
        for (size_t s = 0; s < o->sources; s++) {
            o->z[h] += o->weights[oracle_w1(o, h, s)] * x[s];
        }
    }
    for (size_t s = 0; s < o->sources; s++) {
        o->error[s] = o->weights[oracle_b2(o, s)] - x[s];
        for (size_t h = 0; h < o->hidden; h++) {
            o->error[s] += o->weights[oracle_w2(o, s, h)] * o->z[h];
        }
    }
}

static inline double oracle_coefficient(const struct oracle *o, size_t matrix) {
    const struct reals *weights = &o->job->loss.weights;
    return weights->values[weights->count == 1 ? 0 : matrix];
}

/* Adds the weights' penalty to the loss, and its gradient if wanted. */
static inline void oracle_penalise(struct oracle *o, struct loss_values *loss, bool gradient) {
    for (size_t matrix = 0; matrix < 2; matrix++) {
        double coefficient = oracle_coefficient(o, matrix);
        size_t start = matrix == 0 ? oracle_w1(o, 0, 0) : oracle_w2(o, 0, 0);
        for (size_t k = start; k < start + o->sources * o->hidden; k++) {
            loss->weights += o->weights[k] * o->weights[k];
            loss->total += coefficient * o->weights[k] * o->weights[k];
            o->gradient[k] += gradient ? 2.0 * coefficient * o->weights[k] : 0.0;
        }
    }
}

/** The loss of the present weights, as the specification's convention says. */
static inline struct loss_values oracle_loss(struct oracle *o) {
    const struct loss_settings *settings = &o->job->loss;
    struct loss_values loss = {0};
    for (size_t n = 0; n < o->data->size.samples; n++) {
        double weight = o->data->weights[n];
        oracle_forward(o, n);
        for (size_t s = 0; s < o->sources; s++) {
            loss.fit += weight * o->error[s] * o->error[s] / (double)o->sources;
        }
        for (size_t h = 0; h < o->hidden; h++) {
            double negative = fmax(0.0, -o->z[h]);
            loss.activity += weight * o->z[h] * o->z[h];
            loss.negativity +=
                weight * (settings->negativity_power == 1 ? negative : negative * negative);
        }
    }
    loss.total = settings->fit * fmax(0.0, loss.fit - settings->fit_threshold) +
                 settings->activity * loss.activity + settings->negativity * loss.negativity;
    oracle_penalise(o, &loss, false);
    return loss;
}

/* Adds what sample n contributes to the gradient; `fit` is the slope of the hinge on FIT. */
static inline void oracle_backward(struct oracle *o, size_t n, double fit) {
    const struct loss_settings *settings = &o->job->loss;
    const double *x = o->data->inputs + n * o->sources;
    double weight = o->data->weights[n];
    oracle_forward(o, n);
    for (size_t s = 0; s < o->sources; s++) {
        o->error[s] *= fit * weight * 2.0 / (double)o->sources; /* now the loss's slope by ŷ */
        o->gradient[oracle_b2(o, s)] += o->error[s];
    }
    for (size_t h = 0; h < o->hidden; h++) {
        double z = o->z[h];
        double slope = 2.0 * settings->activity * weight * z;
        double negative = settings->negativity_power == 1 ? -1.0 : 2.0 * z;
        slope += z < 0.0 ? settings->negativity * weight * negative : 0.0;
        for (size_t s = 0; s < o->sources; s++) {
            slope += o->error[s] * o->weights[oracle_w2(o, s, h)];
            o->gradient[oracle_w2(o, s, h)] += o->error[s] * z;
        }
        o->gradient[oracle_b1(o, h)] += slope;
        for (size_t s = 0; s < o->sources; s++) {
            o->gradient[oracle_w1(o, h, s)] += slope * x[s];
        }
    }
}

/** The loss of the present weights; leaves its gradient in `gradient`. */
static inline struct loss_values oracle_gradient(struct oracle *o) {
    const struct loss_settings *settings = &o->job->loss;
    struct loss_values unused = {0};
    struct loss_values loss = oracle_loss(o);
    bool free_of_charge = settings->fit_threshold > 0.0 && loss.fit <= settings->fit_threshold;
    memset(o->gradient, 0, o->count * sizeof *o->gradient);
    for (size_t n = 0; n < o->data->size.samples; n++) {
        oracle_backward(o, n, free_of_charge ? 0.0 : settings->fit);
    }
    oracle_penalise(o, &unused, true);
    return loss;
}

/** Whether clipping changed the gradient. */
static inline bool oracle_clip(struct oracle *o) {
    const struct train_settings *train = &o->job->train;
    double squares = 0.0;
    bool changed = false;
    for (size_t k = 0; k < o->count; k++) {
        squares += o->gradient[k] * o->gradient[k];
    }
    for (size_t k = 0; k < o->count; k++) {
        double before = o->gradient[k];
        if (train->clip == CLIP_NORM && sqrt(squares) > train->clip_at) {
            o->gradient[k] *= train->clip_at / sqrt(squares);
        } else if (train->clip == CLIP_VALUE) {
            o->gradient[k] = fmin(train->clip_at, fmax(-train->clip_at, before));
        }
        changed = changed || o->gradient[k] != before;
    }
    return changed;
}

/* The learning rate of step t, multiplied by the factor once for each reduction so far. */
static inline double oracle_rate(const struct train_settings *train, int64_t t) {
    double rate = train->learning_rate;
    for (int64_t at = train->rate_every; train->rate == RATE_STEPPED && at <= t;
         at += train->rate_every) {
        rate *= train->rate_factor;
    }
    return rate;
}

/* Step t = 0, 1, … of AdamW; of Adam when nothing decays. */
static inline void oracle_update(struct oracle *o, int64_t t) {
    struct moment_settings moments = o->job->solver->moments(&o->job->solver_settings);
    double rate = oracle_rate(&o->job->train, t);
    double correction1 = 1.0 - pow(moments.beta1, (double)(t + 1));
    double correction2 = 1.0 - pow(moments.beta2, (double)(t + 1));
    for (size_t k = 0; k < o->count; k++) {
        double g = o->gradient[k];
        o->first[k] = moments.beta1 * o->first[k] + (1.0 - moments.beta1) * g;
        o->second[k] = moments.beta2 * o->second[k] + (1.0 - moments.beta2) * g * g;
        o->weights[k] *= 1.0 - rate * moments.weight_decay;
        o->weights[k] -= rate * (o->first[k] / correction1) /
                         (sqrt(o->second[k] / correction2) + moments.epsilon);
    }
}

/** What the oracle's training passed through. */
struct oracle_course {
    double *losses;          /**< [steps + 1] before each step, and after the last */
    int64_t best_step;       /**< of the lowest loss */
    int64_t clipped;         /**< steps whose gradient was clipped */
    int64_t below;           /**< steps at which FIT was under its threshold */
    struct loss_values kept; /**< of the weights kept */
};

/** Trains for the job's steps; the weights kept are left in `weights`. */
static inline struct oracle_course oracle_train(struct oracle *o, struct arena *arena) {
    const struct train_settings *train = &o->job->train;
    struct oracle_course course = {.losses = numbers_of(arena, (size_t)train->steps + 1)};
    for (int64_t t = 0; t <= train->steps; t++) {
        struct loss_values loss = oracle_gradient(o);
        course.losses[t] = loss.total;
        course.below += loss.fit <= o->job->loss.fit_threshold;
        if (loss.total < o->best_loss) {
            o->best_loss = loss.total;
            course.best_step = t;
            memcpy(o->best, o->weights, o->count * sizeof *o->best);
        }
        if (t < train->steps) {
            course.clipped += oracle_clip(o);
            oracle_update(o, t);
        }
    }
    if (train->keep == KEEP_BEST) {
        memcpy(o->weights, o->best, o->count * sizeof *o->weights);
    }
    course.kept = oracle_loss(o);
    return course;
}
