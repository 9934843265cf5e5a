#!/bin/bash
# Runs a sweep on several nodes of a SLURM cluster with mpirun, where srun supports neither pmix nor
# pmi2:
#
#     sbatch jobs/many_nodes_mpirun.sh SWEEP.yaml RESULTS.h5 [options of 'modsweep run']
#
# Adapt the lines below to your cluster, or override them: sbatch --nodes=8 ...
# RESULTS.h5 must be on a file system that all nodes share. Not for preemptible partitions: the
# SIGTERM of a preemption ends mpirun and its ranks at once, and the job fails.
#
# The ranks are warned 120 s before the time limit and use 90 of them to finish what they can.
# Longer bundles are checkpointed in RESULTS.h5.checkpoints, and the job is requeued to resume them.
#
# B: sends the warning to this script, which passes it on. Sent to the ranks it would arrive twice.
#
#SBATCH --job-name=modsweep
#SBATCH --nodes=4
#SBATCH --ntasks-per-node=16
#SBATCH --cpus-per-task=1
#SBATCH --time=04:00:00
#SBATCH --signal=B:USR1@120
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
run=("$program" run "$sweep" -o "$results" --notice 90 "$@")
if [ "$restarts" -gt 0 ]; then
    run+=(--take-over) # ranks on a lost node may still be running
fi
if [ "$restarts" -gt "$restarts_most" ]; then
    echo "job $SLURM_JOB_ID: restarted $restarts times, MODSWEEP_RESTARTS_MOST=$restarts_most" >&2
    exit 75
fi

warned=0
launcher=
trap 'warned=1; kill -USR1 "$launcher" || true' USR1 # it may have ended already
mpirun "${run[@]}" &
launcher=$!
status=0
wait "$launcher" || status=$?
while [ "$warned" -eq 1 ]; do # that interrupted wait, and mpirun still runs
    warned=0
    status=0
    wait "$launcher" || status=$?
done

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
