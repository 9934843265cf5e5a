#!/usr/bin/env bats
# tools/demo, what `make demo` runs last.

load ../lib

# mpirun_exits STATUS: an mpirun that only exits, beside a program whose table is one line.
mpirun_exits() {
    mkdir -p "$BATS_TEST_TMPDIR/bin"
    printf '#!/bin/sh\nexit %s\n' "$1" >"$BATS_TEST_TMPDIR/bin/mpirun"
    # shellcheck disable=SC2016 # the program expands it
    printf '#!/bin/sh\necho "the table of $2"\n' >"$BATS_TEST_TMPDIR/bin/program"
    chmod +x "$BATS_TEST_TMPDIR/bin/"*
}

demo() {
    PATH=$BATS_TEST_TMPDIR/bin:$PATH MODSWEEP=$BATS_TEST_TMPDIR/bin/program \
        run "$ROOT/tools/demo" "$BATS_TEST_TMPDIR/out.h5"
}

@test "it ends with the table and the place of the file" {
    mpirun_exits 0
    demo
    [ "$status" -eq 0 ]
    says "the table of $BATS_TEST_TMPDIR/out.h5"
    says "The results are in $BATS_TEST_TMPDIR/out.h5"
    [[ $output != *'there already'* ]]
}

@test "with jobs that failed it shows the table and passes the status on" {
    mpirun_exits 1
    demo
    [ "$status" -eq 1 ]
    says "the table of"
}

@test "when the run failed it shows no table" {
    mpirun_exits 3
    demo
    [ "$status" -eq 3 ]
    [[ $output != *'the table of'* ]]
}

@test "the quickstart runs, and run again says that it resumes" {
    local file=$BATS_TEST_TMPDIR/quickstart.h5
    exits 0 "$ROOT/tools/demo" "$file"
    says "The results are in $file"
    cp "$file" "$file.before"
    exits 0 "$ROOT/tools/demo" "$file"
    says 'there already'
    # Seconds that did not change are those of jobs that did not run again.
    for name in state seconds; do
        h5diff "$file" "$file.before" "/$name"
    done
}
