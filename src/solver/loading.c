#include "solver/loading.h"

void load_sample_weight(const struct bundle *bundle, size_t lane, size_t row, double weight) {
    const struct loss_settings *loss = &bundle->lanes[lane].job->loss;
    size_t at = row * bundle->kernel->lanes + lane;
    bundle->sample_weights[at] = (float)weight;
    bundle->activity_slopes[at] = (float)(2.0 * loss->activity * weight);
    bundle->negativity_slopes[at] =
        (float)(loss->negativity * (double)loss->negativity_power * weight);
    if (bundle->sparsity_slopes != NULL) {
        bundle->sparsity_slopes[at] = (float)(loss->sparsity * weight);
    }
}

static void loading_load_numbers(const struct bundle *bundle, size_t lane, size_t row,
                                 const double *numbers, size_t width, float *array) {
    float *to = array + row * width * bundle->kernel->lanes + lane;
    for (size_t k = 0; k < width; k++) {
        to[k * bundle->kernel->lanes] = (float)numbers[k];
    }
}

static void loading_load_values(const struct bundle *bundle, size_t lane, size_t row, size_t n) {
    const struct dataset *data = bundle->lanes[lane].data;
    if (bundle->hot != NULL) {
        bundle->hot[row * bundle->kernel->lanes + lane] = data->hot[n];
    } else {
        loading_load_numbers(bundle, lane, row, data->inputs + n * data->size.inputs,
                             data->size.inputs, bundle->inputs);
    }
    if (bundle->targets != bundle->inputs) {
        loading_load_numbers(bundle, lane, row, data->targets + n * data->size.targets,
                             data->size.targets, bundle->targets);
    }
}

/* Padding repeats a sample, or sequence, with weight 0: it overflows only where that one does. */
static void loading_pad_row(const struct bundle *bundle, size_t lane, size_t row, size_t n) {
    loading_load_values(bundle, lane, row, n);
    load_sample_weight(bundle, lane, row, 0.0);
    if (bundle->by_input && row < bundle->shape.inputs) {
        bundle->hot[row * bundle->kernel->lanes + lane] = (uint32_t)row;
    }
}

size_t load_row(const struct bundle *bundle, size_t lane, size_t first, size_t n) {
    if (bundle->by_input) {
        return bundle->lanes[lane].data->hot[n];
    }
    struct bundle_rows rows = bundle_rows(bundle, (n - first) / bundle->steps);
    return rows.first + (n - first) % bundle->steps * rows.stride;
}

static void loading_pad_lane(const struct bundle *bundle, size_t lane, size_t padding) {
    for (size_t sequence = 0; sequence < bundle->samples / bundle->steps; sequence++) {
        struct bundle_rows rows = bundle_rows(bundle, sequence);
        for (size_t step = 0; step < bundle->steps; step++) {
            loading_pad_row(bundle, lane, rows.first + step * rows.stride, padding + step);
        }
    }
}

static void loading_load_lane(const struct bundle *bundle, size_t lane, size_t first) {
    const struct dataset *data = bundle->lanes[lane].data;
    size_t samples = data->size.samples;
    size_t end = first + bundle->samples;
    loading_pad_lane(bundle, lane, first < samples ? first : 0);
    for (size_t n = first; n < samples && n < end; n++) {
        size_t row = load_row(bundle, lane, first, n);
        loading_load_values(bundle, lane, row, n);
        load_sample_weight(bundle, lane, row, data->weights[n]);
    }
}

void load_unused(const struct bundle *bundle) {
    size_t lanes = bundle->kernel->lanes;
    for (size_t row = 0; bundle->hot != NULL && row < bundle->samples; row++) {
        for (size_t lane = bundle->count; lane < lanes; lane++) {
            bundle->hot[row * lanes + lane] = bundle->hot[row * lanes];
        }
    }
}

void load_samples(const struct bundle *bundle, size_t first) {
    for (size_t lane = 0; lane < bundle->count; lane++) {
        loading_load_lane(bundle, lane, first);
    }
    load_unused(bundle);
}
