/*
 * How far the most mixed neuron points away from its nearest source axis. A neuron's direction is
 * that of the weighted least-squares fit of its activity on the centred sources: its row of input
 * weights in a linear network. A sample of weight 2w scores as two samples of weight w.
 */
#include "score/columns.h"
#include "score/score.h"
#include "theory/angle.h"

static enum status mixing_angle_compute(const struct score_input *input, const double *matrix,
                                        struct arena *arena, double *value, struct error *error) {
    (void)matrix;
    size_t sources = input->sources;
    struct columns source;
    struct columns latent;
    double *directions;
    TRY(columns_of_sources(input, arena, &source, error));
    TRY(columns_of_latents(input, arena, &latent, error));
    TRY(ARENA_NEW(arena, directions, input->latents * sources, error));
    TRY(columns_regress(&source, &latent, arena, directions, error));
    *value = angle_most_mixed(directions, input->latents, sources);
    return STATUS_OK;
}

const struct score mixing_angle_score = {
    .component = {.name = "mixing_angle",
                  .help = "angle of the most mixed latent from its nearest source axis"},
    .unit = "rad",
    .needs_latents = true,
    .compute = mixing_angle_compute,
};
