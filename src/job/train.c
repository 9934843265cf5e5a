#include "job/train.h"

#include <stddef.h>

static const char *const schedules[] = {
    [RATE_CONSTANT] = "constant", [RATE_STEPPED] = "stepped", NULL};
static const char *const clips[] = {
    [CLIP_NONE] = "none", [CLIP_NORM] = "norm", [CLIP_VALUE] = "value", NULL};
static const char *const keeps[] = {[KEEP_LAST] = "last", [KEEP_BEST] = "best", NULL};

#define STEPS_MAX 1e12
#define BATCH_MAX (1 << 24)
#define GRADIENT_MAX 1e12

static const struct parameter train_parameters[] = {
    {.type = PARAMETER_INTEGER,
     PARAMETER_FIELD(struct train_settings, steps),
     .unit = "steps",
     PARAMETER_RANGE(0, STEPS_MAX),
     .fallback = NULL,
     .flags = PARAMETER_SHAPES,
     .help = "updates of the weights; an exact solver takes none"},
    {.type = PARAMETER_INTEGER,
     PARAMETER_FIELD(struct train_settings, batch),
     .unit = "samples",
     PARAMETER_RANGE(0, BATCH_MAX),
     .fallback = "0",
     .flags = PARAMETER_SHAPES,
     .help =
         "samples (or sequences) of an update, in a new random order each epoch; 0: all of them"},
    {.type = PARAMETER_REAL,
     PARAMETER_FIELD(struct train_settings, learning_rate),
     PARAMETER_RANGE(0, 1e3),
     .fallback = "1e-3",
     .flags = PARAMETER_ABOVE_MINIMUM,
     .help = "step size of the solver"},
    {.type = PARAMETER_CHOICE,
     PARAMETER_FIELD(struct train_settings, rate),
     .fallback = "constant",
     .choices = schedules,
     .flags = PARAMETER_SHAPES,
     .help = "schedule of the learning rate"},
    {.type = PARAMETER_INTEGER,
     PARAMETER_FIELD(struct train_settings, rate_every),
     .unit = "steps",
     PARAMETER_RANGE(1, STEPS_MAX),
     .fallback = "10000",
     .flags = PARAMETER_SHAPES,
     .help = "steps between two reductions of a stepped learning rate"},
    {.type = PARAMETER_REAL,
     PARAMETER_FIELD(struct train_settings, rate_factor),
     PARAMETER_RANGE(0, 1),
     .fallback = "0.5",
     .flags = PARAMETER_ABOVE_MINIMUM,
     .help = "factor of a stepped learning rate at each reduction"},
    {.type = PARAMETER_CHOICE,
     PARAMETER_FIELD(struct train_settings, clip),
     .fallback = "none",
     .choices = clips,
     .flags = PARAMETER_SHAPES,
     .help = "limit on the gradient: none, its global norm, or each element's value"},
    {.type = PARAMETER_REAL,
     PARAMETER_FIELD(struct train_settings, clip_at),
     PARAMETER_RANGE(0, 1e12),
     .fallback = "1",
     .flags = PARAMETER_ABOVE_MINIMUM,
     .help = "the limit"},
    {.type = PARAMETER_CHOICE,
     PARAMETER_FIELD(struct train_settings, keep),
     .fallback = "last",
     .choices = keeps,
     .flags = PARAMETER_SHAPES,
     .help = "weights that are scored: the last, or those of the lowest loss"},
    {.type = PARAMETER_INTEGER,
     PARAMETER_FIELD(struct train_settings, stop_every),
     .unit = "steps",
     PARAMETER_RANGE(0, STEPS_MAX),
     .fallback = "0",
     .flags = PARAMETER_SHAPES,
     .help = "steps between checks of the loss of all samples, to stop early; 0: never"},
    {.type = PARAMETER_REAL,
     PARAMETER_FIELD(struct train_settings, stop_loss),
     PARAMETER_RANGE(0, 1),
     .fallback = "1e-5",
     .help = "stop early if the relative change of the loss since the last check is at most this"},
    {.type = PARAMETER_REAL,
     PARAMETER_FIELD(struct train_settings, stop_gradient),
     PARAMETER_RANGE(0, GRADIENT_MAX),
     .fallback = "1e-2",
     .help = "stop early only if the norm of the gradient is at most this"},
    {.type = PARAMETER_FILE,
     PARAMETER_FIELD(struct train_settings, initial),
     .fallback = "",
     .help = "FILE.h5:/group of initial weights by name (W1, b1, ...); without it they are random"},
};

static enum status train_check(const void *settings, struct error *error) {
    const struct train_settings *own = settings;
    if (own->batch > 0 && own->keep == KEEP_BEST) {
        return error_refuse(
            error, "keep",
            "the loss of a single batch does not tell which weights are best: expected "
            "'last' with train.batch");
    }
    return STATUS_OK;
}

const struct component train_component = {
    .name = "train",
    .help = "how networks are trained",
    COMPONENT_PARAMETERS(train_parameters),
    .settings_size = sizeof(struct train_settings),
    .check = train_check,
};
