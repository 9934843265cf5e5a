#!/bin/bash
# Runs a sweep on one node of a SLURM cluster:
#
#     sbatch jobs/one_node.sh SWEEP.yaml RESULTS.h5 [options of 'modsweep run']
#
# Change the lines below to what your cluster offers, or override them: sbatch --ntasks=64 ...
# One rank a core; ranks beyond the number of bundles in the sweep would stay idle.
#
#SBATCH --job-name=modsweep
#SBATCH --nodes=1
#SBATCH --ntasks=16
#SBATCH --cpus-per-task=1
#SBATCH --time=04:00:00
#SBATCH --output=%x-%j.log
#
# When the time was too short or the node failed, submit the same command again: it runs only what
# is missing in RESULTS.h5.
#
# Without SLURM, `bash jobs/one_node.sh ...` runs on this machine, with $RANKS ranks (default: one
# a core).
set -euo pipefail

if [ $# -lt 2 ]; then
    echo "usage: sbatch $0 SWEEP.yaml RESULTS.h5 [options of 'modsweep run']" >&2
    exit 2
fi
sweep=$1
results=$2
shift 2

# sbatch starts in the folder from which it was called. An installed program is taken from PATH.
program=${MODSWEEP:-build/modsweep}
if [ ! -x "$program" ]; then
    program=modsweep
fi

if [ -n "${SLURM_JOB_ID:-}" ]; then
    # `srun --mpi=list` names what the cluster has; with none of pmix and pmi2, use mpirun.
    launch=(srun "--mpi=${MPI_TYPE:-pmix}")
else
    launch=(mpirun --oversubscribe -n "${RANKS:-$(nproc)}")
fi
exec "${launch[@]}" "$program" run "$sweep" -o "$results" "$@"
