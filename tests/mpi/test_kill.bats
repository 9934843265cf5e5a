#!/usr/bin/env bats
# A few kills of each kind; `make torture` does fifty.

load ../lib

@test "runs killed at any moment lose nothing and resume to the same file" {
    exits 0 "$PYTHON" "$ROOT/tests/torture/campaign.py" 6 1 "$BATS_TEST_TMPDIR"
    says '6 kills, nothing lost'
}

@test "a rank killed from outside ends the run, and the same command resumes it" {
    cd "$BATS_TEST_TMPDIR"
    cat >victim.yaml <<'YAML'
network: {kind: dummy, seconds: 0.02}
replicates: 200
YAML
    mpi 2 "$MODSWEEP" run victim.yaml >killed.log 2>&1 3>&- &
    local launcher=$!
    until [ -e victim.h5 ] && [[ $("$MODSWEEP" status victim.h5) != *'finished  0 '* ]]; do
        sleep 0.05
    done
    # The last of the ranks; mpirun is a child of the shell that ran it. No other test that runs
    # beside this one has a sweep of that name.
    local rank
    rank=$(pgrep -n -f "$MODSWEEP run victim.yaml")
    kill -KILL "$rank"
    local ended=0
    wait "$launcher" || ended=$?
    [ "$ended" -ne 0 ]
    exits 0 "$MODSWEEP" status victim.h5
    says 'killed, or its machine failed'
    exits 0 "$MODSWEEP" run victim.yaml
    says 'of 200 jobs done'
    says 'were done before'
}
