#include "submit/placement.h"

#include "submit/cluster.h"

static enum status placement_without_slurm(struct submission *submission, const char *reason,
                                           bool dry_run, struct error *error) {
    if (!dry_run) {
        return error_set(error, STATUS_BAD_INPUT, "%s. --dry-run writes the script all the same",
                         reason);
    }
    if (submission->ranks_per_node == 0) {
        return error_set(error, STATUS_BAD_INPUT,
                         "%s. Then --ntasks-per-node has to say how many ranks a node takes",
                         reason);
    }
    *submission_warning(submission) = reason;
    return STATUS_OK;
}

/* Takes over what the partition has, if it has enough. */
static enum status placement_fit(struct submission *submission, const struct partition *partition,
                                 struct arena *arena, struct error *error) {
    submission->partition = partition->name;
    submission->threads = partition->threads > 1;
    submission->preemptible = submission->preemptible || partition->requeues;
    if (submission->ranks_per_node == 0) {
        submission->ranks_per_node = partition->cores;
    }
    if (submission->nodes > partition->nodes) {
        return error_set(error, STATUS_BAD_INPUT, "--nodes %lld: partition '%s' has %lld",
                         (long long)submission->nodes, partition->name,
                         (long long)partition->nodes);
    }
    if (submission->ranks_per_node > partition->cores) {
        return error_set(error, STATUS_BAD_INPUT,
                         "--ntasks-per-node %lld: nodes of partition '%s' have %d cores",
                         (long long)submission->ranks_per_node, partition->name, partition->cores);
    }
    return partition->up ? STATUS_OK
                         : arena_printf(arena, submission_warning(submission), error,
                                        "partition '%s' is closed: jobs wait", partition->name);
}

enum status placement_choose(struct submission *submission, const char *name, bool dry_run,
                             struct schedule_request *request, struct arena *arena,
                             struct error *error) {
    struct cluster cluster;
    struct partition *partition;
    const char *unavailable;
    TRY(cluster_query(arena, &cluster, &unavailable, error));
    if (unavailable != NULL) {
        return placement_without_slurm(submission, unavailable, dry_run, error);
    }
    TRY(cluster_partition(&cluster, name, &partition, error));
    if (partition->requeues) {
        TRY(cluster_query_grace(partition, arena, error));
    }
    request->limit = partition->limit;
    request->grace = partition->grace;
    return placement_fit(submission, partition, arena, error);
}
