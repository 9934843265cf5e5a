/* `modsweep merge`: shards, partial runs, overlapping sweeps and older files become one file. */
#include "show/merge.h"

#include "command/options.h"

#include <signal.h>
#include <stdint.h>
#include <stdio.h>

static const struct option_spec options[] = {
    {"json", 0, NULL, "print JSON"},
};

/* The sweep that tells the jobs of shards which are not there. */
static enum status merge_command_restore(const struct merge_sweep *wanted, struct sweep **sweep,
                                         struct error *error) {
    enum status status = sweep_restore(wanted->text, wanted->path, wanted->overrides, sweep, error);
    if (status == STATUS_OK && (*sweep)->fingerprint != wanted->fingerprint) {
        status = error_set(error, STATUS_BAD_INPUT,
                           "its text gives another grid now: its data files have changed, or this "
                           "modsweep reads it otherwise than the one that ran it");
    }
    return status == STATUS_OK
               ? status
               : error_prefix(error,
                              "shards %s are not given, and the sweep in the others, which tells "
                              "their jobs, cannot be used here (give all shards, or merge where "
                              "the sweep runs)",
                              wanted->missing);
}

/* A sweep that tells in what its jobs differ from others'. It may be of another version. */
static enum status merge_command_recall(const struct merge_sweep *wanted, struct sweep **sweep,
                                        struct error *error) {
    struct error why = {0};
    enum status status = sweep_recall(wanted->text, wanted->path, wanted->overrides, sweep, &why);
    if (status == STATUS_BAD_INPUT) {
        (void)fprintf(stderr,
                      "note: this modsweep does not understand the sweep in %s, so its jobs may "
                      "look like repetitions of others (%s)\n",
                      wanted->part, why.message);
        return STATUS_OK;
    }
    *error = why;
    return status;
}

static enum status merge_command_write_with(struct merge *merge, const struct arguments *arguments,
                                            const struct sweep *const *sweeps,
                                            struct error *error) {
    const char *output = arguments->positional[0];
    struct merge_summary summary;
    struct merge_line line;
    struct merge_progress progress = merge_line_begin(&line);
    enum status status = merge_write(merge, sweeps, progress, &summary, error);
    merge_line_end(&line);
    TRY(status);
    if (argument_given(arguments, "json")) {
        return merge_print_json(&summary, output, error);
    }
    merge_print(&summary, output);
    return STATUS_OK;
}

static enum status merge_command_write_merged(struct merge *merge,
                                              const struct arguments *arguments,
                                              struct arena *arena, struct error *error) {
    size_t count;
    const struct merge_sweep *wanted = merge_sweeps(merge, &count);
    struct sweep **sweeps;
    TRY(ARENA_NEW(arena, sweeps, count, error));
    enum status status = STATUS_OK;
    for (size_t s = 0; s < count && status == STATUS_OK; s++) {
        status = wanted[s].missing[0] != '\0' ? merge_command_restore(&wanted[s], &sweeps[s], error)
                                              : merge_command_recall(&wanted[s], &sweeps[s], error);
    }
    status =
        status == STATUS_OK
            ? merge_command_write_with(merge, arguments, (const struct sweep *const *)sweeps, error)
            : status;
    for (size_t s = 0; s < count; s++) {
        sweep_free(sweeps[s]);
    }
    return status;
}

static enum status merge_command_run(const struct arguments *arguments, struct error *error) {
    struct merge *merge;
    struct arena arena = {0};
    /* Beyond a limit on the size of files writing then fails as on a full disk. */
    (void)signal(SIGXFSZ, SIG_IGN);
    TRY(merge_open(arguments->positional[0], arguments->positional + 1,
                   arguments->positional_count - 1, &merge, error));
    enum status status = merge_command_write_merged(merge, arguments, &arena, error);
    merge_close(merge);
    arena_free(&arena);
    return status;
}

extern const struct command merge_command;

const struct command merge_command = {
    .name = "merge",
    .synopsis = "OUT.h5 IN.h5...",
    .help = "join shards, partial runs and overlapping sweeps into one new file",
    .details = "Files of one sweep, or shards of it, give that sweep's whole grid, and\n"
               "'modsweep run' goes on with it. Files of different sweeps give every job that\n"
               "any of them has, once. A row that is done or diverged wins over one that was\n"
               "given up, and either over none. Two finished rows of one job that differ are\n"
               "refused (exit status 2), and so are shards of different sweeps. OUT.h5 must\n"
               "not exist; after a failure it does not.\n",
    .options = options,
    .option_count = sizeof options / sizeof *options,
    .positional_minimum = 2,
    .positional_maximum = SIZE_MAX,
    .run = merge_command_run,
};
