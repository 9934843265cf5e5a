/* How many latents are active: those over which modularity takes its mean (score/reduction.h). */
#include "score/reduction.h"

static enum status active_units_compute(const struct score_input *input, const double *matrix,
                                        struct arena *arena, double *value, struct error *error) {
    (void)matrix;
    bool *active;
    TRY(ARENA_NEW(arena, active, input->latents, error));
    *value = (double)score_active(input, active);
    return STATUS_OK;
}

const struct score active_units_score = {
    .component = {.name = "active_units", .help = "number of latents that vary"},
    .needs_latents = true,
    .compute = active_units_compute,
};
