#include "base/program.h"
#include "submit/quote.h"
#include "submit/script.h"
#include "submit/submission.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { WORDS_MAX = 16, LINE_BYTES = 256, MARK_LINE = 2 };

static const char merge_time[] = "--time=60"; /* minutes; rows are copied, not trained */

/* Whether the file is a script of an earlier submission, or not there. */
static bool send_may_replace(const char *path) {
    char line[LINE_BYTES] = "";
    FILE *file = fopen(path, "r");
    if (file == NULL) {
        return errno == ENOENT;
    }
    for (int k = 0; k < MARK_LINE; k++) {
        if (fgets(line, sizeof line, file) == NULL) {
            line[0] = '\0';
        }
    }
    (void)fclose(file); /* only read */
    return strncmp(line, script_second_line, strlen(script_second_line)) == 0;
}

static enum status send_write_script(const char *path, const char *script, struct error *error) {
    if (!send_may_replace(path)) {
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
static enum status send_call(const char *const *arguments, struct arena *arena, const char **job,
                             struct error *error) {
    struct program_outcome outcome;
    TRY(program_run(arguments, "", arena, &outcome, error));
    if (outcome.absent) {
        return error_set(error, STATUS_BAD_INPUT, "there is no SLURM here: sbatch is not found");
    }
    if (outcome.status != 0) {
        return error_set(error, STATUS_BAD_INPUT, "sbatch refuses the job: %s", outcome.messages);
    }
    char *copy = arena_string(arena, outcome.output, error);
    if (copy == NULL) {
        return error_status(error);
    }
    copy[strcspn(copy, ";\n")] = '\0';
    *job = copy;
    return STATUS_OK;
}

/* The command that joins shards; with a file from an earlier time, that and them in its place. */
static void send_write_merge(FILE *file, const struct submission *submission, const char *joined,
                             const char *stem) {
    if (submission->joined) {
        (void)fputs("rm -f ", file);
        quote_shell(file, joined);
        (void)fputs(" && ", file);
    }
    quote_shell(file, submission->program);
    (void)fputs(" merge ", file);
    quote_shell(file, joined);
    if (submission->joined) {
        (void)fputc(' ', file);
        quote_shell(file, submission->results);
    }
    (void)fputc(' ', file);
    quote_shell(file, stem);
    (void)fprintf(file, ".shard-*-of-%lld.h5", (long long)submission->shards);
    if (submission->joined) {
        (void)fputs(" && mv ", file);
        quote_shell(file, joined);
        (void)fputc(' ', file);
        quote_shell(file, submission->results);
    }
}

/* What joins the shards, as a line for a shell. */
static enum status send_merge_line(const struct submission *submission, struct arena *arena,
                                   const char **line, struct error *error) {
    const char *results = submission->results;
    const char *stem = arena_format(arena, error, "%.*s", submission_stem(submission), results);
    const char *joined =
        arena_format(arena, error, "%s%s", results, submission->joined ? ".joined" : "");
    char *text = NULL;
    size_t length = 0;
    FILE *file = stem == NULL || joined == NULL ? NULL : open_memstream(&text, &length);
    if (file == NULL) {
        return error_set(error, STATUS_NO_MEMORY, "out of memory");
    }
    send_write_merge(file, submission, joined, stem);
    bool failed = fclose(file) != 0;
    *line = failed ? NULL : arena_format(arena, error, "--wrap=%s", text);
    free(text);
    return *line == NULL ? error_set(error, STATUS_NO_MEMORY, "out of memory") : STATUS_OK;
}

static enum status send_submit_merge(const struct submission *submission, struct arena *arena,
                                     struct submission_sent *sent, struct error *error) {
    const char *words[WORDS_MAX] = {"sbatch", "--parsable", "--ntasks=1", merge_time};
    size_t count = 4;
    const char *const options[][2] = {{"partition", submission->partition},
                                      {"account", submission->account},
                                      {"qos", submission->qos},
                                      {"job-name", submission->name}};
    TRY(send_merge_line(submission, arena, &words[count++], error));
    for (size_t o = 0; o < sizeof options / sizeof options[0]; o++) {
        if (options[o][1] != NULL) {
            words[count++] = arena_format(arena, error, "--%s=%s", options[o][0], options[o][1]);
        }
    }
    words[count++] = arena_format(arena, error, "--dependency=afterany:%s", sent->job);
    const char *log = submission_merge_log(submission, arena, error);
    words[count++] = arena_format(arena, error, "--output=%s", log == NULL ? "" : log);
    for (size_t w = 0; w < count; w++) {
        if (words[w] == NULL) {
            return error_status(error);
        }
    }
    TRY(send_call(words, arena, &sent->merge, error));
    return STATUS_OK;
}

enum status submission_send(const struct submission *submission, const char *script,
                            struct arena *arena, struct submission_sent *sent,
                            struct error *error) {
    *sent = (struct submission_sent){0};
    sent->script =
        arena_format(arena, error, "%.*s.sbatch", submission_stem(submission), submission->results);
    if (sent->script == NULL) {
        return error_status(error);
    }
    TRY(send_write_script(sent->script, script, error));
    const char *const arguments[] = {"sbatch", "--parsable", sent->script, NULL};
    TRY(send_call(arguments, arena, &sent->job, error));
    return submission->shards > 0 ? send_submit_merge(submission, arena, sent, error) : STATUS_OK;
}
