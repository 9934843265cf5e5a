restarts=${SLURM_RESTART_COUNT:-0}
restarts_most=${MODSWEEP_RESTARTS_MOST:-20}
run=("$program" run "$sweep" -o "$results" @OPTIONS@ "$@")
if [ "$restarts" -gt 0 ]; then
    run+=(--take-over) # ranks on a lost node may still be running
fi
if [ "$restarts" -gt "$restarts_most" ]; then
    echo "job $SLURM_JOB_ID: restarted $restarts times, MODSWEEP_RESTARTS_MOST=$restarts_most" >&2
    exit 75
fi
