#include "solver/lane.h"

#include "solver/initial.h"

enum status lane_prepare(const struct job *job, struct arena *arena, struct dataset *data,
                         struct network_shape *shape, struct lane *lane, struct error *error) {
    double *initial;
    struct random_stream stream = random_stream_of(job->hash, RANDOM_DATA);
    TRY(job->distribution->draw(&job->data, &stream, arena, data, error));
    TRY(job->network->shape(&job->network_settings, &data->size, shape, error));
    TRY(ARENA_NEW(arena, initial, shape->parameter_count, error));
    TRY(initial_weights(job, shape, arena, initial, error));
    *lane = (struct lane){.job = job, .data = data, .initial = initial};
    return STATUS_OK;
}
