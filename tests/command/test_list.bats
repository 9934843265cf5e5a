#!/usr/bin/env bats
# `modsweep list` prints what the tables hold.

load ../lib

@test "without arguments: all four kinds, a line each" {
    exits 0 "$MODSWEEP" list
    for word in networks distributions solvers scores linear_autoencoder dummy uniform grid \
        correlated what_where oscillation teacher file adam adamw linear_cinfom cinfom infoe \
        regression_modularity variance_index frequency_index frequency_index_magnitude \
        active_units multiinformation mixing_angle linear_rnn relu_rnn; do
        says "$word"
    done
}

@test "a kind alone leaves the others out" {
    exits 0 "$MODSWEEP" list networks
    says linear_autoencoder
    [[ $output != *adamw* ]]
}

@test "a component tells its parameters with type, range and default" {
    exits 0 "$MODSWEEP" list distributions grid
    says "data.values"
    says "independent, corner, diagonal_remove or diagonal_strengthen;"
    says "default 21"
    exits 0 "$MODSWEEP" list solvers adam
    says "train.beta1"
    says "train.steps"
    says "must be given"
    exits 0 "$MODSWEEP" list loss
    says "loss.negativity"
    exits 0 "$MODSWEEP" list scoring
    says "scoring.duplicates"
    says "from 0 to 10; default 1e-2"
    exits 0 "$MODSWEEP" list sweep
    says "replicates"
}

@test "help of options shows type, range, unit and default" {
    exits 0 "$MODSWEEP" run --help
    says 'auto, bar, lines or none'
    says '0 or more, in s; default: 60'
    says "default: the sweep's name with .h5"
    exits 0 "$MODSWEEP" score --help
    says 'infom and related scores (an integer, from 1 to 1000;' # from the section scoring
    says 'default: all equal'
}

@test "lines fit a terminal" {
    local longest=80 lines
    lines=$("$MODSWEEP" list; "$MODSWEEP" list solvers adamw; "$MODSWEEP" list distributions grid
        "$MODSWEEP" list distributions what_where
        "$MODSWEEP" list distributions oscillation; "$MODSWEEP" list distributions teacher
        "$MODSWEEP" list distributions file
        for command in "" run plan status table plot report merge submit theory score list; do
            # shellcheck disable=SC2086 # without a command, none
            "$MODSWEEP" $command --help
        done)
    awk -v longest=$longest 'length > longest { print; wrong = 1 } END { exit wrong }' <<<"$lines"
}

@test "JSON" {
    "$MODSWEEP" list --json | "$PYTHON" -c '
import json, sys
every = json.load(sys.stdin)
assert list(every) == ["networks", "distributions", "solvers", "scores"], list(every)
assert "adam" in [entry["name"] for entry in every["solvers"]]
assert all(entry["help"] for kind in every.values() for entry in kind)'
    "$MODSWEEP" list solvers adamw --json | "$PYTHON" -c '
import json, sys
adamw = json.load(sys.stdin)
by_key = {each["key"]: each for each in adamw["parameters"]}
assert by_key["train.steps"]["default"] is None
assert by_key["train.steps"]["type"] == "integer"
assert by_key["train.learning_rate"]["minimum"] == 0
assert by_key["train.learning_rate"]["minimum_excluded"] is True
assert by_key["train.clip"]["choices"] == ["none", "norm", "value"]
assert "train.weight_decay" in by_key'
}

@test "unknown names: the nearest, exit status 2" {
    exits 2 "$MODSWEEP" list netwroks
    says "unknown kind 'netwroks'; did you mean 'networks'?"
    exits 2 "$MODSWEEP" list solvers adma
    says "unknown solver 'adma'; did you mean 'adam'?"
    exits 2 "$MODSWEEP" list distributions zzz
    says "known are uniform, grid, correlated, what_where, oscillation, teacher, file"
}

@test "every parameter of every component has a unit field, a help line and a readable default" {
    for kind in networks distributions solvers; do
        "$MODSWEEP" list "$kind" --json >"$BATS_TEST_TMPDIR/kind.json"
        for name in $("$PYTHON" -c 'import json, sys
for entry in next(iter(json.load(open(sys.argv[1])).values())): print(entry["name"])' \
            "$BATS_TEST_TMPDIR/kind.json"); do
            "$MODSWEEP" list "$kind" "$name" --json | "$PYTHON" -c '
import json, sys
for each in json.load(sys.stdin)["parameters"]:
    assert each["help"] and not each["help"].endswith("."), each
    assert each["unit"] is not None
    if each["type"] in ("integer", "real") and each["default"] is not None:
        low, high = each["minimum"], each["maximum"]
        value = float(each["default"])
        assert (low is None or low <= value) and (high is None or value <= high), each'
        done
    done
}
