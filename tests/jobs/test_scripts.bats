#!/usr/bin/env bats
# What the scripts of jobs/ have in common. tests/slurm runs them.

load ../lib

setup() {
    cd "$ROOT/jobs" || return
}

@test "there are five, and each is for modsweep submit and for people" {
    [ "$(find . -maxdepth 1 -name '*.sh' | wc -l)" -eq 5 ]
    for script in *.sh; do
        exits 2 bash "$script"
        says "usage: sbatch $script SWEEP.yaml RESULTS.h5"
    done
}

@test "each asks for a warning, a requeue and one log" {
    for script in *.sh; do
        grep -qE '^#SBATCH --signal=(B:)?USR1@[0-9]+$' "$script"
        grep -qx '#SBATCH --requeue' "$script"
        grep -qx '#SBATCH --open-mode=append' "$script"
    done
}

@test "the notice is shorter than the warning" {
    for script in *.sh; do
        warning=$(sed -nE 's/^#SBATCH --signal=.*@([0-9]+)$/\1/p' "$script")
        notice=$(sed -nE 's/^run=.*--notice ([0-9]+) .*/\1/p' "$script")
        [ "$notice" -lt "$warning" ]
        [ "$notice" -gt 0 ]
    done
}

@test "each is what its parts give: 'make jobs' assembles them" {
    for script in *.sh; do
        "$ROOT/tools/assemble-jobs" "${script%.sh}" >"$BATS_TEST_TMPDIR/assembled"
        diff "$BATS_TEST_TMPDIR/assembled" "$script"
    done
}

@test "a part that does not exist is an error" {
    mkdir -p "$BATS_TEST_TMPDIR/tools" "$BATS_TEST_TMPDIR/jobs/parts"
    cp "$ROOT/tools/assemble-jobs" "$BATS_TEST_TMPDIR/tools"
    echo '@nothing' >"$BATS_TEST_TMPDIR/jobs/parts/own.sh.in"
    exits 1 "$BATS_TEST_TMPDIR/tools/assemble-jobs" own
    says 'there is no part nothing.sh'
}
