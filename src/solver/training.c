#include "solver/training.h"

#include "solver/loading.h"

#include <math.h>
#include <string.h>

static enum status training_allocate(struct training *training, struct arena *arena,
                                     struct error *error) {
    size_t lanes = training->bundle.kernel->lanes;
    float **rows[] = {&training->fit,    &training->rate,  &training->shrink, &training->loss,
                      &training->factor, &training->bound, &training->norm,   &training->best_loss,
                      &training->chosen, &training->none};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        TRY(ARENA_NEW(arena, *rows[i], lanes, error));
    }
    training->terms = TERM_WEIGHTS + training->bundle.shape.tensor_count;
    TRY(ARENA_NEW(arena, training->learning_rate, lanes, error));
    TRY(ARENA_NEW(arena, training->whole_loss, lanes, error));
    TRY(ARENA_NEW(arena, training->gradient_norm, lanes, error));
    TRY(ARENA_NEW(arena, training->coefficients, training->terms * lanes, error));
    return ARENA_NEW(arena, training->values, training->terms * lanes, error);
}

static float *training_term(const struct training *training, float *array, size_t which) {
    return array + which * training->bundle.kernel->lanes;
}

static void training_prepare(struct training *training) {
    const struct bundle *bundle = &training->bundle;
    const struct job *first = bundle->lanes[0].job;
    training->moments = first->solver->moments(&first->solver_settings);
    training->settings = &first->train;
    training->beta1_power = 1.0;
    training->beta2_power = 1.0;
    for (size_t lane = 0; lane < bundle->count; lane++) {
        const struct job *job = bundle->lanes[lane].job;
        training->fit[lane] = (float)job->loss.fit;
        training_term(training, training->coefficients, TERM_FIT)[lane] = (float)job->loss.fit;
        training_term(training, training->coefficients, TERM_ACTIVITY)[lane] =
            (float)job->loss.activity;
        training_term(training, training->coefficients, TERM_NEGATIVITY)[lane] =
            (float)job->loss.negativity;
        training_term(training, training->coefficients, TERM_SPARSITY)[lane] =
            (float)job->loss.sparsity;
        training->bound[lane] =
            job->train.clip == CLIP_VALUE ? (float)job->train.clip_at : INFINITY;
        training->best_loss[lane] = INFINITY;
        training->has_threshold = training->has_threshold || job->loss.fit_threshold > 0.0;
    }
    memcpy(training_term(training, training->coefficients, TERM_WEIGHTS), bundle->penalties,
           bundle->shape.tensor_count * bundle->kernel->lanes * sizeof(float));
}

static enum status training_prepare_passes(struct training *training, struct arena *arena,
                                           struct error *error) {
    const struct bundle *bundle = &training->bundle;
    TRY(ARENA_NEW(arena, training->passes, bundle->samples / bundle->tile + 1, error));
    for (size_t n = 0; n < bundle->samples; n += bundle->tile) {
        struct pass *pass = &training->passes[training->pass_count++];
        *pass = bundle_pass(bundle, n);
        pass->fit = training->fit;
        pass->negativity_power = (int)bundle->lanes[0].job->loss.negativity_power;
        pass->fit_sum = training_term(training, training->values, TERM_FIT);
        pass->activity_sum = training_term(training, training->values, TERM_ACTIVITY);
        pass->negativity_sum = training_term(training, training->values, TERM_NEGATIVITY);
        pass->sparsity_sum = bundle->sparsity_slopes == NULL
                                 ? NULL
                                 : training_term(training, training->values, TERM_SPARSITY);
    }
    return STATUS_OK;
}

enum status training_make(const struct kernel *kernel, const struct network_shape *shape,
                          const struct lane *lanes, size_t count, struct arena *arena,
                          struct training *training, struct error *error) {
    *training = (struct training){0};
    TRY(bundle_make(kernel, shape, lanes, count, arena, &training->bundle, error));
    TRY(training_allocate(training, arena, error));
    training_prepare(training);
    if (training->bundle.batched) {
        TRY(batches_make(&training->bundle, arena, &training->batches, error));
    } else {
        load_samples(&training->bundle, 0);
    }
    return training_prepare_passes(training, arena, error);
}

size_t training_tensor_numbers(const struct bundle *bundle, size_t t) {
    return bundle->shape.tensors[t].rows * bundle->shape.tensors[t].columns;
}

static void training_clear_values(struct training *training) {
    memset(training->values, 0, training->terms * training->bundle.kernel->lanes * sizeof(float));
}

/* Runs over the rows as loaded, or with `whole` over all samples. */
static void training_run_over(struct training *training, bool whole,
                              void (*run)(struct training *)) {
    const struct bundle *bundle = &training->bundle;
    if (!whole || !bundle->batched) {
        run(training);
        return;
    }
    for (size_t first = 0; first < bundle_longest(bundle); first += bundle->samples) {
        load_samples(bundle, first);
        run(training);
    }
}

static void training_add_fit(struct training *training) {
    const struct bundle *bundle = &training->bundle;
    for (size_t p = 0; p < training->pass_count; p++) {
        const struct pass *pass = &training->passes[p];
        bundle->network->forward(pass);
        bundle->kernel->square_error(pass->rows, bundle->shape.outputs, pass->outputs,
                                     pass->targets, pass->sample_weights, pass->fit, pass->outputs,
                                     pass->fit_sum);
    }
}

static void training_add_gradient(struct training *training) {
    for (size_t p = 0; p < training->pass_count; p++) {
        training->bundle.network->gradient(&training->passes[p]);
    }
}

/* Whether FIT exceeds the threshold, and so has a gradient, is known only after a forward pass. */
static void training_find_slopes(struct training *training, bool whole) {
    const struct bundle *bundle = &training->bundle;
    const float *fit = training_term(training, training->values, TERM_FIT);
    training_clear_values(training);
    training_run_over(training, whole, training_add_fit);
    for (size_t lane = 0; lane < bundle->count; lane++) {
        const struct loss_settings *loss = &bundle->lanes[lane].job->loss;
        bool below = fit[lane] <= (float)loss->fit_threshold && loss->fit_threshold > 0.0;
        training->fit[lane] = below ? 0.0f : (float)loss->fit;
    }
}

/* FIT becomes its excess over the threshold. */
static void training_subtract_thresholds(struct training *training) {
    float *fit = training_term(training, training->values, TERM_FIT);
    for (size_t lane = 0; lane < training->bundle.count; lane++) {
        float excess = fit[lane] - (float)training->bundle.lanes[lane].job->loss.fit_threshold;
        fit[lane] = excess < 0.0f ? 0.0f : excess;
    }
}

static bool training_compute_loss(struct training *training, bool whole) {
    const struct bundle *bundle = &training->bundle;
    if (training->has_threshold) {
        training_find_slopes(training, whole);
    }
    training_clear_values(training);
    training_run_over(training, whole, training_add_gradient);
    for (size_t t = 0; t < bundle->shape.tensor_count; t++) {
        if (bundle->shape.tensors[t].penalised) {
            bundle->kernel->square_sum(training_tensor_numbers(bundle, t), bundle->tensors[t],
                                       training_term(training, training->values, TERM_WEIGHTS + t));
        }
    }
    if (training->has_threshold) {
        training_subtract_thresholds(training);
    }
    return bundle->kernel->weighted_sum(training->terms, training->coefficients, training->values,
                                        training->loss);
}

bool training_loss(struct training *training) {
    if (training->bundle.batched) {
        batches_draw(&training->batches, &training->bundle);
    }
    return training_compute_loss(training, false);
}

/* Squares of a tensor's gradient with that of its penalty, of one lane. */
static double training_gradient_squares(const struct bundle *bundle, size_t t, size_t lane) {
    size_t lanes = bundle->kernel->lanes;
    double slope = 2.0 * (double)bundle->penalties[t * lanes + lane];
    double squares = 0.0;
    for (size_t k = 0; k < training_tensor_numbers(bundle, t); k++) {
        double gradient = (double)bundle->gradients[t][k * lanes + lane] +
                          slope * (double)bundle->tensors[t][k * lanes + lane];
        squares += gradient * gradient;
    }
    return squares;
}

static void training_clear_gradient(const struct bundle *bundle) {
    memset(bundle->gradient, 0,
           bundle->shape.parameter_count * bundle->kernel->lanes * sizeof(float));
}

void training_measure(struct training *training) {
    const struct bundle *bundle = &training->bundle;
    training_clear_gradient(bundle); /* a loss without a step after it leaves a gradient */
    (void)training_compute_loss(training, true);
    for (size_t lane = 0; lane < bundle->count; lane++) {
        double squares = 0.0;
        for (size_t t = 0; t < bundle->shape.tensor_count; t++) {
            squares += training_gradient_squares(bundle, t, lane);
        }
        training->gradient_norm[lane] = sqrt(squares);
        training->whole_loss[lane] = (double)training->loss[lane];
    }
    training_clear_gradient(bundle);
    if (bundle->batched) {
        batches_reset(&training->batches, bundle);
    }
}
