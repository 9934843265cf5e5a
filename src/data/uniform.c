/* Independent sources, uniform in (0, 1). */
#include "data/sources.h"

static enum status uniform_draw(const void *data, struct random_stream *stream, struct arena *arena,
                                struct dataset *dataset, struct error *error) {
    struct dataset_size shape;
    TRY(sources_size_of(data, &shape, error));
    double *sources;
    TRY(ARENA_NEW(arena, sources, shape.samples * shape.sources, error));
    for (size_t k = 0; k < shape.samples * shape.sources; k++) {
        sources[k] = random_uniform(stream);
    }
    return sources_dataset(sources, shape, arena, dataset, error);
}

static const struct parameter parameters[] = {SOURCES_PARAMETERS};

const struct distribution uniform_distribution = {
    .component = {.name = "uniform",
                  .help = "independent sources, uniform between 0 and 1",
                  COMPONENT_PARAMETERS(parameters),
                  .settings_size = sizeof(struct sources_settings)},
    .size = sources_size_of,
    .draw = uniform_draw,
};
