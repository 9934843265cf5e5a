#!/usr/bin/env bats
# A job's result has the same bits wherever, whenever and with whatever neighbours it is trained.

load ../lib
load sweeps

JOBS=40
DIVERGED=8

# Everything else is compared with one process without mpirun.
setup_file() {
    load ../lib
    load sweeps
    cd "$BATS_FILE_TMPDIR" || return
    write_varied_sweep varied.yaml
    exits 1 "$MODSWEEP" run varied.yaml -o one.h5
    says "$DIVERGED failed"
}

setup() {
    cd "$BATS_FILE_TMPDIR" || return
}

@test "diverged jobs have rows like others" {
    exits 0 "$MODSWEEP" status one.h5
    says "$((JOBS - DIVERGED)) done, $DIVERGED diverged, 0 quarantined"
}

@test "one, two, three and four ranks" {
    for ranks in 1 2 3 4; do
        exits 1 mpi "$ranks" "$MODSWEEP" run varied.yaml -o "ranks$ranks.h5"
        compare whole one.h5 "ranks$ranks.h5" "$JOBS"
    done
}

@test "exact optima and predictions" {
    cat >exact.yaml <<'YAML'
name: exact
replicates: 3
data: {kind: correlated, points: !grid [8, 20], sources: !grid [2, 3], correlation: 0.3}
network: {kind: linear_autoencoder, hidden: !grid [2, 8]}
train: {solver: !grid [exact, adam], steps: 100}
loss: {activity: 5e-3, negativity: 1, weights: [5e-4, 1e-3], fit_threshold: !grid [0, 1e-2]}
scores: [margin, price, predicted_angle, least_loss, gap, excess]
save: [weights, activity]
YAML
    exits 0 "$MODSWEEP" run exact.yaml -o exact.h5
    for ranks in 2 3; do
        exits 0 mpi "$ranks" "$MODSWEEP" run exact.yaml -o "exact$ranks.h5"
        compare whole exact.h5 "exact$ranks.h5" 96
    done
    exits 0 "$MODSWEEP" run exact.yaml -o one_cell.h5 --set data.points=20 --set data.sources=3
    compare cells exact.h5 one_cell.h5 24
}

@test "more ranks than jobs" {
    few=(run varied.yaml --set replicates=1 --set network.hidden=4 --set train.learning_rate=1e-2
        --set data.points=8)
    exits 0 "$MODSWEEP" "${few[@]}" -o few.h5
    exits 0 mpi 4 "$MODSWEEP" "${few[@]}" -o few4.h5
    compare whole few.h5 few4.h5 3
}

@test "a run that was killed and resumed" {
    local tries=0
    local longer=(run varied.yaml --set train.steps=200000)
    for ((moment = 2; moment < 60; moment++)); do
        rm -f resumed.h5
        timeout -s KILL "$((moment / 20)).$(printf '%02d' $((moment % 20 * 5)))" \
            "$MODSWEEP" "${longer[@]}" -o resumed.h5 >/dev/null 2>&1 3>&- || true
        if [ -e resumed.h5 ] && (($(finished resumed.h5) > 0 && $(finished resumed.h5) < JOBS)); then
            tries=1
            break
        fi
    done
    [ "$tries" -eq 1 ]
    exits 1 "$MODSWEEP" "${longer[@]}" -o whole.h5
    exits 1 mpi 2 "$MODSWEEP" "${longer[@]}" -o resumed.h5
    compare whole whole.h5 resumed.h5 "$JOBS"
}

@test "ranks that read other data files end the run" {
    for folder in a b; do
        mkdir -p "$folder"
        printf '0,0\n1,1\n%d,0\n' "'$folder" >"$folder/points.csv" # the letter's number
        printf '%s\n' 'data: {kind: file, sources: points.csv}' 'train: {steps: 5}' \
            'network: {kind: linear_autoencoder}' >"$folder/own.yaml"
    done
    exits 2 mpirun --oversubscribe \
        -n 1 --wdir "$PWD/a" "$MODSWEEP" run own.yaml -o "$PWD/own.h5" : \
        -n 1 --wdir "$PWD/b" "$MODSWEEP" run own.yaml -o "$PWD/own.h5"
    says 'rank 1 reads other data files than rank 0'
}

@test "axes and cases in another order" {
    cat >turned.yaml <<'YAML'
save: [weights, activity, sources, history]
scores: [linear_cinfom, multiinformation, mixing_angle]
cases:
  - {train.weight_decay: 1, train.learning_rate: !grid [1000, 1e-3], data.points: !grid [16, 8],
     train.solver: adamw}
  - {data.points: !grid [32, 8]}
  - {train.steps: 200, data.sources: 3, data.points: 16}
loss: {weights: 1e-4, fit: 1, negativity: 1, activity: 1e-2}
train: {steps: 300, learning_rate: !grid [1e-2, 1e-3]}
network: {hidden: !grid [6, 4], kind: linear_autoencoder}
data: {sources: 2, kind: uniform}
replicates: 2
seed: 7
YAML
    exits 1 mpi 2 "$MODSWEEP" run turned.yaml -o turned.h5
    compare cells one.h5 turned.h5 "$JOBS"
}

@test "inside a larger grid" {
    exits 1 mpi 3 "$MODSWEEP" run varied.yaml -o larger.h5 --set replicates=5 \
        --set network.hidden='!grid [2, 6, 4, 5]'
    exits 0 "$MODSWEEP" status larger.h5
    says 'jobs      200'
    # Records are as wide as the widest network, which is the same in both.
    compare cells one.h5 larger.h5 "$JOBS"
}

@test "cells reused from an older file" {
    exits 1 mpi 2 "$MODSWEEP" run varied.yaml -o edited.h5 --reuse one.h5 --set replicates=3
    says '16 of 60 jobs'
    says "$JOBS were copied from older files"
    exits 1 "$MODSWEEP" run varied.yaml -o fresh.h5 --set replicates=3
    compare whole fresh.h5 edited.h5 60
    compare cells one.h5 edited.h5 "$JOBS"
    # Reused rows keep their seconds.
    exits 0 "$PYTHON" -c '
import h5py
old, new = h5py.File("one.h5"), h5py.File("edited.h5")
times = {bytes(h): s for h, s in zip(old["hash"][...], old["seconds"][...])}
taken = [times.get(bytes(h)) == s for h, s in zip(new["hash"][...], new["seconds"][...])]
assert sum(taken) == 40, sum(taken)'
}

# everywhere NAME JOBS: NAME.yaml gives the same on one, two and three ranks, and every job the same
# side by side with others as alone.
everywhere() {
    exits 0 "$MODSWEEP" run "$1.yaml" -o "$1.h5"
    for ranks in 2 3; do
        exits 0 mpi "$ranks" "$MODSWEEP" run "$1.yaml" -o "$1_$ranks.h5"
        compare whole "$1.h5" "$1_$ranks.h5" "$2"
    done
}

@test "autoencoders in batches, with adamw and sparsity" {
    cat >deep.yaml <<'YAML'
replicates: 3
data: {kind: uniform, points: !grid [20, 33], sources: 2}
network: {kind: mlp_autoencoder, hidden: !grid [[8, 5], []], latent: 4}
train: {steps: 60, batch: 7, solver: adamw, weight_decay: 0.1, learning_rate: !grid [1e-2, 3e-2]}
loss: {activity: 1e-2, negativity: 1, sparsity: 1e-2}
save: [weights, activity, history]
YAML
    everywhere deep 24
    exits 0 "$MODSWEEP" run deep.yaml -o one_job.h5 --set replicates=1 --set data.points=33 \
        --set network.hidden='[8, 5]' --set train.learning_rate=3e-2
    compare cells deep.h5 one_job.h5 1
}

@test "one-hot data sets of different size side by side, whole and in batches" {
    cat >pixels.yaml <<'YAML'
data: {kind: what_where}
network: {kind: feedforward, hidden: 9}
train: {steps: 40, batch: !grid [0, 16], learning_rate: 1e-2}
loss: {activity: 1e-2}
cases:
  - {data.change: dropout, data.amount: !grid [0, 3, 36]}
  - {data.change: diagonal, data.amount: !grid [1, 17]}
  - {data.change: correlate, data.amount: 4}
save: [weights, activity, history]
YAML
    everywhere pixels 12
    sed -e '/amount: 4/d' -e '/diagonal/d' -e 's/!grid \[0, 3, 36\]/36/' pixels.yaml >alone.yaml
    exits 0 "$MODSWEEP" run alone.yaml -o alone.h5
    compare cells pixels.h5 alone.h5 2
}

@test "lanes that stop early" {
    cat >early.yaml <<'YAML'
replicates: 4
data: {kind: uniform, points: !grid [12, 40], sources: 3}
network: {kind: mlp_autoencoder, hidden: 6, latent: 3}
train: {steps: 400, batch: !grid [0, 8], learning_rate: !grid [1e-2, 3e-2], stop_every: 20,
  stop_loss: 0.02, stop_gradient: 0.2}
loss: {activity: 1e-2, negativity: 1}
save: [weights, history]
YAML
    everywhere early 32
    exits 0 "$MODSWEEP" run early.yaml -o early_one.h5 --set replicates=1 --set data.points=12 \
        --set train.batch=8 --set train.learning_rate=1e-2
    compare cells early.h5 early_one.h5 1
    exits 0 "$PYTHON" -c '
import h5py
steps = set(h5py.File("early.h5")["steps"][...])
assert min(steps) < 400 and len(steps) > 4, steps'
}

# Sequences of one length, few of them and without batches.
write_waves() {
    cat >"$1" <<'YAML'
replicates: 3
data: {kind: oscillation, pair: !grid [irrational, harmonic], steps: 40,
  time_step: !zip:data [0.1, 0.05], separation: !zip:data [1, 2]}
network: {kind: linear_rnn, hidden: 6}
train: {steps: 150, learning_rate: !grid [1e-3, 1e-2], clip: norm}
loss: {activity: 1e-3, negativity: 1, weights: 1e-4}
scores: [frequency_index]
save: [weights, activity, sources, history]
YAML
}

@test "recurrent networks on oscillations" {
    write_waves waves.yaml
    everywhere waves 24
    exits 0 "$MODSWEEP" run waves.yaml -o wave.h5 --set replicates=1 --set data.pair=harmonic \
        --set data.time_step=0.05 --set data.separation=2 --set train.learning_rate=1e-2
    compare cells waves.h5 wave.h5 1
    exits 0 mpi 2 "$MODSWEEP" run waves.yaml -o waves_more.h5 --set replicates=5 \
        --set train.learning_rate='!grid [1e-2, 2e-2, 1e-3]' --set network.hidden='!grid [6, 3]'
    compare cells waves.h5 waves_more.h5 24
}

# Data sets of few and of more sequences side by side, in batches of which tiles are several, the last
# one shorter; and networks of which each is trained alone.
write_taught() {
    cat >"$1" <<'YAML'
replicates: 2
data: {kind: teacher, steps: 5, chunk: 8}
network: {kind: relu_rnn, hidden: 16}
train: {steps: 60, learning_rate: !grid [1e-3, 1e-2], solver: adamw, weight_decay: 0.1}
loss: {activity: 1e-3, sparsity: 1e-3}
cases:
  - {data.sequences: !grid [3, 4, 9, 30], train.batch: !grid [0, 2]}
  - {data.sequences: !grid [30, 61], train.batch: 20, train.stop_every: 20, train.stop_loss: 0.01,
     train.stop_gradient: 0.5}
  - {data.sequences: !grid [70, 100], train.batch: !grid [0, 64], network.hidden: 32}
scores: [linear_infom]
save: [weights, activity, sources, history]
YAML
}

@test "recurrent networks on sequences of a teacher, in batches, side by side and wide" {
    write_taught taught.yaml
    everywhere taught 56
    # One job of each shape, so that each is alone. Records are as wide as in the whole sweep.
    sed -e 's/\[3, 4, 9, 30\]/[3]/' -e 's/\[0, 2\]/[2]/' -e 's/\[30, 61\]/[30]/' -e 's/\[70, 100\]/[100]/' \
        -e 's/\[0, 64\]/[64]/' taught.yaml >taught_once.yaml
    exits 0 "$MODSWEEP" run taught_once.yaml -o taught_once.h5 --set replicates=1 --set train.learning_rate=1e-2
    compare cells taught.h5 taught_once.h5 3
}

# cut_short FILE.yaml OUT.h5 STEPS JOBS: runs it and kills it, later each time, until the file has
# some of its jobs.
cut_short() {
    for ((moment = 2; moment < 80; moment++)); do
        rm -f "$2"
        timeout -s KILL "$((moment / 20)).$(printf '%02d' $((moment % 20 * 5)))" \
            "$MODSWEEP" run "$1" -o "$2" --set "train.steps=$3" >/dev/null 2>&1 3>&- || true
        if [ -e "$2" ] && (($(finished "$2") > 0 && $(finished "$2") < $4)); then
            return 0
        fi
    done
    return 1
}

@test "recurrent networks that were killed and resumed" {
    write_waves waves.yaml
    cut_short waves.yaml waves_cut.h5 40000 24
    exits 0 "$MODSWEEP" run waves.yaml -o waves_whole.h5 --set train.steps=40000
    exits 0 mpi 2 "$MODSWEEP" run waves.yaml -o waves_cut.h5 --set train.steps=40000
    compare whole waves_whole.h5 waves_cut.h5 24
    write_taught taught.yaml
    cut_short taught.yaml taught_cut.h5 300 56
    exits 0 "$MODSWEEP" run taught.yaml -o taught_whole.h5 --set train.steps=300
    exits 0 mpi 3 "$MODSWEEP" run taught.yaml -o taught_cut.h5 --set train.steps=300
    compare whole taught_whole.h5 taught_cut.h5 56
}
