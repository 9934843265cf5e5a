/* Independent sources, uniform in (0, 1). */
#include "data/sources.h"

struct settings {
    int64_t points;
    int64_t sources;
};

static enum status uniform_size(const void *data, struct dataset_size *result,
                                struct error *error) {
    (void)error;
    const struct settings *settings = data;
    *result = sources_size((size_t)settings->points, (size_t)settings->sources);
    return STATUS_OK;
}

static enum status uniform_draw(const void *data, struct random_stream *stream, struct arena *arena,
                                struct dataset *dataset, struct error *error) {
    struct dataset_size shape;
    TRY(uniform_size(data, &shape, error));
    double *sources;
    TRY(ARENA_NEW(arena, sources, shape.samples * shape.sources, error));
    for (size_t k = 0; k < shape.samples * shape.sources; k++) {
        sources[k] = random_uniform(stream);
    }
    return sources_dataset(sources, shape, arena, dataset, error);
}

static const struct parameter parameters[] = {
    {.type = PARAMETER_INTEGER,
     PARAMETER_FIELD(struct settings, points),
     .minimum = 2,
     .maximum = SAMPLES_MAX,
     .fallback = "32",
     .flags = PARAMETER_SHAPES,
     .help = "number of samples"},
    {.type = PARAMETER_INTEGER,
     PARAMETER_FIELD(struct settings, sources),
     .minimum = 1,
     .maximum = SOURCES_MAX,
     .fallback = "2",
     .flags = PARAMETER_SHAPES,
     .help = "number of sources"},
};

const struct distribution uniform_distribution = {
    .component = {.name = "uniform",
                  .help = "independent sources, uniform between 0 and 1",
                  COMPONENT_PARAMETERS(parameters),
                  .settings_size = sizeof(struct settings)},
    .size = uniform_size,
    .draw = uniform_draw,
};
