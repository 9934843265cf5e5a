/* `modsweep score`: scores arrays that the user already has. */
#include "show/scored.h"

#include "base/text.h"
#include "command/common.h"
#include "command/frequencies.h"
#include "data/distinct_values.h"
#include "data/points_file.h"
#include "data/weighting.h"
#include "document/writers.h"
#include "job/scoring.h"
#include "parameter/file_reference.h"
#include "score/reduction.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

struct score_settings {
    struct file_reference sources, latents, weights;
    struct texts scores;
    struct scoring_settings scoring;
    struct reals frequencies;
    double time_step; /* 0: not given */
    bool json;
};

static const struct option options[] = {
    {OPTION(score_settings, sources, "sources", FILE, .fallback = "",
            .help = "sources, a row per sample and a column per source"),
     .letter = 's', .argument = "POINTS"},
    {OPTION(score_settings, latents, "latents", FILE, .fallback = "",
            .help = "latent activity, a row per sample and a column per latent"),
     .letter = 'z', .argument = "POINTS"},
    OPTION_WEIGHTS(score_settings),
    {OPTION(score_settings, scores, "scores", TEXTS,
            .help = "which scores; see 'modsweep list scores'"),
     .argument = "NAME,...", .otherwise = "all that suit"},
    {OPTION(score_settings, scoring.neighbours, "neighbours", INTEGER, .fallback = NULL),
     .section = &scoring_component, .argument = "K"},
    {OPTION(score_settings, scoring.duplicates, "duplicates", INTEGER, .fallback = "1"),
     .section = &scoring_component, .argument = "N"},
    {OPTION(score_settings, scoring.noise, "noise", REAL, .fallback = "0"),
     .section = &scoring_component, .argument = "X"},
    {OPTION(score_settings, frequencies, "frequencies", REALS, .unit = "rad per unit of time",
            .minimum = 0, .maximum = HUGE_VAL, .flags = PARAMETER_ABOVE_MINIMUM,
            .help = "the frequency of each source; with --time-step"),
     .argument = "F,..."},
    {OPTION(score_settings, time_step, "time-step", REAL, .minimum = 0, .maximum = HUGE_VAL,
            .flags = PARAMETER_ABOVE_MINIMUM,
            .help = "time from one sample to the next; with --frequencies"),
     .argument = "D"},
    OPTION_JSON(score_settings),
};

static enum status score_choose(const char *name, struct scored *scored, struct error *error) {
    const char *names[SCORED_MAX];
    size_t count = 0;
    for (; scores[count] != NULL && count < SCORED_MAX; count++) {
        names[count] = scores[count]->component.name;
        if (strcmp(names[count], name) != 0) {
            continue;
        }
        for (size_t i = 0; i < scored->count; i++) {
            if (scored->chosen[i] == scores[count]) {
                return error_set(error, STATUS_BAD_INPUT, "--scores names '%s' twice", name);
            }
        }
        if (scores[count]->needs_loss) {
            return error_set(
                error, STATUS_BAD_INPUT,
                "score '%s' needs the loss that a network was trained with, which only "
                "sweeps have ('modsweep theory' shows what is known without it)",
                name);
        }
        scored->chosen[scored->count++] = scores[count];
        return STATUS_OK;
    }
    char meant[TEXT_SUGGESTION_BYTES];
    return error_set(error, STATUS_BAD_INPUT, "unknown score '%s'%s; see 'modsweep list scores'",
                     name, text_suggestion("; did you mean '", name, names, count, "'?", meant));
}

static enum status score_choose_all(const struct texts *names, struct scored *scored,
                                    struct error *error) {
    const bool named = names->values != NULL;
    if (named && names->count == 0) {
        return error_set(error, STATUS_BAD_INPUT, "--scores: expected names, got none");
    }
    for (size_t i = 0; !named && scores[i] != NULL && i < SCORED_MAX; i++) {
        if (!scores[i]->needs_loss) {
            scored->chosen[scored->count++] = scores[i];
        }
    }
    for (size_t i = 0; named && i < names->count; i++) {
        TRY(score_choose(names->values[i], scored, error));
    }
    return STATUS_OK;
}

static enum status score_read_points(const char *option, const struct file_reference *file,
                                     struct arena *arena, struct points *points,
                                     struct error *error) {
    return points_file_read(file, arena, points, error) == STATUS_OK
               ? STATUS_OK
               : error_prefix(error, "--%s", option);
}

/* Whether sources may be labels. If the user names scores, they may unless all their values differ;
 * otherwise every column must have at most half as many values as samples. */
static enum status score_describe(const struct file_reference *file, const struct points *sources,
                                  const struct points *latents, bool named, struct arena *arena,
                                  struct score_subject *subject, struct error *error) {
    struct distinct_values distinct;
    const char *name;
    TRY(file_reference_name(file, arena, &name, error));
    TRY(distinct_values_most(sources, arena, &distinct, error));
    *subject = (struct score_subject){
        .data = name,
        .owner = name,
        .sources = sources->columns,
        .latents = latents->columns,
        .expected = "--frequencies and --time-step",
        .labels = named ? distinct.values < sources->rows : 2 * distinct.values <= sources->rows,
    };
    return arena_printf(arena, &subject->evidence, error,
                        "column %zu has %zu values in %zu samples", distinct.column + 1,
                        distinct.values, sources->rows);
}

/* Scores that do not suit the data are refused if they were named, else left out. */
static enum status score_keep_suited(struct scored *scored, bool named, struct error *error) {
    size_t kept = 0;
    for (size_t i = 0; i < scored->count; i++) {
        struct error refusal;
        const struct score *score = scored->chosen[i];
        if (score_check_requirements(score, &scored->subject, named ? error : &refusal) ==
            STATUS_OK) {
            scored->chosen[kept++] = score;
        } else if (named) {
            return error_prefix(error, "--scores");
        } else {
            scored->left_out[scored->left_out_count++] = score;
        }
    }
    scored->count = kept;
    return STATUS_OK;
}

/* Samples that are steps of equal length cannot be left out. */
static enum status score_read_frequencies(const struct score_settings *settings, size_t rows,
                                          struct scored *scored, struct error *error) {
    struct score_input *input = &scored->input;
    TRY(frequencies_check(&settings->frequencies, settings->time_step, scored->subject.data,
                          input->sources, error));
    input->frequencies = settings->frequencies.values;
    input->time_step = settings->time_step;
    scored->subject.periodic = settings->frequencies.count > 0;
    if (!scored->subject.periodic || input->samples == rows) {
        return STATUS_OK;
    }
    return error_set(error, STATUS_BAD_INPUT,
                     "--weights leaves out %zu of %zu samples, by a weight of 0, and --frequencies "
                     "takes them for steps of equal length; expected weights above 0",
                     rows - input->samples, rows);
}

static enum status score_read_input(const struct score_settings *settings, struct arena *arena,
                                    struct scored *scored, struct error *error) {
    struct points sources;
    struct points latents;
    double *weights;
    TRY(score_read_points("sources", &settings->sources, arena, &sources, error));
    TRY(score_read_points("latents", &settings->latents, arena, &latents, error));
    TRY(points_same_rows(&settings->sources, &sources, &settings->latents, &latents, arena, error));
    TRY(sample_weights_read(&settings->weights, &settings->sources, &sources, arena, &weights,
                            error));
    const size_t rows = sources.rows;
    struct points mass = {.rows = sources.rows, .columns = 1, .values = weights};
    points_drop_unweighted(&sources, weights);
    points_drop_unweighted(&latents, weights);
    points_drop_unweighted(&mass, weights);
    TRY(score_describe(&settings->sources, &sources, &latents, settings->scores.values != NULL,
                       arena, &scored->subject, error));
    scored->input = (struct score_input){
        .samples = sources.rows,
        .sources = sources.columns,
        .latents = latents.columns,
        .source = sources.values,
        .latent = latents.values,
        .weights = weights,
        .trained_loss = NAN,
        .scoring = &settings->scoring,
    };
    return score_read_frequencies(settings, rows, scored, error);
}

static enum status score_run(const struct arguments *arguments, struct arena *arena,
                             struct error *error) {
    const struct score_settings *settings = arguments->settings;
    const bool named = settings->scores.values != NULL;
    struct scored *scored;
    struct document document = {.arena = arena};
    if (settings->sources.path[0] == '\0' || settings->latents.path[0] == '\0') {
        return error_set(error, STATUS_BAD_INPUT,
                         "usage: modsweep score --sources POINTS --latents POINTS [options]; see "
                         "--help");
    }
    TRY(ARENA_NEW(arena, scored, 1, error));
    TRY(score_choose_all(&settings->scores, scored, error));
    TRY(score_read_input(settings, arena, scored, error));
    TRY(score_keep_suited(scored, named, error));
    TRY(score_all(scored->chosen, scored->count, &scored->input, arena, scored->values,
                  scored->matrices, error));
    scored->matrix_count = score_matrices(scored->chosen, scored->count, scored->kinds);
    TRY(ARENA_NEW(arena, scored->active, scored->input.latents, error));
    (void)score_active(&scored->input, scored->active);
    TRY(scored_document(scored, &document, error));
    return document_print(&document, settings->json, error);
}

const struct command score_command = {
    .name = "score",
    .synopsis = "--sources POINTS --latents POINTS",
    .help = "score your own arrays of sources and latents",
    .details = "POINTS is a CSV file (a.csv) or a data set in an HDF5 file (a.h5:/path), whose\n"
               "first axis is the sample. An undefined score is nan, in JSON null. JSON has\n"
               "the scores and their [source][latent] matrices by name. Scores that count\n"
               "labels are left out, unless you name them, where a source has more than half\n"
               "as many values as there are samples. Scores of frequencies need --frequencies\n"
               "and --time-step: then samples are the steps of one sequence.\n",
    COMMAND_OPTIONS(options, score_settings),
    .run = score_run,
};
