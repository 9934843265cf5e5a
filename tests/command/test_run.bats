#!/usr/bin/env bats
# `modsweep run` as its users meet it: files, messages, exit statuses.

load ../lib

JOBS=12

setup() {
    cd "$BATS_TEST_TMPDIR" || return
    cat >small.yaml <<'YAML'
name: small
replicates: 3
data: {kind: uniform, points: 16, sources: 2}
network: {kind: linear_autoencoder, hidden: !grid [4, 6]}
train: {steps: 200, learning_rate: !grid [1e-3, 1e-2]}
scores: [linear_cinfom]
YAML
}

# slow_sweep FILE JOBS SECONDS
slow_sweep() {
    printf 'name: slow\nreplicates: %s\nnetwork: {kind: dummy, seconds: %s}\n' "$2" "$3" >"$1"
}

finished() {
    "$MODSWEEP" status "$1" | sed -n 's/^finished *\([0-9]*\).*/\1/p'
}

# wait_for_rows FILE: until some rows of a run are finished.
wait_for_rows() {
    for ((i = 0; i < 3000; i++)); do
        if [ -e "$1" ] && [ "$(finished "$1")" -gt 0 ]; then
            return 0
        fi
        sleep 0.02
    done
    return 1
}

# one_message STATUS COMMAND...: fails unless the command exits so and modsweep says one thing.
one_message() {
    exits "$@"
    if [ "$(grep -c '^modsweep: ' <<<"$output")" -ne 1 ]; then
        printf 'not one message:\n%s\n' "$output"
        return 1
    fi
}

# unchanged FILE COMMAND...: runs the command; fails if the file's bytes or time changed.
unchanged() {
    local file=$1 before
    shift
    before=$(stat -c '%Y %s' "$file")$(sha256sum "$file")
    "$@"
    [ "$before" = "$(stat -c '%Y %s' "$file")$(sha256sum "$file")" ]
}

# values FILE.h5: all variables that are not about runs, as one checksum.
values() {
    "$PYTHON" -c '
import hashlib, sys, h5py
digest = hashlib.sha256()
with h5py.File(sys.argv[1], "r") as file:
    for name in sorted(file):
        if not name.startswith("run_") and name != "incarnations":
            digest.update(file[name][...].tobytes())
print(digest.hexdigest())' "$1"
}

@test "the results file is named after the sweep, in this folder" {
    mkdir sweeps here
    mv small.yaml sweeps/first.try.yaml
    cd here
    exits 0 "$MODSWEEP" run ../sweeps/first.try.yaml
    says "first.try.h5: $JOBS of $JOBS jobs done"
    says 'on 1 rank'
    [ "$(ls)" = first.try.h5 ]
}

@test "a second run finds nothing missing and changes nothing" {
    exits 0 "$MODSWEEP" run small.yaml
    local before
    before=$(values small.h5)
    exits 0 "$MODSWEEP" run small.yaml
    [ "$output" = "small.h5: nothing was missing, $JOBS jobs are there" ]
    exits 0 mpi 3 "$MODSWEEP" run small.yaml
    says 'nothing was missing'
    [ "$before" = "$(values small.h5)" ]
}

@test "more runs than there is room for notes" {
    slow_sweep slow.yaml 2 0
    exits 0 "$MODSWEEP" run slow.yaml
    "$PYTHON" -c '
import h5py
with h5py.File("slow.h5", "r+") as file:
    for name in file:
        if name.startswith("run_"):
            file[name][1:] = file[name][0]'
    exits 0 "$MODSWEEP" run slow.yaml
    exits 0 "$MODSWEEP" run slow.yaml
    exits 0 "$MODSWEEP" status slow.h5
    says '2 done'
}

@test "another sweep's file is refused and untouched" {
    exits 0 "$MODSWEEP" run small.yaml -o taken.h5
    unchanged taken.h5 one_message 2 "$MODSWEEP" run small.yaml -o taken.h5 --set train.steps=201
    says taken.h5
    says '--reuse taken.h5'
    unchanged taken.h5 one_message 2 mpi 3 "$MODSWEEP" run small.yaml -o taken.h5 --set replicates=2
}

@test "a file that is no results file is refused and untouched" {
    echo 'my notes' >notes.h5
    unchanged notes.h5 one_message 2 "$MODSWEEP" run small.yaml -o notes.h5
    says 'notes.h5'
    unchanged small.yaml one_message 2 "$MODSWEEP" run small.yaml -o small.yaml
    "$PYTHON" -c 'import h5py; h5py.File("other.h5", "w")["x"] = 1'
    unchanged other.h5 one_message 2 "$MODSWEEP" run small.yaml -o other.h5
    says 'other.h5'
    : >empty.h5
    unchanged empty.h5 one_message 2 "$MODSWEEP" run small.yaml -o empty.h5
    one_message 3 "$MODSWEEP" run small.yaml -o .
    says 'Is a directory'
}

@test "a truncated results file is damaged storage and untouched" {
    exits 0 "$MODSWEEP" run small.yaml
    truncate -s 5000 small.h5
    unchanged small.h5 one_message 3 "$MODSWEEP" run small.yaml
    says 'small.h5'
    unchanged small.h5 one_message 3 mpi 2 "$MODSWEEP" run small.yaml
}

@test "a folder that is not there" {
    one_message 3 "$MODSWEEP" run small.yaml -o nowhere/small.h5
    says 'nowhere/small.h5: its folder does not exist'
    one_message 3 mpi 3 "$MODSWEEP" run small.yaml -o nowhere/small.h5
    [ ! -e nowhere ]
}

@test "a folder that may not be written to" {
    # /proc refuses root, too.
    one_message 3 mpi 2 "$MODSWEEP" run small.yaml -o /proc/small.h5
    says '/proc/small.h5'
}

# A file of about 40 MiB, for a limit of 16 MiB on the size of files: MPI needs some itself.
FILE_BLOCKS=$((16 * 1024))
LARGE_JOBS=320

large_sweep() {
    cat >large.yaml <<YAML
replicates: $LARGE_JOBS
data: {kind: uniform, points: 1000, sources: 2}
network: {kind: linear_autoencoder, hidden: 32}
train: {steps: 1000}
save: [activity]
YAML
}

limited() {
    (ulimit -f "$FILE_BLOCKS" && exec timeout 60 "$@" </dev/null)
}

@test "a disk too small for the file" {
    large_sweep
    one_message 3 limited "$MODSWEEP" run large.yaml
    says 'large.h5'
    one_message 3 limited mpirun --oversubscribe -n 3 "$MODSWEEP" run large.yaml
    [ "$(echo ./*)" = './large.yaml ./small.yaml' ]
}

@test "a disk that fails in the middle of a run loses no finished row" {
    large_sweep
    "$MODSWEEP" run large.yaml --progress none >/dev/null 2>&1 3>&- &
    local run=$!
    wait_for_rows large.h5
    kill -KILL "$run"
    wait "$run" || true
    local before
    before=$(finished large.h5)
    [ "$before" -lt "$LARGE_JOBS" ]
    one_message 3 limited mpirun --oversubscribe -n 3 "$MODSWEEP" run large.yaml
    says 'cannot write'
    [ "$(finished large.h5)" -ge "$before" ]
    exits 0 mpi 2 "$MODSWEEP" run large.yaml --progress none
    [ "$(finished large.h5)" -eq "$LARGE_JOBS" ]
}

@test "a missing or wrong sweep is reported once, by one rank or three" {
    for ranks in 1 3; do
        one_message 2 mpi "$ranks" "$MODSWEEP" run nowhere.yaml
        says 'nowhere.yaml'
        one_message 2 mpi "$ranks" "$MODSWEEP" run small.yaml --set train.stepz=1
        says "unknown key 'train.stepz'; did you mean 'train.steps'?"
        one_message 2 mpi "$ranks" "$MODSWEEP" run small.yaml --set train.steps
        one_message 2 mpi "$ranks" "$MODSWEEP" run small.yaml --progress ba
        says "'ba'; did you mean 'bar'?"
        one_message 2 mpi "$ranks" "$MODSWEEP" run
    done
    one_message 2 "$MODSWEEP" run small.yaml -o
    [ "$(ls)" = small.yaml ]
}

@test "--set changes what runs and is kept" {
    exits 0 "$MODSWEEP" run small.yaml --set replicates=1 --set train.steps=7
    says 'small.h5: 4 of 4 jobs done'
    exits 0 "$MODSWEEP" table small.h5 --score steps --by network.hidden --csv
    says '7'
    exits 0 mpi 2 "$MODSWEEP" run small.yaml --set replicates=1 --set train.steps=7
    says 'nothing was missing'
}

@test "--reuse names what it cannot use" {
    one_message 2 "$MODSWEEP" run small.yaml --reuse nowhere.h5
    says 'nowhere.h5'
    one_message 2 mpi 2 "$MODSWEEP" run small.yaml -o b.h5 --reuse small.yaml
    says 'small.yaml'
    exits 0 "$MODSWEEP" run small.yaml -o old.h5 --set scores='[]'
    one_message 2 "$MODSWEEP" run small.yaml -o new.h5 --reuse old.h5
    says 'old.h5'
    says 'linear_cinfom'
}

@test "two runs at once on one file: the second is refused" {
    slow_sweep slow.yaml 400 0.01
    "$MODSWEEP" run slow.yaml --progress none >first.log 2>&1 3>&- &
    local run=$!
    wait_for_rows slow.h5
    one_message 3 "$MODSWEEP" run slow.yaml
    says 'another run is writing slow.h5'
    one_message 3 mpi 2 "$MODSWEEP" run slow.yaml
    wait "$run"
    [ "$(finished slow.h5)" -eq 400 ]
}

@test "jobs that failed make it exit with 1, each time" {
    local wild=(--set train.learning_rate=1000 --set train.solver=adamw --set train.weight_decay=1)
    exits 1 "$MODSWEEP" run small.yaml "${wild[@]}"
    says "0 of 6 jobs done"
    says "6 failed; see 'modsweep status small.h5'"
    exits 1 mpi 2 "$MODSWEEP" run small.yaml "${wild[@]}"
    says 'nothing was missing'
}

@test "has help" {
    exits 0 "$MODSWEEP" run --help
    says '--reuse'
}

@test "an older file that cannot be used leaves no new one behind" {
    cp "$BATS_TEST_FILENAME" other.h5
    exits 2 "$MODSWEEP" run small.yaml -o new.h5 --reuse other.h5
    [ ! -e new.h5 ]
}
