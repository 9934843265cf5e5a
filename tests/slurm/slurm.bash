# shellcheck shell=bash
# For tests/slurm/test_*.bats, after `load ../lib`: a real SLURM of three nodes, one for all tests of a
# file. setup_file calls start_cluster, teardown_file stop_cluster, and setup enter_cluster.

CLUSTER=$ROOT/tests/slurm/cluster
SLURM_PATIENCE=${SLURM_PATIENCE:-120} # seconds until what a test waits for has failed to happen
# Ranks of emulated nodes share one address, and about one start in a hundred of six such ranks on busy
# cores crashes within MPI_Init, before the program: PMIx lets one of them go ahead.
STARTS_AGAIN=2

# start_cluster: or notes why it cannot run, for which all tests are then skipped.
start_cluster() {
    export BATS_TEST_RETRIES=$STARTS_AGAIN
    SLURM_MISSING=$("$CLUSTER" possible) || {
        export SLURM_MISSING
        return 0
    }
    export CLUSTER_FOLDER=$BATS_FILE_TMPDIR/cluster
    "$CLUSTER" start "$CLUSTER_FOLDER" "$$"
    # shellcheck disable=SC1091 # written by the cluster
    . "$CLUSTER_FOLDER/environment"
}

stop_cluster() {
    if [ -n "${CLUSTER_FOLDER:-}" ]; then
        "$CLUSTER" stop "$CLUSTER_FOLDER"
    fi
}

# enter_cluster: into the folder that all tests of the file share; into a copy of what was there at
# first when a test is tried again.
enter_cluster() {
    if [ -n "${SLURM_MISSING:-}" ]; then
        skip "$SLURM_MISSING"
    fi
    if [ "$BATS_TEST_TRY_NUMBER" -gt 1 ]; then
        cd "$BATS_TEST_TMPDIR" || return
        cp "$BATS_FILE_TMPDIR"/*.yaml .
        cp "$BATS_FILE_TMPDIR"/trains.h5 . 2>/dev/null || true
    else
        cd "$BATS_FILE_TMPDIR" || return
    fi
}

# job_field JOB FIELD: of `scontrol show job`, such as JobState, ExitCode, Restarts or NodeList.
job_field() {
    scontrol --oneliner show job "$1" | sed -nE "1s/.*(^| )$2=([^ ]*).*/\\2/p"
}

# patiently COMMAND...: repeats it until it succeeds, or fails when patience is over.
patiently() {
    local end=$((SECONDS + SLURM_PATIENCE))
    until "$@"; do
        if [ "$SECONDS" -ge "$end" ]; then
            printf 'not within %s s: %s\n' "$SLURM_PATIENCE" "$*"
            squeue
            return 1
        fi
        sleep 0.1
    done
}

# job_is JOB STATE...: whether it is in one of these, and no former state is being cleared up.
job_is() {
    local state job=$1
    shift
    state=$(job_field "$job" JobState)
    [[ " $* " == *" $state "* ]]
}

# ends JOB STATUS LOG: waits for the job's end; fails, showing its log, unless the script ended so.
ends() {
    patiently job_is "$1" COMPLETED FAILED CANCELLED TIMEOUT NODE_FAIL PREEMPTED OUT_OF_MEMORY ||
        { cat "$3"; return 1; }
    if [ "$(job_field "$1" ExitCode)" != "$2:0" ]; then
        scontrol show job "$1"
        cat "$3"
        return 1
    fi
}

# logged LOG TEXT: whether the text is in a job's log, for `patiently`.
logged() {
    grep -qsF -- "$2" "$1"
}

# stop_node NODE: kills its slurmd alone, so that its ranks live on; SLURM requeues their job
# elsewhere when the node has been silent for SlurmdTimeout.
stop_node() {
    "$CLUSTER" stop_node "$CLUSTER_FOLDER" "$1"
}

# start_node NODE: and waits until it can be used again.
start_node() {
    "$CLUSTER" start_node "$CLUSTER_FOLDER" "$1"
    patiently node_is "$1" idle
}

# node_is NODE STATE: as sinfo names it: idle, mixed, allocated, down.
node_is() {
    [ "$(sinfo -h -N -p normal -n "$1" -o %T)" = "$2" ]
}
