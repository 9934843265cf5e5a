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
