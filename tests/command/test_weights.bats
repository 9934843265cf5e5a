#!/usr/bin/env bats
# Weights saved are those of the network: run forward elsewhere, they give its activity and its fit.

load ../lib

# forward FILE.h5 KIND JOBS
forward() {
    exits 0 "$PYTHON" "$ROOT/tests/command/forward.py" "$1" "$2"
    [ "$output" = "$3" ]
}

@test "networks of every depth in one file" {
    cd "$BATS_TEST_TMPDIR"
    cat >depths.yaml <<'YAML'
data: {kind: uniform, points: !grid [9, 12], sources: 3}
train: {steps: 20, learning_rate: 1e-2}
loss: {activity: 1e-2, negativity: 1}
cases:
  - {network.kind: linear_autoencoder, network.hidden: !grid [9, 2]}
  - {network.kind: mlp_autoencoder, network.hidden: !grid [[16, 8], [5], []], network.latent: 4}
  - {network.kind: feedforward, network.hidden: !grid [[7], [3, 20, 4]]}
save: [weights, activity, sources]
YAML
    exits 0 "$MODSWEEP" run depths.yaml -o depths.h5
    forward depths.h5 linear_autoencoder 4
    forward depths.h5 mlp_autoencoder 6
    forward depths.h5 feedforward 4
    exits 0 "$PYTHON" -c '
import xarray
file = xarray.open_dataset("depths.h5", engine="netcdf4")
assert file["activity"].dims == ("job", "sample", "latent"), file["activity"].dims
assert file.sizes["latent"] == 16, file.sizes'
}

@test "one-hot inputs, some of them absent, in batches" {
    cd "$BATS_TEST_TMPDIR"
    cat >pixels.yaml <<'YAML'
data: {kind: what_where}
network: {kind: feedforward, hidden: !grid [[25], [10, 6]]}
train: {steps: 30, learning_rate: 1e-2, batch: !grid [0, 20]}
loss: {activity: 1e-2}
cases:
  - {data.change: dropout, data.amount: !grid [0, 36]}
  - {data.change: correlate, data.amount: 5}
save: [weights, activity, sources]
YAML
    exits 0 "$MODSWEEP" run pixels.yaml -o pixels.h5
    forward pixels.h5 feedforward 12
}
