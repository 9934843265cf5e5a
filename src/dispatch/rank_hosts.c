#include "dispatch/rank_hosts.h"

#include "dispatch/message.h"

#include <stdio.h>
#include <string.h>

static enum status rank_hosts_allocate(int ranks, struct arena *arena, char **names,
                                       const char *const **hosts, struct error *error) {
    const char **all;
    TRY(arena_new(arena, (size_t)ranks, MPI_MAX_PROCESSOR_NAME, names, error));
    TRY(ARENA_NEW(arena, all, ranks, error));
    for (int rank = 0; rank < ranks; rank++) {
        all[rank] = *names + (size_t)rank * MPI_MAX_PROCESSOR_NAME;
    }
    *hosts = all;
    return STATUS_OK;
}

enum status rank_hosts_gather(MPI_Comm comm, struct arena *arena, const char *const **hosts,
                              struct error *error) {
    int ranks = 1;
    int length = 0;
    char own[MPI_MAX_PROCESSOR_NAME] = "";
    char *names = NULL;
    MPI_Comm_size(comm, &ranks);
    MPI_Get_processor_name(own, &length);
    TRY(message_verdict(rank_hosts_allocate(ranks, arena, &names, hosts, error), error, comm));
    MPI_Gather(own, sizeof own, MPI_CHAR, names, sizeof own, MPI_CHAR, 0, comm);
    return STATUS_OK;
}

void rank_hosts_format(const char *const *hosts, int ranks, char *text, size_t bytes) {
    size_t used = 0;
    int end;
    for (int first = 0; first < ranks; first = end) {
        end = first + 1;
        while (end < ranks && strcmp(hosts[end], hosts[first]) == 0) {
            end++;
        }
        int wanted = snprintf(text + used, bytes - used, "%s%s*%d", first > 0 ? "," : "",
                              hosts[first], end - first);
        used = wanted > 0 && (size_t)wanted < bytes - used ? used + (size_t)wanted : bytes - 1;
    }
}
