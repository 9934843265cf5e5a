#!/usr/bin/env bats
# The batch scripts of jobs/ on a real SLURM: they run, and resume after any interruption.

load ../lib
load ../mpi/sweeps
load slurm

# Results of uninterrupted runs, with which those in pieces are compared.
setup_file() {
    load ../lib
    load slurm
    cd "$BATS_FILE_TMPDIR" || return
    write_sweeps
    start_cluster
    if [ -z "${SLURM_MISSING:-}" ]; then
        start_minute # other tests have a core of each node beside it
        "$MODSWEEP" run trains.yaml -o trains.h5 >/dev/null
    fi
}

teardown_file() {
    stop_cluster
}

setup() {
    enter_cluster
}

# waits.yaml sleeps for three seconds on three ranks, minute.yaml for longer than a minute;
# trains.yaml trains for some seconds.
write_sweeps() {
    cat >waits.yaml <<'YAML'
replicates: 12
network: {kind: dummy, seconds: !grid [0.1, 0.6]}
YAML
    cat >minute.yaml <<'YAML'
replicates: 600
network: {kind: dummy, seconds: 0.33}
YAML
    cat >trains.yaml <<'YAML'
seed: 3
replicates: 6
data: {kind: uniform, points: 32, sources: 2}
network: {kind: linear_autoencoder, hidden: 16}
train: {steps: 1500000, learning_rate: 1e-3}
loss: {activity: 1e-2, weights: 1e-4}
scores: [linear_cinfom]
save: [weights, history]
YAML
}

# start SCRIPT SWEEP RESULTS [OPTION OF SBATCH]...: submits it; sets `job` and `log`. With a NOTICE of 0
# nothing finishes in time.
start() {
    local script=$1 sweep=$2 results=$3
    shift 3
    log=$PWD/${results%.h5}.log
    job=$(sbatch --parsable --output="$log" "$@" "$ROOT/jobs/$script" "$sweep" "$results" \
        --notice "${NOTICE:-7}")
}

# start_minute: takes more than its minute.
start_minute() {
    start many_nodes_srun.sh minute.yaml minute.h5 --partition=short --time=1 --nodes=3 \
        --ntasks-per-node=1 --signal=USR1@10
    echo "$job" >minute.job
}

# trains JOB RESULTS: whether its ranks are at work.
trains() {
    job_is "$1" RUNNING && [ -e "$2" ]
}

@test "one node" {
    start one_node.sh waits.yaml one.h5 --ntasks=1
    ends "$job" 0 "$log"
    grep -q '24 of 24 jobs done in .* on 1 rank' "$log"
}

@test "several nodes through mpirun" {
    start many_nodes_mpirun.sh waits.yaml mpirun.h5 --nodes=3 --ntasks-per-node=1
    patiently trains "$job" mpirun.h5.live
    [ -z "$(find . -name 'mpirun.h5-*.lock')" ] # of MPI, which would stay if the ranks were killed
    ends "$job" 0 "$log"
    grep -q '24 of 24 jobs done in .* on 3 ranks' "$log"
}

# warned_in_pieces SCRIPT RESULTS [WHOM]: warns it while it trains; it is requeued and ends with the
# same bits as a run in one piece.
warned_in_pieces() {
    NOTICE=0 start "$1" trains.yaml "$2" --nodes=3 --ntasks-per-node=1
    patiently trains "$job" "$2"
    sleep 0.5
    scancel ${3:+"$3"} --signal=USR1 "$job"
    ends "$job" 0 "$log"
    [ "$(job_field "$job" Restarts)" -eq 1 ]
    compare whole trains.h5 "$2" 6
}

@test "warned by a signal, it resumes to the same bits" {
    warned_in_pieces many_nodes_srun.sh srun_pieces.h5
}

@test "warned through mpirun, it resumes to the same bits" {
    warned_in_pieces many_nodes_mpirun.sh mpirun_pieces.h5 --batch
}

@test "restarts are limited" {
    MODSWEEP_RESTARTS_MOST=0 NOTICE=0 start many_nodes_srun.sh minute.yaml capped.h5 --nodes=3 \
        --ntasks-per-node=1
    patiently trains "$job" capped.h5
    scancel --signal=USR1 "$job"
    ends "$job" 75 "$log"
    grep -q 'not done after 0 restarts, MODSWEEP_RESTARTS_MOST=0' "$log"
}

@test "shards are requeued one by one and merged" {
    NOTICE=0 start shards.sh trains.yaml sharded.h5 --array=1-2 --ntasks-per-node=1
    patiently trains "${job}_2" sharded.shard-2-of-2.h5
    scancel --signal=USR1 "${job}_2"
    local merge
    merge=$(sbatch --parsable --dependency="afterany:$job" --output=merge.log --wrap \
        "'$MODSWEEP' merge sharded.h5 sharded.shard-*-of-2.h5")
    ends "${job}_1" 0 "$log"
    ends "${job}_2" 0 "$log"
    [ "$(job_field "${job}_1" Restarts)" -eq 0 ]
    [ "$(job_field "${job}_2" Restarts)" -eq 1 ]
    ends "$merge" 0 merge.log
    compare whole trains.h5 sharded.h5 6
}

@test "a time limit makes pieces, and one log" {
    local minute
    [ -e minute.job ] || start_minute
    minute=$(cat minute.job)
    ends "$minute" 0 minute.log
    [ "$(job_field "$minute" Restarts)" -ge 1 ]
    exits 0 "$MODSWEEP" status minute.h5
    says '600 done'
    # The first piece's output stands before the last one's.
    [ "$(grep -c 'jobs done\|stopped' minute.log)" -ge 2 ]
}

@test "preempted, it resumes" {
    start preemptible.sh waits.yaml low.h5 --partition=low --time=30 --nodes=3 --ntasks-per-node=2
    patiently trains "$job" low.h5
    local other
    other=$(sbatch --parsable --partition=high --nodes=3 --ntasks-per-node=2 --output=high.log \
        --wrap 'echo mine')
    ends "$other" 0 high.log
    ends "$job" 0 "$log"
    [ "$(job_field "$job" Restarts)" -eq 1 ]
    exits 0 "$MODSWEEP" status low.h5
    says '24 done'
}
