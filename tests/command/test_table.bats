#!/usr/bin/env bats
# `modsweep table`, on the file of tests/aggregate/test_table.c: losses are the jobs' numbers, and six of
# twelve jobs are done.

load ../lib

setup() {
    cd "$BATS_TEST_TMPDIR" || return
    "$(dirname "$MODSWEEP")/tests/aggregate/test_table" results.h5
}

@test "shows a line per cell" {
    exits 0 "$MODSWEEP" table results.h5
    [ "${lines[0]}" = 'train.learning_rate [1/step]  network.hidden  data.change           loss  n' ]
    [ "${lines[1]}" = '                           1               3  corner       0.500 ± 0.707  2' ]
    [ "${lines[2]}" = '                         0.5               4  grün         2.000 ±     –  1  1 missing' ]
    [ "${lines[5]}" = '                      0.0625               7  corner                   –  0  1 missing, 1 quarantined' ]
    says '6 of 12 jobs done; not in the means: 4 missing, 1 diverged, 1 quarantined'
}

@test "groups by chosen axes and averages chosen scores" {
    exits 0 "$MODSWEEP" table results.h5 --by data.change --score loss,steps
    [ "${lines[0]}" = 'data.change           loss        steps  n' ]
    [ "${lines[1]}" = 'corner       2.500 ± 2.380  102.5 ± 2.4  4  1 missing, 1 quarantined' ]
    [ "${lines[2]}" = 'grün         4.000 ± 2.828  104.0 ± 2.8  2  3 missing, 1 diverged' ]
}

@test "an empty list of axes makes one group of all jobs" {
    exits 0 "$MODSWEEP" table results.h5 --by '' --score loss,steps,loss
    [ "${lines[0]}" = '         loss        steps  n' ]
    [ "${lines[1]}" = '3.000 ± 2.366  103.0 ± 2.4  6  4 missing, 1 diverged, 1 quarantined' ]
    exits 0 "$MODSWEEP" table results.h5 --by '' --csv
    [ "${lines[0]}" = 'done,missing,diverged,quarantined,loss_mean,loss_sd,loss_n' ]
    [ "${lines[1]}" = '6,4,1,1,3,2.3664319132398464,6' ]
    exits 0 "$MODSWEEP" table results.h5 --by= --json
    exits 0 "$PYTHON" -c '
import json, sys
table = json.loads(sys.argv[1])
assert table["by"] == [] and len(table["groups"]) == 1
assert table["groups"][0]["key"] == {} and table["groups"][0]["quarantined"] == 1
' "$output"
    exits 2 "$MODSWEEP" table results.h5 --score ''
    says '--score: expected names, got none'
}

@test "groups by replicates and by an axis that does not vary" {
    exits 0 "$MODSWEEP" table results.h5 --by replicate,data.change,replicate --csv
    [ "${lines[0]}" = 'replicate,data.change,done,missing,diverged,quarantined,loss_mean,loss_sd,loss_n' ]
    [ "${lines[1]}" = '0,corner,2,0,0,1,2,2.8284271247461903,2' ]
    [ "${lines[2]}" = '1,corner,2,1,0,0,3,2.8284271247461903,2' ]
}

# Without a price on weights the theory foretells no angle.
@test "tells where a mean has fewer jobs than its group" {
    cat >undefined.yaml <<'YAML'
replicates: 2
data: {kind: grid, sources: 2, values: 5}
network: {kind: linear_autoencoder, hidden: 2}
train: {steps: 2}
loss: {weights: !grid [0, 1e-4]}
scores: [predicted_angle, mixing_angle]
YAML
    exits 0 "$MODSWEEP" run undefined.yaml --progress none
    exits 0 "$MODSWEEP" table undefined.h5
    [[ ${lines[1]} == *'  2  predicted_angle undefined in 2' && ${lines[2]} == *' 2' ]]
    exits 0 "$MODSWEEP" table undefined.h5 --csv
    [[ ${lines[1]} == 0,2,0,0,0,,,0,*,2,* && ${lines[2]} == 0.0001,2,0,0,0,0,0,2,*,2,* ]]
}

@test "writes CSV" {
    exits 0 "$MODSWEEP" table results.h5 --by network.hidden,data.change --csv
    [ "${lines[0]}" = 'network.hidden,data.change,done,missing,diverged,quarantined,loss_mean,loss_sd,loss_n' ]
    [ "${lines[1]}" = '3,corner,2,0,0,0,0.5,0.7071067811865476,2' ]
    [ "${lines[2]}" = '4,grün,1,1,0,0,2,,1' ]
    [ "${lines[3]}" = ',corner,2,0,0,0,4.5,0.7071067811865476,2' ]
    [ "${#lines[@]}" -eq 7 ]
}

@test "writes JSON without NaN" {
    exits 0 "$MODSWEEP" table results.h5 --json
    exits 0 "$PYTHON" -c '
import json, sys
def refuse(constant):
    raise ValueError(constant)
table = json.loads(sys.argv[1], parse_constant=refuse)
assert (table["done"], table["missing"], table["torn"], len(table["groups"])) == (6, 4, 0, 6)
assert table["by"] == ["train.learning_rate", "network.hidden", "data.change"]
first, second, third = table["groups"][:3]
assert first["key"] == {"train.learning_rate": 1, "network.hidden": 3, "data.change": "corner"}
assert first["scores"]["loss"] == {"mean": 0.5, "sd": 0.5 ** 0.5, "n": 2, "undefined": 0}, first
assert second["scores"]["loss"]["sd"] is None and second["missing"] == 1
assert third["key"]["network.hidden"] is None
' "$output"
}

@test "names the nearest key and score" {
    exits 2 "$MODSWEEP" table results.h5 --by data.chnage
    says "did you mean 'data.change'"
    exits 2 "$MODSWEEP" table results.h5 --score lss
    says "did you mean 'loss'"
    exits 2 "$MODSWEEP" table results.h5 --score r2
    says 'many numbers'
    exits 2 "$MODSWEEP" table results.h5 --csv --json
}

@test "refuses what is no results file" {
    exits 2 "$MODSWEEP" table nothing.h5
    says 'No such file'
}

@test "a job that two cases hold counts once" {
    cat >overlap.yaml <<'YAML'
replicates: 3
data: {kind: uniform, sources: 2}
network: {kind: linear_autoencoder}
train: {steps: 10}
scores: [linear_cinfom]
cases:
  - {data.points: !grid [16, 32]}
  - {data.points: 32}
YAML
    exits 0 "$MODSWEEP" run overlap.yaml --progress none
    exits 0 "$MODSWEEP" table overlap.h5 --csv --score linear_cinfom
    [[ ${lines[1]} == 16,3,0,0,0,* && ${lines[2]} == 32,3,0,0,0,* ]]
    exits 0 "$MODSWEEP" table overlap.h5
    says '6 of 6 jobs done'
    says '3 jobs are in more than one case and count once'
}
