#!/usr/bin/env bats
# What `modsweep plan` predicts about memory. Axes and jobs are in test_run.bats.

load ../lib

setup() {
    cd "$BATS_TEST_TMPDIR" || return
    cat >sweep.yaml <<'YAML'
data: {kind: teacher, sequences: 100, steps: 8, chunk: 20}
network: {kind: relu_rnn, hidden: 8}
train: {steps: 10}
replicates: 16
YAML
}

# bytes ARGUMENT...: rank_bytes of a plan with these arguments.
bytes() {
    "$MODSWEEP" plan sweep.yaml --json "$@" |
        "$PYTHON" -c 'import json, sys; print(int(json.load(sys.stdin)["rank_bytes"]))'
}

@test "memory of a rank, as text and as JSON" {
    exits 0 "$MODSWEEP" plan sweep.yaml
    says "memory    about"
    local text
    text=$(sed -n 's/^memory *about \([0-9.]*\) \([kMG]*B\) a rank.*/\1 \2/p' <<<"$output")
    exits 0 "$PYTHON" -c '
import sys
(number, unit), exact = sys.argv[1].split(), float(sys.argv[2])
size = float(number) * {"kB": 1e3, "MB": 1e6, "GB": 1e9}[unit]
assert abs(size / exact - 1) < 5e-3, (size, exact)' "$text" "$(bytes)"
}

@test "memory is that of the largest job" {
    local small large
    small=$(bytes)
    large=$(bytes --set network.hidden=30)
    [ "$large" -gt "$small" ]
    [ "$(bytes --set network.hidden='!grid [8, 30, 2]')" -eq "$large" ]
    [ "$(bytes --set replicates=1000 --set seed=3)" -eq "$small" ]
    [ "$(bytes --set train.steps=100000)" -eq "$small" ]
}

@test "memory grows with sequences and their steps, and batches need less" {
    local one
    one=$(bytes --set data.sequences=10000)
    [ "$(bytes --set data.sequences=20000)" -gt "$((one * 19 / 10))" ]
    [ "$(bytes --set data.sequences=20000)" -lt "$((one * 21 / 10))" ]
    [ "$(bytes --set data.sequences=10000 --set data.steps=16)" -gt "$((one * 19 / 10))" ]
    [ "$(bytes --set data.sequences=10000 --set data.steps=16)" -lt "$((one * 21 / 10))" ]
    [ "$(bytes --set data.sequences=10000 --set train.batch=16)" -lt "$one" ]
    # At least the states in double precision, of sixteen networks side by side.
    [ "$one" -gt "$((16 * 10000 * 8 * 8 * 8))" ]
    [ "$one" -lt "$((4 * 16 * 10000 * 8 * 8 * 8))" ]
}

@test "a job alone needs less than sixteen side by side" {
    local many few
    many=$(bytes --set data.sequences=10000)
    few=$(bytes --set data.sequences=10000 --set replicates=1)
    [ "$few" -lt "$((many * 3 / 4))" ]
    [ "$few" -gt "$((10000 * 8 * 8 * 8))" ]
}

@test "a simulated run, as text and as JSON" {
    printf 'network: {kind: dummy, seconds: !grid [1, 2]}\nreplicates: 30\n' >dummy.yaml
    exits 0 "$MODSWEEP" plan dummy.yaml --simulate 1,10
    says 'idlest rank'
    says '60 to 60'
    exits 0 "$MODSWEEP" plan dummy.yaml --simulate 1,10 --json
    exits 0 "$PYTHON" -c '
import json, sys
one, ten = json.loads(sys.argv[1])["simulations"]
assert (one["ranks"], one["bundles"], one["answers"]) == (1, 60, 0), one
assert abs(one["seconds"] - 90) < 0.01 and one["utilisation"] > 0.999, one
assert ten["ranks"] == 10 and 9 <= ten["seconds"] < 9.1, ten
assert ten["bundles_fewest"] == ten["bundles_most"] == 6, ten' "$output"
}

@test "a simulated run of networks takes the time of the plan" {
    exits 0 "$MODSWEEP" plan sweep.yaml --simulate 1 --ranks 1 --json
    exits 0 "$PYTHON" -c '
import json, sys
plan = json.loads(sys.argv[1])
assert 0.9 < plan["simulations"][0]["seconds"] / plan["seconds"] <= 1.001, plan' "$output"
}

@test "numbers of ranks that cannot be" {
    exits 2 "$MODSWEEP" plan sweep.yaml --simulate 10,0
    says '--simulate: 0 is out of range; expected from 1 to 1000000'
    exits 2 "$MODSWEEP" plan sweep.yaml --simulate many
    exits 2 "$MODSWEEP" plan sweep.yaml --ranks 0
    says '--ranks: 0 is out of range; expected from 1 to'
}

@test "a case without a key that others must have" {
    cat >exact.yaml <<'YAML'
data: {kind: uniform, points: 8, sources: 2}
network: {kind: linear_autoencoder, hidden: 4}
loss: {activity: 1e-2, negativity: 1, weights: 1e-3}
cases:
  - {train.steps: 3}
  - {train.solver: exact}
YAML
    exits 0 "$MODSWEEP" plan exact.yaml
    says 'jobs      2'
    exits 0 "$MODSWEEP" run exact.yaml
    exits 0 "$MODSWEEP" table exact.h5 --score steps --csv
    says '3'
}

@test "a results file that a run could not create is told" {
    exits 3 "$MODSWEEP" plan sweep.yaml -o nowhere/r.h5
    says 'cannot create nowhere/r.h5: its folder does not exist'
    exits 2 "$MODSWEEP" plan sweep.yaml -o ''
    exits 0 "$MODSWEEP" plan sweep.yaml -o r.h5
    [ ! -e nowhere ] && [ ! -e r.h5 ]
}
