#include "submit/cluster.h"

#include "base/program.h"
#include "base/text.h"
#include "submit/slurm_time.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* Partition (with * after the default one), availability, longest time, nodes, sockets, cores of a
 * socket, threads of a core, mode of preemption; of numbers that differ, sinfo prints "least+". */
static const char format[] = "%P|%a|%l|%D|%X|%Y|%Z|%M";
enum { NAME, AVAILABLE, LIMIT, NODES, SOCKETS, CORES, THREADS, PREEMPTION, FIELDS };
enum { NAMES_SHOWN = 64, KNOWN_BYTES = 1024 };

static bool cluster_is_requeued(const char *mode) {
    return strstr(mode, "REQUEUE") != NULL || strstr(mode, "requeue") != NULL;
}

static enum status cluster_not_understood(const char *line, struct error *error) {
    return error_set(error, STATUS_SYSTEM, "sinfo printed what is not understood: '%s'", line);
}

/* A number, as it stands before a '+'. */
static bool cluster_read_number(const char *text, int64_t *number) {
    return text_integer_from(&text, 0, INT64_MAX, number) && (*text == '\0' || *text == '+');
}

/* Takes a line apart, which `whole` keeps. A partition may have no nodes, but no node lacks cores.
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
            return cluster_not_understood(whole, error);
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
        return cluster_not_understood(whole, error);
    }
    partition->cores = (int)(sockets * cores);
    partition->threads = (int)threads;
    return STATUS_OK;
}

/* Another line about a partition tells of nodes of another kind. */
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
    char *rest = arena_string(arena, text, error);
    *cluster = (struct cluster){0};
    if (rest == NULL) {
        return error_status(error);
    }
    TRY(ARENA_NEW(arena, cluster->partitions, strlen(text) + 1, error));
    for (char *line = strsep(&rest, "\n"); line != NULL; line = strsep(&rest, "\n")) {
        struct partition partition;
        if (line[0] == '\0') {
            continue;
        }
        const char *whole = arena_string(arena, line, error);
        if (whole == NULL) {
            return error_status(error);
        }
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

enum status cluster_ask(struct arena *arena, struct cluster *cluster, const char **missing,
                        struct error *error) {
    const char *const arguments[] = {"sinfo", "--noheader", "-o", format, NULL};
    struct program_outcome outcome;
    *missing = NULL;
    TRY(program_run(arguments, "", arena, &outcome, error));
    if (outcome.absent) {
        *missing = "there is no SLURM on this machine: sinfo is not found";
        return STATUS_OK;
    }
    if (outcome.status != 0) {
        const char *line = strrchr(outcome.messages, '\n'); /* the last one tells most */
        *missing = arena_format(arena, error, "SLURM does not answer on this machine: %s",
                                line == NULL ? outcome.messages : line + 1);
        return *missing == NULL ? error_status(error) : STATUS_OK;
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

enum status cluster_ask_grace(struct partition *partition, struct arena *arena,
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
        return error_set(error, STATUS_SYSTEM, "scontrol tells nothing of partition '%s': %s",
                         partition->name, outcome.messages);
    }
    partition->grace = (double)seconds;
    return STATUS_OK;
}
