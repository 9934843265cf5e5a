/**
 * @file
 * Which host each rank runs on.
 */
#pragma once

#include "base/arena.h"

#include <mpi.h>

/**
 * Points *hosts at the names of all ranks' hosts on rank 0; elsewhere the names are empty. Memory
 * belongs to the arena. Collective; all ranks return the same status.
 */
enum status rank_hosts_gather(MPI_Comm comm, struct arena *arena, const char *const **hosts,
                              struct error *error) CHECKED;

/** Writes "name*ranks,name*ranks" for successive ranks of one host; cut where there is no room. */
void rank_hosts_format(const char *const *hosts, int ranks, char *text, size_t bytes);
