#!/usr/bin/env bats
# Runs that are asked to stop, killed in the middle of a bundle, or taken over.

load ../lib
load sweeps

# Two bundles of some seconds each; the jobs of rate 1000 diverge.
write_long_sweep() {
    cat >"$1" <<'YAML'
name: long
seed: 3
replicates: 3
data: {kind: uniform, sources: 3, points: 60}
network: {kind: linear_autoencoder, hidden: 12}
train: {learning_rate: !grid [1e-3, 1000], steps: 120000}
loss: {fit: 1, activity: 1e-2, negativity: 1, weights: 1e-4}
cases:
  - {train.batch: 20, train.stop_every: 50000}
  - {train.batch: 16, train.solver: adamw, train.weight_decay: 0.1, train.rate: stepped,
     train.rate_every: 35000}
scores: [linear_cinfom, mixing_angle]
save: [weights, activity, history]
YAML
}

setup_file() {
    export WHOLE=$BATS_FILE_TMPDIR/whole.h5 LONG=$BATS_FILE_TMPDIR/long.yaml
    export RANKS="^$MODSWEEP run .* -o r.h5 --progress" # as pgrep finds them
    write_long_sweep "$LONG"
    mpi 2 "$MODSWEEP" run "$LONG" -o "$WHOLE" --progress none >/dev/null || [ $? -eq 1 ]
}

setup() {
    cd "$BATS_TEST_TMPDIR" || return 1
}

teardown() {
    pkill -9 -f "$RANKS" || true
}

# begin RANKS SWEEP ARGUMENTS...: starts a run and waits until it works; $run_pid is its launcher.
begin() {
    local ranks=$1
    shift
    mpirun --oversubscribe -n "$ranks" "$MODSWEEP" run "$@" -o r.h5 --progress none \
        >out.txt 2>&1 </dev/null &
    run_pid=$!
    until [ -e r.h5.live ]; do sleep 0.05; done
}

# begin_long RANKS ARGUMENTS...: the long sweep, until its ranks are in the middle of training.
begin_long() {
    local ranks=$1
    shift
    begin "$ranks" "$LONG" "$@"
    sleep 0.3
}

# ends STATUS: waits for the run that was begun; its output is in $output.
ends() {
    local got=0
    wait "$run_pid" || got=$?
    output=$(cat out.txt)
    [ "$got" -eq "$1" ] || { echo "status $got: $output"; return 1; }
}

# both_work: waits until two jobs are running.
both_work() {
    until "$MODSWEEP" status r.h5 --json | grep -q '"in_hand": 2,'; do sleep 0.1; done
}

# bundles: how many are checkpointed.
bundles() {
    find r.h5.checkpoints -name '*.bundle' 2>/dev/null | wc -l
}

resumes() {
    exits 1 mpi 2 "$MODSWEEP" run "$LONG" -o r.h5 --progress none
    compare whole r.h5 "$WHOLE" 12
    [ ! -e r.h5.checkpoints ]
}

@test "long bundles are checkpointed, and resume to the same bits on other ranks" {
    begin_long 2 --notice 0
    kill -USR1 "$run_pid"
    ends 75
    says "stopped by SIGUSR1 when 0 of 12 jobs were done; 12 are half-trained"
    [ "$(bundles)" -eq 2 ]
    exits 1 "$MODSWEEP" run "$LONG" -o r.h5 --progress none
    says "12 resumed from checkpoints"
    compare whole r.h5 "$WHOLE" 12
    [ ! -e r.h5.checkpoints ]
}

@test "SIGTERM stops a run as well, and further signals change nothing" {
    begin_long 1 --notice 1
    rank=$(pgrep -f "$RANKS" | head -n 1)
    kill -TERM "$rank"
    kill -TERM "$rank"
    sleep 0.2
    kill -USR1 "$rank" || true
    ends 75
    says "stopped by SIGTERM"
    resumes
}

@test "a signal to one rank stops all" {
    begin_long 2 --notice 0
    kill -USR1 "$(pgrep -f "$RANKS" | tail -n 1)"
    ends 75
    says "12 are half-trained"
    resumes
}

# idle_rank: the process of an idle rank other than 0, once the last job runs.
idle_rank() {
    local pid rank
    until "$MODSWEEP" status r.h5 --json >status.json && grep -q '"in_hand": 1,' status.json; do
        sleep 0.1
    done
    rank=$("$PYTHON" -c '
import json
ranks = json.load(open("status.json"))["live"]["ranks"]
print(next(rank["rank"] for rank in ranks[1:] if rank["in_hand"] is None))')
    for pid in $(pgrep -f "$RANKS"); do
        if tr '\0' '\n' <"/proc/$pid/environ" | grep -qx "OMPI_COMM_WORLD_RANK=$rank"; then
            echo "$pid"
        fi
    done
}

@test "a signal to an idle rank stops all" {
    printf 'network: {kind: dummy, seconds: 20}\n' >nap.yaml
    begin 3 nap.yaml --notice 0
    kill -USR1 "$(idle_rank)"
    ends 75
    says "stopped by a signal when 0 of 1 jobs were done"
}

@test "bundles that fit the notice finish, and none begins" {
    cat >naps.yaml <<'YAML'
name: naps
replicates: 4
network: {kind: dummy, seconds: 4}
YAML
    begin 2 naps.yaml --notice 40
    both_work
    kill -USR1 "$run_pid"
    ends 75
    says "when 2 of 4 jobs were done; 0 are half-trained"
    exits 0 mpi 2 "$MODSWEEP" run naps.yaml -o r.h5
    says "2 of 4 jobs done"
}

@test "a run that finishes within the notice is not stopped" {
    cat >nap.yaml <<'YAML'
name: nap
replicates: 2
network: {kind: dummy, seconds: 4}
YAML
    begin 2 nap.yaml --notice 40
    both_work
    kill -USR1 "$run_pid"
    ends 0
}

@test "a run that is killed resumes from its periodic checkpoints" {
    begin_long 2 --checkpoint-every 0.3
    until [ "$(bundles)" -eq 2 ]; do sleep 0.05; done
    pkill -9 -f "$RANKS"
    wait "$run_pid" || true
    exits 1 mpi 2 "$MODSWEEP" run "$LONG" -o r.h5 --progress none
    says "12 resumed from checkpoints"
    compare whole r.h5 "$WHOLE" 12
}

@test "a damaged checkpoint is reported, and its jobs start over" {
    begin_long 2 --notice 0
    kill -USR1 "$run_pid"
    ends 75
    for file in r.h5.checkpoints/*.bundle; do
        printf x | dd of="$file" bs=1 seek=3000 conv=notrunc status=none
    done
    exits 1 mpi 2 "$MODSWEEP" run "$LONG" -o r.h5 --progress none
    says "2 of the checkpoints were damaged"
    compare whole r.h5 "$WHOLE" 12
}

@test "a disk without room for checkpoints is reported once per rank, and stops nothing" {
    for job in {0..11}; do # folders where new files would be
        mkdir -p "r.h5.checkpoints/$job.bundle.new-1"
    done
    exits 1 "$MODSWEEP" run "$LONG" -o r.h5 --progress none --checkpoint-every 0.2
    [ "$(grep -c 'continues without a checkpoint' <<<"$output")" -eq 1 ]
    compare whole r.h5 "$WHOLE" 12
}

@test "a run takes over from one that is still alive, which writes nothing more" {
    begin_long 1
    exits 1 mpi 2 "$MODSWEEP" run "$LONG" -o r.h5 --progress none --take-over
    ends 3
    says "has taken over from this run"
    compare whole r.h5 "$WHOLE" 12
    "$PYTHON" -c '
import h5py
with h5py.File("r.h5") as file:
    runs = file["incarnation"][...]
    assert set(runs) <= {1, 2} and 2 in runs and file["incarnations"][()] == 2, runs'
}

@test "a run that was taken over says so without training, and must not be requeued" {
    printf 'network: {kind: dummy, seconds: 6}\n' >dummy.yaml # which has no checkpoints
    begin 1 dummy.yaml
    exits 0 mpi 1 "$MODSWEEP" run dummy.yaml -o r.h5 --progress none --take-over
    ends 3
    says "has taken over from this run"
}

@test "bad times are refused" {
    for option in --notice=soon --notice=-1 --checkpoint-every=nan --checkpoint-every=1s; do
        exits 2 "$MODSWEEP" run "$LONG" -o r.h5 "$option"
        says "${option%=*}: "
    done
    [ ! -e r.h5 ]
}
