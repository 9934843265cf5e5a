#include "sweep/agreement.h"

#include "data/distribution.h"
#include "network/network.h"
#include "score/requirements.h"
#include "solver/memory.h"
#include "solver/solver.h"
#include "sweep/decode.h"
#include "sweep/grid.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { NAME_BYTES = 128 };

/* STATUS_BAD_INPUT where the job's value of a key is written, with a printf-like message. */
PRINTF_LIKE(4, 5)
static enum status agreement_refuse(const struct agreement *in, const char *key,
                                    struct error *error, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    (void)error_vset(error, STATUS_BAD_INPUT, format, arguments);
    va_end(arguments);
    return sweep_prefix_place(in->sweep, in->job->index, key, error);
}

static bool agreement_names_file(const struct job *job, const char *name) {
    const struct parameter *parameter = component_parameter(&job->distribution->component, name);
    if (parameter == NULL || parameter->type != PARAMETER_FILE) {
        return false;
    }
    struct file_reference file;
    memcpy(&file, job->data.bytes + parameter->offset, sizeof file);
    return file.path[0] != '\0';
}

static enum status agreement_check_targets(const struct agreement *in, struct error *error) {
    const struct job *job = in->job;
    const char *network = job->network->component.name;
    if (!in->size->own_targets || !job->network->trains || job->network->needs_targets) {
        return STATUS_OK;
    }
    if (agreement_names_file(job, "targets")) {
        return agreement_refuse(in, "data.targets", error,
                                "network '%s' reproduces its input and takes no targets", network);
    }
    return agreement_refuse(in, agreement_names_file(job, "inputs") ? "data.inputs" : "data.kind",
                            error,
                            "network '%s' reproduces its input, which the targets of '%s' are not; "
                            "expected a network such as feedforward",
                            network, job->distribution->component.name);
}

static enum status agreement_check_sequences(const struct agreement *in, struct error *error) {
    const struct job *job = in->job;
    const struct component *data = &job->distribution->component;
    if (in->size->steps > 0 || !job->network->recurrent) {
        return STATUS_OK;
    }
    bool can_have = component_parameter(data, "steps") != NULL;
    return agreement_refuse(
        in, can_have ? "data.steps" : "data.kind", error,
        "network '%s' takes sequences, and '%s' has single samples; expected %s",
        job->network->component.name, data->name,
        can_have ? "the steps of a sequence" : "data such as oscillation");
}

static enum status agreement_check_inputs(const struct agreement *in, struct error *error) {
    const struct job *job = in->job;
    if (!in->size->one_hot || !job->network->trains || job->network->takes_one_hot) {
        return STATUS_OK;
    }
    return agreement_refuse(
        in, "data.kind", error,
        "network '%s' takes no one-hot inputs, and '%s' has no others; expected "
        "another network, or data with dense inputs",
        job->network->component.name, job->distribution->component.name);
}

static enum status agreement_check_weights(const struct agreement *in,
                                           const struct network_shape *shape, struct error *error) {
    const struct job *job = in->job;
    size_t penalised = 0;
    for (size_t i = 0; i < shape->tensor_count; i++) {
        penalised += shape->tensors[i].penalised;
    }
    if (job->loss.weights.count == 1 || job->loss.weights.count == penalised) {
        return STATUS_OK;
    }
    return agreement_refuse(
        in, "loss.weights", error,
        "%zu coefficients; expected one, or one for each of the %zu weight matrices "
        "of '%s'",
        job->loss.weights.count, penalised, job->network->component.name);
}

/* A batch of a recurrent network is a batch of sequences. */
static enum status agreement_check_batch(const struct agreement *in, struct error *error) {
    const struct job *job = in->job;
    bool recurrent = job->network->recurrent && in->size->steps > 0;
    size_t samples = in->size->fewest > 0 ? in->size->fewest : in->size->samples;
    size_t count = recurrent ? samples / in->size->steps : samples;
    if (job->train.batch <= (int64_t)count) {
        return STATUS_OK;
    }
    return agreement_refuse(
        in, "train.batch", error,
        "a batch of %lld %s, and the data set has %zu: expected no more, or 0 for all "
        "of them",
        (long long)job->train.batch, recurrent ? "sequences" : "samples", count);
}

/* The key that most of a job's memory is due to. */
static const char *agreement_memory_key(const struct job *job, const struct network_shape *shape,
                                        const struct memory *memory) {
    const struct component *network = &job->network->component;
    const struct component *data = &job->distribution->component;
    if (memory->weights >= memory->samples && memory->weights >= memory->rows) {
        bool by_latents = shape->latents == shape->widest && component_parameter(network, "latent");
        return by_latents ? "network.latent" : "network.hidden";
    }
    if (memory->rows >= memory->samples && job->train.batch > 0) {
        return "train.batch";
    }
    return shape->steps > 0 && component_parameter(data, "steps") ? "data.steps" : "data.kind";
}

/* Refuses jobs that do not fit in this machine's memory even alone. */
static enum status agreement_check_memory(const struct agreement *in,
                                          const struct network_shape *shape, struct error *error) {
    const struct job *job = in->job;
    static const double giga = 1e9;
    struct memory memory = memory_of(shape, job, in->size, 1);
    double needed = memory_total(&memory);
    long pages = sysconf(_SC_PHYS_PAGES);
    long page = sysconf(_SC_PAGESIZE);
    double there = (double)pages * (double)page;
    if (pages <= 0 || page <= 0 || needed <= there) {
        return STATUS_OK;
    }
    size_t steps = shape->steps;
    char sequences[NAME_BYTES] = "";
    if (steps > 0) {
        (void)snprintf(sequences, sizeof sequences, " in sequences of %zu", steps);
    }
    return agreement_refuse(
        in, agreement_memory_key(job, shape, &memory), error,
        "network '%s' with %zu weights on %zu samples%s, %zu of them at a time, needs "
        "%.0f GB a rank, and this machine has %.0f GB",
        job->network->component.name, shape->parameter_count, in->size->samples, sequences,
        network_step_samples(job, shape, in->size), needed / giga, there / giga);
}

/* Describes what is scored. */
static struct score_subject agreement_describe(const struct agreement *in, size_t latents,
                                               char data[static NAME_BYTES],
                                               char owner[static NAME_BYTES]) {
    const struct job *job = in->job;
    struct score_subject subject = {
        .data = data, .owner = owner, .latents = latents, .expected = "data such as oscillation"};
    (void)snprintf(owner, NAME_BYTES, "network '%s'", job->network->component.name);
    if (job->distribution != NULL) {
        (void)snprintf(data, NAME_BYTES, "'%s'", job->distribution->component.name);
        subject.sources = in->size->sources;
        subject.labels = in->size->labels;
        subject.periodic = in->size->periodic;
        subject.hint = component_parameter(&job->distribution->component, "sources_as") == NULL
                           ? NULL
                           : "data.sources_as is labels";
    }
    return subject;
}

/* Except for the margin, the theory covers only linear autoencoders and their loss. */
static enum status agreement_check_prediction(const struct agreement *in, const struct score *score,
                                              const struct node *at, struct error *error) {
    const struct job *job = in->job;
    if ((score->predictions & ~(unsigned)PREDICTION_MARGIN) == 0) {
        return STATUS_OK;
    }
    if (job->network->optimal == NULL) {
        return node_error(at, error,
                          "scores: '%s' is known for networks such as linear_autoencoder, not '%s'",
                          score->component.name, job->network->component.name);
    }
    if (job->loss.sparsity > 0.0) {
        return node_error(at, error, "scores: '%s' is only known for a loss without sparsity",
                          score->component.name);
    }
    return STATUS_OK;
}

static enum status agreement_check_score(const struct agreement *in, const struct score *score,
                                         const struct score_subject *subject, const struct node *at,
                                         struct error *error) {
    if (in->job->distribution == NULL) {
        return node_error(at, error, "scores: '%s' needs a data section", score->component.name);
    }
    if (score_check_requirements(score, subject, error) != STATUS_OK) {
        (void)error_prefix(error, "scores");
        return node_prefix(at, error);
    }
    if (score->compares_sources && in->size->sources == 1) {
        return node_error(at, error, "scores: '%s' compares sources; '%s' has one",
                          score->component.name, in->job->distribution->component.name);
    }
    return agreement_check_prediction(in, score, at, error);
}

static enum status agreement_check_scores(const struct agreement *in, size_t latents,
                                          struct error *error) {
    const struct key_value *pair = key_values_find(&in->sweep->own->base, "scores");
    char data[NAME_BYTES];
    char owner[NAME_BYTES];
    struct score_subject subject = agreement_describe(in, latents, data, owner);
    for (size_t i = 0; i < in->sweep->score_count; i++) {
        TRY(agreement_check_score(in, in->sweep->scores[i], &subject, node_element(pair->value, i),
                                  error));
    }
    return STATUS_OK;
}

static enum status agreement_check_data(const struct agreement *in, struct error *error) {
    TRY(agreement_check_inputs(in, error));
    TRY(agreement_check_targets(in, error));
    return agreement_check_sequences(in, error);
}

static enum status agreement_check_training(const struct agreement *in, struct network_shape *shape,
                                            struct error *error) {
    const struct job *job = in->job;
    if (job->network->shape(job->network_settings.bytes, in->size, shape, error) != STATUS_OK) {
        return sweep_prefix_place(in->sweep, job->index, "network.kind", error);
    }
    TRY(agreement_check_weights(in, shape, error));
    TRY(agreement_check_batch(in, error));
    return agreement_check_memory(in, shape, error);
}

enum status agreement_check(const struct agreement *in, struct error *error) {
    struct network_shape shape = {0};
    if (in->job->distribution != NULL) {
        TRY(agreement_check_data(in, error));
    }
    if (in->job->network->trains) {
        TRY(agreement_check_training(in, &shape, error));
    }
    return agreement_check_scores(in, shape.latents, error);
}

/* A minimum needs a price on the error, on the readout's weights, and on the encoder or its
 * activity. */
static enum status agreement_check_exact_loss(const struct agreement *in, const char *solver,
                                              struct error *error) {
    const struct loss_settings *loss = &in->job->loss;
    double readout = loss->weights.values[loss->weights.count - 1];
    if (loss->sparsity > 0.0) {
        return agreement_refuse(in, "loss.sparsity", error,
                                "solver '%s' knows no optimum with sparsity; expected 0", solver);
    }
    if (!(loss->fit > 0.0)) {
        return agreement_refuse(in, "loss.fit", error,
                                "solver '%s': without fit no network is best; expected it above 0",
                                solver);
    }
    if (!(readout > 0.0 && loss->activity + loss->weights.values[0] > 0.0)) {
        return agreement_refuse(in, "loss.weights", error,
                                "solver '%s': without a price on weights no network is best; "
                                "expected it above 0",
                                solver);
    }
    return STATUS_OK;
}

enum status agreement_check_exact(const struct agreement *in, struct error *error) {
    const struct job *job = in->job;
    if (job->solver == NULL || !job->solver->exact) {
        return STATUS_OK;
    }
    const char *solver = job->solver->component.name;
    if (job->network->optimal == NULL) {
        return agreement_refuse(in, "train.solver", error,
                                "solver '%s' knows no optimum of network '%s'; expected a network "
                                "such as linear_autoencoder",
                                solver, job->network->component.name);
    }
    if (job->train.batch > 0 || job->train.stop_every > 0) {
        return agreement_refuse(in, job->train.batch > 0 ? "train.batch" : "train.stop_every",
                                error, "solver '%s' takes no steps; expected 0", solver);
    }
    return agreement_check_exact_loss(in, solver, error);
}
