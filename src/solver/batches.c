#include "solver/batches.h"

#include "solver/loading.h"

static bool are_equal(const double *weights, size_t count) {
    for (size_t n = 1; n < count; n++) {
        if (weights[n] != weights[0]) {
            return false;
        }
    }
    return true;
}

static double batch_weight(const struct batches *batches, const struct dataset *data, size_t n) {
    return data->weights[n] * (double)data->size.samples / (double)batches->size;
}

/* Rows after the batch keep a sample of their lane, of weight 0. */
void batches_reset(const struct batches *batches, const struct bundle *bundle) {
    for (size_t lane = 0; lane < bundle->count; lane++) {
        double weight = batch_weight(batches, bundle->lanes[lane].data, 0);
        for (size_t row = 0; row < bundle->samples; row++) {
            load_weight(bundle, lane, row, row < batches->size ? weight : 0.0);
        }
    }
}

enum status batches_make(const struct bundle *bundle, struct arena *arena, struct batches *batches,
                         struct error *error) {
    *batches = (struct batches){.size = (size_t)bundle->lanes[0].job->train.batch};
    TRY(ARENA_NEW(arena, batches->order, bundle->count, error));
    TRY(ARENA_NEW(arena, batches->place, bundle->count, error));
    TRY(ARENA_NEW(arena, batches->streams, bundle->count, error));
    for (size_t lane = 0; lane < bundle->count; lane++) {
        const struct dataset *data = bundle->lanes[lane].data;
        TRY(ARENA_NEW(arena, batches->order[lane], data->size.samples, error));
        for (size_t n = 0; n < data->size.samples; n++) {
            batches->order[lane][n] = (uint32_t)n;
        }
        batches->streams[lane] = random_stream_of(bundle->lanes[lane].job->hash, RANDOM_BATCHES);
        batches->weighted = batches->weighted || !are_equal(data->weights, data->size.samples);
    }
    load_samples(bundle, 0);
    batches_reset(batches, bundle);
    return STATUS_OK;
}

/* The next sample of a lane: a step of Fisher and Yates' shuffle. Of two numbers whose odds differ
 * by rounding, 2^-32 of N, none is noticed. */
static size_t next_sample(struct batches *batches, size_t lane, size_t samples, uint32_t random) {
    uint32_t *order = batches->order[lane];
    size_t place = batches->place[lane];
    size_t left = samples - place;
    size_t chosen = place + (size_t)((uint64_t)random * left >> 32);
    uint32_t sample = order[chosen];
    order[chosen] = order[place];
    order[place] = sample;
    batches->place[lane] = left == 1 ? 0 : place + 1;
    return sample;
}

static void put_sample(const struct batches *batches, const struct bundle *bundle, size_t lane,
                       size_t row, size_t n) {
    load_values(bundle, lane, row, n);
    if (batches->weighted) {
        load_weight(bundle, lane, row, batch_weight(batches, bundle->lanes[lane].data, n));
    }
}

static void draw_lane(struct batches *batches, const struct bundle *bundle, size_t lane) {
    struct random_stream *stream = &batches->streams[lane];
    size_t samples = bundle->lanes[lane].data->size.samples;
    for (size_t row = 0; row < batches->size; row += 2) {
        uint64_t random = random_bits(stream);
        put_sample(batches, bundle, lane, row,
                   next_sample(batches, lane, samples, (uint32_t)random));
        if (row + 1 < batches->size) {
            put_sample(batches, bundle, lane, row + 1,
                       next_sample(batches, lane, samples, (uint32_t)(random >> 32)));
        }
    }
}

void batches_draw(struct batches *batches, const struct bundle *bundle) {
    for (size_t lane = 0; lane < bundle->count; lane++) {
        draw_lane(batches, bundle, lane);
    }
    load_unused(bundle);
}
