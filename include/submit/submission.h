/**
 * @file
 * A sweep as a job of SLURM: everything that is decided about it, its script, and sending it.
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
    bool joined;                   /**< the results file is there already */
    bool preemptible;              /**< others may take the nodes away */
    bool threads;                  /**< cores have several: ranks take one each */
    int64_t jobs;                  /**< missing ones, of a shard */
    struct estimate estimate;
    struct schedule schedule;
    size_t warning_count;
    const char *warnings[SUBMISSION_WARNINGS_MAX];
};

/** What came of it. Texts belong to the arena. */
struct submission_sent {
    const char *script; /**< path of the script */
    const char *job;    /**< its number */
    const char *merge;  /**< number of the job that joins shards, or NULL */
};

/** The batch script. NULL with the error set: STATUS_BAD_INPUT for texts that no script can hold.
 */
char *submission_script(const struct submission *submission, struct arena *arena,
                        struct error *error) CHECKED;

/**
 * Writes the script beside the results, in place of an earlier one, and hands it to sbatch; with
 * shards also a job that joins them when all have ended. STATUS_BAD_INPUT with sbatch's words when
 * it refuses, and when the script's name is taken by a file of another kind.
 */
enum status submission_send(const struct submission *submission, const char *script,
                            struct arena *arena, struct submission_sent *sent,
                            struct error *error) CHECKED;

/** Length of the results' path without its ending .h5: where names of other files begin. */
int submission_stem(const struct submission *submission);

/**
 * The path of the log, owned by the arena: as sbatch takes it when `job` is NULL, else that of the
 * job, or of its first shard.
 */
char *submission_log(const struct submission *submission, const char *job, struct arena *arena,
                     struct error *error) CHECKED;

/** The log of the job that joins shards, as sbatch takes it. */
char *submission_merge_log(const struct submission *submission, struct arena *arena,
                           struct error *error) CHECKED;
