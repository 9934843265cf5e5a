/* `modsweep merge`: shards, partial runs, overlapping sweeps and older files become one file. */
#include "show/merge.h"

#include "command/common.h"
#include "document/writers.h"

#include <signal.h>
#include <stdint.h>
#include <stdio.h>

struct merge_settings {
    bool json;
};

static const struct option options[] = {
    OPTION_JSON(merge_settings),
};

/* The sweeps of the files; NULL for one that this program does not understand. */
struct sweep_list {
    size_t count;
    struct sweep **sweeps;
};

static void merge_free_sweeps(struct sweep_list *list) {
    for (size_t s = 0; s < list->count; s++) {
        sweep_free(list->sweeps[s]);
    }
}

/* Reads the sweep again, which lists the jobs of shards that are not given. */
static enum status merge_reread(const struct merge_sweep *wanted, struct sweep **sweep,
                                struct error *error) {
    TRY(sweep_restore(wanted->text, wanted->path, wanted->overrides, sweep, error));
    return (*sweep)->fingerprint == wanted->fingerprint
               ? STATUS_OK
               : error_set(error, STATUS_BAD_INPUT,
                           "its text now gives another grid: its data files have changed, or this "
                           "version of modsweep reads it differently");
}

static enum status merge_restore(const struct merge_sweep *wanted, struct sweep **sweep,
                                 struct error *error) {
    return merge_reread(wanted, sweep, error) == STATUS_OK
               ? STATUS_OK
               : error_prefix(error,
                              "shards %s are not given, and the sweep in the others, which lists "
                              "their jobs, cannot be used here (give all shards, or merge where "
                              "the sweep runs)",
                              wanted->missing);
}

/* Reads a sweep to find how its jobs differ from others'. It may be of another version. */
static enum status merge_recall(const struct merge_sweep *wanted, struct sweep **sweep,
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

static enum status merge_read_sweeps(const struct merge *merge, struct arena *arena,
                                     struct sweep_list *list, struct error *error) {
    size_t count;
    const struct merge_sweep *wanted = merge_sweeps(merge, &count);
    TRY(ARENA_NEW(arena, list->sweeps, count, error));
    list->count = count;
    for (size_t s = 0; s < count; s++) {
        TRY(wanted[s].missing[0] != '\0' ? merge_restore(&wanted[s], &list->sweeps[s], error)
                                         : merge_recall(&wanted[s], &list->sweeps[s], error));
    }
    return STATUS_OK;
}

static enum status merge_command_write(struct merge *merge, struct arena *arena,
                                       struct merge_summary *summary, struct error *error) {
    SCOPED(merge_free_sweeps) struct sweep_list list = {0};
    SCOPED(merge_line_end) struct merge_line line = {0};
    TRY(merge_read_sweeps(merge, arena, &list, error));
    return merge_write(merge, (const struct sweep *const *)list.sweeps, merge_line_begin(&line),
                       summary, error);
}

static enum status merge_run(const struct arguments *arguments, struct arena *arena,
                             struct error *error) {
    const struct merge_settings *settings = arguments->settings;
    const char *output = arguments->positional[0];
    SCOPED(merge_release) struct merge *merge = NULL;
    struct merge_summary summary;
    struct document document = {.arena = arena};
    /* Writing beyond a limit on the size of files then fails as on a full disk. */
    (void)signal(SIGXFSZ, SIG_IGN);
    TRY(merge_open(output, arguments->positional + 1, arguments->positional_count - 1, &merge,
                   error));
    TRY(merge_command_write(merge, arena, &summary, error));
    TRY(merge_document(&summary, output, &document, error));
    return document_print(&document, settings->json, error);
}

const struct command merge_command = {
    .name = "merge",
    .synopsis = "OUT.h5 IN.h5...",
    .help = "join shards, partial runs and overlapping sweeps into one new file",
    .details = "Files of one sweep, or shards of it, become that sweep's whole grid, which\n"
               "'modsweep run' can resume. Files of different sweeps become one file with\n"
               "every job that any of them has, once. A row that is done or diverged replaces\n"
               "a quarantined one, and both replace a missing one. Two different finished rows\n"
               "of one job are refused (exit status 2), and so are shards of different sweeps.\n"
               "OUT.h5 must not exist; a failure leaves no file behind.\n",
    COMMAND_OPTIONS(options, merge_settings),
    .positional_minimum = 2,
    .positional_maximum = SIZE_MAX,
    .run = merge_run,
};
