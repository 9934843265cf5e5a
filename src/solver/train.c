#include "solver/train.h"

#include "kernel/denormals.h"
#include "solver/evaluate.h"

#include <math.h>
#include <string.h>

/* About a millisecond of one core. */
static const double flops_between_polls = 5e7;

/* Sums and coefficients of the step under way, [L] each unless said otherwise. */
struct training {
    struct bundle bundle;
    const struct lane *lanes;
    struct moment_settings moments;
    const struct train_settings *settings; /* of the first lane, for what all share */
    int negativity_power;
    bool has_threshold; /* some lane has a fit threshold */
    float *fit;         /* coefficient in force */
    float *fit_sum, *activity_sum, *negativity_sum;
    float *weight_sums; /* [tensor_count][L] */
    float *rate, *shrink, *factor, *bound, *norm, *chosen;
    float *loss, *best_loss;
    double beta1_power, beta2_power; /* β^t */
};

double train_rate(const struct train_settings *settings, int64_t step) {
    if (settings->rate == RATE_CONSTANT) {
        return settings->learning_rate;
    }
    int64_t reductions = step / settings->rate_every;
    return settings->learning_rate * pow(settings->rate_factor, (double)reductions);
}

static enum status allocate(struct training *training, struct arena *arena, struct error *error) {
    size_t lanes = training->bundle.kernel->lanes;
    float **rows[] = {&training->fit,    &training->fit_sum,   &training->activity_sum,
                      &training->rate,   &training->shrink,    &training->negativity_sum,
                      &training->factor, &training->bound,     &training->norm,
                      &training->loss,   &training->best_loss, &training->chosen};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        TRY(ARENA_NEW(arena, *rows[i], lanes, error));
    }
    return ARENA_NEW(arena, training->weight_sums, training->bundle.shape.tensor_count * lanes,
                     error);
}

static void prepare(struct training *training) {
    const struct job *first = training->lanes[0].job;
    training->moments = first->solver->moments(&first->solver_settings);
    training->settings = &first->train;
    training->negativity_power = (int)first->loss.negativity_power;
    training->beta1_power = 1.0;
    training->beta2_power = 1.0;
    for (size_t lane = 0; lane < training->bundle.count; lane++) {
        const struct job *job = training->lanes[lane].job;
        training->fit[lane] = (float)job->loss.fit;
        training->bound[lane] =
            job->train.clip == CLIP_VALUE ? (float)job->train.clip_at : INFINITY;
        training->best_loss[lane] = INFINITY;
        training->has_threshold = training->has_threshold || job->loss.fit_threshold > 0.0;
    }
}

static void clear_sums(struct training *training) {
    size_t bytes = training->bundle.kernel->lanes * sizeof(float);
    memset(training->fit_sum, 0, bytes);
    memset(training->activity_sum, 0, bytes);
    memset(training->negativity_sum, 0, bytes);
    memset(training->weight_sums, 0, bytes * training->bundle.shape.tensor_count);
}

static struct pass pass_at(const struct training *training, size_t sample) {
    struct pass pass = bundle_pass(&training->bundle, sample);
    pass.fit = training->fit;
    pass.negativity_power = training->negativity_power;
    pass.fit_sum = training->fit_sum;
    pass.activity_sum = training->activity_sum;
    pass.negativity_sum = training->negativity_sum;
    return pass;
}

/* The hinge's slope is known only after a whole forward pass. */
static void apply_threshold(struct training *training) {
    const struct bundle *bundle = &training->bundle;
    clear_sums(training);
    for (size_t n = 0; n < bundle->samples; n += bundle->tile) {
        struct pass pass = pass_at(training, n);
        bundle->network->forward(&pass);
        bundle->kernel->square_error(pass.rows, bundle->shape.outputs, pass.outputs, pass.targets,
                                     pass.sample_weights, pass.fit, pass.outputs, pass.fit_sum);
    }
    for (size_t lane = 0; lane < bundle->count; lane++) {
        const struct loss_settings *loss = &training->lanes[lane].job->loss;
        bool above = !(training->fit_sum[lane] <= (float)loss->fit_threshold);
        training->fit[lane] = above || loss->fit_threshold == 0.0 ? (float)loss->fit : 0.0f;
    }
}

static size_t tensor_numbers(const struct bundle *bundle, size_t t) {
    return bundle->shape.tensors[t].rows * bundle->shape.tensors[t].columns;
}

/* Gradient of the whole loss but for the weights' penalty, and the loss of every lane. */
static void compute_loss(struct training *training) {
    const struct bundle *bundle = &training->bundle;
    size_t lanes = bundle->kernel->lanes;
    if (training->has_threshold) {
        apply_threshold(training);
    }
    clear_sums(training);
    for (size_t n = 0; n < bundle->samples; n += bundle->tile) {
        struct pass pass = pass_at(training, n);
        bundle->network->gradient(&pass);
    }
    for (size_t t = 0; t < bundle->shape.tensor_count; t++) {
        if (bundle->shape.tensors[t].penalised) {
            bundle->kernel->square_sum(tensor_numbers(bundle, t), bundle->tensors[t],
                                       training->weight_sums + t * lanes);
        }
    }
    for (size_t lane = 0; lane < bundle->count; lane++) {
        const struct loss_settings *loss = &training->lanes[lane].job->loss;
        float excess = training->fit_sum[lane] - (float)loss->fit_threshold;
        float total = (float)loss->fit * (excess < 0.0f ? 0.0f : excess) +
                      (float)loss->activity * training->activity_sum[lane] +
                      (float)loss->negativity * training->negativity_sum[lane];
        for (size_t t = 0; t < bundle->shape.tensor_count; t++) {
            total += bundle->penalties[t * lanes + lane] * training->weight_sums[t * lanes + lane];
        }
        training->loss[lane] = total;
    }
}

/* Adds the penalty's gradient, then scales or limits all of the gradient. */
static void clip(struct training *training) {
    const struct bundle *bundle = &training->bundle;
    size_t lanes = bundle->kernel->lanes;
    for (size_t t = 0; t < bundle->shape.tensor_count; t++) {
        bundle->kernel->add_scaled(tensor_numbers(bundle, t), bundle->penalties + t * lanes,
                                   bundle->tensors[t], bundle->gradients[t]);
    }
    memset(training->norm, 0, lanes * sizeof(float));
    bundle->kernel->square_sum(bundle->shape.parameter_count, bundle->gradient, training->norm);
    for (size_t lane = 0; lane < bundle->count; lane++) {
        const struct train_settings *settings = &training->lanes[lane].job->train;
        float norm = sqrtf(training->norm[lane]);
        float most = (float)settings->clip_at;
        training->factor[lane] = settings->clip == CLIP_NORM && norm > most ? most / norm : 1.0f;
    }
    bundle->kernel->scale_and_limit(bundle->shape.parameter_count, training->factor,
                                    training->bound, bundle->gradient);
}

static void set_rates(struct training *training, int64_t step) {
    training->beta1_power *= training->moments.beta1;
    training->beta2_power *= training->moments.beta2;
    for (size_t lane = 0; lane < training->bundle.count; lane++) {
        const struct job *job = training->lanes[lane].job;
        double rate = train_rate(&job->train, step);
        training->rate[lane] = (float)(rate / (1.0 - training->beta1_power));
        training->shrink[lane] =
            (float)(rate * job->solver->moments(&job->solver_settings).weight_decay);
    }
}

static void update(struct training *training, int64_t step) {
    const struct bundle *bundle = &training->bundle;
    size_t lanes = bundle->kernel->lanes;
    bool clipped = training->settings->clip != CLIP_NONE;
    if (clipped) {
        clip(training);
        memset(training->norm, 0, lanes * sizeof(float));
    }
    set_rates(training, step);
    for (size_t t = 0; t < bundle->shape.tensor_count; t++) {
        size_t offset = (size_t)(bundle->tensors[t] - bundle->weights);
        struct moment_update moments = {
            .count = tensor_numbers(bundle, t),
            .weights = bundle->tensors[t],
            .gradient = bundle->gradients[t],
            .first_moment = bundle->first_moment + offset,
            .second_moment = bundle->second_moment + offset,
            .rate = training->rate,
            .shrink = training->shrink,
            .penalty = clipped ? training->norm : bundle->penalties + t * lanes,
            .beta1 = (float)training->moments.beta1,
            .beta2 = (float)training->moments.beta2,
            .second_correction = (float)(1.0 / sqrt(1.0 - training->beta2_power)),
            .epsilon = (float)training->moments.epsilon,
        };
        bundle->kernel->moment_update(&moments);
    }
}

static void keep_best(struct training *training) {
    const struct bundle *bundle = &training->bundle;
    bool any = false;
    for (size_t lane = 0; lane < bundle->count; lane++) {
        bool better = training->loss[lane] < training->best_loss[lane];
        training->chosen[lane] = better ? 1.0f : 0.0f;
        training->best_loss[lane] = better ? training->loss[lane] : training->best_loss[lane];
        any = any || better;
    }
    if (any) {
        bundle->kernel->copy_lanes(bundle->shape.parameter_count, training->chosen, bundle->weights,
                                   bundle->best);
    }
}

/* First history point at or after a step. */
static int64_t history_point(int64_t step, int64_t steps) {
    return steps == 0 ? 0 : (step * (HISTORY_POINTS - 1) + steps - 1) / steps;
}

/* Notes losses and lanes that have just diverged; whether any lane is still alive. */
static bool note_losses(const struct training *training, int64_t step, struct trained *results) {
    int64_t steps = training->settings->steps;
    bool alive = false;
    for (size_t lane = 0; lane < training->bundle.count; lane++) {
        struct trained *result = &results[lane];
        if (result->diverged) {
            continue;
        }
        result->steps = step;
        result->diverged = !isfinite(training->loss[lane]);
        alive = alive || !result->diverged;
        for (int64_t k = history_point(step, steps); k < HISTORY_POINTS; k++) {
            result->history[k] = training->loss[lane];
        }
    }
    return alive;
}

static void run_steps(struct training *training, const struct poll *poll, struct trained *results) {
    const struct bundle *bundle = &training->bundle;
    double flops =
        bundle->shape.flops_per_sample * (double)(bundle->samples * bundle->kernel->lanes);
    int64_t between_polls = 1 + (int64_t)(flops_between_polls / (flops + 1.0));
    for (int64_t step = 0; step < training->settings->steps; step++) {
        compute_loss(training);
        if (!note_losses(training, step, results)) {
            return;
        }
        if (training->settings->keep == KEEP_BEST) {
            keep_best(training);
        }
        update(training, step);
        if (step % between_polls == between_polls - 1) {
            poll->call(poll->context);
        }
    }
    compute_loss(training);
    if (note_losses(training, training->settings->steps, results) &&
        training->settings->keep == KEEP_BEST) {
        keep_best(training);
    }
}

enum status train(const struct kernel *kernel, const struct network_shape *shape,
                  const struct lane *lanes, size_t count, const struct poll *poll,
                  struct arena *arena, struct trained *results, struct error *error) {
    struct training training = {.lanes = lanes};
    TRY(bundle_make(kernel, shape, lanes, count, arena, &training.bundle, error));
    TRY(allocate(&training, arena, error));
    prepare(&training);
    memset(results, 0, count * sizeof *results);
    uint64_t saved = denormals_to_zero();
    run_steps(&training, poll, results);
    if (training.settings->keep == KEEP_BEST) {
        memcpy(training.bundle.weights, training.bundle.best,
               shape->parameter_count * kernel->lanes * sizeof(float));
    }
    denormals_restore(saved);
    return evaluate(&training.bundle, lanes, arena, results, error);
}
