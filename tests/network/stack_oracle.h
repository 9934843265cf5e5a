/**
 * @file
 * Naive stacks of affine layers in double precision: sample by sample as the formulas read. The
 * linear autoencoder is one as well. Its gradient is compared with finite differences in
 * test_stack_oracle.c.
 */
#pragma once

#include "network/layers.h"
#include "solver/oracle.h"

/** One network; arrays belong to the arena given to stack_oracle_make. */
struct stack_oracle {
    struct oracle base; /**< job, data, weights, gradient, and what oracle_update needs */
    const struct network_shape *shape;
    const double *sample_weights; /**< [N] those of the data, until another says otherwise */
    size_t layers;
    double *x;                    /**< [inputs] of the sample at hand */
    double *activity[LAYERS_MAX]; /**< every layer's output on it */
    double *slope[LAYERS_MAX];    /**< the loss's slope by that */
};

static inline struct stack_oracle
stack_oracle_make(const struct lane *lane, const struct network_shape *shape, struct arena *arena) {
    struct stack_oracle o = {.base = oracle_make(lane, shape, arena),
                             .shape = shape,
                             .sample_weights = lane->data->weights,
                             .layers = shape->tensor_count / 2,
                             .x = numbers_of(arena, shape->inputs)};
    for (size_t k = 0; k < o.layers; k++) {
        o.activity[k] = numbers_of(arena, shape->tensors[2 * k].rows);
        o.slope[k] = numbers_of(arena, shape->tensors[2 * k].rows);
    }
    return o;
}

static inline size_t stack_width(const struct stack_oracle *o, size_t layer) {
    return o->shape->tensors[2 * layer].rows;
}

static inline size_t stack_fan_in(const struct stack_oracle *o, size_t layer) {
    return o->shape->tensors[2 * layer].columns;
}

/* Where W of a layer begins among [count]; its bias follows. */
static inline size_t stack_offset(const struct stack_oracle *o, size_t layer) {
    size_t offset = 0;
    for (size_t k = 0; k < layer; k++) {
        offset += stack_width(o, k) * (stack_fan_in(o, k) + 1);
    }
    return offset;
}

static inline bool stack_is_rectified(const struct stack_oracle *o, size_t layer) {
    return layer == o->shape->latent_layer ? o->shape->rectified : layer + 1 < o->layers;
}

static inline void stack_read_input(struct stack_oracle *o, size_t n) {
    const struct dataset *data = o->base.data;
    for (size_t i = 0; i < o->shape->inputs; i++) {
        o->x[i] = data->hot != NULL ? (double)(data->hot[n] == i)
                                    : data->inputs[n * o->shape->inputs + i];
    }
}

static inline const double *stack_input_of(const struct stack_oracle *o, size_t layer) {
    return layer == 0 ? o->x : o->activity[layer - 1];
}

static inline void stack_forward(struct stack_oracle *o, size_t n) {
    stack_read_input(o, n);
    for (size_t k = 0; k < o->layers; k++) {
        const double *x = stack_input_of(o, k);
        const double *w = o->base.weights + stack_offset(o, k);
        const double *b = w + stack_width(o, k) * stack_fan_in(o, k);
        for (size_t u = 0; u < stack_width(o, k); u++) {
            double sum = b[u];
            for (size_t i = 0; i < stack_fan_in(o, k); i++) {
                sum += w[u * stack_fan_in(o, k) + i] * x[i];
            }
            o->activity[k][u] = stack_is_rectified(o, k) ? fmax(0.0, sum) : sum;
        }
    }
}

/* Adds sample n's share of the terms. */
static inline void stack_add_terms(struct stack_oracle *o, size_t n, struct loss_values *loss) {
    size_t outputs = o->shape->outputs;
    double weight = o->sample_weights[n];
    stack_forward(o, n);
    for (size_t c = 0; c < outputs; c++) {
        double error = o->activity[o->layers - 1][c] - o->base.data->targets[n * outputs + c];
        loss->fit += weight * error * error / (double)outputs;
    }
    for (size_t h = 0; h < o->shape->latents; h++) {
        double z = o->activity[o->shape->latent_layer][h];
        loss->activity += weight * z * z;
        loss->sparsity += weight * fabs(z);
        loss->negativity += weight * pow(fmax(0.0, -z), (double)o->base.job->loss.negativity_power);
    }
}

/* The weights' penalty, and its gradient if wanted. */
static inline void stack_penalise(struct stack_oracle *o, struct loss_values *loss, bool gradient) {
    for (size_t k = 0; k < o->layers; k++) {
        double coefficient = oracle_coefficient(&o->base, k);
        size_t start = stack_offset(o, k);
        for (size_t at = start; at < start + stack_width(o, k) * stack_fan_in(o, k); at++) {
            double w = o->base.weights[at];
            loss->weights += w * w;
            loss->total += coefficient * w * w;
            o->base.gradient[at] += gradient ? 2.0 * coefficient * w : 0.0;
        }
    }
}

/** The loss of the present weights. */
static inline struct loss_values stack_loss(struct stack_oracle *o) {
    const struct loss_settings *settings = &o->base.job->loss;
    struct loss_values loss = {0};
    for (size_t n = 0; n < o->base.data->size.samples; n++) {
        stack_add_terms(o, n, &loss);
    }
    loss.total = settings->fit * fmax(0.0, loss.fit - settings->fit_threshold) +
                 settings->activity * loss.activity + settings->negativity * loss.negativity +
                 settings->sparsity * loss.sparsity;
    stack_penalise(o, &loss, false);
    return loss;
}

/* The slope of the penalties by one latent. */
static inline double stack_latent_slope(const struct loss_settings *settings, double z) {
    double slope = 2.0 * settings->activity * z;
    if (z < 0.0) {
        slope += settings->negativity * (settings->negativity_power == 1 ? -1.0 : 2.0 * z);
    }
    return slope + settings->sparsity * ((double)(z > 0.0) - (double)(z < 0.0));
}

/* From the slopes by a layer's output to those by what it is given. */
static inline void stack_go_back(struct stack_oracle *o, size_t layer, double weight) {
    const double *w = o->base.weights + stack_offset(o, layer);
    size_t below = layer - 1;
    for (size_t i = 0; i < stack_width(o, below); i++) {
        double z = o->activity[below][i];
        double slope = 0.0;
        for (size_t u = 0; u < stack_width(o, layer); u++) {
            slope += o->slope[layer][u] * w[u * stack_fan_in(o, layer) + i];
        }
        if (below == o->shape->latent_layer) {
            slope += weight * stack_latent_slope(&o->base.job->loss, z);
        }
        o->slope[below][i] = stack_is_rectified(o, below) && z == 0.0 ? 0.0 : slope;
    }
}

static inline void stack_add_gradient(struct stack_oracle *o, size_t layer) {
    const double *x = stack_input_of(o, layer);
    double *dw = o->base.gradient + stack_offset(o, layer);
    double *db = dw + stack_width(o, layer) * stack_fan_in(o, layer);
    for (size_t u = 0; u < stack_width(o, layer); u++) {
        db[u] += o->slope[layer][u];
        for (size_t i = 0; i < stack_fan_in(o, layer); i++) {
            dw[u * stack_fan_in(o, layer) + i] += o->slope[layer][u] * x[i];
        }
    }
}

/** The loss of the present weights; leaves its gradient in base.gradient. */
static inline struct loss_values stack_gradient(struct stack_oracle *o) {
    const struct loss_settings *settings = &o->base.job->loss;
    size_t outputs = o->shape->outputs;
    struct loss_values unused = {0};
    struct loss_values loss = stack_loss(o);
    bool below = settings->fit_threshold > 0.0 && loss.fit <= settings->fit_threshold;
    memset(o->base.gradient, 0, o->base.count * sizeof *o->base.gradient);
    for (size_t n = 0; n < o->base.data->size.samples; n++) {
        double fit = below ? 0.0 : settings->fit * o->sample_weights[n] * 2.0 / (double)outputs;
        stack_forward(o, n);
        for (size_t c = 0; c < outputs; c++) {
            o->slope[o->layers - 1][c] =
                fit * (o->activity[o->layers - 1][c] - o->base.data->targets[n * outputs + c]);
        }
        for (size_t k = o->layers; k-- > 0;) {
            stack_add_gradient(o, k);
            if (k > 0) {
                stack_go_back(o, k, o->sample_weights[n]);
            }
        }
    }
    stack_penalise(o, &unused, true);
    return loss;
}

/** Norm of the gradient that stack_gradient left. */
static inline double stack_gradient_norm(const struct stack_oracle *o) {
    double squares = 0.0;
    for (size_t k = 0; k < o->base.count; k++) {
        squares += o->base.gradient[k] * o->base.gradient[k];
    }
    return sqrt(squares);
}
