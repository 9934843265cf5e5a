/* `modsweep score`: scores arrays that the user already has. */
#include "score/score.h"

#include "base/text.h"
#include "command/common.h"
#include "command/frequencies.h"
#include "data/distinct_values.h"
#include "data/points_file.h"
#include "data/weighting.h"
#include "job/scoring.h"
#include "kernel/kernel.h"
#include "score/reduction.h"
#include "score/requirements.h"

#include <json-c/json.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

enum { SCORES_MAX = 64 };

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

/* Everything that a report shows. */
struct scored {
    struct score_input input;
    size_t count;
    const struct score *chosen[SCORES_MAX];
    double values[SCORES_MAX];
    size_t matrix_count;
    const struct score_matrix *kinds[SCORES_MAX];
    const double *matrices[SCORES_MAX];
    bool *active; /* [latents] */
    struct score_subject subject;
    size_t left_out_count; /* that were not named and do not suit */
    const struct score *left_out[SCORES_MAX];
};

static enum status score_command_choose(const char *name, struct scored *scored,
                                        struct error *error) {
    const char *names[SCORES_MAX];
    size_t count = 0;
    for (; scores[count] != NULL && count < SCORES_MAX; count++) {
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
            return error_set(error, STATUS_BAD_INPUT,
                             "score '%s' needs the loss that a network was trained with: only "
                             "sweeps have one ('modsweep theory' has what is known without)",
                             name);
        }
        scored->chosen[scored->count++] = scores[count];
        return STATUS_OK;
    }
    char meant[TEXT_SUGGESTION_BYTES];
    return error_set(error, STATUS_BAD_INPUT, "unknown score '%s'%s; see 'modsweep list scores'",
                     name, text_suggestion("; did you mean '", name, names, count, "'?", meant));
}

/* Scores by their names, or all of them. */
static enum status score_command_choose_all(const struct texts *names, struct scored *scored,
                                            struct error *error) {
    for (size_t i = 0; i < names->count; i++) {
        TRY(score_command_choose(names->values[i], scored, error));
    }
    for (size_t i = 0; names->values == NULL && scores[i] != NULL && i < SCORES_MAX; i++) {
        if (!scores[i]->needs_loss) {
            scored->chosen[scored->count++] = scores[i];
        }
    }
    return STATUS_OK;
}

static enum status score_command_read_points(const char *option, const struct file_reference *file,
                                             struct arena *arena, struct points *points,
                                             struct error *error) {
    return points_file_read(file, arena, points, error) == STATUS_OK
               ? STATUS_OK
               : error_prefix(error, "--%s", option);
}

/* Whether sources may be labels: if scores are named, the user knows, and they must not all differ;
 * else they are taken for labels where each column has half as many values as samples at most. */
static enum status score_command_describe(const struct file_reference *file,
                                          const struct points *sources,
                                          const struct points *latents, bool named,
                                          struct arena *arena, struct score_subject *subject,
                                          struct error *error) {
    struct distinct_values distinct;
    const char *name = points_name(file, arena, error);
    if (name == NULL) {
        return error_status(error);
    }
    TRY(distinct_values_most(sources, arena, &distinct, error));
    *subject = (struct score_subject){
        .data = name,
        .owner = name,
        .sources = sources->columns,
        .latents = latents->columns,
        .expected = "--frequencies and --time-step",
        .labels = named ? distinct.values < sources->rows : 2 * distinct.values <= sources->rows,
    };
    subject->evidence = arena_format(arena, error, "column %zu has %zu values in %zu samples",
                                     distinct.column + 1, distinct.values, sources->rows);
    return subject->evidence == NULL ? error_status(error) : STATUS_OK;
}

/* Scores that the data do not suit: refused if they were named, else left out. */
static enum status score_command_keep_suited(struct scored *scored, bool named,
                                             struct error *error) {
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
static enum status score_command_read_frequencies(const struct score_settings *settings,
                                                  size_t rows, struct scored *scored,
                                                  struct error *error) {
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

static enum status score_command_read_input(const struct score_settings *settings,
                                            struct arena *arena, struct scored *scored,
                                            struct error *error) {
    struct points sources;
    struct points latents;
    double *weights;
    TRY(score_command_read_points("sources", &settings->sources, arena, &sources, error));
    TRY(score_command_read_points("latents", &settings->latents, arena, &latents, error));
    TRY(points_same_rows(&settings->sources, &sources, &settings->latents, &latents, arena, error));
    TRY(weights_read(&settings->weights, &settings->sources, &sources, arena, &weights, error));
    const size_t rows = sources.rows;
    struct points mass = {.rows = sources.rows, .columns = 1, .values = weights};
    points_drop_unweighted(&sources, weights);
    points_drop_unweighted(&latents, weights);
    points_drop_unweighted(&mass, weights);
    TRY(score_command_describe(&settings->sources, &sources, &latents,
                               settings->scores.values != NULL, arena, &scored->subject, error));
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
    return score_command_read_frequencies(settings, rows, scored, error);
}

/* A sign that the processor gives NaN is no news to a reader. */
static double score_command_without_sign_of_nan(double value) {
    return isnan(value) ? NAN : value;
}

static void score_command_print_matrix(const struct scored *scored, const struct score_matrix *kind,
                                       const double *matrix) {
    printf("\n%s: %s\n%10s", kind->name, kind->help, "latent");
    for (size_t j = 0; j < scored->input.latents; j++) {
        printf(" %8zu", j + 1);
    }
    for (size_t i = 0; i < scored->input.sources; i++) {
        printf("\nsource %3zu", i + 1);
        for (size_t j = 0; j < scored->input.latents; j++) {
            printf(" %8.4f",
                   score_command_without_sign_of_nan(matrix[i * scored->input.latents + j]));
        }
    }
    printf("\n%10s", "active");
    for (size_t j = 0; j < scored->input.latents; j++) {
        printf(" %8s", scored->active[j] ? "yes" : "no");
    }
    puts("");
}

static void score_command_print_left_out(const struct scored *scored) {
    for (size_t i = 0; i < scored->left_out_count; i++) {
        printf("%s%s", i == 0 ? "\nleft out, as the sources do not suit: " : ", ",
               scored->left_out[i]->component.name);
    }
    if (scored->left_out_count > 0) {
        puts("");
    }
}

/* Columns of the names: room for the longest. */
static int score_command_name_width(const struct scored *scored) {
    enum { LEAST = 18 };
    size_t width = LEAST;
    for (size_t i = 0; i < scored->count; i++) {
        size_t length = strlen(scored->chosen[i]->component.name);
        width = length > width ? length : width;
    }
    return (int)width;
}

static void score_command_print_table(const struct scored *scored) {
    const int width = score_command_name_width(scored);
    printf("%zu samples, %zu sources, %zu latents\n\n", scored->input.samples,
           scored->input.sources, scored->input.latents);
    for (size_t i = 0; i < scored->count; i++) {
        const struct score *score = scored->chosen[i];
        bool has_unit = strcmp(score->unit, "1") != 0;
        printf("%-*s %10.6f%s%-4s %s\n", width, score->component.name,
               score_command_without_sign_of_nan(scored->values[i]), has_unit ? " " : "",
               has_unit ? score->unit : " ", score->component.help);
    }
    score_command_print_left_out(scored);
    for (size_t m = 0; m < scored->matrix_count; m++) {
        score_command_print_matrix(scored, scored->kinds[m], scored->matrices[m]);
    }
}

/* A number in the fewest digits that read back the same. NaN is null, which is json-c's NULL. */
static struct json_object *score_command_json_number(double value) {
    char text[32];
    return isfinite(value) ? json_object_new_double_s(value, text_of_real(value, text)) : NULL;
}

static struct json_object *score_command_json_matrix(const struct scored *scored,
                                                     const double *matrix) {
    struct json_object *rows = json_object_new_array();
    for (size_t i = 0; rows != NULL && i < scored->input.sources; i++) {
        struct json_object *row = json_object_new_array();
        if (row == NULL || json_object_array_add(rows, row) != 0) {
            json_object_put(row);
            json_object_put(rows);
            return NULL;
        }
        for (size_t j = 0; j < scored->input.latents; j++) {
            struct json_object *number =
                score_command_json_number(matrix[i * scored->input.latents + j]);
            if (json_object_array_add(row, number) != 0) {
                json_object_put(number);
                json_object_put(rows);
                return NULL;
            }
        }
    }
    return rows;
}

static struct json_object *score_command_json_active(const struct scored *scored) {
    struct json_object *list = json_object_new_array();
    for (size_t j = 0; list != NULL && j < scored->input.latents; j++) {
        struct json_object *flag = json_object_new_int(scored->active[j]);
        if (flag == NULL || json_object_array_add(list, flag) != 0) {
            json_object_put(flag);
            json_object_put(list);
            return NULL;
        }
    }
    return list;
}

static bool score_command_fill_json(const struct scored *scored, struct json_object *root) {
    for (size_t i = 0; i < scored->count; i++) {
        struct json_object *number = score_command_json_number(scored->values[i]);
        if (json_object_object_add(root, scored->chosen[i]->component.name, number) != 0) {
            json_object_put(number);
            return false;
        }
    }
    for (size_t m = 0; m < scored->matrix_count; m++) {
        struct json_object *matrix = score_command_json_matrix(scored, scored->matrices[m]);
        if (matrix == NULL || json_object_object_add(root, scored->kinds[m]->name, matrix) != 0) {
            json_object_put(matrix);
            return false;
        }
    }
    struct json_object *active = score_command_json_active(scored);
    if (active == NULL || json_object_object_add(root, "active", active) != 0) {
        json_object_put(active);
        return false;
    }
    return true;
}

static enum status score_command_print_json(const struct scored *scored, struct error *error) {
    struct json_object *root = json_object_new_object();
    const char *text = NULL;
    if (root != NULL && score_command_fill_json(scored, root)) {
        text = json_object_to_json_string_ext(root, JSON_C_TO_STRING_SPACED);
    }
    if (text != NULL) {
        puts(text);
    }
    json_object_put(root);
    return text != NULL ? STATUS_OK : error_set(error, STATUS_NO_MEMORY, "out of memory for JSON");
}

static enum status score_command_run(const struct arguments *arguments, struct arena *arena,
                                     struct error *error) {
    const struct score_settings *settings = arguments->settings;
    const bool named = settings->scores.values != NULL;
    struct scored *scored;
    if (settings->sources.path[0] == '\0' || settings->latents.path[0] == '\0') {
        return error_set(error, STATUS_BAD_INPUT,
                         "usage: modsweep score --sources POINTS --latents POINTS [options]; see "
                         "--help");
    }
    kernel_prepare(); /* one thread: the same bits as in a sweep */
    TRY(ARENA_NEW(arena, scored, 1, error));
    TRY(score_command_choose_all(&settings->scores, scored, error));
    TRY(score_command_read_input(settings, arena, scored, error));
    TRY(score_command_keep_suited(scored, named, error));
    TRY(score_all(scored->chosen, scored->count, &scored->input, arena, scored->values,
                  scored->matrices, error));
    scored->matrix_count = score_matrices(scored->chosen, scored->count, scored->kinds);
    TRY(ARENA_NEW(arena, scored->active, scored->input.latents, error));
    (void)score_active(&scored->input, scored->active);
    if (settings->json) {
        return score_command_print_json(scored, error);
    }
    score_command_print_table(scored);
    return STATUS_OK;
}

extern const struct command score_command;
const struct command score_command = {
    .name = "score",
    .synopsis = "--sources POINTS --latents POINTS",
    .help = "score your own arrays of sources and latents",
    .details = "POINTS is a CSV file (a.csv) or a data set in an HDF5 file (a.h5:/path), in\n"
               "which the first axis is the sample. An undefined score is nan, in JSON null.\n"
               "Scores that count labels are left out, unless named, where a source has more\n"
               "than half as many values as there are samples. Scores of frequencies are left\n"
               "out without --frequencies and --time-step, with which samples are the steps of\n"
               "one sequence.\n",
    .options = options,
    .option_count = sizeof options / sizeof *options,
    .settings_size = sizeof(struct score_settings),
    .run = score_command_run,
};
