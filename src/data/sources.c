#include "data/sources.h"

#include "base/text.h"

struct dataset_size sources_size(size_t samples, size_t sources) {
    return (struct dataset_size){
        .samples = samples, .sources = sources, .inputs = sources, .targets = sources};
}

enum status sources_size_of(const void *settings, struct dataset_size *size, struct error *error) {
    (void)error;
    const struct sources_settings *own = settings;
    *size = sources_size((size_t)own->points, (size_t)own->sources);
    return STATUS_OK;
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

enum status sources_check_amount(double amount, const char *change, const char *expected,
                                 struct error *error) {
    char text[32];
    return expected == NULL ? STATUS_OK
                            : error_refuse(error, "amount", "amount %s with change %s: expected %s",
                                           text_of_real(amount, text), change, expected);
}
