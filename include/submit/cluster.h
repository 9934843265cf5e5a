/**
 * @file
 * What SLURM says of its partitions.
 */
#pragma once

#include "base/arena.h"

#include <stdbool.h>
#include <stdint.h>

/** A partition. Where its nodes differ, the smallest of them counts. */
struct partition {
    const char *name;
    bool is_default;
    bool up;      /**< jobs start there */
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
 * Asks sinfo. Where there is no SLURM or it does not answer, *missing says so, for a user, and
 * nothing else is set; it is NULL otherwise. It belongs to the arena.
 */
enum status cluster_ask(struct arena *arena, struct cluster *cluster, const char **missing,
                        struct error *error) CHECKED;

/** Reads what sinfo printed as cluster_ask asks it to. STATUS_SYSTEM when it is something else. */
enum status cluster_parse(const char *text, struct arena *arena, struct cluster *cluster,
                          struct error *error) CHECKED;

/**
 * The partition of that name, or the default one when the name is NULL. STATUS_BAD_INPUT names the
 * nearest and all there are.
 */
enum status cluster_partition(const struct cluster *cluster, const char *name,
                              struct partition **partition, struct error *error) CHECKED;

/** Asks scontrol for the partition's grace, which sinfo does not tell. */
enum status cluster_ask_grace(struct partition *partition, struct arena *arena,
                              struct error *error) CHECKED;
