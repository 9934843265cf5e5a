#include "job/loss.h"

#include <stddef.h>

#define COEFFICIENT_MAX 1e12

static const struct parameter loss_parameters[] = {
    {.type = PARAMETER_REAL,
     PARAMETER_FIELD(struct loss_settings, fit),
     PARAMETER_RANGE(0, COEFFICIENT_MAX),
     .fallback = "1",
     .help = "coefficient of the mean squared error over samples and outputs"},
    {.type = PARAMETER_REAL,
     PARAMETER_FIELD(struct loss_settings, activity),
     PARAMETER_RANGE(0, COEFFICIENT_MAX),
     .fallback = "0",
     .help = "coefficient of the mean over samples of the squared latents, summed over units"},
    {.type = PARAMETER_REAL,
     PARAMETER_FIELD(struct loss_settings, negativity),
     PARAMETER_RANGE(0, COEFFICIENT_MAX),
     .fallback = "0",
     .help = "coefficient of the mean over samples of max(0, -z), summed over units"},
    {.type = PARAMETER_INTEGER,
     PARAMETER_FIELD(struct loss_settings, negativity_power),
     PARAMETER_RANGE(1, 2),
     .fallback = "1",
     .flags = PARAMETER_SHAPES,
     .help = "2 penalises the square of max(0, -z)"},
    {.type = PARAMETER_REAL,
     PARAMETER_FIELD(struct loss_settings, sparsity),
     PARAMETER_RANGE(0, COEFFICIENT_MAX),
     .fallback = "0",
     .flags = PARAMETER_SHAPES,
     .help = "coefficient of the mean over samples of |z|, summed over units: leaves few active"},
    {.type = PARAMETER_REAL,
     PARAMETER_FIELD(struct loss_settings, fit_threshold),
     PARAMETER_RANGE(0, COEFFICIENT_MAX),
     .fallback = "0",
     .help = "error up to which the fit costs nothing: FIT is max(0, error - threshold)"},
    {.type = PARAMETER_REALS,
     PARAMETER_FIELD(struct loss_settings, weights),
     PARAMETER_RANGE(0, COEFFICIENT_MAX),
     .fallback = "0",
     .help = "coefficient of the summed squares of the weight matrices; one for all, or one each"},
};

const struct component loss_component = {
    .name = "loss",
    .help = "fit x FIT + activity x ACT + negativity x NEG + sparsity x SPA + weights x WGT",
    COMPONENT_PARAMETERS(loss_parameters),
    .settings_size = sizeof(struct loss_settings),
};
