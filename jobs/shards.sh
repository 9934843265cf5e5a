#!/bin/bash
# Runs a sweep as an array of shards: independent jobs of one node each that start whenever there is
# room:
#
#     sbatch --array=1-8 jobs/shards.sh SWEEP.yaml RESULTS.h5 [options of 'modsweep run']
#
# Each writes its own file, RESULTS.shard-1-of-8.h5 and so on. When all have ended, merge them:
#
#     sbatch --dependency=afterany:ARRAY_JOB_ID --ntasks=1 --wrap \
#         'modsweep merge RESULTS.h5 RESULTS.shard-*-of-8.h5'
#
# Adapt the lines below to your cluster, or override them. To submit some shards again:
# MODSWEEP_SHARDS=8 sbatch --array=3,5 ...
#
# The ranks are warned 120 s before the time limit and use 90 of them to finish what they can.
# Longer bundles are checkpointed in RESULTS.shard-….h5.checkpoints, and the shard is requeued to
# resume them.
#
#SBATCH --job-name=modsweep
#SBATCH --array=1-8
#SBATCH --nodes=1
#SBATCH --ntasks-per-node=16
#SBATCH --cpus-per-task=1
#SBATCH --time=04:00:00
#SBATCH --signal=USR1@120
#SBATCH --requeue
#SBATCH --open-mode=append
#SBATCH --output=%x-%A-%a.log
set -euo pipefail

if [ $# -lt 2 ]; then
    echo "usage: sbatch $0 SWEEP.yaml RESULTS.h5 [options of 'modsweep run']" >&2
    exit 2
fi
sweep=$1
results=$2
shift 2

shard=$SLURM_ARRAY_TASK_ID
shards=${MODSWEEP_SHARDS:-$SLURM_ARRAY_TASK_COUNT}
results=${results%.h5}.shard-$shard-of-$shards.h5

# sbatch starts the job in the folder where it was called. An installed program is found in PATH.
program=${MODSWEEP:-build/modsweep}
if [ -z "${MODSWEEP:-}" ] && [ ! -x "$program" ]; then
    program=modsweep
fi

restarts=${SLURM_RESTART_COUNT:-0}
restarts_most=${MODSWEEP_RESTARTS_MOST:-20}
run=("$program" run "$sweep" -o "$results" --shard "$shard/$shards" --notice 90 "$@")
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

job=${SLURM_ARRAY_JOB_ID}_$SLURM_ARRAY_TASK_ID
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
