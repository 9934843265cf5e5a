#include "submit/submission.h"

#include "base/text.h"
#include "submit/quote.h"
#include "submit/script.h"
#include "submit/slurm_time.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { OPTIONS_MAX = 16, VARIABLES_MAX = 8, FIXED_ARGUMENTS = 6 };

static const char checkpoint_seconds[] = "60"; /* where nodes are taken away without notice */
static const char by_mpirun[] = "mpirun";

static const char *submission_template_of(const struct submission *submission) {
    if (submission->shards > 0) {
        return "shards";
    }
    if (strcmp(submission->mpi, by_mpirun) == 0) {
        return "many_nodes_mpirun";
    }
    if (submission->preemptible) {
        return "preemptible";
    }
    return submission->nodes == 1 ? "one_node" : "many_nodes_srun";
}

int submission_stem(const struct submission *submission) {
    static const char ending[] = ".h5";
    size_t length = strlen(submission->results);
    return (int)(text_ends_with(submission->results, ending) ? length - strlen(ending) : length);
}

/* The path as a pattern of sbatch --output, where % is doubled. */
static char *submission_pattern_of(const char *path, struct arena *arena, struct error *error) {
    char *text = NULL;
    size_t length = 0;
    FILE *file = open_memstream(&text, &length);
    if (file == NULL) {
        (void)error_set(error, STATUS_NO_MEMORY, "out of memory");
        return NULL;
    }
    quote_pattern(file, path);
    char *copy = NULL;
    if (fclose(file) == 0) {
        copy = arena_string(arena, text, error);
    } else {
        (void)error_set(error, STATUS_NO_MEMORY, "out of memory");
    }
    free(text);
    return copy;
}

/* A log beside the results: as a pattern of sbatch with its own names for numbers, or as it is. */
static char *submission_log_path(const struct submission *submission, const char *number,
                                 bool is_pattern, struct arena *arena, struct error *error) {
    const char *results = submission->results;
    char *stem = arena_format(arena, error, "%.*s", submission_stem(submission), results);
    if (stem != NULL && strchr(stem, '\\') != NULL) {
        stem =
            arena_string(arena, "modsweep", error); /* sbatch numbers no names with backslashes */
    } else if (stem != NULL && is_pattern) {
        stem = submission_pattern_of(stem, arena, error);
    }
    return stem == NULL ? NULL : arena_format(arena, error, "%s-%s.log", stem, number);
}

char *submission_log(const struct submission *submission, const char *job, struct arena *arena,
                     struct error *error) {
    bool many = submission->shards > 0;
    if (job == NULL) {
        return submission_log_path(submission, many ? "%A-%a" : "%j", true, arena, error);
    }
    char *number = arena_format(arena, error, "%s%s", job, many ? "-1" : "");
    return number == NULL ? NULL : submission_log_path(submission, number, false, arena, error);
}

char *submission_merge_log(const struct submission *submission, struct arena *arena,
                           struct error *error) {
    return submission_log_path(submission, "merge-%j", true, arena, error);
}

static enum status submission_add_options(const struct submission *submission, struct arena *arena,
                                          struct script *script, struct error *error) {
    struct script_option *options;
    char *time;
    TRY(ARENA_NEW(arena, options, OPTIONS_MAX, error));
    TRY(ARENA_NEW(arena, time, SLURM_TIME_BYTES, error));
    const bool mpirun = strcmp(submission->mpi, by_mpirun) == 0;
    const char *array = arena_format(arena, error, "1-%lld", (long long)submission->shards);
    const char *nodes = arena_format(arena, error, "%lld", (long long)submission->nodes);
    const char *each = arena_format(arena, error, "%lld", (long long)submission->ranks_per_node);
    const long long ranks = submission->nodes * submission->ranks_per_node;
    const char *all = arena_format(arena, error, "%lld", ranks);
    const char *signal =
        arena_format(arena, error, "%sUSR1@%d", mpirun ? "B:" : "", submission->schedule.warning);
    const char *log = submission_log(submission, NULL, arena, error);
    if (array == NULL || nodes == NULL || each == NULL || all == NULL || signal == NULL ||
        log == NULL) {
        return error_status(error);
    }
    const struct script_option known[] = {
        {"job-name", submission->name, false},
        {"array", submission->shards > 0 ? array : NULL, false},
        {"partition", submission->partition, false},
        {"account", submission->account, false},
        {"qos", submission->qos, false},
        {"constraint", submission->constraint, false},
        {"nodes", nodes, false},
        {"ntasks", all, true},
        {"ntasks-per-node", each, false},
        {"time", slurm_time_text(submission->schedule.seconds, time), false},
        {"signal", signal, false},
        {"output", log, false},
        {"hint", submission->threads ? "nomultithread" : NULL, false},
    };
    for (size_t k = 0; k < sizeof known / sizeof known[0]; k++) {
        if (known[k].value != NULL) {
            options[script->option_count++] = known[k];
        }
    }
    script->options = options;
    script->extra = submission->extra;
    script->extra_count = submission->extra_count;
    return STATUS_OK;
}

static enum status submission_add_variables(const struct submission *submission,
                                            struct arena *arena, struct script *script,
                                            struct error *error) {
    struct script_variable *variables;
    TRY(ARENA_NEW(arena, variables, VARIABLES_MAX, error));
    const char *restarts =
        arena_format(arena, error, "%lld", (long long)submission->schedule.restarts_most);
    const char *shards = arena_format(arena, error, "%lld", (long long)submission->shards);
    if (restarts == NULL || shards == NULL) {
        return error_status(error);
    }
    variables[script->variable_count++] = (struct script_variable){"MODSWEEP", submission->program};
    variables[script->variable_count++] =
        (struct script_variable){"MODSWEEP_RESTARTS_MOST", restarts};
    if (strcmp(submission->mpi, by_mpirun) != 0) {
        variables[script->variable_count++] = (struct script_variable){"MPI_TYPE", submission->mpi};
    }
    if (submission->shards > 0) {
        variables[script->variable_count++] = (struct script_variable){"MODSWEEP_SHARDS", shards};
    }
    script->variables = variables;
    return STATUS_OK;
}

static enum status submission_add_arguments(const struct submission *submission,
                                            struct arena *arena, struct script *script,
                                            struct error *error) {
    size_t most = FIXED_ARGUMENTS + 2 * (submission->override_count + submission->older_count);
    const char **arguments;
    size_t count = 0;
    TRY(ARENA_NEW(arena, arguments, most, error));
    arguments[count++] = submission->sweep;
    arguments[count++] = submission->results;
    arguments[count++] = "--notice";
    arguments[count++] = arena_format(arena, error, "%d", submission->schedule.notice);
    if (arguments[3] == NULL) {
        return error_status(error);
    }
    if (submission->preemptible) {
        arguments[count++] = "--checkpoint-every";
        arguments[count++] = checkpoint_seconds;
    }
    for (size_t k = 0; k < submission->override_count; k++) {
        arguments[count++] = "--set";
        arguments[count++] = submission->overrides[k];
    }
    for (size_t k = 0; k < submission->older_count; k++) {
        arguments[count++] = "--reuse";
        arguments[count++] = submission->older[k];
    }
    script->arguments = arguments;
    script->argument_count = count;
    return STATUS_OK;
}

char *submission_script(const struct submission *submission, struct arena *arena,
                        struct error *error) {
    struct script script = {.template = submission_template_of(submission)};
    if (submission_add_options(submission, arena, &script, error) != STATUS_OK ||
        submission_add_variables(submission, arena, &script, error) != STATUS_OK ||
        submission_add_arguments(submission, arena, &script, error) != STATUS_OK) {
        return NULL;
    }
    return script_text(&script, arena, error);
}
