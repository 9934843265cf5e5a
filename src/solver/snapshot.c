#include "solver/snapshot.h"

#include "solver/update.h"

#include <string.h>

enum { SNAPSHOT_FORMAT = 1, PARAMETER_ARRAYS = 4 };

/* Precedes the arrays of a lane. */
struct header {
    uint64_t format;
    uint64_t bytes; /* of all */
    struct train_place place;
    double beta1_power, beta2_power;
    double last_loss;
    uint64_t batch_place;
    struct random_stream batch_stream;
    struct trained result; /* without its arrays */
    float best_loss;
    bool any_stopped;
};

/* The arrays that hold a number for each parameter. */
static void snapshot_parameter_arrays(const struct bundle *bundle,
                                      float *arrays[PARAMETER_ARRAYS]) {
    arrays[0] = bundle->weights;
    arrays[1] = bundle->first_moment;
    arrays[2] = bundle->second_moment;
    arrays[3] = bundle->best;
}

/* Numbers in the order of a lane's samples, or sequences; 0 without batches. */
static size_t snapshot_order_length(const struct bundle *bundle, size_t lane) {
    return bundle->batched ? bundle->lanes[lane].data->size.samples / bundle->steps : 0;
}

static size_t snapshot_lane_bytes(const struct bundle *bundle, size_t lane) {
    return sizeof(struct header) +
           PARAMETER_ARRAYS * bundle->shape.parameter_count * sizeof(float) +
           snapshot_order_length(bundle, lane) * sizeof(uint32_t);
}

static enum status snapshot_make_room(const struct bundle *bundle, struct arena *arena,
                                      struct snapshot *snapshot, struct error *error) {
    TRY(ARENA_NEW(arena, snapshot->lanes, bundle->count, error));
    snapshot->count = bundle->count;
    for (size_t lane = 0; lane < bundle->count; lane++) {
        struct snapshot_lane *room = &snapshot->lanes[lane];
        room->bytes = snapshot_lane_bytes(bundle, lane);
        TRY(arena_new(arena, 1, room->bytes, &room->data, error));
    }
    return STATUS_OK;
}

static struct header snapshot_header_of(const struct training *training,
                                        const struct stopping *stopping, struct train_place place,
                                        const struct trained *result, size_t lane) {
    const struct bundle *bundle = &training->bundle;
    struct header header;
    memset(&header, 0, sizeof header); /* padding bytes are written as well */
    header.format = SNAPSHOT_FORMAT;
    header.bytes = snapshot_lane_bytes(bundle, lane);
    header.place = place;
    header.beta1_power = training->beta1_power;
    header.beta2_power = training->beta2_power;
    header.last_loss = stopping->last_loss[lane];
    header.any_stopped = stopping->any;
    header.best_loss = training->best_loss[lane];
    header.result = *result;
    header.result.weights = NULL;
    header.result.latents = NULL;
    if (bundle->batched) {
        header.batch_place = training->batches.place[lane];
        header.batch_stream = training->batches.streams[lane];
    }
    return header;
}

static void snapshot_take_lane(const struct training *training, const struct header *header,
                               size_t lane, unsigned char *data) {
    const struct bundle *bundle = &training->bundle;
    float *arrays[PARAMETER_ARRAYS];
    snapshot_parameter_arrays(bundle, arrays);
    memcpy(data, header, sizeof *header);
    float *numbers = (float *)(void *)(data + sizeof *header);
    for (size_t k = 0; k < PARAMETER_ARRAYS; k++) {
        bundle_extract(bundle, arrays[k], bundle->shape.parameter_count, lane, numbers);
        numbers += bundle->shape.parameter_count;
    }
    if (bundle->batched) {
        memcpy(numbers, training->batches.order[lane],
               snapshot_order_length(bundle, lane) * sizeof(uint32_t));
    }
}

enum status snapshot_take(const struct training *training, const struct stopping *stopping,
                          struct train_place place, const struct trained *trained,
                          struct arena *arena, struct snapshot *snapshot, struct error *error) {
    const struct bundle *bundle = &training->bundle;
    if (snapshot->lanes == NULL) {
        TRY(snapshot_make_room(bundle, arena, snapshot, error));
    }
    snapshot->step = place.step;
    for (size_t lane = 0; lane < bundle->count; lane++) {
        struct header header = snapshot_header_of(training, stopping, place, &trained[lane], lane);
        snapshot_take_lane(training, &header, lane, (unsigned char *)snapshot->lanes[lane].data);
    }
    return STATUS_OK;
}

static void snapshot_insert(const struct bundle *bundle, const float *numbers, size_t lane,
                            float *array) {
    for (size_t k = 0; k < bundle->shape.parameter_count; k++) {
        array[k * bundle->kernel->lanes + lane] = numbers[k];
    }
}

static void snapshot_restore_lane(struct training *training, struct stopping *stopping,
                                  const struct header *header, size_t lane,
                                  const unsigned char *data, struct trained *result) {
    const struct bundle *bundle = &training->bundle;
    float *arrays[PARAMETER_ARRAYS];
    snapshot_parameter_arrays(bundle, arrays);
    const float *numbers = (const float *)(const void *)(data + sizeof *header);
    for (size_t k = 0; k < PARAMETER_ARRAYS; k++) {
        snapshot_insert(bundle, numbers, lane, arrays[k]);
        numbers += bundle->shape.parameter_count;
    }
    if (bundle->batched) {
        memcpy(training->batches.order[lane], numbers,
               snapshot_order_length(bundle, lane) * sizeof(uint32_t));
        training->batches.place[lane] = header->batch_place;
        training->batches.streams[lane] = header->batch_stream;
    }
    training->beta1_power = header->beta1_power;
    training->beta2_power = header->beta2_power;
    training->best_loss[lane] = header->best_loss;
    stopping->last_loss[lane] = header->last_loss;
    stopping->any = stopping->any || header->any_stopped;
    *result = header->result;
}

static enum status snapshot_read_header(const struct training *training, size_t lane,
                                        struct header *header, struct error *error) {
    const struct snapshot_lane *from = training->bundle.lanes[lane].from;
    if (from->bytes == snapshot_lane_bytes(&training->bundle, lane)) {
        memcpy(header, from->data, sizeof *header);
    }
    if (from->bytes != snapshot_lane_bytes(&training->bundle, lane) ||
        header->format != SNAPSHOT_FORMAT || header->bytes != from->bytes ||
        header->place.step > training->settings->steps) {
        return error_set(error, STATUS_BAD_INPUT, "the checkpoint of job %lld does not fit the job",
                         (long long)training->bundle.lanes[lane].job->index);
    }
    return STATUS_OK;
}

enum status snapshot_restore(struct training *training, struct stopping *stopping,
                             struct train_place *place, struct trained *trained,
                             struct error *error) {
    const struct bundle *bundle = &training->bundle;
    *place = (struct train_place){0, 0};
    for (size_t lane = 0; lane < bundle->count && bundle->lanes[lane].from != NULL; lane++) {
        struct header header;
        TRY(snapshot_read_header(training, lane, &header, error));
        snapshot_restore_lane(training, stopping, &header, lane, bundle->lanes[lane].from->data,
                              &trained[lane]);
        *place = header.place;
    }
    update_rates(training, place->step);
    return STATUS_OK;
}
