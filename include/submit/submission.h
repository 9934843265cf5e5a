/**
 * @file
 * A sweep as a job of SLURM: all that is decided about it, and its script.
 */
#pragma once

#include "plan/estimate.h"
#include "submit/schedule.h"

enum { SUBMISSION_WARNINGS_MAX = 8 };

/** Texts belong to the caller; NULL where none was given. */
struct submission {
    const char *sweep;   /**< path of the YAML file; like `results` without a dash in front */
    const char *name;    /**< of the sweep */
    const char *results; /**< path of the results file */
    size_t override_count, older_count, extra_count;
    const char *const *overrides; /**< of --set */
    const char *const *older;     /**< of --reuse */
    const char *const *extra;     /**< options of sbatch */
    const char *program;          /**< path of modsweep */
    const char *mpi;              /**< of srun --mpi, or "mpirun" */
    const char *partition, *account, *qos, *constraint;
    int64_t nodes, ranks_per_node; /**< of the job, or of each shard */
    int64_t shards;                /**< 0: none */
    bool joined;                   /**< the results file exists already */
    bool preemptible;              /**< other jobs may preempt it */
    bool threads;                  /**< cores have several; ranks use one each */
    int64_t jobs;                  /**< missing ones, of a shard */
    struct estimate estimate;
    struct schedule schedule;
    size_t warning_count;
    const char *warnings[SUBMISSION_WARNINGS_MAX];
};

/** Where the text of one more warning goes; there is room for all kinds of warnings. */
static inline const char **submission_warning(struct submission *submission) {
    return &submission->warnings[submission->warning_count++];
}

/** Points *text at the batch script. STATUS_BAD_INPUT for texts that no script can hold. */
enum status submission_script(const struct submission *submission, struct arena *arena,
                              const char **text, struct error *error) CHECKED;

/** Length of the results' path without its ending .h5: where names of other files begin. */
int submission_stem_length(const struct submission *submission);

/**
 * Points *path at the log's path, owned by the arena: as sbatch takes it when `job` is NULL, else
 * that of the job, or of its first shard.
 */
enum status submission_log(const struct submission *submission, const char *job,
                           struct arena *arena, const char **path, struct error *error) CHECKED;

/** The log of the job that merges shards, as sbatch takes it. */
enum status submission_merge_log(const struct submission *submission, struct arena *arena,
                                 const char **path, struct error *error) CHECKED;
