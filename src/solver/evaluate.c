#include "solver/evaluate.h"

#include "solver/loading.h"

#include <math.h>

/* Latents and outputs of every lane on its own samples, [count][N][..]. */
struct activity {
    double **latents;
    double **outputs;
    size_t *done; /* samples of each lane copied so far */
};

static enum status evaluate_allocate(const struct bundle *bundle, struct arena *arena,
                                     struct activity *activity, struct error *error) {
    TRY(ARENA_NEW(arena, activity->done, bundle->count, error));
    TRY(ARENA_NEW(arena, activity->latents, bundle->count, error));
    TRY(ARENA_NEW(arena, activity->outputs, bundle->count, error));
    for (size_t lane = 0; lane < bundle->count; lane++) {
        size_t samples = bundle->lanes[lane].data->size.samples;
        TRY(ARENA_NEW(arena, activity->latents[lane], samples * bundle->shape.latents, error));
        TRY(ARENA_NEW(arena, activity->outputs[lane], samples * bundle->shape.outputs, error));
    }
    return STATUS_OK;
}

/* Copies the rows of the pass that starts at row `from` to their samples, beginning with sample
 * *next. */
static void evaluate_copy_rows(const struct bundle *bundle, const struct pass *pass, size_t lane,
                               size_t first, size_t from, const struct activity *activity,
                               size_t *next) {
    size_t lanes = bundle->kernel->lanes;
    size_t latents = bundle->shape.latents;
    size_t outputs = bundle->shape.outputs;
    for (; *next < bundle->lanes[lane].data->size.samples; (*next)++) {
        size_t row = load_row(bundle, lane, first, *next) - from;
        if (row >= pass->rows) {
            return;
        }
        for (size_t k = 0; k < latents; k++) {
            activity->latents[lane][*next * latents + k] =
                (double)pass->latents[(row * latents + k) * lanes + lane];
        }
        for (size_t k = 0; k < outputs; k++) {
            activity->outputs[lane][*next * outputs + k] =
                (double)pass->outputs[(row * outputs + k) * lanes + lane];
        }
    }
}

/* Runs over all rows, which hold samples from `first` on of every lane. */
static void evaluate_run_rows(const struct bundle *bundle, size_t first, float *unused,
                              const struct activity *activity) {
    size_t all = bundle->kernel->lanes;
    for (size_t n = 0; n < bundle->samples; n += bundle->tile) {
        struct pass pass = bundle_pass(bundle, n);
        pass.negativity_power = (int)bundle->lanes[0].job->loss.negativity_power;
        pass.fit_sum = unused;
        pass.activity_sum = unused + all;
        pass.negativity_sum = unused + 2 * all;
        bundle->network->forward(&pass);
        for (size_t lane = 0; lane < bundle->count; lane++) {
            evaluate_copy_rows(bundle, &pass, lane, first, n, activity, &activity->done[lane]);
        }
    }
}

static enum status evaluate_run_forward(const struct bundle *bundle, struct arena *arena,
                                        const struct activity *activity, struct error *error) {
    float *unused;
    size_t longest = bundle_longest(bundle);
    TRY(ARENA_NEW(arena, unused, 3 * bundle->kernel->lanes, error));
    for (size_t first = 0; first < longest; first += bundle->samples) {
        if (bundle->batched) {
            load_samples(bundle, first);
        }
        evaluate_run_rows(bundle, first, unused, activity);
    }
    return STATUS_OK;
}

static void evaluate_add_sample(const struct dataset *data, size_t n, const double *latents,
                                size_t width, const double *outputs, int64_t power,
                                struct loss_values *loss) {
    size_t targets = data->size.targets;
    double fit = 0.0;
    for (size_t c = 0; c < targets; c++) {
        double difference = outputs[n * targets + c] - data->targets[n * targets + c];
        fit += difference * difference;
    }
    double activity = 0.0;
    double negativity = 0.0;
    double magnitude = 0.0;
    for (size_t h = 0; h < width; h++) {
        double z = latents[n * width + h];
        double negative = z < 0.0 ? -z : 0.0;
        activity += z * z;
        magnitude += fabs(z);
        negativity += power == 1 ? negative : negative * negative;
    }
    loss->fit += data->weights[n] * fit / (double)targets;
    loss->activity += data->weights[n] * activity;
    loss->negativity += data->weights[n] * negativity;
    loss->sparsity += data->weights[n] * magnitude;
}

/* Σ of squares of the matrices, and that sum with every matrix's own coefficient. */
static double evaluate_weight_penalty(const struct network_shape *shape,
                                      const struct reals *coefficients, const double *weights,
                                      double *sum) {
    double penalty = 0.0;
    size_t matrix = 0;
    *sum = 0.0;
    for (size_t t = 0; t < shape->tensor_count; t++) {
        size_t numbers = shape->tensors[t].rows * shape->tensors[t].columns;
        if (shape->tensors[t].penalised) {
            double squares = 0.0;
            for (size_t k = 0; k < numbers; k++) {
                squares += weights[k] * weights[k];
            }
            penalty += coefficients->values[coefficients->count == 1 ? 0 : matrix] * squares;
            *sum += squares;
            matrix++;
        }
        weights += numbers;
    }
    return penalty;
}

struct loss_values evaluate_loss(const struct network_shape *shape, const struct lane *lane,
                                 const double *weights, const double *latents,
                                 const double *outputs) {
    const struct loss_settings *settings = &lane->job->loss;
    struct loss_values loss = {0};
    for (size_t n = 0; n < lane->data->size.samples; n++) {
        evaluate_add_sample(lane->data, n, latents, shape->latents, outputs,
                            settings->negativity_power, &loss);
    }
    double penalty = evaluate_weight_penalty(shape, &settings->weights, weights, &loss.weights);
    loss.total = settings->fit * fmax(0.0, loss.fit - settings->fit_threshold) +
                 settings->activity * loss.activity + settings->negativity * loss.negativity +
                 settings->sparsity * loss.sparsity + penalty;
    return loss;
}

enum status evaluate_bundle(const struct bundle *bundle, struct arena *arena,
                            struct trained *trained, struct error *error) {
    struct activity activity = {0};
    TRY(evaluate_allocate(bundle, arena, &activity, error));
    TRY(evaluate_run_forward(bundle, arena, &activity, error));
    for (size_t lane = 0; lane < bundle->count; lane++) {
        struct trained *result = &trained[lane];
        float *weights;
        double *exact;
        TRY(ARENA_NEW(arena, weights, bundle->shape.parameter_count, error));
        TRY(ARENA_NEW(arena, exact, bundle->shape.parameter_count, error));
        bundle_extract(bundle, bundle->weights, bundle->shape.parameter_count, lane, weights);
        for (size_t k = 0; k < bundle->shape.parameter_count; k++) {
            exact[k] = (double)weights[k];
        }
        result->weights = weights;
        result->latents = activity.latents[lane];
        result->loss = evaluate_loss(&bundle->shape, &bundle->lanes[lane], exact,
                                     activity.latents[lane], activity.outputs[lane]);
        result->diverged = result->diverged || !isfinite(result->loss.total);
        if (result->diverged) {
            result->loss = (struct loss_values){NAN, NAN, NAN, NAN, NAN, NAN};
            result->gradient = NAN;
        }
    }
    return STATUS_OK;
}
