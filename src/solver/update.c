#include "solver/update.h"

#include <math.h>
#include <string.h>

double update_rate(const struct train_settings *settings, int64_t step) {
    if (settings->rate == RATE_CONSTANT) {
        return settings->learning_rate;
    }
    int64_t reductions = step / settings->rate_every;
    return settings->learning_rate * pow(settings->rate_factor, (double)reductions);
}

/* The norm of a lane's gradient whose squares are too large for single precision. */
static double update_large_norm(const struct bundle *bundle, size_t lane) {
    double squares = 0.0;
    for (size_t k = 0; k < bundle->shape.parameter_count; k++) {
        double gradient = (double)bundle->gradient[k * bundle->kernel->lanes + lane];
        squares += gradient * gradient;
    }
    return sqrt(squares);
}

/* Adds the penalty's gradient, then scales or limits all of the gradient. */
static void update_clip(struct training *training) {
    const struct bundle *bundle = &training->bundle;
    size_t lanes = bundle->kernel->lanes;
    for (size_t t = 0; t < bundle->shape.tensor_count; t++) {
        bundle->kernel->add_scaled(training_tensor_numbers(bundle, t),
                                   bundle->penalties + t * lanes, bundle->tensors[t],
                                   bundle->gradients[t]);
    }
    memset(training->norm, 0, lanes * sizeof(float));
    bundle->kernel->square_sum(bundle->shape.parameter_count, bundle->gradient, training->norm);
    for (size_t lane = 0; lane < bundle->count; lane++) {
        const struct train_settings *settings = &bundle->lanes[lane].job->train;
        float norm = sqrtf(training->norm[lane]);
        float most = (float)settings->clip_at;
        training->factor[lane] = settings->clip == CLIP_NORM && norm > most ? most / norm : 1.0f;
        if (settings->clip == CLIP_NORM && !isfinite(norm)) {
            training->factor[lane] = (float)(settings->clip_at / update_large_norm(bundle, lane));
        }
    }
    bundle->kernel->scale_and_limit(bundle->shape.parameter_count, training->factor,
                                    training->bound, bundle->gradient);
}

void update_rates(struct training *training, int64_t step) {
    const struct bundle *bundle = &training->bundle;
    for (size_t lane = 0; lane < bundle->count; lane++) {
        const struct job *job = bundle->lanes[lane].job;
        double decay = job->solver->moments(&job->solver_settings).weight_decay;
        training->learning_rate[lane] = update_rate(&job->train, step);
        training->shrink[lane] = (float)(training->learning_rate[lane] * decay);
    }
}

/* Learning rates change rarely, their bias correction at every step. */
static void update_set_rates(struct training *training, int64_t step) {
    const struct bundle *bundle = &training->bundle;
    if (training->settings->rate == RATE_STEPPED && step % training->settings->rate_every == 0) {
        update_rates(training, step);
    }
    training->beta1_power *= training->moments.beta1;
    training->beta2_power *= training->moments.beta2;
    double correction = 1.0 / (1.0 - training->beta1_power);
    for (size_t lane = 0; lane < bundle->count; lane++) {
        training->rate[lane] = (float)(training->learning_rate[lane] * correction);
    }
}

void training_update(struct training *training, int64_t step) {
    const struct bundle *bundle = &training->bundle;
    size_t lanes = bundle->kernel->lanes;
    bool clipped = training->settings->clip != CLIP_NONE;
    if (clipped) {
        update_clip(training);
    }
    update_set_rates(training, step);
    for (size_t t = 0; t < bundle->shape.tensor_count; t++) {
        size_t offset = (size_t)(bundle->tensors[t] - bundle->weights);
        struct moment_update moments = {
            .count = training_tensor_numbers(bundle, t),
            .weights = bundle->tensors[t],
            .gradient = bundle->gradients[t],
            .first_moment = bundle->first_moment + offset,
            .second_moment = bundle->second_moment + offset,
            .rate = training->rate,
            .shrink = training->shrink,
            .penalty = clipped ? training->none : bundle->penalties + t * lanes,
            .beta1 = training->moments.beta1,
            .beta2 = training->moments.beta2,
            .second_correction = (float)(1.0 / sqrt(1.0 - training->beta2_power)),
            .epsilon = (float)training->moments.epsilon,
        };
        bundle->kernel->moment_update(&moments);
    }
}
