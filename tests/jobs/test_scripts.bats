#!/usr/bin/env bats
# What the scripts of jobs/ have in common. tests/slurm runs them.

load ../lib

setup() {
    cd "$ROOT/jobs" || return
}

# part SCRIPT FIRST LAST: its lines between the first that begin so.
part() {
    awk -v first="$2" -v last="$3" \
        'index($0, first) == 1 { on = 1 } on { print } on && index($0, last) == 1 { exit }' "$1"
}

@test "there are five, and each is for modsweep submit and for people" {
    [ "$(find . -name '*.sh' | wc -l)" -eq 5 ]
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

@test "the parts that are alike stay alike" {
    for script in *.sh; do
        # shellcheck disable=SC2016 # words of the scripts
        for ends in 'set -euo|shift 2' 'program=|fi' 'if [ "$restarts" -gt 0 ]|fi' \
            'if [ "$restarts" -gt "$restarts_most" ]|fi' \
            '# 75|exit'; do
            expected=$(part one_node.sh "${ends%%|*}" "${ends##*|}")
            [ -n "$expected" ]
            [ "$(part "$script" "${ends%%|*}" "${ends##*|}")" = "$expected" ] ||
                { echo "$script: ${ends%%|*}"; return 1; }
        done
    done
}
