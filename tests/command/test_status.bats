#!/usr/bin/env bats
# `modsweep status`, on the file of tests/aggregate/test_table.c: twelve jobs, of which some are done.

load ../lib

setup() {
    cd "$BATS_TEST_TMPDIR" || return
    "$(dirname "$MODSWEEP")/tests/aggregate/test_table" results.h5
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

@test "tells a live run from one that was killed" {
    printf '%s\n' 'name: short' 'data: {kind: uniform, points: 8, sources: 2}' \
        'network: {kind: dummy, seconds: 0.05}' 'replicates: 4000' >short.yaml
    "$MODSWEEP" run short.yaml -o short.h5 >run.log 2>&1 3>&- &
    local run=$!
    for ((i = 0; i < 600; i++)); do
        sleep 0.1
        if [ -e short.h5 ] && "$MODSWEEP" status short.h5 | grep -q 'jobs/s'; then
            break
        fi
    done
    exits 0 "$MODSWEEP" status short.h5
    says 'jobs/s'
    says 'running'
    kill -KILL "$run"
    wait "$run" || true
    exits 0 "$MODSWEEP" status short.h5
    says 'killed, or its machine failed'
    [[ $output != *'running'* ]]
}

# write_sweep N: 2 N jobs that sleep.
write_sweep() {
    printf 'network: {kind: dummy, seconds: !grid [0.1, 0.3]}\nreplicates: %s\n' "$1" >ranks.yaml
}

# until_told FILE.h5: waits until its run has told of a finished job.
until_told() {
    for ((i = 0; i < 1200; i++)); do
        if [ -e "$1.live" ] && grep -q '"done":[1-9]' "$1.live"; then
            return
        fi
        sleep 0.05
    done
    return 1
}

@test "a rank is busy with its first bundle already" {
    printf 'network: {kind: dummy, seconds: 60}\n' >long.yaml
    "$MODSWEEP" run long.yaml >run.log 2>&1 3>&- &
    local run=$!
    for ((i = 0; i < 1200; i++)); do
        sleep 0.05
        [[ $("$MODSWEEP" status long.h5 2>&1) != *'100 % busy, 1 job from job 0'* ]] || break
    done
    exits 0 "$MODSWEEP" status long.h5
    says 'rank 0 on '
    says '0 done, 0 jobs/s, 100 % busy, 1 job from job 0'
    kill -KILL "$run"
    wait "$run" || true
}

@test "shows what every rank of a run does, and what was slowest" {
    write_sweep 40
    mpi 4 "$MODSWEEP" run ranks.yaml >run.log 2>&1 3>&- &
    local run=$!
    until_told ranks.h5
    exits 0 "$MODSWEEP" status ranks.h5
    says 'running'
    says 'in hand'
    says 'rank 3 on '
    says 'network.seconds=0.3 replicate='
    exits 0 "$MODSWEEP" status ranks.h5 --json
    exits 0 "$PYTHON" -c '
import json, sys
report = json.loads(sys.argv[1])
live = report["live"]
assert report["running"] is True and report["silent_seconds"] < 5, report
assert len(live["ranks"]) == 4 and live["incarnation"] == 1, live
assert sum(rank["done"] for rank in live["ranks"]) <= report["done"], report
assert all(rank["in_hand"] is None or 0 <= rank["in_hand"]["job"] < 80 for rank in live["ranks"])
assert 0.29 < live["slowest"][0]["seconds"] < 1 and len(live["slowest"]) <= 10, live
# 40 of 0.1 s and as many of 0.3 s make 4 s on four ranks.
assert 0 <= report["seconds_left"] < 4.5, report' "$output"
    exits 0 "$MODSWEEP" status ranks.h5 --watch 0.5
    says 'finished  80 (100.0 %)'
    wait "$run"
    [ ! -e ranks.h5.live ]
}

@test "tells when a killed run was heard of last" {
    write_sweep 200
    "$MODSWEEP" run ranks.yaml >run.log 2>&1 3>&- &
    local run=$!
    until_told ranks.h5
    kill -KILL "$run"
    wait "$run" || true
    [ -e ranks.h5.live ]
    exits 0 "$MODSWEEP" status ranks.h5
    says 'killed, or its machine failed; last sign of life '
    [[ $output != *'in hand'* && $output != *' left'* ]]
    exits 0 "$MODSWEEP" status ranks.h5 --json
    exits 0 "$PYTHON" -c '
import json, sys
report = json.loads(sys.argv[1])
assert report["running"] is False and report["seconds_left"] is None, report
assert report["live"]["ranks"][0]["done"] >= 1, report' "$output"
}

@test "periods of watching that cannot be" {
    exits 2 "$MODSWEEP" status results.h5 --watch 0
    says '--watch: 0 is out of range; expected from 0.1 to 86400 s'
    exits 2 "$MODSWEEP" status results.h5 --watch often
    exits 0 "$MODSWEEP" status results.h5 --watch 1
}
