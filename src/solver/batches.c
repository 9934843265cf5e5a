#include "solver/batches.h"

#include "solver/loading.h"

#include <string.h>

static bool batches_are_equal(const double *weights, size_t count) {
    for (size_t n = 1; n < count; n++) {
        if (weights[n] != weights[0]) {
            return false;
        }
    }
    return true;
}

/* Samples of a lane, or sequences. */
static size_t batches_count_of(const struct bundle *bundle, size_t lane) {
    return bundle->lanes[lane].data->size.samples / bundle->steps;
}

static double batches_batch_weight(const struct batches *batches, const struct bundle *bundle,
                                   size_t lane, size_t n) {
    return bundle->lanes[lane].data->weights[n] * (double)batches_count_of(bundle, lane) /
           (double)batches->size;
}

/* Rows after the batch hold samples of their own lane, of weight 0, whatever other lanes have done.
 */
void batches_reset(const struct batches *batches, const struct bundle *bundle) {
    load_samples(bundle, 0);
    for (size_t lane = 0; lane < bundle->count; lane++) {
        double weight = batches_batch_weight(batches, bundle, lane, 0);
        for (size_t sequence = 0; sequence < bundle->samples / bundle->steps; sequence++) {
            struct bundle_rows rows = bundle_rows(bundle, sequence);
            for (size_t step = 0; step < bundle->steps; step++) {
                load_sample_weight(bundle, lane, rows.first + step * rows.stride,
                                   sequence < batches->size ? weight : 0.0);
            }
        }
    }
}

/* Numbers of a lane in single precision; lanes with the same ones share them, and the cache. */
static enum status batches_copy_table(const struct bundle *bundle, size_t lane, size_t count,
                                      const double *numbers, const float **tables,
                                      struct arena *arena, struct error *error) {
    float *copy;
    TRY(ARENA_NEW(arena, copy, count, error));
    for (size_t k = 0; k < count; k++) {
        copy[k] = (float)numbers[k];
    }
    tables[lane] = copy;
    for (size_t other = 0; other < lane; other++) {
        if (bundle->lanes[other].data->size.samples == bundle->lanes[lane].data->size.samples &&
            memcmp(tables[other], copy, count * sizeof *copy) == 0) {
            tables[lane] = tables[other];
            break;
        }
    }
    return STATUS_OK;
}

static enum status batches_add_lane(const struct bundle *bundle, size_t lane, struct arena *arena,
                                    struct batches *batches, struct error *error) {
    const struct dataset *data = bundle->lanes[lane].data;
    size_t samples = data->size.samples;
    TRY(ARENA_NEW(arena, batches->order[lane], batches_count_of(bundle, lane), error));
    for (size_t n = 0; n < batches_count_of(bundle, lane); n++) {
        batches->order[lane][n] = (uint32_t)n;
    }
    if (bundle->hot == NULL) {
        TRY(batches_copy_table(bundle, lane, samples * data->size.inputs, data->inputs,
                               batches->inputs, arena, error));
    }
    if (bundle->targets != bundle->inputs) {
        TRY(batches_copy_table(bundle, lane, samples * data->size.targets, data->targets,
                               batches->targets, arena, error));
    }
    batches->streams[lane] = random_stream_of(bundle->lanes[lane].job->hash, RANDOM_BATCHES);
    batches->weighted = batches->weighted || !batches_are_equal(data->weights, samples);
    return STATUS_OK;
}

enum status batches_make(const struct bundle *bundle, struct arena *arena, struct batches *batches,
                         struct error *error) {
    *batches = (struct batches){.size = (size_t)bundle->lanes[0].job->train.batch};
    TRY(ARENA_NEW(arena, batches->inputs, bundle->count, error));
    TRY(ARENA_NEW(arena, batches->targets, bundle->count, error));
    TRY(ARENA_NEW(arena, batches->order, bundle->count, error));
    TRY(ARENA_NEW(arena, batches->place, bundle->count, error));
    TRY(ARENA_NEW(arena, batches->streams, bundle->count, error));
    TRY(ARENA_NEW(arena, batches->chosen, batches->size, error));
    TRY(ARENA_NEW(arena, batches->drawn, batches->size * bundle->count, error));
    for (size_t lane = 0; lane < bundle->count; lane++) {
        TRY(batches_add_lane(bundle, lane, arena, batches, error));
    }
    batches_reset(batches, bundle);
    return STATUS_OK;
}

/*
 * The next samples of a lane: Fisher and Yates' shuffle of the rest of its epoch, as far as needed.
 * Odds differ by 2^-32 of N, which is negligible. All places are drawn before any is visited, so
 * that they can be fetched together.
 */
static void batches_draw_lane(struct batches *batches, const struct bundle *bundle, size_t lane) {
    size_t samples = batches_count_of(bundle, lane);
    size_t first = batches->place[lane];
    size_t place = first;
    uint32_t *order = batches->order[lane];
    uint32_t *chosen = batches->chosen;
    random_words(&batches->streams[lane], batches->size, chosen);
    for (size_t row = 0; row < batches->size; row++) {
        chosen[row] = (uint32_t)(place + ((uint64_t)chosen[row] * (samples - place) >> 32));
        __builtin_prefetch(&order[chosen[row]], 1);
        place = place + 1 == samples ? 0 : place + 1;
    }
    place = first;
    for (size_t row = 0; row < batches->size; row++) {
        uint32_t sample = order[chosen[row]];
        order[chosen[row]] = order[place];
        order[place] = sample;
        batches->drawn[row * bundle->count + lane] = sample;
        place = place + 1 == samples ? 0 : place + 1;
    }
    batches->place[lane] = place;
}

/* The numbers of one step of every lane's sequence, so that the lanes of a row are written
 * together.
 */
static void batches_put_step(const struct bundle *bundle, const uint32_t *drawn, size_t step,
                             size_t width, const float *const *tables, float *to) {
    size_t lanes = bundle->kernel->lanes;
    for (size_t lane = 0; lane < bundle->count; lane++) {
        const float *from = tables[lane] + (drawn[lane] * bundle->steps + step) * width;
        for (size_t k = 0; k < width; k++) {
            to[k * lanes + lane] = from[k];
        }
    }
}

static void batches_put_numbers(const struct batches *batches, const struct bundle *bundle,
                                size_t width, const float *const *tables, float *array) {
    for (size_t sequence = 0; sequence < batches->size; sequence++) {
        struct bundle_rows rows = bundle_rows(bundle, sequence);
        for (size_t step = 0; step < bundle->steps; step++) {
            size_t row = rows.first + step * rows.stride;
            batches_put_step(bundle, batches->drawn + sequence * bundle->count, step, width, tables,
                             array + row * width * bundle->kernel->lanes);
        }
    }
}

static void batches_put_inputs(const struct batches *batches, const struct bundle *bundle) {
    for (size_t row = 0; row < batches->size; row++) {
        for (size_t lane = 0; lane < bundle->count; lane++) {
            bundle->hot[row * bundle->kernel->lanes + lane] =
                bundle->lanes[lane].data->hot[batches->drawn[row * bundle->count + lane]];
        }
    }
    load_unused(bundle);
}

static void batches_put_weights(const struct batches *batches, const struct bundle *bundle) {
    for (size_t sequence = 0; sequence < batches->size; sequence++) {
        struct bundle_rows rows = bundle_rows(bundle, sequence);
        const uint32_t *drawn = batches->drawn + sequence * bundle->count;
        for (size_t lane = 0; lane < bundle->count; lane++) {
            for (size_t step = 0; step < bundle->steps; step++) {
                size_t n = drawn[lane] * bundle->steps + step;
                load_sample_weight(bundle, lane, rows.first + step * rows.stride,
                                   batches_batch_weight(batches, bundle, lane, n));
            }
        }
    }
}

void batches_draw(struct batches *batches, const struct bundle *bundle) {
    for (size_t lane = 0; lane < bundle->count; lane++) {
        batches_draw_lane(batches, bundle, lane);
    }
    if (bundle->hot == NULL) {
        batches_put_numbers(batches, bundle, bundle->shape.inputs, batches->inputs, bundle->inputs);
    } else {
        batches_put_inputs(batches, bundle);
    }
    if (bundle->targets != bundle->inputs) {
        batches_put_numbers(batches, bundle, bundle->shape.outputs, batches->targets,
                            bundle->targets);
    }
    if (batches->weighted) {
        batches_put_weights(batches, bundle);
    }
}
