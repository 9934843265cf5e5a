/**
 * @file
 * What SLURM says of its partitions.
 */
#pragma once

#include "base/arena.h"

#include <stdbool.h>
#include <stdint.h>

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

/**
 * Runs sinfo. Where there is no SLURM, or it does not answer, *unavailable says so for a user, and
 * nothing else is set; otherwise it is NULL. It belongs to the arena.
 */
enum status cluster_query(struct arena *arena, struct cluster *cluster, const char **unavailable,
                          struct error *error) CHECKED;

/** Parses what sinfo prints for cluster_query. STATUS_SYSTEM when it is something else. */
enum status cluster_parse(const char *text, struct arena *arena, struct cluster *cluster,
                          struct error *error) CHECKED;

/**
 * Points *partition at that of the name, or at the default one when the name is NULL.
 * STATUS_BAD_INPUT names the nearest and all there are.
 */
enum status cluster_partition(const struct cluster *cluster, const char *name,
                              struct partition **partition, struct error *error) CHECKED;

/** Runs scontrol for the partition's grace, which sinfo does not print. */
enum status cluster_query_grace(struct partition *partition, struct arena *arena,
                                struct error *error) CHECKED;
