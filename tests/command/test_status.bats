#!/usr/bin/env bats
# `modsweep status`, on the file of tests/show/test_table.c: twelve jobs, of which some are done.

load ../lib

setup() {
    cd "$BATS_TEST_TMPDIR" || return
    "$(dirname "$MODSWEEP")/tests/show/test_table" results.h5
}

@test "counts rows" {
    exits 0 "$MODSWEEP" status results.h5
    says 'sweep     test'
    says 'finished  8 (66.7 %): 6 done, 1 diverged, 1 quarantined'
    says 'missing   4'
}

@test "counts rows in JSON" {
    exits 0 "$MODSWEEP" status results.h5 --json
    exits 0 "$PYTHON" -c '
import json, sys
report = json.loads(sys.argv[1])
assert report["name"] == "test" and report["file"] == "results.h5", report
counts = [report[k] for k in ("jobs", "done", "diverged", "quarantined", "missing", "torn")]
assert counts == [12, 6, 1, 1, 4, 0], counts
assert report["running"] is False and report["seconds_left"] is None and report["runs"] == []
' "$output"
}

@test "finds a damaged row" {
    "$PYTHON" -c '
import h5py
with h5py.File("results.h5", "r+", locking=False) as file:
    file["loss"][4] += 1' || skip 'h5py is too old for locking='
    exits 0 "$MODSWEEP" status results.h5
    says 'missing   5, of which 1 half-written or damaged'
}

@test "says what is no results file" {
    exits 2 "$MODSWEEP" status nothing.h5
    says 'nothing.h5: cannot be read: No such file or directory'
    : >empty.h5
    exits 2 "$MODSWEEP" status empty.h5
    says 'is empty'
    echo 'name: quickstart' >sweep.yaml
    exits 2 "$MODSWEEP" status sweep.yaml
    says 'is not an HDF5 file'
    exits 2 "$MODSWEEP" status "$ROOT/tests/reference/scores.h5"
    says 'not a results file of modsweep'
    exits 2 "$MODSWEEP" status .
    says 'is a folder'
}

@test "a truncated file is damaged storage" {
    truncate -s 5000 results.h5
    exits 3 "$MODSWEEP" status results.h5
    says 'truncated'
}

@test "needs a file" {
    exits 2 "$MODSWEEP" status
    says 'usage: modsweep status FILE.h5'
}

@test "has help" {
    exits 0 "$MODSWEEP" status --help
    says '--json'
}

@test "tells a run that goes on from one that was killed" {
    printf '%s\n' 'name: short' 'data: {kind: uniform, points: 8, sources: 2}' \
        'network: {kind: dummy, seconds: 0.05}' 'replicates: 400' >short.yaml
    "$MODSWEEP" run short.yaml -o short.h5 >run.log 2>&1 3>&- &
    local run=$!
    for ((i = 0; i < 100; i++)); do
        sleep 0.1
        if [ -e short.h5 ] && "$MODSWEEP" status short.h5 | grep -q 'jobs/s'; then
            break
        fi
    done
    exits 0 "$MODSWEEP" status short.h5
    says 'jobs/s'
    says 'going on'
    kill -KILL "$run"
    wait "$run" || true
    exits 0 "$MODSWEEP" status short.h5
    says 'killed, or its machine failed'
    [[ $output != *'going on'* ]]
}
