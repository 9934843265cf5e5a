#!/usr/bin/env bats
# The SLURM on which the other tests of this folder run.

load ../lib
load slurm

setup() {
    reason=$("$ROOT/tests/slurm/cluster" possible) || skip "$reason"
    cd "$BATS_TEST_TMPDIR" || return
}

teardown() {
    for folder in one two; do
        "$CLUSTER" stop "$BATS_TEST_TMPDIR/$folder"
    done
}

# daemons FOLDER: how many of its daemons run.
daemons() {
    local count=0 file
    for file in "$1"/*.pid; do
        if kill -0 "$(cat "$file")" 2>/dev/null; then
            count=$((count + 1))
        fi
    done
    echo "$count"
}

none_of() {
    [ "$(daemons "$1")" -eq 0 ]
}

# in_cluster FOLDER COMMAND...: the command speaks to that one.
in_cluster() {
    # shellcheck disable=SC1091 # written by the cluster
    (. "$1/environment" && shift && "$@")
}

@test "two at once do not interfere, and nothing of them stays" {
    "$CLUSTER" start one "$$"
    "$CLUSTER" start two "$$"
    local sleeping="sleep 3600.$RANDOM$RANDOM"
    in_cluster one sbatch --nodes=3 --output=one.log --wrap "setsid $sleeping & srun $sleeping"
    patiently in_cluster one job_is 1 RUNNING
    patiently pgrep -f "$sleeping"
    "$CLUSTER" stop_node one n1 # from then on nobody there ends what it had started
    [ -z "$(in_cluster two squeue -h)" ]
    "$CLUSTER" stop one
    patiently none_of one # until they are no zombies either
    [ "$(daemons two)" -eq 5 ]
    exits 1 pgrep -f "$sleeping"
}

@test "it ends with its owner" {
    sleep 300 3>&- &
    local owner=$!
    "$CLUSTER" start one "$owner"
    [ "$(daemons one)" -eq 5 ]
    kill "$owner"
    patiently none_of one
}
