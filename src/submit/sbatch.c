#include "submit/sbatch.h"

#include "base/file.h"
#include "base/program.h"
#include "base/shell_quote.h"
#include "submit/script.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

enum { WORDS_MAX = 16, LINE_BYTES = 256, MARK_LINE = 2 };

static const char merge_time[] = "--time=60"; /* minutes; rows are copied, not trained */

/* Whether the file is a script of an earlier submission, or does not exist. */
static bool sbatch_may_replace(const char *path) {
    char line[LINE_BYTES] = "";
    SCOPED(file_release) FILE *file = fopen(path, "r");
    if (file == NULL) {
        return errno == ENOENT;
    }
    for (int k = 0; k < MARK_LINE; k++) {
        if (fgets(line, sizeof line, file) == NULL) {
            line[0] = '\0';
        }
    }
    return strncmp(line, script_second_line, strlen(script_second_line)) == 0;
}

static enum status sbatch_write_script(const char *path, const char *script, struct error *error) {
    if (!sbatch_may_replace(path)) {
        return error_set(error, STATUS_BAD_INPUT,
                         "'%s', where the batch script belongs, is another file", path);
    }
    FILE *file = fopen(path, "w");
    if (file == NULL) {
        return error_set(error, STATUS_STORAGE, "cannot write '%s': %s", path, strerror(errno));
    }
    bool failed = fputs(script, file) < 0;
    failed = fclose(file) != 0 || failed;
    return failed ? error_set(error, STATUS_STORAGE, "cannot write '%s': %s", path, strerror(errno))
                  : STATUS_OK;
}

/* Calls sbatch --parsable, which prints "JOB" or "JOB;CLUSTER". */
static enum status sbatch_call(const char *const *arguments, struct arena *arena, const char **job,
                               struct error *error) {
    struct program_outcome outcome;
    TRY(program_run(arguments, "", arena, &outcome, error));
    if (outcome.absent) {
        return error_set(error, STATUS_BAD_INPUT, "there is no SLURM here: sbatch is not found");
    }
    if (outcome.status != 0) {
        return error_set(error, STATUS_BAD_INPUT, "sbatch refuses the job: %s", outcome.messages);
    }
    return arena_printf(arena, job, error, "%.*s", (int)strcspn(outcome.output, ";\n"),
                        outcome.output);
}

/* The merging command, as an option of sbatch. Merges into a new file what is in the results file
 * already, and then replaces it. */
static enum status sbatch_merge_command(const struct submission *submission, struct arena *arena,
                                        const char **option, struct error *error) {
    const char *program;
    const char *results;
    const char *stem;
    const char *joined;
    const long long shards = (long long)submission->shards;
    TRY(shell_quote(arena, submission->program, &program, error));
    TRY(shell_quote(arena, submission->results, &results, error));
    TRY(arena_printf(arena, &stem, error, "%.*s", submission_stem_length(submission),
                     submission->results));
    TRY(shell_quote(arena, stem, &stem, error));
    if (!submission->joined) {
        return arena_printf(arena, option, error, "--wrap=%s merge %s %s.shard-*-of-%lld.h5",
                            program, results, stem, shards);
    }
    TRY(arena_printf(arena, &joined, error, "%s.joined", submission->results));
    TRY(shell_quote(arena, joined, &joined, error));
    return arena_printf(arena, option, error,
                        "--wrap=rm -f %s && %s merge %s %s %s.shard-*-of-%lld.h5 && mv %s %s",
                        joined, program, joined, results, stem, shards, joined, results);
}

static enum status sbatch_submit_merge(const struct submission *submission, struct arena *arena,
                                       struct sbatch_jobs *jobs, struct error *error) {
    const char *words[WORDS_MAX] = {"sbatch", "--parsable", "--ntasks=1", merge_time};
    size_t count = 4;
    const char *log;
    const char *const options[][2] = {{"partition", submission->partition},
                                      {"account", submission->account},
                                      {"qos", submission->qos},
                                      {"job-name", submission->name}};
    TRY(sbatch_merge_command(submission, arena, &words[count++], error));
    for (size_t o = 0; o < sizeof options / sizeof options[0]; o++) {
        if (options[o][1] != NULL) {
            TRY(arena_printf(arena, &words[count++], error, "--%s=%s", options[o][0],
                             options[o][1]));
        }
    }
    TRY(arena_printf(arena, &words[count++], error, "--dependency=afterany:%s", jobs->job));
    TRY(submission_merge_log(submission, arena, &log, error));
    TRY(arena_printf(arena, &words[count++], error, "--output=%s", log));
    return sbatch_call(words, arena, &jobs->merge, error);
}

enum status sbatch_submit(const struct submission *submission, const char *script,
                          struct arena *arena, struct sbatch_jobs *jobs, struct error *error) {
    *jobs = (struct sbatch_jobs){0};
    TRY(arena_printf(arena, &jobs->script, error, "%.*s.sbatch", submission_stem_length(submission),
                     submission->results));
    TRY(sbatch_write_script(jobs->script, script, error));
    const char *const arguments[] = {"sbatch", "--parsable", jobs->script, NULL};
    TRY(sbatch_call(arguments, arena, &jobs->job, error));
    return submission->shards > 0 ? sbatch_submit_merge(submission, arena, jobs, error) : STATUS_OK;
}
