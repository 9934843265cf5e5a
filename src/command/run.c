#include "dispatch/run.h"
#include "command/options.h"
#include "command/output.h"
#include "dispatch/signals.h"
#include "show/duration.h"
#include "show/progress.h"

#include <mpi.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const double notice_usual = 60.0;               /* seconds */
static const double checkpoint_interval_usual = 600.0; /* seconds */

static const struct option_spec options[] = {
    {"output", 'o', "FILE.h5", "results file (default: the sweep's name with .h5, in this folder)"},
    {"set", 's', "KEY=VALUE", "replace a value of the sweep, e.g. train.steps=100; repeatable"},
    {"shard", 0, "I/N", "run only part I of N of the sweep; 'modsweep merge' joins the parts"},
    {"reuse", 'r', "FILE.h5", "take matching finished cells from an older file; repeatable"},
    {"progress", 'p', "STYLE", "auto (default), bar, lines or none"},
    {"notice", 'n', "SECONDS",
     "time between SIGUSR1 or SIGTERM and the end (default 60): bundles that end within it do, "
     "others are kept half-trained"},
    {"checkpoint-every", 'c', "SECONDS", "keep long bundles that often (default 600)"},
    {"take-over", 0, NULL,
     "end another run that writes the file, e.g. that of a node which was lost"},
};

static void run_command_print_summary(const struct run_summary *summary, const char *output) {
    printf("%s: ", output);
    if (summary->done + summary->failed == 0) {
        printf("nothing was missing, %lld jobs are there\n", (long long)summary->total);
    } else {
        char time[DURATION_BYTES];
        printf("%lld of %lld jobs done in %s on %d rank%s\n", (long long)summary->done,
               (long long)summary->total, duration_text(summary->seconds, time), summary->ranks,
               summary->ranks == 1 ? "" : "s");
    }
    if (summary->before > 0 && summary->done + summary->failed > 0) {
        printf("  %lld were done before\n", (long long)summary->before);
    }
    if (summary->reused > 0) {
        printf("  %lld were taken from older files\n", (long long)summary->reused);
    }
    if (summary->resumed > 0) {
        printf("  %lld went on from checkpoints\n", (long long)summary->resumed);
    }
    if (summary->unusable > 0) {
        printf("  %lld checkpoint%s damaged or of other jobs, which began anew\n",
               (long long)summary->unusable, summary->unusable == 1 ? " was" : "s were");
    }
    if (summary->torn > 0) {
        printf("  %lld damaged rows were done again\n", (long long)summary->torn);
    }
    if (summary->failed_all > 0) {
        printf("  %lld failed; 'modsweep status %s' tells more\n", (long long)summary->failed_all,
               output);
    }
}

/* Shared file pointers, which nothing here uses, would have a file of their own beside the results,
 * and killed ranks would leave it there. */
static enum status run_command_do_without_shared_pointers(struct error *error) {
    return setenv("OMPI_MCA_sharedfp", "^lockedfile,individual", false) == 0
               ? STATUS_OK
               : error_set(error, STATUS_NO_MEMORY, "out of memory");
}

static enum status run_command_run_under_mpi(const struct run_request *request,
                                             struct error *error) {
    struct run_summary summary;
    struct signals signals;
    MPI_Comm comm;
    int rank = 0;
    TRY(signals_install(&signals, error)); /* MPI takes its time to start */
    /* Beyond a limit on the size of files writing then fails as on a full disk. */
    (void)signal(SIGXFSZ, SIG_IGN);
    TRY(run_command_do_without_shared_pointers(error));
    if (MPI_Init(NULL, NULL) != MPI_SUCCESS) {
        return error_set(error, STATUS_SYSTEM, "MPI does not start");
    }
    MPI_Comm_dup(MPI_COMM_WORLD, &comm);
    MPI_Comm_rank(comm, &rank);
    enum status status = run_sweep(request, comm, &summary, error);
    if (status == STATUS_OK) {
        status = summary.failed_all > 0 ? STATUS_JOBS_FAILED : STATUS_OK;
        if (rank == 0) {
            run_command_print_summary(&summary, request->output);
        }
    }
    MPI_Comm_free(&comm);
    MPI_Finalize();
    signals_remove(&signals);
    return status;
}

static enum status run_command_read_times(const struct arguments *arguments,
                                          struct run_request *request, struct error *error) {
    request->notice = notice_usual;
    request->checkpoint_interval = checkpoint_interval_usual;
    TRY(argument_seconds(arguments, "notice", &request->notice, error));
    return argument_seconds(arguments, "checkpoint-every", &request->checkpoint_interval, error);
}

static enum status run_command_read_request(const struct arguments *arguments, struct arena *arena,
                                            struct progress_display *display,
                                            struct run_request *request, struct error *error) {
    const char **overrides;
    const char **older;
    const char *shard = argument_value(arguments, "shard", NULL);
    TRY(ARENA_NEW(arena, overrides, arguments->given_count + 1, error));
    TRY(ARENA_NEW(arena, older, arguments->given_count + 1, error));
    *request = (struct run_request){.sweep = arguments->positional[0],
                                    .shard = shard_whole(0),
                                    .overrides = overrides,
                                    .override_count = argument_values(arguments, "set", overrides),
                                    .older = older,
                                    .older_count = argument_values(arguments, "reuse", older),
                                    .observer = {progress_display_update, display}};
    request->take_over = argument_given(arguments, "take-over");
    TRY(run_command_read_times(arguments, request, error));
    if (shard != NULL) {
        TRY(shard_parse(shard, &request->shard, error));
    }
    request->output = output_name(request->sweep, &request->shard, arena, error);
    if (request->output == NULL) {
        return error_status(error);
    }
    request->output = argument_value(arguments, "output", request->output);
    return progress_style_named(argument_value(arguments, "progress", "auto"), &display->style,
                                error);
}

static enum status run_command_run(const struct arguments *arguments, struct error *error) {
    struct run_request request;
    struct progress_display display = {.style = PROGRESS_AUTO};
    SCOPED(arena_free) struct arena arena = {0};
    TRY(run_command_read_request(arguments, &arena, &display, &request, error));
    return run_command_run_under_mpi(&request, error);
}

extern const struct command run_command;

const struct command run_command = {
    .name = "run",
    .synopsis = "SWEEP.yaml",
    .help = "train what is missing of a sweep; the same command resumes",
    .details = "On several cores: mpirun -n 8 modsweep run SWEEP.yaml\n"
               "On a cluster: srun or mpirun inside a job, one rank per core. Jobs that know\n"
               "nothing of one another take a shard each: --shard 1/3, --shard 2/3, --shard 3/3.\n"
               "Asked to end by SIGUSR1 or SIGTERM, it exits with 75; the same command goes on.\n",
    .options = options,
    .option_count = sizeof options / sizeof options[0],
    .positional_minimum = 1,
    .positional_maximum = 1,
    .run = run_command_run,
};
