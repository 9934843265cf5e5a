/* `modsweep score`: scores arrays that the user already has. */
#include "score/score.h"

#include "base/text.h"
#include "command/frequencies.h"
#include "command/options.h"
#include "command/scoring.h"
#include "data/distinct_values.h"
#include "data/points_file.h"
#include "data/weighting.h"
#include "kernel/kernel.h"
#include "parameter/file_reference.h"
#include "score/reduction.h"
#include "score/requirements.h"

#include <json-c/json.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

enum { SCORES_MAX = 64 };

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
    struct scoring_settings scoring;
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

/* Scores by their names, separated by commas; all of them when `list` is NULL. */
static enum status score_command_choose_all(const char *list, struct arena *arena,
                                            struct scored *scored, struct error *error) {
    if (list == NULL) {
        for (size_t i = 0; scores[i] != NULL && i < SCORES_MAX; i++) {
            if (!scores[i]->needs_loss) {
                scored->chosen[scored->count++] = scores[i];
            }
        }
        return STATUS_OK;
    }
    char *rest = arena_string(arena, list, error);
    if (rest == NULL) {
        return error_status(error);
    }
    while (rest != NULL) {
        TRY(score_command_choose(strsep(&rest, ","), scored, error));
    }
    return STATUS_OK;
}

static enum status score_command_read_option(const struct arguments *arguments, const char *option,
                                             struct arena *arena, struct file_reference *file,
                                             struct points *points, struct error *error) {
    TRY(file_reference_split(argument_value(arguments, option, ""), arena, file, error));
    if (points_file_read(file, arena, points, error) != STATUS_OK) {
        return error_prefix(error, "--%s", option);
    }
    return STATUS_OK;
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

/* Steps are no samples that could do without one. */
static enum status score_command_read_frequencies(const struct arguments *arguments, size_t rows,
                                                  struct arena *arena, struct scored *scored,
                                                  struct error *error) {
    struct score_input *input = &scored->input;
    TRY(frequency_options(arguments, scored->subject.data, arena, input, error));
    scored->subject.periodic = input->frequencies != NULL;
    if (input->frequencies == NULL || input->samples == rows) {
        return STATUS_OK;
    }
    return error_set(error, STATUS_BAD_INPUT,
                     "--weights leaves out %zu of %zu samples, by a weight of 0, and --frequencies "
                     "takes them for steps of equal length; expected weights above 0",
                     rows - input->samples, rows);
}

static enum status score_command_read_input(const struct arguments *arguments, struct arena *arena,
                                            struct scored *scored, struct error *error) {
    struct file_reference source_file;
    struct file_reference latent_file;
    struct file_reference weight_file;
    struct points sources;
    struct points latents;
    double *weights;
    TRY(score_command_read_option(arguments, "sources", arena, &source_file, &sources, error));
    TRY(score_command_read_option(arguments, "latents", arena, &latent_file, &latents, error));
    TRY(points_same_rows(&source_file, &sources, &latent_file, &latents, arena, error));
    TRY(file_reference_split(argument_value(arguments, "weights", ""), arena, &weight_file, error));
    TRY(weights_read(&weight_file, &source_file, &sources, arena, &weights, error));
    const size_t rows = sources.rows;
    struct points mass = {.rows = sources.rows, .columns = 1, .values = weights};
    points_drop_unweighted(&sources, weights);
    points_drop_unweighted(&latents, weights);
    points_drop_unweighted(&mass, weights);
    TRY(score_command_describe(&source_file, &sources, &latents,
                               argument_given(arguments, "scores"), arena, &scored->subject,
                               error));
    scored->scoring = scoring_plain;
    TRY(scoring_options(arguments, &scored->scoring, error));
    scored->input = (struct score_input){
        .samples = sources.rows,
        .sources = sources.columns,
        .latents = latents.columns,
        .source = sources.values,
        .latent = latents.values,
        .weights = weights,
        .trained_loss = NAN,
        .scoring = &scored->scoring,
    };
    return score_command_read_frequencies(arguments, rows, arena, scored, error);
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

static enum status score_command_score_arrays(const struct arguments *arguments,
                                              struct arena *arena, struct error *error) {
    struct scored *scored;
    TRY(ARENA_NEW(arena, scored, 1, error));
    TRY(score_command_choose_all(argument_value(arguments, "scores", NULL), arena, scored, error));
    TRY(score_command_read_input(arguments, arena, scored, error));
    TRY(score_command_keep_suited(scored, argument_given(arguments, "scores"), error));
    TRY(score_all(scored->chosen, scored->count, &scored->input, arena, scored->values,
                  scored->matrices, error));
    scored->matrix_count = score_matrices(scored->chosen, scored->count, scored->kinds);
    TRY(ARENA_NEW(arena, scored->active, scored->input.latents, error));
    (void)score_active(&scored->input, scored->active);
    if (argument_given(arguments, "json")) {
        return score_command_print_json(scored, error);
    }
    score_command_print_table(scored);
    return STATUS_OK;
}

static enum status score_command_run(const struct arguments *arguments, struct error *error) {
    if (!argument_given(arguments, "sources") || !argument_given(arguments, "latents")) {
        return error_set(error, STATUS_BAD_INPUT,
                         "usage: modsweep score --sources POINTS --latents POINTS [options]; see "
                         "--help");
    }
    kernel_prepare(); /* one thread: the same bits as in a sweep */
    struct arena arena = {0};
    enum status status = score_command_score_arrays(arguments, &arena, error);
    arena_free(&arena);
    return status;
}

static const struct option_spec options[] = {
    {"sources", 's', "POINTS", "sources, a row per sample and a column per source"},
    {"latents", 'z', "POINTS", "latent activity, a row per sample and a column per latent"},
    {"weights", 'w', "POINTS", "a weight per sample (default: all equal)"},
    {"scores", 0, "NAME,...", "which scores (default: all that suit; see 'modsweep list scores')"},
    {"neighbours", 0, "K", "neighbours that infom and its kin look at (default 2)"},
    {"duplicates", 0, "N", "times that they take each sample (default 1; sweeps 2)"},
    {"noise", 0, "X", "noise they add, in standard deviations (default 0; sweeps 0.01)"},
    {"frequencies", 0, "F,...", "of each source, in radians per unit of time; with --time-step"},
    {"time-step", 0, "D", "time from a sample to the next; with --frequencies"},
    {"json", 0, NULL, "print JSON: scores and [source][latent] matrices by name"},
};

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
    .run = score_command_run,
};
