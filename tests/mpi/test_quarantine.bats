#!/usr/bin/env bats
# A job that crashes its process is detected, retried alone and given up; its neighbours are not lost.

load ../lib
load sweeps

setup() {
    cd "$BATS_TEST_TMPDIR" || return
    ulimit -c 0
    write_faulty_sweep faulty.yaml
}

# column NAME: its values, separated by spaces.
column() {
    "$PYTHON" -c 'import h5py, sys; print(*h5py.File(sys.argv[1], "r")[sys.argv[2]][...])' \
        faulty.h5 "$1"
}

@test "one process: three crashes, then everything else is done" {
    exits 134 "$MODSWEEP" run faulty.yaml
    [ "$(column attempts)" = '1 1 1 1 1 1 1 1 1 1 1 1' ]
    exits 134 "$MODSWEEP" run faulty.yaml
    [ "$(column attempts)" = '1 1 1 1 1 2 1 1 1 1 1 1' ]
    # Rows done before the fault were written before it.
    [ "$(column state)" = '1 1 1 1 1 0 0 0 0 0 0 0' ]
    exits 134 "$MODSWEEP" run faulty.yaml
    [ "$(column attempts)" = '1 1 1 1 1 3 1 1 1 1 1 1' ]
    exits 1 "$MODSWEEP" run faulty.yaml
    says '1 failed'
    [ "$(column state)" = '1 1 1 1 1 3 1 1 1 1 1 1' ]
    exits 0 "$MODSWEEP" status faulty.h5
    says '11 done, 0 diverged, 1 quarantined'
    exits 1 "$MODSWEEP" run faulty.yaml
    says 'nothing was missing'
}

@test "two ranks: the same in the end" {
    local crashes=0
    while mpi 2 "$MODSWEEP" run faulty.yaml >run.log 2>&1 || [ $? -ne 1 ]; do
        crashes=$((crashes + 1))
        [ "$crashes" -le 3 ]
    done
    [ "$crashes" -eq 3 ]
    [ "$(column state)" = '1 1 1 1 1 3 1 1 1 1 1 1' ]
}
