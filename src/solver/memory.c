#include "solver/memory.h"

enum {
    WEIGHT_COPIES = 5, /* weights, their gradient, two moments, those to keep */
    KEPT_COPIES = 2,   /* of a lane's weights: before training in double precision, and after */
};

static double memory_weight_bytes(const struct network_shape *shape, size_t lanes, size_t jobs) {
    double kept = (double)jobs * KEPT_COPIES * sizeof(double);
    return (double)shape->parameter_count * ((double)lanes * WEIGHT_COPIES * sizeof(float) + kept);
}

/* Of a job's data as they were drawn, where sources may be inputs and targets as well, and of its
 * network's activity on them; batches are drawn from a copy in single precision. */
static double memory_sample_bytes(const struct network_shape *shape, const struct job *job,
                                  const struct dataset_size *data) {
    size_t inputs = shape->one_hot ? 1 : shape->inputs;
    size_t drawn = data->sources + (data->own_targets ? inputs + data->targets : 0) + 1;
    double exact = (double)(drawn + shape->latents + shape->outputs) * sizeof(double);
    double copies = job->train.batch > 0 ? (double)(inputs + shape->outputs) * sizeof(float) : 0.0;
    return (double)data->samples * (exact + copies);
}

/* Inputs, targets, weights and slopes of each row, and what a pass computes for each of its own. */
static double memory_row_bytes(const struct network_shape *shape, size_t rows, size_t lanes) {
    static const double WEIGHTS_AND_SLOPES = 4.0;
    size_t inputs = shape->one_hot ? 1 : shape->inputs;
    size_t tile = bundle_tile(shape, lanes) * (shape->steps > 0 ? shape->steps : 1);
    double own = (double)(inputs + shape->outputs) + WEIGHTS_AND_SLOPES;
    double computed = (double)(shape->latents + shape->outputs + shape->scratch_per_row);
    return (double)lanes * sizeof(float) *
           ((double)rows * own + (double)(tile < rows ? tile : rows) * computed);
}

/* Scores copy the columns of the latents, one job after another. */
static double memory_score_bytes(const struct network_shape *shape,
                                 const struct dataset_size *data) {
    return (double)data->samples * (double)(shape->latents + data->sources) * sizeof(double);
}

struct memory memory_of(const struct network_shape *shape, const struct job *job,
                        const struct dataset_size *data, size_t jobs) {
    size_t rows = network_step_samples(job, shape, data);
    size_t lanes = network_is_wide(shape, rows) ? 1 : KERNEL_LANES;
    size_t used = jobs < lanes ? jobs : lanes;
    return (struct memory){.weights = memory_weight_bytes(shape, lanes, used),
                           .samples = (double)used * memory_sample_bytes(shape, job, data) +
                                      memory_score_bytes(shape, data),
                           .rows = memory_row_bytes(shape, rows, lanes)};
}

double memory_total(const struct memory *memory) {
    return memory->weights + memory->samples + memory->rows;
}
