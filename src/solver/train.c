#include "solver/train.h"

#include "kernel/denormals.h"
#include "solver/evaluate.h"
#include "solver/optimise.h"

#include <math.h>
#include <string.h>

/* About a millisecond of one core. */
static const double flops_between_polls = 5e7;

/* Terms of the loss: three sums over samples, then the squares of every tensor. */
enum { TERM_FIT, TERM_ACTIVITY, TERM_NEGATIVITY, TERM_WEIGHTS };

/* What a step needs besides the bundle, [L] each unless said otherwise. */
struct training {
    struct bundle bundle;
    const struct lane *lanes;
    struct moment_settings moments;
    const struct train_settings *settings; /* of the first lane, for what all share */
    int negativity_power;
    bool has_threshold;  /* some lane has a fit threshold */
    size_t terms;        /* TERM_WEIGHTS + tensor_count */
    float *coefficients; /* [terms][L] */
    float *values;       /* [terms][L] */
    float *loss, *best_loss;
    float *fit;            /* coefficient of the fit's gradient, 0 below the threshold */
    double *learning_rate; /* in force */
    float *rate, *shrink;  /* of struct moment_update */
    float *factor, *bound, *norm, *chosen, *none;
    double beta1_power, beta2_power; /* β^t */
    size_t pass_count;
    struct pass *passes; /* one a tile, the same at every step */
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
    float **rows[] = {&training->fit,    &training->rate,  &training->shrink, &training->loss,
                      &training->factor, &training->bound, &training->norm,   &training->best_loss,
                      &training->chosen, &training->none};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        TRY(ARENA_NEW(arena, *rows[i], lanes, error));
    }
    training->terms = TERM_WEIGHTS + training->bundle.shape.tensor_count;
    TRY(ARENA_NEW(arena, training->learning_rate, lanes, error));
    TRY(ARENA_NEW(arena, training->coefficients, training->terms * lanes, error));
    return ARENA_NEW(arena, training->values, training->terms * lanes, error);
}

static float *term(const struct training *training, float *array, size_t which) {
    return array + which * training->bundle.kernel->lanes;
}

static void prepare(struct training *training) {
    const struct bundle *bundle = &training->bundle;
    const struct job *first = training->lanes[0].job;
    training->moments = first->solver->moments(&first->solver_settings);
    training->settings = &first->train;
    training->negativity_power = (int)first->loss.negativity_power;
    training->beta1_power = 1.0;
    training->beta2_power = 1.0;
    for (size_t lane = 0; lane < bundle->count; lane++) {
        const struct job *job = training->lanes[lane].job;
        training->fit[lane] = (float)job->loss.fit;
        term(training, training->coefficients, TERM_FIT)[lane] = (float)job->loss.fit;
        term(training, training->coefficients, TERM_ACTIVITY)[lane] = (float)job->loss.activity;
        term(training, training->coefficients, TERM_NEGATIVITY)[lane] = (float)job->loss.negativity;
        training->bound[lane] =
            job->train.clip == CLIP_VALUE ? (float)job->train.clip_at : INFINITY;
        training->best_loss[lane] = INFINITY;
        training->has_threshold = training->has_threshold || job->loss.fit_threshold > 0.0;
    }
    memcpy(term(training, training->coefficients, TERM_WEIGHTS), bundle->penalties,
           bundle->shape.tensor_count * bundle->kernel->lanes * sizeof(float));
}

static void clear_values(struct training *training) {
    memset(training->values, 0, training->terms * training->bundle.kernel->lanes * sizeof(float));
}

static enum status prepare_passes(struct training *training, struct arena *arena,
                                  struct error *error) {
    const struct bundle *bundle = &training->bundle;
    TRY(ARENA_NEW(arena, training->passes, bundle->samples / bundle->tile + 1, error));
    for (size_t n = 0; n < bundle->samples; n += bundle->tile) {
        struct pass *pass = &training->passes[training->pass_count++];
        *pass = bundle_pass(bundle, n);
        pass->fit = training->fit;
        pass->negativity_power = training->negativity_power;
        pass->fit_sum = term(training, training->values, TERM_FIT);
        pass->activity_sum = term(training, training->values, TERM_ACTIVITY);
        pass->negativity_sum = term(training, training->values, TERM_NEGATIVITY);
    }
    return STATUS_OK;
}

/* The hinge's slope is known only after a whole forward pass. */
static void find_slopes(struct training *training) {
    const struct bundle *bundle = &training->bundle;
    const float *fit = term(training, training->values, TERM_FIT);
    clear_values(training);
    for (size_t p = 0; p < training->pass_count; p++) {
        const struct pass *pass = &training->passes[p];
        bundle->network->forward(pass);
        bundle->kernel->square_error(pass->rows, bundle->shape.outputs, pass->outputs,
                                     pass->targets, pass->sample_weights, pass->fit, pass->outputs,
                                     pass->fit_sum);
    }
    for (size_t lane = 0; lane < bundle->count; lane++) {
        const struct loss_settings *loss = &training->lanes[lane].job->loss;
        bool below = fit[lane] <= (float)loss->fit_threshold && loss->fit_threshold > 0.0;
        training->fit[lane] = below ? 0.0f : (float)loss->fit;
    }
}

/* FIT becomes what of it lies above the threshold. */
static void subtract_thresholds(struct training *training) {
    float *fit = term(training, training->values, TERM_FIT);
    for (size_t lane = 0; lane < training->bundle.count; lane++) {
        float excess = fit[lane] - (float)training->lanes[lane].job->loss.fit_threshold;
        fit[lane] = excess < 0.0f ? 0.0f : excess;
    }
}

static size_t tensor_numbers(const struct bundle *bundle, size_t t) {
    return bundle->shape.tensors[t].rows * bundle->shape.tensors[t].columns;
}

/* The loss, and its gradient but for the weights' penalty; whether every lane's loss is finite. */
static bool compute_loss(struct training *training) {
    const struct bundle *bundle = &training->bundle;
    if (training->has_threshold) {
        find_slopes(training);
    }
    clear_values(training);
    for (size_t p = 0; p < training->pass_count; p++) {
        bundle->network->gradient(&training->passes[p]);
    }
    for (size_t t = 0; t < bundle->shape.tensor_count; t++) {
        if (bundle->shape.tensors[t].penalised) {
            bundle->kernel->square_sum(tensor_numbers(bundle, t), bundle->tensors[t],
                                       term(training, training->values, TERM_WEIGHTS + t));
        }
    }
    if (training->has_threshold) {
        subtract_thresholds(training);
    }
    return bundle->kernel->weighted_sum(training->terms, training->coefficients, training->values,
                                        training->loss);
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

/* Learning rates change seldom, their bias correction at every step. */
static void set_rates(struct training *training, int64_t step) {
    const struct bundle *bundle = &training->bundle;
    bool changed = step == 0 || (training->settings->rate == RATE_STEPPED &&
                                 step % training->settings->rate_every == 0);
    for (size_t lane = 0; changed && lane < bundle->count; lane++) {
        const struct job *job = training->lanes[lane].job;
        double decay = job->solver->moments(&job->solver_settings).weight_decay;
        training->learning_rate[lane] = train_rate(&job->train, step);
        training->shrink[lane] = (float)(training->learning_rate[lane] * decay);
    }
    training->beta1_power *= training->moments.beta1;
    training->beta2_power *= training->moments.beta2;
    double correction = 1.0 / (1.0 - training->beta1_power);
    for (size_t lane = 0; lane < bundle->count; lane++) {
        training->rate[lane] = (float)(training->learning_rate[lane] * correction);
    }
}

static void update(struct training *training, int64_t step) {
    const struct bundle *bundle = &training->bundle;
    size_t lanes = bundle->kernel->lanes;
    bool clipped = training->settings->clip != CLIP_NONE;
    if (clipped) {
        clip(training);
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
            .penalty = clipped ? training->none : bundle->penalties + t * lanes,
            .beta1 = training->moments.beta1,
            .beta2 = training->moments.beta2,
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

/* The step of history point `point`: the last one at or before its share of the steps. */
static int64_t history_step(int64_t point, int64_t steps) {
    const int64_t intervals = HISTORY_POINTS - 1;
    return steps / intervals * point + steps % intervals * point / intervals;
}

/* Notes losses in the history from `point` on, and lanes that have just diverged; whether any lane
 * is still alive. */
static bool note_losses(const struct training *training, int64_t step, int64_t point,
                        struct trained *results) {
    bool alive = false;
    for (size_t lane = 0; lane < training->bundle.count; lane++) {
        struct trained *result = &results[lane];
        if (result->diverged) {
            continue;
        }
        result->steps = step;
        result->diverged = !isfinite(training->loss[lane]);
        alive = alive || !result->diverged;
        /* Padded samples of weight 0 can turn an infinite loss into NaN: both are told as NaN. */
        float loss = result->diverged ? NAN : training->loss[lane];
        for (int64_t k = point; k < HISTORY_POINTS; k++) {
            result->history[k] = loss;
        }
    }
    return alive;
}

/* Computes the loss of a step and notes what is worth noting; whether to go on. */
static bool begin_step(struct training *training, int64_t step, int64_t *point,
                       struct trained *results) {
    int64_t steps = training->settings->steps;
    bool finite = compute_loss(training);
    if (finite && step < history_step(*point, steps)) {
        return true;
    }
    bool alive = note_losses(training, step, *point, results);
    while (*point < HISTORY_POINTS && history_step(*point, steps) <= step) {
        (*point)++;
    }
    return alive;
}

static void run_steps(struct training *training, const struct poll *poll, struct trained *results) {
    const struct bundle *bundle = &training->bundle;
    double flops =
        network_step_flops(&bundle->shape, bundle->samples) * (double)bundle->kernel->lanes;
    int64_t between_polls = 1 + (int64_t)(flops_between_polls / flops);
    int64_t point = 0;
    int64_t step = 0;
    while (begin_step(training, step, &point, results)) {
        if (training->settings->keep == KEEP_BEST) {
            keep_best(training);
        }
        if (step == training->settings->steps) {
            return;
        }
        update(training, step++);
        if (step % between_polls == 0) {
            poll->call(poll->context);
        }
    }
}

enum status train(const struct kernel *kernel, const struct network_shape *shape,
                  const struct lane *lanes, size_t count, const struct poll *poll,
                  struct arena *arena, struct trained *results, struct error *error) {
    struct training training = {.lanes = lanes};
    if (lanes[0].job->solver->exact) {
        return optimise(shape, lanes, count, poll, arena, results, error);
    }
    TRY(bundle_make(kernel, shape, lanes, count, arena, &training.bundle, error));
    TRY(allocate(&training, arena, error));
    prepare(&training);
    TRY(prepare_passes(&training, arena, error));
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
