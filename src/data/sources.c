#include "data/sources.h"

struct dataset_size sources_size(size_t samples, size_t sources) {
    return (struct dataset_size){
        .samples = samples, .sources = sources, .inputs = sources, .targets = sources};
}

enum status sources_dataset(const double *sources, struct dataset_size size, struct arena *arena,
                            struct dataset *dataset, struct error *error) {
    double *weights;
    TRY(ARENA_NEW(arena, weights, size.samples, error));
    for (size_t n = 0; n < size.samples; n++) {
        weights[n] = 1 / (double)size.samples;
    }
    *dataset = (struct dataset){
        .size = size,
        .sources = sources,
        .inputs = sources,
        .targets = sources,
        .weights = weights,
    };
    return STATUS_OK;
}
