#include "dispatch/run.h"
#include "command/common.h"
#include "command/output.h"
#include "dispatch/signals.h"
#include "show/duration.h"
#include "show/progress.h"

#include <math.h>
#include <mpi.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct run_settings {
    const char *output, *shard;
    struct texts set, reuse;
    int progress; /* enum progress_style */
    double notice, checkpoint_every;
    bool take_over;
};

static const struct option options[] = {
    OPTION_RESULTS(run_settings),
    OPTION_SET(run_settings),
    {OPTION(run_settings, shard, "shard", TEXT,
            .help = "run only part I of N of the sweep; 'modsweep merge' joins the parts"),
     .argument = "I/N"},
    OPTION_REUSE(run_settings),
    {OPTION(run_settings, progress, "progress", CHOICE, .fallback = "auto",
            .choices = progress_styles, .help = "how to show progress"),
     .retired = 'p', .argument = "STYLE"},
    {OPTION(run_settings, notice, "notice", REAL, .unit = "s", .minimum = 0, .maximum = HUGE_VAL,
            .fallback = "60",
            .help = "time from SIGUSR1 or SIGTERM to the end: bundles that can finish in it do, "
                    "the others are saved as checkpoints"),
     .retired = 'n', .argument = "SECONDS"},
    {OPTION(run_settings, checkpoint_every, "checkpoint-every", REAL, .unit = "s", .minimum = 0,
            .maximum = HUGE_VAL, .fallback = "600",
            .help = "time between checkpoints of a long bundle"),
     .retired = 'c', .argument = "SECONDS"},
    {OPTION(run_settings, take_over, "take-over", FLAG,
            .help = "end another run that writes the file, e.g. on a node that was lost")},
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

static enum status run_command_read_request(const struct run_settings *settings, const char *sweep,
                                            struct progress_display *display, struct arena *arena,
                                            struct run_request *request, struct error *error) {
    *request = (struct run_request){.sweep = sweep,
                                    .output = settings->output,
                                    .shard = shard_whole(0),
                                    .overrides = settings->set.values,
                                    .override_count = settings->set.count,
                                    .older = settings->reuse.values,
                                    .older_count = settings->reuse.count,
                                    .observer = {progress_display_update, display},
                                    .notice = settings->notice,
                                    .checkpoint_interval = settings->checkpoint_every,
                                    .take_over = settings->take_over};
    if (settings->shard != NULL) {
        TRY(shard_parse(settings->shard, &request->shard, error));
    }
    return request->output != NULL
               ? STATUS_OK
               : output_name(sweep, &request->shard, arena, &request->output, error);
}

static enum status run_command_run(const struct arguments *arguments, struct arena *arena,
                                   struct error *error) {
    const struct run_settings *settings = arguments->settings;
    struct run_request request;
    struct progress_display display = {.style = (enum progress_style)settings->progress};
    TRY(run_command_read_request(settings, arguments->positional[0], &display, arena, &request,
                                 error));
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
    .settings_size = sizeof(struct run_settings),
    .positional_minimum = 1,
    .positional_maximum = 1,
    .run = run_command_run,
};
