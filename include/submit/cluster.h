/**
 * @file
 * What SLURM says of its partitions, and where a submission runs: its partition, and the ranks on
 * each node.
 */
#pragma once

#include "submit/schedule.h"
#include "submit/submission.h"

/** A partition. Where its nodes differ, the smallest counts. */
struct partition {
    const char *name;
    bool is_default;
    bool up;      /**< jobs start in it */
    double limit; /**< of a job's time, seconds; infinity for none */
    int64_t nodes;
    int cores;     /**< of a node */
    int threads;   /**< of a core */
    bool requeues; /**< jobs there are requeued when others need the nodes */
    double grace;  /**< seconds from SIGTERM to SIGKILL then; infinity where that never happens */
};

struct cluster {
    size_t count;
    struct partition *partitions;
};

/** Parses what sinfo prints. STATUS_SYSTEM when it is something else. */
enum status cluster_parse(const char *text, struct arena *arena, struct cluster *cluster,
                          struct error *error) CHECKED;

/**
 * Points *partition at that of the name, or at the default one when the name is NULL.
 * STATUS_BAD_INPUT names the nearest and all there are.
 */
enum status cluster_partition(const struct cluster *cluster, const char *name,
                              struct partition **partition, struct error *error) CHECKED;

/**
 * Asks SLURM for the partition `name` (NULL: the default one), and sets what depends on it in the
 * submission and in the request for a schedule. Where SLURM does not answer, `dry_run` continues
 * with a warning, if the submission says how many ranks a node has. STATUS_BAD_INPUT otherwise, and
 * when the partition is too small.
 */
enum status cluster_place(struct submission *submission, const char *name, bool dry_run,
                          struct schedule_request *request, struct arena *arena,
                          struct error *error) CHECKED;
