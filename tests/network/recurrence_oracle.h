/**
 * @file
 * Naive recurrent networks in double precision: sequence by sequence and step by step as the
 * formulas read. Their gradient is compared with finite differences in test_recurrence_oracle.c.
 */
#pragma once

#include "network/stack_oracle.h"

/** One network; arrays belong to the arena given to recurrence_oracle_make. */
struct recurrence_oracle {
    struct oracle base; /**< job, data, weights, gradient, and what oracle_update needs */
    const struct network_shape *shape;
    const double *sample_weights; /**< [N] those of the data, until another says otherwise */
    size_t sequences, steps, inputs, hidden, outputs;
    double *h;      /**< [steps][hidden] of the sequence at hand */
    double *y;      /**< [steps][outputs] */
    double *slope;  /**< [hidden], of the loss by a step's state and by all that follows */
    double *before; /**< [hidden], that of the step before */
};

static inline struct recurrence_oracle recurrence_oracle_make(const struct lane *lane,
                                                              const struct network_shape *shape,
                                                              struct arena *arena) {
    size_t steps = lane->data->size.steps;
    return (struct recurrence_oracle){.base = oracle_make(lane, shape, arena),
                                      .shape = shape,
                                      .sample_weights = lane->data->weights,
                                      .sequences = steps > 0 ? lane->data->size.samples / steps : 0,
                                      .steps = steps,
                                      .inputs = lane->data->size.inputs,
                                      .hidden = shape->latents,
                                      .outputs = lane->data->size.targets,
                                      .h = numbers_of(arena, steps * shape->latents),
                                      .y = numbers_of(arena, steps * lane->data->size.targets),
                                      .slope = numbers_of(arena, shape->latents),
                                      .before = numbers_of(arena, shape->latents)};
}

/** Where each tensor begins among [count]: Wi, bi, Wr, br, Wo, bo. */
struct recurrence_places {
    size_t wi, bi, wr, br, wo, bo;
};

static inline struct recurrence_places recurrence_places(const struct recurrence_oracle *o) {
    struct recurrence_places at = {0};
    at.bi = at.wi + o->hidden * o->inputs;
    at.wr = at.bi + o->hidden;
    at.br = at.wr + o->hidden * o->hidden;
    at.wo = at.br + o->hidden;
    at.bo = at.wo + o->outputs * o->hidden;
    return at;
}

/** h_t = f(Wr h_{t−1} + br + Wi x_t + bi) and y_t = Wo h_t + bo of all steps of one sequence. */
static inline void recurrence_oracle_forward(struct recurrence_oracle *o, size_t sequence) {
    struct recurrence_places at = recurrence_places(o);
    const double *w = o->base.weights;
    for (size_t t = 0; t < o->steps; t++) {
        const double *x = o->base.data->inputs + (sequence * o->steps + t) * o->inputs;
        for (size_t u = 0; u < o->hidden; u++) {
            double sum = w[at.bi + u] + w[at.br + u];
            for (size_t i = 0; i < o->inputs; i++) {
                sum += w[at.wi + u * o->inputs + i] * x[i];
            }
            for (size_t v = 0; v < o->hidden && t > 0; v++) {
                sum += w[at.wr + u * o->hidden + v] * o->h[(t - 1) * o->hidden + v];
            }
            o->h[t * o->hidden + u] = o->shape->rectified && sum < 0.0 ? 0.0 : sum;
        }
        for (size_t c = 0; c < o->outputs; c++) {
            double sum = w[at.bo + c];
            for (size_t u = 0; u < o->hidden; u++) {
                sum += w[at.wo + c * o->hidden + u] * o->h[t * o->hidden + u];
            }
            o->y[t * o->outputs + c] = sum;
        }
    }
}

/* y − target of a step of the sequence at hand, which is sample n. */
static inline double recurrence_error(const struct recurrence_oracle *o, size_t n, size_t c) {
    return o->y[n % o->steps * o->outputs + c] - o->base.data->targets[n * o->outputs + c];
}

static inline void recurrence_add_terms(const struct recurrence_oracle *o, size_t n,
                                        struct loss_values *loss) {
    double weight = o->sample_weights[n];
    for (size_t c = 0; c < o->outputs; c++) {
        double error = recurrence_error(o, n, c);
        loss->fit += weight * error * error / (double)o->outputs;
    }
    for (size_t u = 0; u < o->hidden; u++) {
        double h = o->h[n % o->steps * o->hidden + u];
        loss->activity += weight * h * h;
        loss->sparsity += weight * fabs(h);
        loss->negativity += weight * pow(fmax(0.0, -h), (double)o->base.job->loss.negativity_power);
    }
}

/* The weights' penalty, and its gradient if wanted. */
static inline void recurrence_penalise(struct recurrence_oracle *o, struct loss_values *loss,
                                       bool gradient) {
    struct recurrence_places at = recurrence_places(o);
    const size_t ranges[][2] = {{at.wi, at.bi}, {at.wr, at.br}, {at.wo, at.bo}};
    for (size_t matrix = 0; matrix < 3; matrix++) {
        double coefficient = oracle_coefficient(&o->base, matrix);
        for (size_t k = ranges[matrix][0]; k < ranges[matrix][1]; k++) {
            double w = o->base.weights[k];
            loss->weights += w * w;
            loss->total += coefficient * w * w;
            o->base.gradient[k] += gradient ? 2.0 * coefficient * w : 0.0;
        }
    }
}

/** The loss of the present weights. */
static inline struct loss_values recurrence_oracle_loss(struct recurrence_oracle *o) {
    const struct loss_settings *settings = &o->base.job->loss;
    struct loss_values loss = {0};
    for (size_t sequence = 0; sequence < o->sequences; sequence++) {
        recurrence_oracle_forward(o, sequence);
        for (size_t t = 0; t < o->steps; t++) {
            recurrence_add_terms(o, sequence * o->steps + t, &loss);
        }
    }
    loss.total = settings->fit * fmax(0.0, loss.fit - settings->fit_threshold) +
                 settings->activity * loss.activity + settings->negativity * loss.negativity +
                 settings->sparsity * loss.sparsity;
    recurrence_penalise(o, &loss, false);
    return loss;
}

/* Adds to `slope` what sample n's own output and penalties say; Wo and bo get their gradient. */
static inline void recurrence_add_own(struct recurrence_oracle *o, size_t n, double fit) {
    struct recurrence_places at = recurrence_places(o);
    const double *h = o->h + n % o->steps * o->hidden;
    double weight = o->sample_weights[n];
    for (size_t u = 0; u < o->hidden; u++) {
        o->slope[u] += weight * stack_latent_slope(&o->base.job->loss, h[u]);
    }
    for (size_t c = 0; c < o->outputs; c++) {
        double dy = fit * weight * 2.0 / (double)o->outputs * recurrence_error(o, n, c);
        o->base.gradient[at.bo + c] += dy;
        for (size_t u = 0; u < o->hidden; u++) {
            size_t k = at.wo + c * o->hidden + u;
            o->base.gradient[k] += dy * h[u];
            o->slope[u] += dy * o->base.weights[k];
        }
    }
}

/* From the slope by the state of sample n to those by weights, and by the state before it. */
static inline void recurrence_go_back(struct recurrence_oracle *o, size_t n) {
    struct recurrence_places at = recurrence_places(o);
    size_t t = n % o->steps;
    memset(o->before, 0, o->hidden * sizeof *o->before);
    for (size_t u = 0; u < o->hidden; u++) {
        double slope = o->shape->rectified && o->h[t * o->hidden + u] == 0.0 ? 0.0 : o->slope[u];
        o->base.gradient[at.bi + u] += slope;
        o->base.gradient[at.br + u] += slope;
        for (size_t i = 0; i < o->inputs; i++) {
            o->base.gradient[at.wi + u * o->inputs + i] +=
                slope * o->base.data->inputs[n * o->inputs + i];
        }
        for (size_t v = 0; v < o->hidden && t > 0; v++) {
            size_t k = at.wr + u * o->hidden + v;
            o->base.gradient[k] += slope * o->h[(t - 1) * o->hidden + v];
            o->before[v] += slope * o->base.weights[k];
        }
    }
    memcpy(o->slope, o->before, o->hidden * sizeof *o->slope);
}

/** The loss of the present weights; leaves its gradient in base.gradient. */
static inline struct loss_values recurrence_oracle_gradient(struct recurrence_oracle *o) {
    const struct loss_settings *settings = &o->base.job->loss;
    struct loss_values unused = {0};
    struct loss_values loss = recurrence_oracle_loss(o);
    bool below = settings->fit_threshold > 0.0 && loss.fit <= settings->fit_threshold;
    memset(o->base.gradient, 0, o->base.count * sizeof *o->base.gradient);
    for (size_t sequence = 0; sequence < o->sequences; sequence++) {
        recurrence_oracle_forward(o, sequence);
        memset(o->slope, 0, o->hidden * sizeof *o->slope);
        for (size_t t = o->steps; t-- > 0;) {
            recurrence_add_own(o, sequence * o->steps + t, below ? 0.0 : settings->fit);
            recurrence_go_back(o, sequence * o->steps + t);
        }
    }
    recurrence_penalise(o, &unused, true);
    return loss;
}
