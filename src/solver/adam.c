/*
 * Adam: D. P. Kingma and J. Ba, ICLR 2015, algorithm 1.
 */
#include "solver/moments.h"
#include "solver/solver.h"

static const struct parameter parameters[] = {
    MOMENT_PARAMETERS,
};

static struct moment_settings adam_moments(const void *settings) {
    return *(const struct moment_settings *)settings;
}

extern const struct solver adam_solver;

const struct solver adam_solver = {
    .component = {.name = "adam",
                  .help = "Adam (Kingma & Ba 2015)",
                  .parameters = parameters,
                  .parameter_count = sizeof parameters / sizeof parameters[0],
                  .settings_size = sizeof(struct moment_settings)},
    .moments = adam_moments,
};
