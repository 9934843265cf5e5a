#!/usr/bin/env bats
# A run takes as long as `plan --simulate` predicts. The jobs sleep, so they need no cores.

load ../lib

setup() {
    cd "$BATS_TEST_TMPDIR" || return
    cat >tenfold.yaml <<'YAML'
network: {kind: dummy, seconds: !logspace [0.02, 0.2, 32]}
replicates: 10
YAML
}

@test "a run takes as long as simulated" {
    "$MODSWEEP" plan tenfold.yaml --simulate 12 --json >plan.json
    mpi 12 "$MODSWEEP" run tenfold.yaml --progress none
    exits 0 "$PYTHON" -c '
import json, h5py
simulated = json.load(open("plan.json"))["simulations"][0]
with h5py.File("tenfold.h5") as file:
    took = (int(file["run_ended"][0]) - int(file["run_started"][0])) / 1000
    busy = float(file["seconds"][:].sum())
assert simulated["ranks"] == 12 and simulated["bundles"] == 320, simulated
assert abs(simulated["busy_seconds"] / busy - 1) < 0.1, (simulated, busy)
assert simulated["seconds_at_least"] <= simulated["seconds"], simulated
# Late wake-ups and opening the file come on top.
assert 0.97 < took / simulated["seconds"] < 2, (simulated, took)'
}
