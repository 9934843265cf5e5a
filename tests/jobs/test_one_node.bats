#!/usr/bin/env bats
# jobs/one_node.sh, inside and outside SLURM.

load ../lib

# launcher NAME: a command of this name that prints how it was called.
launcher() {
    mkdir -p "$BATS_TEST_TMPDIR/bin"
    printf '#!/bin/sh\necho %s "$@"\n' "$1" >"$BATS_TEST_TMPDIR/bin/$1"
    chmod +x "$BATS_TEST_TMPDIR/bin/$1"
}

one_node() {
    PATH=$BATS_TEST_TMPDIR/bin:$PATH run bash "$ROOT/jobs/one_node.sh" "$@"
}

setup() {
    launcher srun
    launcher mpirun
    launcher program
    export MODSWEEP_UNDER_TEST=$MODSWEEP
    export MODSWEEP=$BATS_TEST_TMPDIR/bin/program
    unset SLURM_JOB_ID
}

@test "inside SLURM it starts the ranks through srun and passes options on" {
    SLURM_JOB_ID=7 one_node a.yaml a.h5 --set train.steps=5
    [ "$status" -eq 0 ]
    [ "$output" = "srun --mpi=pmix $MODSWEEP run a.yaml -o a.h5 --notice 90 --set train.steps=5" ]
}

@test "outside SLURM it uses mpirun" {
    RANKS=3 one_node a.yaml a.h5
    [ "$status" -eq 0 ]
    [ "$output" = "mpirun --oversubscribe -n 3 $MODSWEEP run a.yaml -o a.h5 --notice 90" ]
}

@test "an installed program serves where none was built" {
    cd "$BATS_TEST_TMPDIR" # where there is no build/modsweep
    unset MODSWEEP
    SLURM_JOB_ID=7 one_node a.yaml a.h5
    [ "$output" = "srun --mpi=pmix modsweep run a.yaml -o a.h5 --notice 90" ]
}

@test "no other program serves for one that was named" {
    MODSWEEP=$BATS_TEST_TMPDIR/absent SLURM_JOB_ID=7 one_node a.yaml a.h5
    [ "$output" = "srun --mpi=pmix $BATS_TEST_TMPDIR/absent run a.yaml -o a.h5 --notice 90" ]
}

@test "without arguments it explains itself and exits with 2" {
    one_node
    [ "$status" -eq 2 ]
    says usage
}

@test "it runs a sweep, and again what is missing" {
    rm "$BATS_TEST_TMPDIR/bin/mpirun"
    export MODSWEEP=$MODSWEEP_UNDER_TEST RANKS=2
    cd "$BATS_TEST_TMPDIR"
    cat >tiny.yaml <<'YAML'
name: tiny
seed: 1
replicates: 2
network: {kind: dummy, seconds: !grid [0, 0.001]}
YAML
    one_node tiny.yaml tiny.h5
    [ "$status" -eq 0 ] || { echo "$output"; return 1; }
    one_node tiny.yaml tiny.h5
    [ "$status" -eq 0 ] || { echo "$output"; return 1; }
    h5dump -d state tiny.h5 | grep -q '(0): 1, 1, 1, 1'
}
