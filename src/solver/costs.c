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

double costs_threshold(const struct loss_settings *loss, size_t sources) {
    return loss->fit_threshold * (double)sources;
}
