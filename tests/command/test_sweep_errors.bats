#!/usr/bin/env bats
# A sweep that cannot work is refused with its place and exit status 2, before anything runs.

load ../lib

GOOD='data: {kind: uniform, points: 8, sources: 2}
network: {kind: linear_autoencoder, hidden: 4}
train: {steps: 10}'

# refused TEXT MESSAGE: as a file sweep.yaml, the text is refused with the message.
refused() {
    cd "$BATS_TEST_TMPDIR" || return
    printf '%s\n' "$1" >sweep.yaml
    exits 2 "$MODSWEEP" plan sweep.yaml
    says "$2"
    exits 2 "$MODSWEEP" run sweep.yaml -o out.h5
    says "$2"
    [ ! -e out.h5 ]
}

@test "the sweep that the others spoil is fine" {
    printf '%s\n' "$GOOD" >"$BATS_TEST_TMPDIR/sweep.yaml"
    exits 0 "$MODSWEEP" plan "$BATS_TEST_TMPDIR/sweep.yaml"
}

@test "no file, a folder, an empty and a binary file" {
    exits 2 "$MODSWEEP" plan "$BATS_TEST_TMPDIR/none.yaml"
    says "none.yaml': No such file or directory"
    exits 2 "$MODSWEEP" plan "$BATS_TEST_TMPDIR"
    says "is a folder, expected a file"
    : >"$BATS_TEST_TMPDIR/empty.yaml"
    exits 2 "$MODSWEEP" plan "$BATS_TEST_TMPDIR/empty.yaml"
    says "empty.yaml: empty; expected YAML"
    head -c 1000 /dev/zero >"$BATS_TEST_TMPDIR/zero.yaml"
    exits 2 "$MODSWEEP" plan "$BATS_TEST_TMPDIR/zero.yaml"
    says "is a binary file"
    exits 2 "$MODSWEEP" plan "$MODSWEEP"
    says "is a binary file"
}

@test "an unreadable file" {
    [ "$(id -u)" -ne 0 ] || skip "root reads everything"
    touch "$BATS_TEST_TMPDIR/closed.yaml"
    chmod 000 "$BATS_TEST_TMPDIR/closed.yaml"
    exits 2 "$MODSWEEP" plan "$BATS_TEST_TMPDIR/closed.yaml"
    says "Permission denied"
}

@test "not YAML, not a mapping, not UTF-8" {
    refused 'a: b: c' "sweep.yaml:1:5: not valid YAML: mapping values are not allowed"
    refused '- 1' "sweep.yaml:1:1: expected a mapping of keys to values"
    refused $'seed: 1\nname: \xff' "sweep.yaml:2:7: not UTF-8 text"
}

@test "unknown and duplicate keys" {
    refused "$GOOD"$'\nsed: 1' "sweep.yaml:4:1: unknown key 'sed'; did you mean 'seed'?"
    refused "$GOOD"$'\ndata.ponts: 1' "sweep.yaml:4:1: unknown key 'data.ponts'; did you mean 'data.points'?"
    refused "$GOOD"$'\ndata.points: 1' "sweep.yaml:4:1: duplicate key 'data.points', already at line 1"
}

@test "wrong types and values out of range" {
    refused "$GOOD"$'\ntrain.learning_rate: fast' "sweep.yaml:4:22: train.learning_rate: expected a number, got 'fast'"
    refused "$GOOD"$'\ntrain.learning_rate: -1' "sweep.yaml:4:22: train.learning_rate: -1 is out of range"
    refused "$GOOD"$'\ntrain.learning_rate: .nan' "expected a finite number, got '.nan'"
    refused "$GOOD"$'\ntrain.learning_rate: 1e400' "1e400 is too large for double precision"
    refused "$GOOD"$'\nseed: 9223372036854775808' "does not fit in 64 bits"
}

@test "axes without values, of unequal lengths, with a value twice" {
    refused "$GOOD"$'\ntrain.learning_rate: !grid []' "sweep.yaml:4:22: train.learning_rate: an axis without values"
    refused "$GOOD"$'\ntrain.learning_rate: !zip:a [1, 2]\nloss.fit: !zip:a [1]' \
        "sweep.yaml:5:11: loss.fit: !zip:a has 1 values here but 2 for train.learning_rate (line 4)"
    refused "$GOOD"$'\ntrain.learning_rate: !grid [0.01, 1e-2]' "sweep.yaml:4:35: train.learning_rate: 0.01 is twice"
}

@test "more jobs than 64 bits can number" {
    refused "$GOOD"$'\nreplicates: 1000000000\nloss.fit: !range [1, 1000001]\nloss.activity: !range [1000001]' \
        "more jobs than 64 bits can number"
}

@test "a data file that is missing, and targets for an autoencoder" {
    refused 'data: {kind: file, sources: none.csv}
network: {kind: linear_autoencoder, hidden: 4}
train: {steps: 10}' "sweep.yaml:1:29: data.sources: cannot open 'none.csv'"
    printf '1,2\n3,4\n5,7\n' >"$BATS_TEST_TMPDIR/points.csv"
    refused 'data: {kind: file, sources: points.csv, targets: points.csv}
network: {kind: linear_autoencoder, hidden: 4}
train: {steps: 10}' "sweep.yaml:1:50: data.targets: network 'linear_autoencoder' reproduces its input"
}

@test "inputs, sequences and weights of files that do not fit" {
    printf '1,2\n3,4\n5,7\n' >"$BATS_TEST_TMPDIR/points.csv"
    printf '1\n1\n0\n' >"$BATS_TEST_TMPDIR/weights.csv"
    refused 'data: {kind: file, sources: points.csv, inputs: points.csv}
network: {kind: linear_autoencoder, hidden: 4}
train: {steps: 10}' "sweep.yaml:1:49: data.inputs: network 'linear_autoencoder' reproduces its input, which the targets of 'file' are not; expected a network such as feedforward"
    refused 'data: {kind: file, sources: points.csv, steps: 2}
network: {kind: dummy}' "sweep.yaml:1:29: data.sources: points.csv has 3 rows: expected sequences of 2 steps"
    refused 'data: {kind: file, sources: points.csv, steps: 3, weights: weights.csv}
network: {kind: dummy}' "sweep.yaml:1:60: data.weights: weights.csv: samples 1 and 3 are of one sequence"
}

OSCILLATION='data: {kind: oscillation}
network: {kind: feedforward}
train: {steps: 10}'

@test "frequencies that are not there, not two, too high, equal or not above 0" {
    refused "$OSCILLATION" "sweep.yaml:1:14: data.pair: none: expected irrational, rational or harmonic, or two frequencies"
    refused "$OSCILLATION"$'\ndata.pair: rational\ndata.frequencies: [1, 2]' \
        "sweep.yaml:5:19: data.frequencies: pair rational draws its own"
    refused "$OSCILLATION"$'\ndata.frequencies: !grid [[1, 2], 3]' \
        "sweep.yaml:4:34: data.frequencies: expected two frequencies, got 1"
    refused "$OSCILLATION"$'\ndata.frequencies: [3, 31.5]' \
        "sweep.yaml:4:19: data.frequencies: 31.5 radians per unit of time is too fast for steps of 0.1: expected less than 31.4159"
    refused "$OSCILLATION"$'\ndata.frequencies: [3, 3.0]' "sweep.yaml:4:19: data.frequencies: 3 twice"
    refused "$OSCILLATION"$'\ndata.frequencies: [3, 0]' "sweep.yaml:4:23: data.frequencies: 0 is out of range; expected above 0"
    refused "$OSCILLATION"$'\ndata.pair: harmonic\ndata.time_step: 0.2' \
        "sweep.yaml:5:17: data.time_step: 0.2 is too long for pair harmonic, of up to 19 radians per unit of time: expected less than 0.165347"
    refused "$OSCILLATION"$'\ndata.pair: harmonic\ndata.separation: 9' "sweep.yaml:5:18: data.separation: 9 is out of range"
}

@test "targets that an autoencoder does not take" {
    refused 'data: {kind: teacher}
network: {kind: linear_autoencoder, hidden: 4}
train: {steps: 10}' "sweep.yaml:1:14: data.kind: network 'linear_autoencoder' reproduces its input, which the targets of 'teacher' are not"
}

@test "a teacher that cannot be" {
    local teacher='data: {kind: teacher, change: corner_cut_both, amount: 1}
network: {kind: feedforward}
train: {steps: 10}'
    refused "$teacher" "sweep.yaml:1:56: data.amount: amount 1 with change corner_cut_both: expected at most 0.99"
    refused "${teacher/amount: 1/scale: 2}" "sweep.yaml:1:55: data.scale: 2 makes hidden states of up to 1, and those of tanh units stay below 1: expected less than 2"
    refused "${teacher/amount: 1/band: 1}" "sweep.yaml:1:54: data.band: 1 is out of range"
    refused "${teacher/amount: 1/amount: 1.5}" "sweep.yaml:1:56: data.amount: 1.5 is out of range"
}

RECURRENT='data: {kind: teacher, sequences: 8, chunk: 4}
network: {kind: relu_rnn, hidden: 4}
train: {steps: 10}'

@test "recurrent networks on single samples, and autoencoders on sequences" {
    printf '1,2\n3,4\n5,7\n' >"$BATS_TEST_TMPDIR/points.csv"
    for network in linear_rnn relu_rnn; do
        local rest=$'\n'"network: {kind: $network}"$'\ntrain: {steps: 10}'
        refused "data: {kind: uniform, points: 8}$rest" \
            "sweep.yaml:1:14: data.kind: network '$network' takes sequences, and 'uniform' has single samples; expected data such as oscillation"
        refused "data: {kind: file, sources: points.csv}$rest" \
            "data.steps: network '$network' takes sequences, and 'file' has single samples; expected the steps of a sequence"
        refused "data: {kind: what_where}$rest" \
            "sweep.yaml:1:14: data.kind: network '$network' takes no one-hot inputs"
    done
    for network in linear_autoencoder mlp_autoencoder; do
        refused "data: {kind: oscillation, pair: rational}
network: {kind: !grid [linear_rnn, $network]}
train: {steps: 10}" "sweep.yaml:1:14: data.kind: network '$network' reproduces its input, which the targets of 'oscillation' are not"
    done
}

@test "a batch of more sequences than there are" {
    refused "$RECURRENT"$'\ntrain.batch: !grid [8, 9]' \
        "sweep.yaml:4:24: train.batch: a batch of 9 sequences, and the data set has 8: expected no more, or 0 for all of them"
    refused 'data: {kind: oscillation, pair: rational}
network: {kind: linear_rnn}
train: {steps: 10, batch: 2}' "sweep.yaml:3:27: train.batch: a batch of 2 sequences, and the data set has 1"
}

@test "gradients clipped at nothing or less" {
    for at in 0 -1; do
        refused "$RECURRENT"$'\ntrain.clip: norm\ntrain.clip_at: '"$at" \
            "sweep.yaml:5:16: train.clip_at: $at is out of range; expected above 0"
    done
}

@test "settings of a recurrent network that are out of range" {
    refused "$RECURRENT"$'\nnetwork.gain: -1' "sweep.yaml:4:15: network.gain: -1 is out of range; expected from 0 to 100"
    refused "${RECURRENT/hidden: 4/hidden: 0}" "sweep.yaml:2:35: network.hidden: 0 is out of range; expected from 1 to 16384 units"
    refused "$RECURRENT"$'\nloss.weights: [1, 2]' \
        "sweep.yaml:4:15: loss.weights: 2 coefficients; expected one, or one for each of the 3 weight matrices of 'relu_rnn'"
    refused "$RECURRENT"$'\ntrain.solver: exact' \
        "sweep.yaml:4:15: train.solver: solver 'exact' knows no optimum of network 'relu_rnn'"
}

@test "sequences that no machine holds" {
    refused "$RECURRENT"$'\ndata.steps: 100000000' "sweep.yaml:4:13: data.steps: 100000000 is out of range; expected from 1 to 65536"
    refused "${RECURRENT/sequences: 8/sequences: 1000000}"$'\ndata.steps: 100' \
        "sweep.yaml:1:34: data.sequences: 1000000 sequences of 100 steps: expected at most 2^24 steps altogether"
    refused 'data: {kind: oscillation, pair: rational, steps: 100000000}
network: {kind: linear_rnn}
train: {steps: 10}' "sweep.yaml:1:50: data.steps: 100000000 is out of range; expected from 2 to 1048576"
    # Within the range, but 2^20 states of 16384 units in double precision are 137 GB alone.
    [ "$(getconf _PHYS_PAGES)" -lt 33554432 ] || skip "this machine has 137 GB"
    refused 'data: {kind: oscillation, pair: rational, steps: !grid [20, 1048576]}
network: {kind: linear_rnn, hidden: 16384}
train: {steps: 10}' "sweep.yaml:1:61: data.steps: network 'linear_rnn' with 268533762 weights on 1048576 samples in sequences of 1048576"
    says "GB a rank, and this machine has"
    refused 'data: {kind: teacher, sequences: 40000, steps: 400}
network: {kind: relu_rnn, hidden: 16384}
train: {steps: 10, batch: 10}' "sweep.yaml:1:48: data.steps: network 'relu_rnn' with"
    says "on 16000000 samples in sequences of 400, 4000 of them at a time"
}

@test "an amount that its change does not know, and one-hot inputs for an autoencoder" {
    refused 'data: {kind: what_where, change: dropout, amount: 4}
network: {kind: dummy}' "sweep.yaml:1:51: data.amount: amount 4 with change dropout: expected a triangle of 0, 1, 3"
    refused 'data: {kind: what_where, change: !grid [dropout, diagonal], amount: 3}
network: {kind: linear_autoencoder, hidden: 4}
train: {steps: 10}' "sweep.yaml:1:14: data.kind: network 'linear_autoencoder' takes no one-hot inputs"
}

DEEP='data: {kind: uniform, points: 8, sources: 2}
network: {kind: mlp_autoencoder}
train: {steps: 10}'

PIXELS='data: {kind: what_where}
network: {kind: feedforward}
train: {steps: 10}'

# layers COUNT WIDTH: a list of so many layers.
layers() {
    printf '[%s%s]' "$2" "$(printf ", $2%.0s" $(seq 2 "$1"))"
}

@test "layers and latents of no width, or too wide" {
    refused "$DEEP"$'\nnetwork.hidden: [16, 0]' "sweep.yaml:4:22: network.hidden: 0 is out of range"
    refused "$DEEP"$'\nnetwork.latent: 0' "sweep.yaml:4:17: network.latent: 0 is out of range"
    refused "$DEEP"$'\nnetwork.latent: 65537' "sweep.yaml:4:17: network.latent: 65537 is out of range"
    refused "$DEEP"$'\nnetwork.hidden: !grid [[16], [65537]]' \
        "sweep.yaml:4:31: network.hidden: 65537 is out of range"
}

@test "too many layers, or none" {
    refused "$DEEP"$'\n'"network.hidden: $(layers 16 1)" \
        "sweep.yaml:4:17: network.hidden: 16 layers in encoder and decoder each: expected at most 15"
    refused "$PIXELS"$'\n'"network.hidden: !grid [4, $(layers 32 1)]" \
        "sweep.yaml:4:27: network.hidden: 32 hidden layers: expected 1 to 31"
    refused "$PIXELS"$'\nnetwork.hidden: []' "sweep.yaml:4:17: network.hidden: 0 hidden layers: expected 1 to 31"
}

@test "networks that no machine could hold" {
    local wide
    wide=$(layers 15 65536)
    refused "$DEEP"$'\n'"network.hidden: $wide" "sweep.yaml:4:17: network.hidden: network 'mlp_autoencoder' with"
    refused "$DEEP"$'\n'"network.hidden: !grid [4, $wide]" "sweep.yaml:4:27: network.hidden: network 'mlp"
    refused "$DEEP"$'\n'"network.hidden: $wide"$'\nnetwork.latent: 65536' \
        "sweep.yaml:5:17: network.latent: network 'mlp_autoencoder' with"
}

@test "batches larger than the data, and the best of batches" {
    refused "$DEEP"$'\ntrain.batch: 9' "sweep.yaml:4:14: train.batch: a batch of 9 samples, and the data set has 8"
    refused "$DEEP"$'\ntrain.batch: !grid [8, 9]' "sweep.yaml:4:24: train.batch: a batch of 9 samples"
    refused "$DEEP"$'\ntrain.batch: 8\ncases: [{data.points: 8}, {data.points: 7}]' \
        "sweep.yaml:4:14: train.batch: a batch of 8 samples, and the data set has 7"
    refused "$PIXELS"$'\ntrain.batch: 82' "sweep.yaml:4:14: train.batch: a batch of 82 samples, and the data set has 81"
    refused "$PIXELS"$'\ndata.change: dropout\ndata.amount: !grid [0, 36]\ntrain.batch: 46' \
        "sweep.yaml:6:14: train.batch: a batch of 46 samples, and the data set has 45"
    refused "$DEEP"$'\ntrain.batch: !grid [0, 4]\ntrain.keep: best' "sweep.yaml:5:13: train.keep: the loss of a single batch"
}

@test "more combinations left out than there are" {
    refused "$PIXELS"$'\ndata.change: dropout\ndata.amount: 45' "sweep.yaml:5:14: data.amount: amount 45 with change dropout"
    refused "$PIXELS"$'\ndata.change: diagonal\ndata.amount: !grid [17, 19]' \
        "sweep.yaml:5:25: data.amount: amount 19 with change diagonal"
}

@test "a deep autoencoder on one-hot inputs" {
    refused $'data: {kind: what_where}\nnetwork: {kind: mlp_autoencoder}\ntrain: {steps: 10}' \
        "sweep.yaml:1:14: data.kind: network 'mlp_autoencoder' takes no one-hot inputs"
}

@test "an optimum that is not known" {
    local loss='loss: {activity: 1e-2, weights: 1e-2, sparsity:'
    refused "$DEEP"$'\ntrain.solver: !grid [adam, exact]' \
        "sweep.yaml:4:28: train.solver: solver 'exact' knows no optimum of network 'mlp_autoencoder'"
    refused "$GOOD"$'\ntrain.solver: exact\n'"$loss 1e-3}" \
        "sweep.yaml:5:49: loss.sparsity: solver 'exact' knows no optimum with sparsity"
    refused "$GOOD"$'\n'"$loss !grid [0, 1e-3]}"$'\nscores: [linear_cinfom, excess]' \
        "sweep.yaml:5:25: scores: 'excess' is only known for a loss without sparsity"
    refused "$GOOD"$'\nloss: {weights: 0.1}\ntrain.solver: exact\ntrain.batch: 4' \
        "train.batch: solver 'exact' takes no steps; expected 0"
}

@test "a price on some of the matrices of a deep network" {
    refused "$DEEP"$'\nloss.weights: [1, 2]' \
        "sweep.yaml:4:15: loss.weights: 2 coefficients; expected one, or one for each of the 6 weight matrices"
    refused "$DEEP"$'\nloss.weights: [1, 2, 3, 4]\nnetwork.hidden: !grid [4, [5, 6]]' \
        "sweep.yaml:4:15: loss.weights: 4 coefficients; expected one, or one for each of the 6 weight matrices"
}

@test "a score that has nothing to score" {
    refused $'network: {kind: dummy}\nscores: [linear_cinfom]' "sweep.yaml:2:10: scores: 'linear_cinfom' needs"
    refused "$GOOD"$'\nscores: [linear_cinfm]' "unknown 'linear_cinfm'; did you mean 'linear_cinfom'?"
}

@test "a score that compares sources on a single one" {
    refused $'data: {kind: grid, sources: 1, values: 5}\nnetwork: {kind: feedforward, hidden: 4}\ntrain: {steps: 10}\nscores: [linear_infoc, linear_infom]' \
        "sweep.yaml:4:24: scores: 'linear_infom' compares sources; 'grid' has one"
}

@test "a file among several that does not fit" {
    cd "$BATS_TEST_TMPDIR"
    printf '1,2\n3,4\n5,6\n' >points.csv
    printf '1\n-1\n1\n' >weights.csv
    printf '1\n2\n' >targets.csv
    local network=$'\nnetwork: {kind: feedforward, hidden: 4}\ntrain: {steps: 10}'
    refused "data: {kind: file, sources: points.csv, weights: weights.csv}$network" \
        "sweep.yaml:1:50: data.weights: weights.csv: the weight of sample 2 is -1"
    refused "data: {kind: file, sources: points.csv, targets: targets.csv}$network" \
        "sweep.yaml:1:50: data.targets: points.csv has 3 rows but targets.csv has 2"
}

@test "a score of labels on sources that are none" {
    refused "$GOOD"$'\nscores: [linear_cinfom, cinfom]' \
        "sweep.yaml:4:25: scores: 'cinfom' counts labels; the sources of 'uniform' are continuous; use 'linear_cinfom'"
    printf '1,2\n1,4\n5,2\n' >"$BATS_TEST_TMPDIR/points.csv"
    local file="data: {kind: file, sources: points.csv}
network: {kind: linear_autoencoder, hidden: 4}
train: {steps: 10}
scores: [infoe]"
    refused "$file" "scores: 'infoe' counts labels; the sources of 'file' are continuous unless data.sources_as is labels"
    exits 0 "$MODSWEEP" plan "$BATS_TEST_TMPDIR/sweep.yaml" --set data.sources_as=labels
    printf '1,2\n1,4\n5,7\n' >"$BATS_TEST_TMPDIR/points.csv"
    refused "$file"$'\ndata.sources_as: labels' "data.sources: points.csv: column 2 has no value twice"
    refused 'data: {kind: grid, sources: 3, values: 3}
network: {kind: linear_autoencoder, hidden: 4}
train: {steps: 10}
scores: [variance_index]' "sweep.yaml:4:10: scores: 'variance_index' needs 2 sources; 'grid' has 3"
}

@test "a score of frequencies on sources that have none" {
    refused "$GOOD"$'\nscores: [linear_cinfom, frequency_index]' \
        "sweep.yaml:4:25: scores: 'frequency_index' needs sources of known frequencies, and 'uniform' has none; expected data such as oscillation"
}

@test "how scores are computed" {
    refused "$GOOD"$'\nscoring: {neighbors: 2}' \
        "sweep.yaml:4:11: unknown key 'scoring.neighbors'; did you mean 'scoring.neighbours'?"
    refused "$GOOD"$'\nscoring: {neighbours: 0}' "sweep.yaml:4:23: scoring.neighbours: 0 is out of range; expected from 1 to"
    refused "$GOOD"$'\nscoring: {noise: -1}' "sweep.yaml:4:18: scoring.noise: -1 is out of range; expected from 0 to"
}

@test "--set that cannot work names itself" {
    printf '%s\n' "$GOOD" >"$BATS_TEST_TMPDIR/sweep.yaml"
    exits 2 "$MODSWEEP" plan "$BATS_TEST_TMPDIR/sweep.yaml" --set train.stps=3
    says "--set train.stps=3: unknown key 'train.stps'; did you mean 'train.steps'?"
    exits 2 "$MODSWEEP" plan "$BATS_TEST_TMPDIR/sweep.yaml" --set train.steps
    says "--set train.steps: expected KEY=VALUE"
}

@test "the sweeps in the repository are good" {
    for sweep in "$ROOT"/sweeps/*.yaml; do
        exits 0 "$MODSWEEP" plan "$sweep"
    done
}
