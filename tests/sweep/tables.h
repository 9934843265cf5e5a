/**
 * @file
 * Small tables of distributions, networks, solvers and scores, so that the tests of sweeps do not
 * depend on the real ones. To be included by one source file of a program.
 */
#pragma once

#include "check.h"
#include "job/job.h"
#include "network/network.h"
#include "score/score.h"
#include "solver/solver.h"

#include <string.h>

struct points_settings {
    int64_t points;
    int64_t sources;
};

struct lattice_settings {
    int64_t sources;
    int64_t values;
    int change;
    double amount;
    struct file_reference targets;
};

struct tune_settings {
    int64_t steps;
};

struct dense_settings {
    struct integers hidden;
    double slope;
};

struct decay_settings {
    double weight_decay;
};

static const char *const lattice_changes[] = {"independent", "corner", "diagonal", NULL};

static const struct parameter points_parameters[] = {
    {"points", PARAMETER_INTEGER, offsetof(struct points_settings, points), "samples", 1, 1e6, "32",
     NULL, 0, "how many points"},
    {"sources", PARAMETER_INTEGER, offsetof(struct points_settings, sources), "", 1, 64, NULL, NULL,
     0, "how many sources"},
};

static const struct parameter lattice_parameters[] = {
    {"sources", PARAMETER_INTEGER, offsetof(struct lattice_settings, sources), "", 1, 64, "2", NULL,
     0, "how many sources"},
    {"values", PARAMETER_INTEGER, offsetof(struct lattice_settings, values), "", 2, 1000, "3", NULL,
     0, "values of each source"},
    {"change", PARAMETER_CHOICE, offsetof(struct lattice_settings, change), "", 0, 0, "independent",
     lattice_changes, 0, "what is changed"},
    {"amount", PARAMETER_REAL, offsetof(struct lattice_settings, amount), "", 0, 1000, "0", NULL, 0,
     "by how much"},
    {"targets", PARAMETER_FILE, offsetof(struct lattice_settings, targets), "", 0, 0, "", NULL, 0,
     "targets of their own"},
};

static const struct parameter tune_parameters[] = {
    {"steps", PARAMETER_INTEGER, offsetof(struct tune_settings, steps), "", 0, 100, "5", NULL, 0,
     "of each of three sequences; 0: of none"},
};

static const struct parameter dense_parameters[] = {
    {"hidden", PARAMETER_INTEGERS, offsetof(struct dense_settings, hidden), "units", 1, 4096,
     "[16]", NULL, PARAMETER_SHAPES, "width of each layer"},
    {"slope", PARAMETER_REAL, offsetof(struct dense_settings, slope), "", 0, 1, "0.5", NULL,
     PARAMETER_ABOVE_MINIMUM | PARAMETER_BELOW_MAXIMUM, "slope of the units"},
};

static const struct parameter decay_parameters[] = {
    {"weight_decay", PARAMETER_REAL, offsetof(struct decay_settings, weight_decay), "", 0, 1,
     "0.01", NULL, 0, "decay of the weights"},
};

static const struct parameter train_parameters[] = {
    {"steps", PARAMETER_INTEGER, offsetof(struct train_settings, steps), "steps", 1, 1e12, NULL,
     NULL, PARAMETER_SHAPES, "steps to train"},
    {"learning_rate", PARAMETER_REAL, offsetof(struct train_settings, learning_rate), "", 0, 10,
     "0.001", NULL, PARAMETER_ABOVE_MINIMUM, "size of a step"},
    {"batch", PARAMETER_INTEGER, offsetof(struct train_settings, batch), "", 0, 1e9, "0", NULL, 0,
     "size of a batch; 0: all"},
};

static const struct parameter loss_parameters[] = {
    {"fit", PARAMETER_REAL, offsetof(struct loss_settings, fit), "", 0, 1e9, "1", NULL, 0,
     "coefficient of the fit"},
    {"weights", PARAMETER_REALS, offsetof(struct loss_settings, weights), "", 0, 1e9, "0", NULL, 0,
     "coefficient of the weights"},
};

static const struct parameter scoring_parameters[] = {
    {"noise", PARAMETER_REAL, offsetof(struct scoring_settings, noise), "", 0, 10, "0.01", NULL, 0,
     "noise on the latents"},
};

#define COMPONENT(title, table, settings, refuse)                                                  \
    {                                                                                              \
        .name = (title), .help = "for tests", .parameters = (table),                               \
        .parameter_count = sizeof(table) / sizeof(table)[0], .settings_size = sizeof(settings),    \
        .check = (refuse)                                                                          \
    }

/* A corner cut of nothing cannot work. */
static enum status lattice_check(const void *settings, struct error *error) {
    const struct lattice_settings *lattice = settings;
    if (strcmp(lattice_changes[lattice->change], "corner") == 0 && lattice->amount == 0) {
        return error_refuse(error, "amount", "a corner needs an amount above 0");
    }
    return STATUS_OK;
}

static enum status points_size(const void *settings, struct dataset_size *size,
                               struct error *error) {
    const struct points_settings *points = settings;
    (void)error;
    size->samples = (size_t)points->points;
    size->sources = size->inputs = size->targets = (size_t)points->sources;
    return STATUS_OK;
}

/* How often the size of a lattice was asked. */
static inline int *lattice_asked(void) {
    static int times;
    return &times;
}

static enum status lattice_size(const void *settings, struct dataset_size *size,
                                struct error *error) {
    const struct lattice_settings *lattice = settings;
    ++*lattice_asked();
    if (lattice->values == 999) {
        return error_set(error, STATUS_BAD_INPUT, "999 values are too many for this test");
    }
    size->samples = (size_t)lattice->values;
    size->labels = true;
    size->own_targets = lattice->targets.path[0] != '\0';
    size->sources = size->inputs = size->targets = (size_t)lattice->sources;
    return STATUS_OK;
}

static enum status dense_shape(const void *settings, const struct dataset_size *data,
                               struct network_shape *shape, struct error *error) {
    const struct dense_settings *dense = settings;
    if (dense->hidden.count > 3) {
        return error_set(error, STATUS_BAD_INPUT, "at most three layers, got %zu",
                         dense->hidden.count);
    }
    shape->inputs = data->inputs;
    shape->latents = (size_t)dense->hidden.values[0];
    shape->tensor_count = 2 * dense->hidden.count;
    for (size_t i = 0; i < shape->tensor_count; i++) {
        shape->tensors[i].penalised = i % 2 == 0;
    }
    return STATUS_OK;
}

static enum status picture_size(const void *settings, struct dataset_size *size,
                                struct error *error) {
    (void)settings;
    (void)error;
    *size = (struct dataset_size){
        .samples = 4, .sources = 2, .inputs = 4, .targets = 2, .one_hot = true};
    return STATUS_OK;
}

/* Three sequences with targets of their own, or 15 samples. */
static enum status tune_size(const void *settings, struct dataset_size *size, struct error *error) {
    size_t steps = (size_t)((const struct tune_settings *)settings)->steps;
    (void)error;
    *size = (struct dataset_size){.samples = steps == 0 ? 15 : 3 * steps,
                                  .steps = steps,
                                  .sources = 2,
                                  .inputs = 2,
                                  .targets = 2,
                                  .own_targets = true};
    return STATUS_OK;
}

static const struct distribution points = {
    COMPONENT("points", points_parameters, struct points_settings, NULL), points_size, NULL};
static const struct distribution lattice = {
    COMPONENT("lattice", lattice_parameters, struct lattice_settings, lattice_check), lattice_size,
    NULL};
static const struct distribution picture = {
    .component = {.name = "picture", .help = "for tests, one hot"}, .size = picture_size};
static const struct distribution tune = {
    COMPONENT("tune", tune_parameters, struct tune_settings, NULL), tune_size, NULL};
const struct distribution *const distributions[] = {&points, &lattice, &picture, &tune, NULL};

static const struct network dense = {
    .component = COMPONENT("dense", dense_parameters, struct dense_settings, NULL),
    .trains = true,
    .shape = dense_shape,
};
static const struct network lookup = {
    .component = COMPONENT("lookup", dense_parameters, struct dense_settings, NULL),
    .trains = true,
    .takes_one_hot = true,
    .shape = dense_shape,
};
static const struct network mapper = {
    .component = COMPONENT("mapper", dense_parameters, struct dense_settings, NULL),
    .trains = true,
    .needs_targets = true,
    .shape = dense_shape,
};
static const struct network echo = {
    .component = COMPONENT("echo", dense_parameters, struct dense_settings, NULL),
    .trains = true,
    .needs_targets = true,
    .recurrent = true,
    .shape = dense_shape,
};
static const struct network idle = {
    .component = {.name = "idle", .help = "does nothing"},
};
const struct network *const networks[] = {&dense, &lookup, &mapper, &echo, &idle, NULL};

static const struct solver adam = {.component = {.name = "adam", .help = "for tests"}};
static const struct solver decay = {
    .component = COMPONENT("decay", decay_parameters, struct decay_settings, NULL)};
const struct solver *const solvers[] = {&adam, &decay, NULL};

const struct component train_component =
    COMPONENT("train", train_parameters, struct train_settings, NULL);
const struct component loss_component =
    COMPONENT("loss", loss_parameters, struct loss_settings, NULL);
const struct component scoring_component =
    COMPONENT("scoring", scoring_parameters, struct scoring_settings, NULL);

static const struct score spread = {.component = {.name = "spread"}};
static const struct score order = {.component = {.name = "order"}, .needs_latents = true};
static const struct score census = {.component = {.name = "census"},
                                    .needs_labels = true,
                                    .needs_sources = 2,
                                    .continuous = "spread"};
const struct score *const scores[] = {&spread, &order, &census, NULL};
