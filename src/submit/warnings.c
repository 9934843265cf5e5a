#include "submit/warnings.h"

#include "submit/slurm_time.h"

#include <math.h>
#include <string.h>

static enum status warnings_of_ranks(struct submission *submission, struct arena *arena,
                                     struct error *error) {
    const int64_t per_node = submission->ranks_per_node;
    const int64_t ranks = submission->nodes * per_node;
    const int64_t nodes = (submission->estimate.bundles + per_node - 1) / per_node;
    return submission->estimate.bundles >= ranks
               ? STATUS_OK
               : arena_printf(arena, submission_warning(submission), error,
                              "there are fewer bundles than ranks (%lld): %lld node%s would be as "
                              "fast",
                              (long long)ranks, (long long)nodes, nodes == 1 ? "" : "s");
}

static enum status warnings_of_time(struct submission *submission,
                                    const struct schedule_request *request, struct arena *arena,
                                    struct error *error) {
    const struct schedule *schedule = &submission->schedule;
    char first[SLURM_TIME_BYTES];
    char second[SLURM_TIME_BYTES];
    if (schedule->clipped) {
        return arena_printf(arena, submission_warning(submission), error,
                            "--time %s is above the partition's limit of %s",
                            slurm_time_text(request->time, first),
                            slurm_time_text(request->limit, second));
    }
    if (request->time > 0.0 && request->time < schedule->seconds) {
        return arena_printf(
            arena, submission_warning(submission), error,
            "SLURM gives whole minutes: --time of %s (hours:minutes:seconds) becomes %s",
            slurm_time_text(request->time, first), slurm_time_text(schedule->seconds, second));
    }
    return STATUS_OK;
}

enum status warnings_of_schedule(struct submission *submission,
                                 const struct schedule_request *request, struct arena *arena,
                                 struct error *error) {
    const struct schedule *schedule = &submission->schedule;
    char first[SLURM_TIME_BYTES];
    char second[SLURM_TIME_BYTES];
    TRY(warnings_of_ranks(submission, arena, error));
    TRY(warnings_of_time(submission, request, arena, error));
    if (schedule->long_bundles) {
        TRY(arena_printf(arena, submission_warning(submission), error,
                         "the longest bundle takes about %s, more than a job has (%s): it is "
                         "saved when the time is over, and the next job resumes it",
                         slurm_time_text(ceil(request->longest), first),
                         slurm_time_text(schedule->useful, second)));
    }
    if (submission->preemptible && strcmp(submission->mpi, "mpirun") == 0) {
        TRY(arena_printf(arena, submission_warning(submission), error,
                         "a preemption ends mpirun at once, and the job fails: submitted again, "
                         "it resumes from checkpoints at most a minute old"));
    }
    return STATUS_OK;
}
