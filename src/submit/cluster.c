#include "submit/cluster.h"

#include "base/program.h"
#include "base/text.h"
#include "submit/slurm_time.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* Partition (with * after the default one), availability, time limit, nodes, sockets, cores of a
 * socket, threads of a core, mode of preemption; of numbers that differ, sinfo prints "smallest+".
 */
static const char format[] = "%P|%a|%l|%D|%X|%Y|%Z|%M";
enum { NAME, AVAILABLE, LIMIT, NODES, SOCKETS, CORES, THREADS, PREEMPTION, FIELDS };
enum { NAMES_SHOWN = 64, KNOWN_BYTES = 1024 };

static bool cluster_is_requeued(const char *mode) {
    return strstr(mode, "REQUEUE") != NULL || strstr(mode, "requeue") != NULL;
}

static enum status cluster_bad_line(const char *line, struct error *error) {
    return error_set(error, STATUS_SYSTEM, "cannot understand the output of sinfo: '%s'", line);
}

/* A number, with or without a '+' after it. */
static bool cluster_read_number(const char *text, int64_t *number) {
    return text_integer_from(&text, 0, INT64_MAX, number) && (*text == '\0' || *text == '+');
}

/* Splits a line; `whole` is a copy of it. A partition may have no nodes, but each node has cores.
 */
static enum status cluster_parse_line(char *line, const char *whole, struct partition *partition,
                                      struct error *error) {
    char *fields[FIELDS];
    char *rest = line;
    int64_t sockets;
    int64_t cores;
    int64_t threads;
    for (size_t f = 0; f < FIELDS; f++) {
        fields[f] = strsep(&rest, "|");
        if (fields[f] == NULL || fields[f][0] == '\0') {
            return cluster_bad_line(whole, error);
        }
    }
    size_t length = strlen(fields[NAME]);
    *partition = (struct partition){.name = fields[NAME], .grace = INFINITY};
    if (fields[NAME][length - 1] == '*') {
        partition->is_default = true;
        fields[NAME][length - 1] = '\0';
    }
    partition->up = strcmp(fields[AVAILABLE], "up") == 0;
    partition->requeues = cluster_is_requeued(fields[PREEMPTION]);
    TRY(slurm_time_parse(fields[LIMIT], &partition->limit, error));
    if (!cluster_read_number(fields[NODES], &partition->nodes) ||
        !cluster_read_number(fields[SOCKETS], &sockets) ||
        !cluster_read_number(fields[CORES], &cores) ||
        !cluster_read_number(fields[THREADS], &threads) ||
        (partition->nodes > 0 && (sockets == 0 || cores == 0 || threads == 0))) {
        return cluster_bad_line(whole, error);
    }
    partition->cores = (int)(sockets * cores);
    partition->threads = (int)threads;
    return STATUS_OK;
}

/* A second line about a partition is for nodes of another kind. */
static void cluster_join(struct partition *partition, const struct partition *more) {
    partition->nodes += more->nodes;
    partition->cores = more->cores < partition->cores ? more->cores : partition->cores;
    partition->threads = more->threads > partition->threads ? more->threads : partition->threads;
}

static struct partition *cluster_find(const struct cluster *cluster, const char *name) {
    for (size_t p = 0; p < cluster->count; p++) {
        if (strcmp(cluster->partitions[p].name, name) == 0) {
            return &cluster->partitions[p];
        }
    }
    return NULL;
}

enum status cluster_parse(const char *text, struct arena *arena, struct cluster *cluster,
                          struct error *error) {
    char *rest;
    *cluster = (struct cluster){0};
    TRY(ARENA_NEW(arena, rest, strlen(text) + 1, error));
    memcpy(rest, text, strlen(text));
    TRY(ARENA_NEW(arena, cluster->partitions, strlen(text) + 1, error));
    for (char *line = strsep(&rest, "\n"); line != NULL; line = strsep(&rest, "\n")) {
        struct partition partition;
        if (line[0] == '\0') {
            continue;
        }
        const char *whole;
        TRY(arena_strdup(arena, line, &whole, error));
        TRY(cluster_parse_line(line, whole, &partition, error));
        struct partition *known = cluster_find(cluster, partition.name);
        if (known != NULL) {
            cluster_join(known, &partition);
        } else {
            cluster->partitions[cluster->count++] = partition;
        }
    }
    return STATUS_OK;
}

/* Runs sinfo. Where there is no SLURM, or it does not answer, *unavailable says so for a user, and
 * nothing else is set; otherwise it is NULL. */
static enum status cluster_query(struct arena *arena, struct cluster *cluster,
                                 const char **unavailable, struct error *error) {
    const char *const arguments[] = {"sinfo", "--noheader", "-o", format, NULL};
    struct program_outcome outcome;
    *unavailable = NULL;
    TRY(program_run(arguments, "", arena, &outcome, error));
    if (outcome.absent) {
        *unavailable = "there is no SLURM on this machine: sinfo is not found";
        return STATUS_OK;
    }
    if (outcome.status != 0) {
        const char *line = strrchr(outcome.messages, '\n'); /* the last one says most */
        return arena_printf(arena, unavailable, error, "SLURM does not answer on this machine: %s",
                            line == NULL ? outcome.messages : line + 1);
    }
    return cluster_parse(outcome.output, arena, cluster, error);
}

static enum status cluster_unknown(const struct cluster *cluster, const char *name,
                                   struct error *error) {
    const char *names[NAMES_SHOWN];
    char known[KNOWN_BYTES];
    char meant[TEXT_SUGGESTION_BYTES];
    size_t count = 0;
    for (; count < cluster->count && count < NAMES_SHOWN; count++) {
        names[count] = cluster->partitions[count].name;
    }
    return error_set(error, STATUS_BAD_INPUT, "there is no partition '%s'; %sthere are %s", name,
                     text_suggestion("did you mean '", name, names, count, "'? ", meant),
                     text_list(names, count, known, sizeof known));
}

enum status cluster_partition(const struct cluster *cluster, const char *name,
                              struct partition **partition, struct error *error) {
    *partition = name == NULL ? NULL : cluster_find(cluster, name);
    for (size_t p = 0; name == NULL && p < cluster->count; p++) {
        if (cluster->partitions[p].is_default) {
            *partition = &cluster->partitions[p];
        }
    }
    if (*partition == NULL && name == NULL) {
        return error_set(error, STATUS_BAD_INPUT,
                         "this cluster has no default partition: choose one with --partition, of "
                         "those that sinfo shows");
    }
    return *partition == NULL ? cluster_unknown(cluster, name, error) : STATUS_OK;
}

/* Runs scontrol for the partition's grace, which sinfo does not print. */
static enum status cluster_query_grace(struct partition *partition, struct arena *arena,
                                       struct error *error) {
    static const char key[] = "GraceTime=";
    const char *const arguments[] = {"scontrol",  "--oneliner",    "show",
                                     "partition", partition->name, NULL};
    struct program_outcome outcome;
    TRY(program_run(arguments, "", arena, &outcome, error));
    const char *place = outcome.status == 0 ? strstr(outcome.output, key) : NULL;
    int64_t seconds = 0;
    if (place != NULL) {
        place += sizeof key - 1;
    }
    if (place == NULL || !text_integer_from(&place, 0, INT64_MAX, &seconds)) {
        return error_set(error, STATUS_SYSTEM, "scontrol prints no GraceTime of partition '%s': %s",
                         partition->name, outcome.messages);
    }
    partition->grace = (double)seconds;
    return STATUS_OK;
}

/* --- where a submission runs ------------------------------------------------------------------ */

static enum status cluster_without_slurm(struct submission *submission, const char *reason,
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
static enum status cluster_fit(struct submission *submission, const struct partition *partition,
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

enum status cluster_place(struct submission *submission, const char *name, bool dry_run,
                          struct schedule_request *request, struct arena *arena,
                          struct error *error) {
    struct cluster cluster = {0};
    struct partition *partition;
    const char *unavailable;
    TRY(cluster_query(arena, &cluster, &unavailable, error));
    if (unavailable != NULL) {
        return cluster_without_slurm(submission, unavailable, dry_run, error);
    }
    TRY(cluster_partition(&cluster, name, &partition, error));
    if (partition->requeues) {
        TRY(cluster_query_grace(partition, arena, error));
    }
    request->limit = partition->limit;
    request->grace = partition->grace;
    return cluster_fit(submission, partition, arena, error);
}
