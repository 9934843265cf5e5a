#include "submit/submission.h"

#include "base/text.h"
#include "submit/sbatch_quote.h"
#include "submit/script.h"
#include "submit/slurm_time.h"

#include <string.h>

enum { OPTIONS_MAX = 16, VARIABLES_MAX = 8, FIXED_ARGUMENTS = 6 };

static const char checkpoint_seconds[] = "60"; /* where jobs are preempted without notice */
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

int submission_stem_length(const struct submission *submission) {
    static const char ending[] = ".h5";
    size_t length = strlen(submission->results);
    return (int)(text_ends_with(submission->results, ending) ? length - strlen(ending) : length);
}

/* A log beside the results: as a pattern of sbatch with its own names for numbers, or as it is. */
static enum status submission_log_path(const struct submission *submission, const char *number,
                                       bool is_pattern, struct arena *arena, const char **path,
                                       struct error *error) {
    const char *stem;
    TRY(arena_printf(arena, &stem, error, "%.*s", submission_stem_length(submission),
                     submission->results));
    if (strchr(stem, '\\') != NULL) {
        stem = "modsweep"; /* sbatch replaces no numbers in names with backslashes */
    } else if (is_pattern) {
        TRY(sbatch_quote_pattern(arena, stem, &stem, error));
    }
    return arena_printf(arena, path, error, "%s-%s.log", stem, number);
}

enum status submission_log(const struct submission *submission, const char *job,
                           struct arena *arena, const char **path, struct error *error) {
    bool many = submission->shards > 0;
    const char *number;
    if (job == NULL) {
        return submission_log_path(submission, many ? "%A-%a" : "%j", true, arena, path, error);
    }
    TRY(arena_printf(arena, &number, error, "%s%s", job, many ? "-1" : ""));
    return submission_log_path(submission, number, false, arena, path, error);
}

enum status submission_merge_log(const struct submission *submission, struct arena *arena,
                                 const char **path, struct error *error) {
    return submission_log_path(submission, "merge-%j", true, arena, path, error);
}

/* Points *text at a number. */
static enum status submission_number(int64_t number, struct arena *arena, const char **text,
                                     struct error *error) {
    return arena_printf(arena, text, error, "%lld", (long long)number);
}

static enum status submission_add_options(const struct submission *submission, struct arena *arena,
                                          struct script *script, struct error *error) {
    struct script_option *options;
    const char *array;
    const char *nodes;
    const char *each;
    const char *all;
    const char *signal;
    const char *log;
    char *time;
    const bool mpirun = strcmp(submission->mpi, by_mpirun) == 0;
    TRY(ARENA_NEW(arena, options, OPTIONS_MAX, error));
    TRY(ARENA_NEW(arena, time, SLURM_TIME_BYTES, error));
    TRY(arena_printf(arena, &array, error, "1-%lld", (long long)submission->shards));
    TRY(submission_number(submission->nodes, arena, &nodes, error));
    TRY(submission_number(submission->ranks_per_node, arena, &each, error));
    TRY(submission_number(submission->nodes * submission->ranks_per_node, arena, &all, error));
    TRY(arena_printf(arena, &signal, error, "%sUSR1@%d", mpirun ? "B:" : "",
                     submission->schedule.warning));
    TRY(submission_log(submission, NULL, arena, &log, error));
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
    const char *restarts;
    const char *shards;
    TRY(ARENA_NEW(arena, variables, VARIABLES_MAX, error));
    TRY(submission_number(submission->schedule.restarts_max, arena, &restarts, error));
    TRY(submission_number(submission->shards, arena, &shards, error));
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
    size_t room = FIXED_ARGUMENTS + 2 * (submission->override_count + submission->older_count);
    const char **arguments;
    size_t count = 0;
    TRY(ARENA_NEW(arena, arguments, room, error));
    arguments[count++] = submission->sweep;
    arguments[count++] = submission->results;
    arguments[count++] = "--notice";
    TRY(submission_number(submission->schedule.notice, arena, &arguments[count++], error));
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

enum status submission_script(const struct submission *submission, struct arena *arena,
                              const char **text, struct error *error) {
    struct script script = {.template = submission_template_of(submission)};
    TRY(submission_add_options(submission, arena, &script, error));
    TRY(submission_add_variables(submission, arena, &script, error));
    TRY(submission_add_arguments(submission, arena, &script, error));
    return script_text(&script, arena, text, error);
}
