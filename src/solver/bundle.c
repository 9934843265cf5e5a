#include "solver/bundle.h"

#include <string.h>

enum {
    /* Above this many weights matrix products of one network overtake sixteen side by side, whose
     * weights and moments no cache holds any more; measured in docs/training.md. */
    LANES_PARAMETERS_MOST = 128 * 1024,
    LANES_TILE_BYTES = 32 * 1024, /* of the widest layer, so that a tile stays in the first level */
    LANES_TILE_MOST = 64,
    WIDE_TILE = 512,
};

bool bundle_is_wide(const struct network_shape *shape) {
    return shape->parameter_count > LANES_PARAMETERS_MOST;
}

static size_t round_up(size_t rows) {
    return (rows + KERNEL_ROW_QUANTUM - 1) / KERNEL_ROW_QUANTUM * KERNEL_ROW_QUANTUM;
}

/* Rows of one pass; results do not depend on it. */
static size_t choose_tile(const struct bundle *bundle) {
    size_t row_bytes = bundle->shape.widest * bundle->kernel->lanes * sizeof(float);
    size_t tile = bundle->kernel->lanes == 1 ? WIDE_TILE : LANES_TILE_BYTES / row_bytes;
    tile = tile > LANES_TILE_MOST && bundle->kernel->lanes > 1 ? LANES_TILE_MOST : tile;
    tile = round_up(tile == 0 ? 1 : tile);
    return tile < bundle->samples ? tile : bundle->samples;
}

static enum status allocate(struct bundle *bundle, bool own_targets, struct arena *arena,
                            struct error *error) {
    size_t lanes = bundle->kernel->lanes;
    size_t samples = bundle->samples * lanes;
    size_t weights = bundle->shape.parameter_count * lanes;
    size_t tile = bundle->tile * lanes;
    TRY(ARENA_NEW(arena, bundle->inputs, samples * bundle->shape.inputs, error));
    bundle->targets = bundle->inputs;
    if (own_targets) {
        TRY(ARENA_NEW(arena, bundle->targets, samples * bundle->shape.outputs, error));
    }
    TRY(ARENA_NEW(arena, bundle->sample_weights, samples, error));
    TRY(ARENA_NEW(arena, bundle->activity_slopes, samples, error));
    TRY(ARENA_NEW(arena, bundle->negativity_slopes, samples, error));
    TRY(ARENA_NEW(arena, bundle->activity, lanes, error));
    TRY(ARENA_NEW(arena, bundle->negativity, lanes, error));
    TRY(ARENA_NEW(arena, bundle->weights, weights, error));
    TRY(ARENA_NEW(arena, bundle->gradient, weights, error));
    TRY(ARENA_NEW(arena, bundle->first_moment, weights, error));
    TRY(ARENA_NEW(arena, bundle->second_moment, weights, error));
    TRY(ARENA_NEW(arena, bundle->best, weights, error));
    TRY(ARENA_NEW(arena, bundle->penalties, bundle->shape.tensor_count * lanes, error));
    TRY(ARENA_NEW(arena, bundle->latents, tile * bundle->shape.latents, error));
    TRY(ARENA_NEW(arena, bundle->outputs, tile * bundle->shape.outputs, error));
    return ARENA_NEW(arena, bundle->scratch, tile * bundle->shape.scratch_per_row, error);
}

static void fill_column(const struct bundle *bundle, size_t lane, const double *numbers,
                        size_t count, float *array) {
    for (size_t k = 0; k < count; k++) {
        array[k * bundle->kernel->lanes + lane] = (float)numbers[k];
    }
}

/* Padding repeats the first sample with weight 0: it overflows only where that one does. */
static void pad_rows(const struct bundle *bundle, size_t lane, size_t samples, size_t width,
                     float *array) {
    size_t lanes = bundle->kernel->lanes;
    for (size_t k = samples * width; k < bundle->samples * width; k++) {
        array[k * lanes + lane] = array[k % width * lanes + lane];
    }
}

static void fill_lane(struct bundle *bundle, size_t lane, const struct lane *from) {
    const struct dataset_size *size = &from->data->size;
    const struct loss_settings *loss = &from->job->loss;
    size_t lanes = bundle->kernel->lanes;
    fill_column(bundle, lane, from->data->inputs, size->samples * size->inputs, bundle->inputs);
    if (bundle->targets != bundle->inputs) {
        fill_column(bundle, lane, from->data->targets, size->samples * size->targets,
                    bundle->targets);
    }
    pad_rows(bundle, lane, size->samples, size->inputs, bundle->inputs);
    if (bundle->targets != bundle->inputs) {
        pad_rows(bundle, lane, size->samples, size->targets, bundle->targets);
    }
    fill_column(bundle, lane, from->initial, bundle->shape.parameter_count, bundle->weights);
    bundle->activity[lane] = (float)loss->activity;
    bundle->negativity[lane] = (float)loss->negativity;
    for (size_t n = 0; n < size->samples; n++) {
        double weight = from->data->weights[n];
        size_t at = n * lanes + lane;
        bundle->sample_weights[at] = (float)weight;
        bundle->activity_slopes[at] = (float)(2.0 * loss->activity * weight);
        bundle->negativity_slopes[at] =
            (float)(loss->negativity * (double)loss->negativity_power * weight);
    }
    for (size_t t = 0, matrix = 0; t < bundle->shape.tensor_count; t++) {
        if (bundle->shape.tensors[t].penalised) {
            size_t which = loss->weights.count == 1 ? 0 : matrix++;
            bundle->penalties[t * lanes + lane] = (float)loss->weights.values[which];
        }
    }
}

static enum status allocate_moments(struct bundle *bundle, struct arena *arena,
                                    struct error *error) {
    size_t lanes = bundle->kernel->lanes;
    size_t inputs = bundle->shape.inputs;
    TRY(ARENA_NEW(arena, bundle->mean, inputs * lanes, error));
    TRY(ARENA_NEW(arena, bundle->covariance, inputs * inputs * lanes, error));
    return ARENA_NEW(arena, bundle->weighted_inputs, bundle->samples * inputs * lanes, error);
}

/* Mean and covariance of a lane's inputs, and its inputs times their samples' weights. */
static void fill_moments(struct bundle *bundle, size_t lane, const struct dataset *data) {
    size_t inputs = bundle->shape.inputs;
    size_t lanes = bundle->kernel->lanes;
    double mean[KERNEL_MOMENT_INPUTS_MOST] = {0};
    double covariance[KERNEL_MOMENT_INPUTS_MOST * KERNEL_MOMENT_INPUTS_MOST] = {0};
    for (size_t n = 0; n < data->size.samples; n++) {
        for (size_t i = 0; i < inputs; i++) {
            double weighted = data->weights[n] * data->inputs[n * inputs + i];
            bundle->weighted_inputs[(n * inputs + i) * lanes + lane] = (float)weighted;
            mean[i] += weighted;
        }
    }
    for (size_t n = 0; n < data->size.samples; n++) {
        const double *x = data->inputs + n * inputs;
        for (size_t i = 0; i < inputs; i++) {
            for (size_t j = 0; j < inputs; j++) {
                covariance[i * inputs + j] +=
                    data->weights[n] * (x[i] - mean[i]) * (x[j] - mean[j]);
            }
        }
    }
    fill_column(bundle, lane, mean, inputs, bundle->mean);
    fill_column(bundle, lane, covariance, inputs * inputs, bundle->covariance);
}

static void point_at_tensors(struct bundle *bundle) {
    size_t offset = 0;
    for (size_t t = 0; t < bundle->shape.tensor_count; t++) {
        bundle->tensors[t] = bundle->weights + offset;
        bundle->gradients[t] = bundle->gradient + offset;
        offset += bundle->shape.tensors[t].rows * bundle->shape.tensors[t].columns *
                  bundle->kernel->lanes;
    }
}

enum status bundle_make(const struct kernel *kernel, const struct network_shape *shape,
                        const struct lane *lanes, size_t count, struct arena *arena,
                        struct bundle *bundle, struct error *error) {
    *bundle = (struct bundle){
        .kernel = kernel, .network = lanes[0].job->network, .shape = *shape, .count = count};
    bool own_targets = false;
    for (size_t lane = 0; lane < count; lane++) {
        size_t samples = round_up(lanes[lane].data->size.samples);
        bundle->samples = samples > bundle->samples ? samples : bundle->samples;
        own_targets = own_targets || lanes[lane].data->targets != lanes[lane].data->inputs;
    }
    bundle->tile = choose_tile(bundle);
    TRY(allocate(bundle, own_targets, arena, error));
    point_at_tensors(bundle);
    bool few_inputs = shape->inputs <= KERNEL_MOMENT_INPUTS_MOST;
    if (few_inputs) {
        TRY(allocate_moments(bundle, arena, error));
    }
    for (size_t lane = 0; lane < count; lane++) {
        fill_lane(bundle, lane, &lanes[lane]);
        if (few_inputs) {
            fill_moments(bundle, lane, lanes[lane].data);
        }
    }
    return STATUS_OK;
}

void bundle_extract(const struct bundle *bundle, const float *array, size_t count, size_t lane,
                    float *numbers) {
    for (size_t k = 0; k < count; k++) {
        numbers[k] = array[k * bundle->kernel->lanes + lane];
    }
}

struct pass bundle_pass(const struct bundle *bundle, size_t first) {
    size_t lanes = bundle->kernel->lanes;
    size_t left = bundle->samples - first;
    const float *weighted = bundle->weighted_inputs == NULL
                                ? NULL
                                : bundle->weighted_inputs + first * bundle->shape.inputs * lanes;
    return (struct pass){
        .kernel = bundle->kernel,
        .shape = &bundle->shape,
        .rows = left < bundle->tile ? left : bundle->tile,
        .first = first == 0,
        .last = left <= bundle->tile,
        .moments = {bundle->mean, bundle->covariance, weighted},
        .inputs = bundle->inputs + first * bundle->shape.inputs * lanes,
        .targets = bundle->targets + first * bundle->shape.outputs * lanes,
        .sample_weights = bundle->sample_weights + first * lanes,
        .weights = bundle->tensors,
        .gradients = bundle->gradients,
        .activity = bundle->activity,
        .negativity = bundle->negativity,
        .activity_slopes = bundle->activity_slopes + first * lanes,
        .negativity_slopes = bundle->negativity_slopes + first * lanes,
        .latents = bundle->latents,
        .outputs = bundle->outputs,
        .scratch = bundle->scratch,
    };
}
