#include "solver/bundle.h"

#include <string.h>

enum {
    LANES_TILE_BYTES = 16 * 1024, /* of the widest layer, so that a tile stays in the first level */
    LANES_TILE_MAX = 64,
    WIDE_TILE = 512,
    FEW_SEQUENCES = KERNEL_ROW_QUANTUM / 2,
    PASS_BYTES_MAX = 64 << 20, /* of the hidden states of the sequences in one pass */
};

const struct kernel *bundle_kernel(const struct network_shape *shape, const struct lane *lane) {
    return kernel_best(
        network_is_wide(shape, network_step_samples(lane->job, shape, &lane->data->size)));
}

static size_t bundle_round_up(size_t rows) {
    return (rows + KERNEL_ROW_QUANTUM - 1) / KERNEL_ROW_QUANTUM * KERNEL_ROW_QUANTUM;
}

/* Few sequences are faster one at a time than padded. */
static size_t bundle_pad(const struct bundle *bundle, size_t sequences) {
    bool few = bundle->shape.steps > 0 && sequences <= FEW_SEQUENCES;
    return few ? sequences : bundle_round_up(sequences);
}

size_t bundle_tile(const struct network_shape *shape, size_t lanes) {
    size_t widest = shape->widest > 0 ? shape->widest : 1;
    size_t row_bytes = widest * lanes * sizeof(float);
    size_t tile = lanes == 1 ? WIDE_TILE : LANES_TILE_BYTES / row_bytes;
    tile = tile > LANES_TILE_MAX && lanes > 1 ? LANES_TILE_MAX : tile;
    tile = bundle_round_up(tile == 0 ? 1 : tile);
    return tile * shape->steps * row_bytes > PASS_BYTES_MAX ? 1 : tile;
}

static enum status bundle_allocate(struct bundle *bundle, bool own_targets, struct arena *arena,
                                   struct error *error) {
    size_t lanes = bundle->kernel->lanes;
    size_t samples = bundle->samples * lanes;
    size_t weights = bundle->shape.parameter_count * lanes;
    size_t tile = bundle->tile * lanes;
    if (bundle->shape.one_hot) {
        TRY(ARENA_NEW(arena, bundle->hot, samples, error));
    } else {
        TRY(ARENA_NEW(arena, bundle->inputs, samples * bundle->shape.inputs, error));
    }
    bundle->targets = bundle->inputs;
    if (own_targets) {
        TRY(ARENA_NEW(arena, bundle->targets, samples * bundle->shape.outputs, error));
    }
    TRY(ARENA_NEW(arena, bundle->sample_weights, samples, error));
    TRY(ARENA_NEW(arena, bundle->activity_slopes, samples, error));
    TRY(ARENA_NEW(arena, bundle->negativity_slopes, samples, error));
    if (bundle->lanes[0].job->loss.sparsity > 0.0) {
        TRY(ARENA_NEW(arena, bundle->sparsity_slopes, samples, error));
    }
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

static void bundle_fill_column(const struct bundle *bundle, size_t lane, const double *numbers,
                               size_t count, float *array) {
    for (size_t k = 0; k < count; k++) {
        array[k * bundle->kernel->lanes + lane] = (float)numbers[k];
    }
}

static void bundle_fill_lane(struct bundle *bundle, size_t lane, const struct lane *from) {
    const struct loss_settings *loss = &from->job->loss;
    size_t lanes = bundle->kernel->lanes;
    bundle_fill_column(bundle, lane, from->initial, bundle->shape.parameter_count, bundle->weights);
    bundle->activity[lane] = (float)loss->activity;
    bundle->negativity[lane] = (float)loss->negativity;
    for (size_t t = 0, matrix = 0; t < bundle->shape.tensor_count; t++) {
        if (bundle->shape.tensors[t].penalised) {
            size_t which = loss->weights.count == 1 ? 0 : matrix++;
            bundle->penalties[t * lanes + lane] = (float)loss->weights.values[which];
        }
    }
}

static enum status bundle_allocate_statistics(struct bundle *bundle, struct arena *arena,
                                              struct error *error) {
    size_t lanes = bundle->kernel->lanes;
    size_t inputs = bundle->shape.inputs;
    TRY(ARENA_NEW(arena, bundle->mean, inputs * lanes, error));
    TRY(ARENA_NEW(arena, bundle->covariance, inputs * inputs * lanes, error));
    return ARENA_NEW(arena, bundle->weighted_inputs, bundle->samples * inputs * lanes, error);
}

/* Mean and covariance of a lane's inputs, and its inputs times their samples' weights. */
static void bundle_fill_statistics(struct bundle *bundle, size_t lane, const struct dataset *data) {
    size_t inputs = bundle->shape.inputs;
    size_t lanes = bundle->kernel->lanes;
    double mean[KERNEL_STATISTICS_INPUTS_MAX] = {0};
    double covariance[KERNEL_STATISTICS_INPUTS_MAX * KERNEL_STATISTICS_INPUTS_MAX] = {0};
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
    bundle_fill_column(bundle, lane, mean, inputs, bundle->mean);
    bundle_fill_column(bundle, lane, covariance, inputs * inputs, bundle->covariance);
}

static void bundle_point_at_tensors(struct bundle *bundle) {
    size_t offset = 0;
    for (size_t t = 0; t < bundle->shape.tensor_count; t++) {
        bundle->tensors[t] = bundle->weights + offset;
        bundle->gradients[t] = bundle->gradient + offset;
        offset += bundle->shape.tensors[t].rows * bundle->shape.tensors[t].columns *
                  bundle->kernel->lanes;
    }
}

/* One-hot samples of a whole data set, each input at most once, may lie in the rows of their
 * inputs. */
static bool bundle_may_lie_by_input(const struct dataset *data) {
    for (size_t n = 1; n < data->size.samples; n++) {
        if (data->hot[n] <= data->hot[n - 1]) {
            return false;
        }
    }
    return true;
}

size_t bundle_longest(const struct bundle *bundle) {
    size_t longest = 0;
    for (size_t lane = 0; lane < bundle->count; lane++) {
        size_t samples = bundle->lanes[lane].data->size.samples;
        longest = samples > longest ? samples : longest;
    }
    return longest;
}

static void bundle_choose_rows(struct bundle *bundle) {
    bundle->batched = bundle->lanes[0].job->train.batch > 0;
    bundle->by_input = bundle->shape.one_hot && !bundle->batched;
    for (size_t lane = 0; lane < bundle->count; lane++) {
        bundle->by_input = bundle->by_input && bundle_may_lie_by_input(bundle->lanes[lane].data);
    }
    size_t rows = bundle->by_input ? bundle->shape.inputs : bundle_longest(bundle);
    size_t sequences =
        bundle->batched ? (size_t)bundle->lanes[0].job->train.batch : rows / bundle->steps;
    size_t padded = bundle_pad(bundle, sequences);
    size_t tile = bundle_tile(&bundle->shape, bundle->kernel->lanes);
    bundle->samples = padded * bundle->steps;
    bundle->tile = (tile < padded ? tile : padded) * bundle->steps;
}

struct bundle_rows bundle_rows(const struct bundle *bundle, size_t sequence) {
    size_t in_tile = bundle->tile / bundle->steps;
    size_t first = sequence / in_tile * bundle->tile;
    if (sequence >= bundle->samples / bundle->steps) {
        return (struct bundle_rows){.first = sequence * bundle->steps, .stride = 1};
    }
    size_t left = bundle->samples - first;
    return (struct bundle_rows){
        .first = first + sequence % in_tile,
        .stride = (left < bundle->tile ? left : bundle->tile) / bundle->steps,
    };
}

static enum status bundle_add_statistics(struct bundle *bundle, struct arena *arena,
                                         struct error *error) {
    if (!bundle->shape.uses_statistics || bundle->batched) {
        return STATUS_OK;
    }
    TRY(bundle_allocate_statistics(bundle, arena, error));
    for (size_t lane = 0; lane < bundle->count; lane++) {
        bundle_fill_statistics(bundle, lane, bundle->lanes[lane].data);
    }
    return STATUS_OK;
}

enum status bundle_make(const struct kernel *kernel, const struct network_shape *shape,
                        const struct lane *lanes, size_t count, struct arena *arena,
                        struct bundle *bundle, struct error *error) {
    *bundle = (struct bundle){.kernel = kernel,
                              .network = lanes[0].job->network,
                              .shape = *shape,
                              .steps = shape->steps > 0 ? shape->steps : 1,
                              .lanes = lanes,
                              .count = count};
    bool own_targets = false;
    for (size_t lane = 0; lane < count; lane++) {
        own_targets = own_targets || lanes[lane].data->targets != lanes[lane].data->inputs;
    }
    bundle_choose_rows(bundle);
    TRY(bundle_allocate(bundle, own_targets, arena, error));
    bundle_point_at_tensors(bundle);
    for (size_t lane = 0; lane < count; lane++) {
        bundle_fill_lane(bundle, lane, &lanes[lane]);
    }
    return bundle_add_statistics(bundle, arena, error);
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
        .statistics = {bundle->mean, bundle->covariance, weighted},
        .inputs =
            bundle->hot == NULL ? bundle->inputs + first * bundle->shape.inputs * lanes : NULL,
        .hot = bundle->hot == NULL ? NULL : bundle->hot + first * lanes,
        .targets = bundle->targets + first * bundle->shape.outputs * lanes,
        .sample_weights = bundle->sample_weights + first * lanes,
        .weights = bundle->tensors,
        .gradients = bundle->gradients,
        .activity = bundle->activity,
        .negativity = bundle->negativity,
        .activity_slopes = bundle->activity_slopes + first * lanes,
        .negativity_slopes = bundle->negativity_slopes + first * lanes,
        .sparsity_slopes =
            bundle->sparsity_slopes == NULL ? NULL : bundle->sparsity_slopes + first * lanes,
        .latents = bundle->latents,
        .outputs = bundle->outputs,
        .scratch = bundle->scratch,
    };
}
