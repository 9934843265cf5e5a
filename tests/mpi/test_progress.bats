#!/usr/bin/env bats
# The progress of a run, with and without mpirun, on a terminal and in a pipe.

load ../lib

setup() {
    cd "$BATS_TEST_TMPDIR" || return
    printf 'network: {kind: dummy, seconds: 0.02}\nreplicates: 64\n' >slow.yaml
    unset NO_COLOR
}

screen() {
    "$PYTHON" "$ROOT/tests/mpi/screen.py" "$@"
}

@test "a bar on a terminal, without mpirun and with it" {
    for launcher in '' 'mpirun --oversubscribe -n 2'; do
        rm -f slow.h5
        # shellcheck disable=SC2086 # several words, or none
        exits 0 screen $launcher "$MODSWEEP" run slow.yaml
        says '\r['
        says '#####]'
        says '64/64 100%'
        # Carriage returns, but no colour nor any other sequence.
        [[ $output != *'\x1b'* ]]
        # More than one picture.
        [ "$(grep -o '\\r\[' <<<"$output" | wc -l)" -gt 2 ]
        [[ $output == *"slow.h5: 64 of 64 jobs done in "* ]]
    done
}

@test "lines in a pipe" {
    for ranks in 1 2; do
        rm -f slow.h5
        exits 0 mpi "$ranks" "$MODSWEEP" run slow.yaml
        says '64/64 100%'
        [[ $output != *$'\r'* && $output != *'['* && $output != *$'\033'* ]]
    done
    rm -f slow.h5
    exits 0 "$MODSWEEP" run slow.yaml --progress bar
    says $'\r['
}

@test "nothing with --progress none" {
    "$MODSWEEP" run slow.yaml --progress none 2>errors >said
    [ ! -s errors ]
    rm slow.h5
    mpi 2 "$MODSWEEP" run slow.yaml --progress none 2>errors >said
    [ ! -s errors ]
    [ "$(wc -l <said)" -eq 1 ]
}

@test "failures are counted" {
    cat >wild.yaml <<'YAML'
replicates: 4
data: {kind: uniform, points: 8, sources: 2}
network: {kind: linear_autoencoder, hidden: 4}
train: {steps: 100, solver: adamw, weight_decay: 1, learning_rate: !grid [1e-3, 1000]}
YAML
    exits 1 mpi 2 "$MODSWEEP" run wild.yaml
    says '8/8 100%'
    says '4 failed'
}
