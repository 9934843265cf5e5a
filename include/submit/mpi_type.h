/**
 * @file
 * How the ranks of a job start: with srun --mpi, or with mpirun.
 */
#pragma once

#include "base/arena.h"

/**
 * Sets *type to a type of srun --mpi, or to "mpirun": to `wanted` unless that is NULL, else to pmix
 * or pmi2 where srun lists one, to mpirun where it lists neither, and to pmix where srun cannot be
 * asked. STATUS_BAD_INPUT when srun does not list `wanted`.
 */
enum status mpi_type_choose(const char *wanted, struct arena *arena, const char **type,
                            struct error *error) CHECKED;
