#!/bin/bash
# Runs a sweep in a preemptible partition of a SLURM cluster:
#
#     sbatch jobs/preemptible.sh SWEEP.yaml RESULTS.h5 [options of 'modsweep run']
#
# Adapt the lines below to your cluster, or override them: sbatch --nodes=8 ...
# RESULTS.h5 must be on a file system that all nodes share.
#
# The partition must have PreemptMode=REQUEUE. A preemption sends the ranks SIGTERM, and they stop
# within the partition's GraceTime (`scontrol show partition`): --notice below must be less. Without
# a GraceTime they are killed at once and resume from their last checkpoint, hence one a minute.
#
#SBATCH --job-name=modsweep
#SBATCH --partition=preemptible
#SBATCH --nodes=4
#SBATCH --ntasks-per-node=16
#SBATCH --cpus-per-task=1
#SBATCH --time=04:00:00
#SBATCH --signal=USR1@60
#SBATCH --requeue
#SBATCH --open-mode=append
#SBATCH --output=%x-%j.log
set -euo pipefail

if [ $# -lt 2 ]; then
    echo "usage: sbatch $0 SWEEP.yaml RESULTS.h5 [options of 'modsweep run']" >&2
    exit 2
fi
sweep=$1
results=$2
shift 2

# sbatch starts the job in the folder where it was called. An installed program is found in PATH.
program=${MODSWEEP:-build/modsweep}
if [ -z "${MODSWEEP:-}" ] && [ ! -x "$program" ]; then
    program=modsweep
fi

restarts=${SLURM_RESTART_COUNT:-0}
restarts_most=${MODSWEEP_RESTARTS_MOST:-20}
run=("$program" run "$sweep" -o "$results" --notice 20 --checkpoint-every 60 "$@")
if [ "$restarts" -gt 0 ]; then
    run+=(--take-over) # ranks on a lost node may still be running
fi
if [ "$restarts" -gt "$restarts_most" ]; then
    echo "job $SLURM_JOB_ID: restarted $restarts times, MODSWEEP_RESTARTS_MOST=$restarts_most" >&2
    exit 75
fi

# `srun --mpi=list` lists what the cluster supports; without pmix or pmi2, use many_nodes_mpirun.sh.
status=0
srun "--mpi=${MPI_TYPE:-pmix}" "${run[@]}" || status=$?

job=$SLURM_JOB_ID
# 75: stopped in time, to be resumed; 138, 143: warned while starting. SLURM itself requeues a job
# that lost a node or was preempted, but not one that ended or ran out of time.
if [[ " 75 138 143 " == *" $status "* ]]; then
    if [ "$restarts" -ge "$restarts_most" ]; then
        echo "not done after $restarts restarts, MODSWEEP_RESTARTS_MOST=$restarts_most:" \
            "submit again to resume" >&2
    elif [[ $(scontrol show job "$job") == *" Restarts=$restarts "* ]]; then
        scontrol requeue "$job" # unless SLURM gave this node up and runs the job elsewhere
    fi
fi
exit "$status"
