#!/usr/bin/env bats
# Ranks sleep while they wait for work or for others.

load ../lib

setup() {
    cd "$BATS_TEST_TMPDIR" || return
}

# ticks PROCESS: hundredths of a second of processor time so far.
ticks() {
    awk '{ sub(/.*\) /, ""); print $12 + $13 }' "/proc/$1/stat"
}

# starts SWEEP: runs it on two ranks in the background; sets launcher and ranks.
starts() {
    mpirun --oversubscribe -n 2 "$MODSWEEP" run "$1" --progress none </dev/null >run.log 2>&1 3>&- &
    launcher=$!
    ranks=()
    for _ in {1..200}; do
        mapfile -t ranks < <(pgrep -P "$launcher" modsweep)
        [ ${#ranks[@]} -lt 2 ] || return 0
        sleep 0.05
    done
    echo 'the ranks did not start'
    return 1
}

@test "ranks with nothing to do use less than 5 % of a core" {
    # One rank has the long job, the other only the short one; a dummy job sleeps, so neither is busy.
    printf 'network: {kind: dummy, seconds: !grid [0.1, 3.5]}\n' >idle.yaml
    starts idle.yaml
    sleep 1
    local before=("$(ticks "${ranks[0]}")" "$(ticks "${ranks[1]}")")
    sleep 2
    local after=("$(ticks "${ranks[0]}")" "$(ticks "${ranks[1]}")")
    wait "$launcher"
    echo "before ${before[*]}, after ${after[*]}"
    [ $((after[0] - before[0])) -lt 10 ]
    [ $((after[1] - before[1])) -lt 10 ]
}

@test "ranks sleep while rank 0 makes a large file" {
    printf 'replicates: 6000000\nnetwork: {kind: dummy}\n' >large.yaml
    starts large.yaml
    local one=(0) other=(0)
    until [ -e large.h5 ]; do
        one=("$(ticks "${ranks[0]}")")
        other=("$(ticks "${ranks[1]}")")
        sleep 0.05
    done
    wait "$launcher"
    echo "${one[*]} and ${other[*]}"
    local most=$((one[0] > other[0] ? one[0] : other[0]))
    local least=$((one[0] > other[0] ? other[0] : one[0]))
    # One rank works; the other has only started, which takes some hundredths of a second.
    [ "$most" -gt 50 ] || skip 'the file was there too soon to tell'
    [ "$least" -lt $((most / 4)) ]
}
