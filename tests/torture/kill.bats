#!/usr/bin/env bats
# `make torture`: fifty kills, from SEED (by default another one each time; it is told on failure).

load ../lib

@test "fifty kills at random moments lose nothing" {
    local seed=${SEED:-$RANDOM}
    echo "SEED=$seed"
    exits 0 "$PYTHON" "$ROOT/tests/torture/campaign.py" 50 "$seed" "$BATS_TEST_TMPDIR"
    echo "$output"
    says '50 kills, nothing lost'
}
