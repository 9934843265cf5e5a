/**
 * @file
 * What the launcher (mpirun, srun) says of this process before MPI is initialised.
 */
#pragma once

#include <stdbool.h>

/** Whether this is the process that speaks for all: rank 0, or started without a launcher. */
bool launch_is_first(void);
