#!/usr/bin/env bats
# The batch scripts of jobs/ on a real SLURM: they run, and go on after whatever ended them.

load ../lib
load slurm

# A sweep of 24 jobs that takes three seconds and more on three ranks.
setup_file() {
    load ../lib
    load slurm
    cd "$BATS_FILE_TMPDIR" || return
    start_cluster
    cat >waits.yaml <<'YAML'
name: waits
replicates: 12
data: {kind: uniform}
network: {kind: dummy, seconds: !grid [0.1, 0.6]}
YAML
}

teardown_file() {
    stop_cluster
}

setup() {
    enter_cluster
}

# start SCRIPT RESULTS [OPTION OF SBATCH]...: submits it for the sweep; sets `job` and `log`.
start() {
    local script=$1 results=$2
    shift 2
    log=$PWD/${results%.h5}.log
    job=$(sbatch --parsable --output="$log" "$@" "$JOBS_FOLDER/$script" waits.yaml "$results")
}

@test "one node" {
    start one_node.sh one.h5 --ntasks=2
    ends "$job" 0 "$log"
    grep -q '24 of 24 jobs done in .* on 2 ranks' "$log"
}

@test "several nodes through srun" {
    start many_nodes_srun.sh srun.h5 --nodes=3 --ntasks-per-node=1
    ends "$job" 0 "$log"
    grep -q '24 of 24 jobs done in .* on 3 ranks' "$log"
}

@test "several nodes through mpirun" {
    start many_nodes_mpirun.sh mpirun.h5 --nodes=3 --ntasks-per-node=1
    ends "$job" 0 "$log"
    grep -q '24 of 24 jobs done in .* on 3 ranks' "$log"
}
