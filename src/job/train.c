#include "job/train.h"

#include <stddef.h>

static const char *const schedules[] = {
    [RATE_CONSTANT] = "constant", [RATE_STEPPED] = "stepped", NULL};
static const char *const clips[] = {
    [CLIP_NONE] = "none", [CLIP_NORM] = "norm", [CLIP_VALUE] = "value", NULL};
static const char *const keeps[] = {[KEEP_LAST] = "last", [KEEP_BEST] = "best", NULL};

#define MAX_STEPS 1e12
#define MAX_BATCH (1 << 24)
#define MAX_GRADIENT 1e12

static const struct parameter train_parameters[] = {
    {.name = "steps",
     .type = PARAMETER_INTEGER,
     .offset = offsetof(struct train_settings, steps),
     .unit = "steps",
     .minimum = 0,
     .maximum = MAX_STEPS,
     .fallback = NULL,
     .flags = PARAMETER_SHAPES,
     .help = "updates of the weights; an exact solver takes none"},
    {.name = "batch",
     .type = PARAMETER_INTEGER,
     .offset = offsetof(struct train_settings, batch),
     .unit = "samples",
     .minimum = 0,
     .maximum = MAX_BATCH,
     .fallback = "0",
     .flags = PARAMETER_SHAPES,
     .help =
         "samples (or sequences) of an update, in a new random order each epoch; 0: all of them"},
    {.name = "learning_rate",
     .type = PARAMETER_REAL,
     .offset = offsetof(struct train_settings, learning_rate),
     .unit = "",
     .minimum = 0,
     .maximum = 1e3,
     .fallback = "1e-3",
     .flags = PARAMETER_ABOVE_MINIMUM,
     .help = "step size of the solver"},
    {.name = "rate",
     .type = PARAMETER_CHOICE,
     .offset = offsetof(struct train_settings, rate),
     .unit = "",
     .fallback = "constant",
     .choices = schedules,
     .flags = PARAMETER_SHAPES,
     .help = "schedule of the learning rate"},
    {.name = "rate_every",
     .type = PARAMETER_INTEGER,
     .offset = offsetof(struct train_settings, rate_every),
     .unit = "steps",
     .minimum = 1,
     .maximum = MAX_STEPS,
     .fallback = "10000",
     .flags = PARAMETER_SHAPES,
     .help = "steps between two reductions of a stepped learning rate"},
    {.name = "rate_factor",
     .type = PARAMETER_REAL,
     .offset = offsetof(struct train_settings, rate_factor),
     .unit = "",
     .minimum = 0,
     .maximum = 1,
     .fallback = "0.5",
     .flags = PARAMETER_ABOVE_MINIMUM,
     .help = "what a stepped learning rate is multiplied by at each reduction"},
    {.name = "clip",
     .type = PARAMETER_CHOICE,
     .offset = offsetof(struct train_settings, clip),
     .unit = "",
     .fallback = "none",
     .choices = clips,
     .flags = PARAMETER_SHAPES,
     .help = "limit on the gradient: none, its global norm, or each element's value"},
    {.name = "clip_at",
     .type = PARAMETER_REAL,
     .offset = offsetof(struct train_settings, clip_at),
     .unit = "",
     .minimum = 0,
     .maximum = 1e12,
     .fallback = "1",
     .flags = PARAMETER_ABOVE_MINIMUM,
     .help = "the limit"},
    {.name = "keep",
     .type = PARAMETER_CHOICE,
     .offset = offsetof(struct train_settings, keep),
     .unit = "",
     .fallback = "last",
     .choices = keeps,
     .flags = PARAMETER_SHAPES,
     .help = "weights that are scored: the last, or those of the lowest loss"},
    {.name = "stop_every",
     .type = PARAMETER_INTEGER,
     .offset = offsetof(struct train_settings, stop_every),
     .unit = "steps",
     .minimum = 0,
     .maximum = MAX_STEPS,
     .fallback = "0",
     .flags = PARAMETER_SHAPES,
     .help = "steps between two looks at the loss of all samples, to stop early; 0: never stop"},
    {.name = "stop_loss",
     .type = PARAMETER_REAL,
     .offset = offsetof(struct train_settings, stop_loss),
     .unit = "",
     .minimum = 0,
     .maximum = 1,
     .fallback = "1e-5",
     .help = "to stop early, the loss may have changed relatively by so much since the last look"},
    {.name = "stop_gradient",
     .type = PARAMETER_REAL,
     .offset = offsetof(struct train_settings, stop_gradient),
     .unit = "",
     .minimum = 0,
     .maximum = MAX_GRADIENT,
     .fallback = "1e-2",
     .help = "to stop early, the norm of the gradient may be so much"},
    {.name = "initial",
     .type = PARAMETER_FILE,
     .offset = offsetof(struct train_settings, initial),
     .unit = "",
     .fallback = "",
     .help = "FILE.h5:/group of initial weights by name (W1, b1, ...); without it they are random"},
};

static enum status train_check(const void *settings, struct error *error) {
    const struct train_settings *own = settings;
    if (own->batch > 0 && own->keep == KEEP_BEST) {
        return error_refuse(error, "keep",
                            "losses of single batches do not tell which weights are best: expected "
                            "'last' with train.batch");
    }
    return STATUS_OK;
}

const struct component train_component = {
    .name = "train",
    .help = "how networks are trained",
    .parameters = train_parameters,
    .parameter_count = sizeof train_parameters / sizeof train_parameters[0],
    .settings_size = sizeof(struct train_settings),
    .check = train_check,
};
