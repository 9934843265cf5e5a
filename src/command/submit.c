/* `modsweep submit`: a sweep as a job of SLURM. */
#include "command/common.h"
#include "command/finished.h"
#include "command/output.h"
#include "dispatch/record.h"
#include "document/writers.h"
#include "store/reuse.h"
#include "submit/cluster.h"
#include "submit/mpi_type.h"
#include "submit/sbatch.h"
#include "submit/slurm_time.h"
#include "submit/submission_document.h"
#include "submit/warnings.h"

#include <limits.h>
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* More than any cluster has; products of two stay far from overflow. */
enum { COUNT_MAX = 1000 * 1000 };

struct submit_settings {
    int64_t nodes, ntasks_per_node, shards, notice; /* 0: not given */
    const char *time, *output, *partition, *account, *qos, *constraint, *mpi;
    struct texts set, reuse, sbatch;
    bool preemptible, dry_run, json;
};

static const struct option options[] = {
    {OPTION(submit_settings, nodes, "nodes", INTEGER, .minimum = 1, .maximum = COUNT_MAX,
            .fallback = "1", .help = "nodes of the job, or of each shard"),
     .letter = 'N', .argument = "N"},
    {OPTION(submit_settings, ntasks_per_node, "ntasks-per-node", INTEGER, .minimum = 1,
            .maximum = COUNT_MAX, .help = "ranks on each node"),
     .retired = 'n', .argument = "N", .otherwise = "its cores, as SLURM reports them"},
    {OPTION(submit_settings, time, "time", TEXT, .help = "time limit of a job, as for sbatch"),
     .letter = 't', .argument = "TIME", .otherwise = "as estimated, within the partition's limit"},
    OPTION_RESULTS(submit_settings),
    OPTION_SET(submit_settings),
    OPTION_REUSE(submit_settings),
    {OPTION(submit_settings, partition, "partition", TEXT, .help = "partition of the cluster"),
     .letter = 'p', .argument = "NAME", .otherwise = "the cluster's"},
    {OPTION(submit_settings, account, "account", TEXT, .help = "account to charge"), .letter = 'A',
     .argument = "NAME"},
    {OPTION(submit_settings, qos, "qos", TEXT, .help = "quality of service"), .letter = 'q',
     .argument = "NAME"},
    {OPTION(submit_settings, constraint, "constraint", TEXT,
            .help = "features that nodes must have"),
     .letter = 'C', .argument = "LIST"},
    {OPTION(submit_settings, sbatch, "sbatch", TEXTS, .flags = PARAMETER_REPEATED,
            .help = "any other option of sbatch, e.g. --sbatch=--mem-per-cpu=2G"),
     .argument = "OPTION"},
    {OPTION(submit_settings, shards, "shards", INTEGER, .minimum = 1, .maximum = COUNT_MAX,
            .help = "submit an array of N jobs that need not run together, and one that merges"),
     .argument = "N"},
    {OPTION(submit_settings, mpi, "mpi", TEXT,
            .help = "pmix, pmi2 or another type of srun --mpi, or mpirun"),
     .argument = "TYPE", .otherwise = "what is installed"},
    {OPTION(submit_settings, notice, "notice", INTEGER, .unit = "s", .minimum = 1,
            .maximum = HUGE_VAL, .help = "time that ranks have to stop before the job ends"),
     .argument = "SECONDS", .otherwise = "an eighth of the job's time, at most 90 s"},
    {OPTION(submit_settings, preemptible, "preemptible", FLAG,
            .help = "other jobs may take the nodes away"),
     .otherwise = "as SLURM reports"},
    {OPTION(submit_settings, dry_run, "dry-run", FLAG, .help = "print the script, submit nothing")},
    OPTION_JSON(submit_settings),
};

enum { PROGRAM_BYTES = 4096 };

/* The path of this program, since a job may have another PATH. */
static enum status submit_own_path(struct arena *arena, const char **program, struct error *error) {
    char path[PROGRAM_BYTES];
    ssize_t length = readlink("/proc/self/exe", path, sizeof path - 1);
    path[length > 0 ? length : 0] = '\0';
    return arena_strdup(arena, length > 0 ? path : "modsweep", program, error);
}

static enum status submit_check_options(const struct submission *submission, struct error *error) {
    for (size_t e = 0; e < submission->extra_count; e++) {
        if (submission->extra[e][0] != '-') {
            return error_set(error, STATUS_BAD_INPUT,
                             "--sbatch=%s: expected an option of sbatch as one word, such as "
                             "--sbatch=--mem-per-cpu=2G",
                             submission->extra[e]);
        }
    }
    if (submission->shards > 0 && strcmp(submission->mpi, "mpirun") == 0) {
        return error_set(error, STATUS_BAD_INPUT,
                         "srun starts shards, with --mpi=pmix or another of its types; with "
                         "mpirun, leave --shards out");
    }
    return STATUS_OK;
}

/* Counts missing jobs, of one shard; refuses files now that the job would refuse later. */
static enum status submit_count_jobs(struct submission *submission, const struct plan *plan,
                                     struct arena *arena, struct error *error) {
    struct record_map map;
    const uint8_t *states;
    int64_t finished = 0;
    int64_t all = plan->sweep->job_count;
    TRY(record_map_make(plan, arena, &map, error));
    for (size_t k = 0; k < submission->older_count; k++) {
        TRY(results_reusable(submission->older[k], &map.layout, error));
    }
    const struct shard whole = shard_whole(all);
    TRY(finished_jobs(submission->results, plan->sweep, &whole, &map.layout, arena, &states,
                      &finished, error));
    submission->jobs = all - finished;
    submission->joined = access(submission->results, F_OK) == 0;
    if (submission->shards == 0 || submission->jobs == 0) {
        return STATUS_OK;
    }
    if (submission->shards > all) {
        return error_set(error, STATUS_BAD_INPUT, "--shards %lld: the sweep has %lld jobs",
                         (long long)submission->shards, (long long)all);
    }
    submission->jobs = (all + submission->shards - 1) / submission->shards;
    return STATUS_OK;
}

static enum status submit_send(const struct submit_settings *settings,
                               const struct submission *submission, struct arena *arena,
                               struct error *error) {
    const bool dry = settings->dry_run;
    struct document document = {.arena = arena};
    struct sbatch_jobs jobs;
    const char *script;
    TRY(submission_script(submission, arena, &script, error));
    if (!dry) {
        TRY(sbatch_submit(submission, script, arena, &jobs, error));
    } else if (!settings->json) {
        (void)fputs(script, stdout);
    }
    TRY(submission_document(submission, dry ? NULL : &jobs, script, &document, error));
    return settings->json
               ? document_write(&document, DOCUMENT_JSON_FORM, stdout, error)
               : document_write(&document, DOCUMENT_TEXT_FORM, dry ? stderr : stdout, error);
}

static enum status submit_submit(const struct submit_settings *settings, const struct sweep *sweep,
                                 struct submission *submission, struct arena *arena,
                                 struct error *error) {
    struct plan plan;
    struct schedule_request request = {
        .limit = INFINITY, .grace = INFINITY, .notice = (double)settings->notice};
    if (settings->time != NULL) {
        TRY(slurm_time_parse(settings->time, &request.time, error));
    }
    submission->name = sweep->name;
    TRY(plan_make(sweep, arena, &plan, error));
    TRY(submit_count_jobs(submission, &plan, arena, error));
    TRY(cluster_place(submission, settings->partition, settings->dry_run, &request, arena, error));
    TRY(mpi_type_choose(settings->mpi, arena, &submission->mpi, error));
    TRY(submit_check_options(submission, error));
    if (submission->jobs == 0) {
        return error_set(error, STATUS_BAD_INPUT, "nothing is missing in %s, so there is no job",
                         submission->results);
    }
    int64_t ranks = submission->nodes * submission->ranks_per_node;
    if (ranks > INT_MAX) {
        return error_set(error, STATUS_BAD_INPUT, "%lld ranks are too many", (long long)ranks);
    }
    TRY(estimate_make(&plan, submission->jobs, (int)ranks, &submission->estimate, error));
    request.estimate = submission->estimate.seconds;
    request.longest = submission->estimate.longest;
    TRY(schedule_make(&request, &submission->schedule, error));
    TRY(warnings_of_schedule(submission, &request, arena, error));
    return submit_send(settings, submission, arena, error);
}

/* A path that no program mistakes for an option. */
static enum status submit_as_path(const char *path, struct arena *arena, const char **safe,
                                  struct error *error) {
    return arena_printf(arena, safe, error, "%s%s", path[0] == '-' ? "./" : "", path);
}

static enum status submit_describe(const struct submit_settings *settings, const char *sweep,
                                   struct arena *arena, struct submission *submission,
                                   struct error *error) {
    const struct shard whole = shard_whole(0);
    const char *output = settings->output;
    *submission = (struct submission){.override_count = settings->set.count,
                                      .overrides = settings->set.values,
                                      .older_count = settings->reuse.count,
                                      .older = settings->reuse.values,
                                      .extra_count = settings->sbatch.count,
                                      .extra = settings->sbatch.values,
                                      .partition = settings->partition,
                                      .account = settings->account,
                                      .qos = settings->qos,
                                      .constraint = settings->constraint,
                                      .preemptible = settings->preemptible,
                                      .nodes = settings->nodes,
                                      .ranks_per_node = settings->ntasks_per_node,
                                      .shards = settings->shards};
    if (output == NULL) {
        TRY(output_name(sweep, &whole, arena, &output, error));
    }
    TRY(submit_as_path(sweep, arena, &submission->sweep, error));
    TRY(submit_as_path(output, arena, &submission->results, error));
    return submit_own_path(arena, &submission->program, error);
}

static enum status submit_run(const struct arguments *arguments, struct arena *arena,
                              struct error *error) {
    const struct submit_settings *settings = arguments->settings;
    struct submission submission;
    SCOPED(sweep_release) struct sweep *sweep = NULL;
    TRY(submit_describe(settings, arguments->positional[0], arena, &submission, error));
    TRY(sweep_load(submission.sweep, submission.overrides, submission.override_count, &sweep,
                   error));
    return submit_submit(settings, sweep, &submission, arena, error);
}

const struct command submit_command = {
    .name = "submit",
    .synopsis = "SWEEP.yaml",
    .help = "write a batch script for SLURM and submit it",
    .details = "Requests the time that 'modsweep plan' estimates, within the partition's\n"
               "limit. When its time is over, the job is requeued and resumes.\n",
    COMMAND_OPTIONS(options, submit_settings),
    .positional_minimum = 1,
    .positional_maximum = 1,
    .run = submit_run,
};
