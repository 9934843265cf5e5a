/*
 * How far the most mixed neuron points away from its nearest source axis. A neuron's direction is
 * that of the weighted least-squares fit of its activity on the centred sources: its row of input
 * weights in a linear network. A sample of weight 2w scores as two samples of weight w.
 */
#include "score/columns.h"
#include "score/score.h"

#include <math.h>

/* Neurons with shorter directions hardly take part. */
static const double COUNTED_SHARE_OF_LONGEST = 0.1;

static double length_of(const double *direction, size_t sources) {
    double squares = 0;
    for (size_t i = 0; i < sources; i++) {
        squares += direction[i] * direction[i];
    }
    return sqrt(squares);
}

/* Radians between a direction and its nearest axis, of either sign. */
static double angle_from_axis(const double *direction, size_t sources) {
    size_t nearest = 0;
    for (size_t i = 1; i < sources; i++) {
        if (fabs(direction[i]) > fabs(direction[nearest])) {
            nearest = i;
        }
    }
    double squares = 0;
    for (size_t i = 0; i < sources; i++) {
        squares += i == nearest ? 0 : direction[i] * direction[i];
    }
    return atan2(sqrt(squares), fabs(direction[nearest]));
}

static enum status compute(const struct score_input *input, const double *matrix,
                           struct arena *arena, double *value, struct error *error) {
    (void)matrix;
    size_t sources = input->sources;
    struct columns source;
    struct columns latent;
    double *directions;
    TRY(columns_centre(input->source, input->samples, sources, input->weights, arena, &source,
                       error));
    TRY(columns_centre(input->latent, input->samples, input->latents, input->weights, arena,
                       &latent, error));
    TRY(ARENA_NEW(arena, directions, input->latents * sources, error));
    TRY(columns_regress(&source, &latent, arena, directions, error));
    double longest = 0;
    for (size_t j = 0; j < input->latents; j++) {
        longest = fmax(longest, length_of(directions + j * sources, sources));
    }
    *value = NAN;
    for (size_t j = 0; j < input->latents; j++) {
        const double *direction = directions + j * sources;
        if (length_of(direction, sources) > COUNTED_SHARE_OF_LONGEST * longest) {
            *value = fmax(*value, angle_from_axis(direction, sources));
        }
    }
    return STATUS_OK;
}

extern const struct score mixing_angle_score;
const struct score mixing_angle_score = {
    .component = {.name = "mixing_angle",
                  .help = "angle of the most mixed latent from its nearest source axis"},
    .unit = "rad",
    .needs_latents = true,
    .compute = compute,
};
