#include "dispatch/run.h"
#include "command/common.h"
#include "command/output.h"
#include "dispatch/signals.h"
#include "document/writers.h"
#include "show/progress.h"
#include "show/run_summary.h"

#include <math.h>
#include <mpi.h>
#include <signal.h>
#include <stdlib.h>

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

/* MPI would keep shared file pointers, which nothing here uses, in a file beside the results, and
 * killed ranks would leave it there. */
static enum status run_avoid_shared_pointers(struct error *error) {
    return setenv("OMPI_MCA_sharedfp", "^lockedfile,individual", false) == 0
               ? STATUS_OK
               : error_set(error, STATUS_NO_MEMORY, "out of memory");
}

/* On rank 0. */
static enum status run_print(const struct run_summary *summary, const char *output,
                             struct error *error) {
    SCOPED(arena_free) struct arena arena = {0};
    struct document document = {.arena = &arena};
    TRY(run_summary_document(summary, output, &document, error));
    return document_print(&document, false, error);
}

static enum status run_on_ranks(MPI_Comm comm, const struct run_request *request,
                                struct error *error) {
    struct run_summary summary;
    int rank = 0;
    MPI_Comm_rank(comm, &rank);
    TRY(run_sweep(request, comm, &summary, error));
    if (rank == 0) {
        TRY(run_print(&summary, request->output, error));
    }
    return summary.failed_all > 0 ? STATUS_JOBS_FAILED : STATUS_OK;
}

static enum status run_under_mpi(const struct run_request *request, struct error *error) {
    struct signals signals;
    MPI_Comm comm;
    TRY(signals_install(&signals, error)); /* MPI takes its time to start */
    /* Writing beyond a limit on the size of files then fails as on a full disk. */
    (void)signal(SIGXFSZ, SIG_IGN);
    TRY(run_avoid_shared_pointers(error));
    if (MPI_Init(NULL, NULL) != MPI_SUCCESS) {
        return error_set(error, STATUS_SYSTEM, "MPI does not start");
    }
    MPI_Comm_dup(MPI_COMM_WORLD, &comm);
    enum status status = run_on_ranks(comm, request, error);
    MPI_Comm_free(&comm);
    MPI_Finalize();
    signals_remove(&signals);
    return status;
}

static enum status run_read_request(const struct run_settings *settings, const char *sweep,
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

static enum status run_start(const struct arguments *arguments, struct arena *arena,
                             struct error *error) {
    const struct run_settings *settings = arguments->settings;
    struct run_request request;
    struct progress_display display = {.style = (enum progress_style)settings->progress};
    TRY(run_read_request(settings, arguments->positional[0], &display, arena, &request, error));
    return run_under_mpi(&request, error);
}

const struct command run_command = {
    .name = "run",
    .synopsis = "SWEEP.yaml",
    .help = "train what is missing of a sweep; the same command resumes it",
    .details = "On several cores: mpirun -n 8 modsweep run SWEEP.yaml\n"
               "On a cluster: srun or mpirun inside a job, one rank per core. Independent jobs\n"
               "can share a sweep with a shard each: --shard 1/3, --shard 2/3, --shard 3/3. On\n"
               "SIGUSR1 or SIGTERM the run stops early with exit status 75; the same command\n"
               "resumes it.\n",
    COMMAND_OPTIONS(options, run_settings),
    .positional_minimum = 1,
    .positional_maximum = 1,
    .run = run_start,
};
