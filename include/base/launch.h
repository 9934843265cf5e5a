/**
 * @file
 * What the launcher (mpirun, srun) tells a process before MPI is initialised.
 */
#pragma once

#include <stdbool.h>

/** Whether this process prints for all ranks: it is rank 0, or was started without a launcher. */
bool launch_is_first(void);
