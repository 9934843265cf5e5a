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
    {.type = PARAMETER_INTEGER,
     PARAMETER_FIELD(struct train_settings, steps),
     .unit = "steps",
     .minimum = 0,
     .maximum = MAX_STEPS,
     .fallback = NULL,
     .flags = PARAMETER_SHAPES,
     .help = "updates of the weights; an exact solver takes none"},
    {.type = PARAMETER_INTEGER,
     PARAMETER_FIELD(struct train_settings, batch),
     .unit = "samples",
     .minimum = 0,
     .maximum = MAX_BATCH,
     .fallback = "0",
     .flags = PARAMETER_SHAPES,
     .help =
         "samples (or sequences) of an update, in a new random order each epoch; 0: all of them"},
    {.type = PARAMETER_REAL,
     PARAMETER_FIELD(struct train_settings, learning_rate),
     .minimum = 0,
     .maximum = 1e3,
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
     .minimum = 1,
     .maximum = MAX_STEPS,
     .fallback = "10000",
     .flags = PARAMETER_SHAPES,
     .help = "steps between two reductions of a stepped learning rate"},
    {.type = PARAMETER_REAL,
     PARAMETER_FIELD(struct train_settings, rate_factor),
     .minimum = 0,
     .maximum = 1,
     .fallback = "0.5",
     .flags = PARAMETER_ABOVE_MINIMUM,
     .help = "what a stepped learning rate is multiplied by at each reduction"},
    {.type = PARAMETER_CHOICE,
     PARAMETER_FIELD(struct train_settings, clip),
     .fallback = "none",
     .choices = clips,
     .flags = PARAMETER_SHAPES,
     .help = "limit on the gradient: none, its global norm, or each element's value"},
    {.type = PARAMETER_REAL,
     PARAMETER_FIELD(struct train_settings, clip_at),
     .minimum = 0,
     .maximum = 1e12,
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
     .minimum = 0,
     .maximum = MAX_STEPS,
     .fallback = "0",
     .flags = PARAMETER_SHAPES,
     .help = "steps between two looks at the loss of all samples, to stop early; 0: never stop"},
    {.type = PARAMETER_REAL,
     PARAMETER_FIELD(struct train_settings, stop_loss),
     .minimum = 0,
     .maximum = 1,
     .fallback = "1e-5",
     .help = "to stop early, the loss may have changed relatively by so much since the last look"},
    {.type = PARAMETER_REAL,
     PARAMETER_FIELD(struct train_settings, stop_gradient),
     .minimum = 0,
     .maximum = MAX_GRADIENT,
     .fallback = "1e-2",
     .help = "to stop early, the norm of the gradient may be so much"},
    {.type = PARAMETER_FILE,
     PARAMETER_FIELD(struct train_settings, initial),
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
    COMPONENT_PARAMETERS(train_parameters),
    .settings_size = sizeof(struct train_settings),
    .check = train_check,
};
