#include "solver/costs.h"

struct costs costs_of_loss(const struct loss_settings *loss, size_t sources) {
    const struct reals *weights = &loss->weights;
    return (struct costs){
        .fit = loss->fit / (double)sources,
        .activity = loss->activity,
        .weights_in = weights->values[0],
        .weights_out = weights->values[weights->count - 1],
    };
}

struct costs costs_of_exact_loss(const struct loss_settings *loss) {
    struct costs costs = costs_of_loss(loss, 1);
    costs.fit = INFINITY;
    return costs;
}

enum status costs_optimum(const struct geometry *geometry, const struct loss_settings *loss,
                          size_t most_neurons, struct arena *arena, struct optimum *optimum,
                          struct error *error) {
    size_t sources = geometry->cloud.sources;
    struct costs costs = costs_of_loss(loss, sources);
    return hinge_optimum(geometry, &costs, loss->fit_threshold * (double)sources, most_neurons,
                         arena, optimum, error);
}
