#!/usr/bin/env bats
# The scripts that `modsweep submit` writes. tests/slurm submits them.

load ../lib

setup() {
    cd "$BATS_TEST_TMPDIR" || return
    write_sweep waits.yaml
    export SLURM_CONF=/dev/null # so that no SLURM of this machine has a say
    dry=(submit --dry-run --ntasks-per-node 2)
}

write_sweep() {
    cat >"$1" <<'YAML'
name: waits
replicates: 12
network: {kind: dummy, seconds: !grid [100, 600]}
YAML
}

# launcher NAME: a command that prints its arguments, one a line.
launcher() {
    mkdir -p bin
    printf '#!/bin/sh\nprintf "%%s\\n" "$@"\n' >"bin/$1"
    chmod +x "bin/$1"
}

# script ARGUMENT...: what submit writes, into job.sh; shellcheck has nothing to say against it.
script() {
    "$MODSWEEP" "${dry[@]}" "$@" >job.sh 2>job.notes || { cat job.notes; return 1; }
    shellcheck job.sh
}

# field NAME ARGUMENT...: of the JSON that submit prints.
field() {
    local name=$1
    shift
    "$MODSWEEP" "${dry[@]}" --json "$@" |
        "$PYTHON" -c 'import json, sys; print(json.load(sys.stdin)[sys.argv[1]])' "$name"
}

@test "nodes, time, warning and log" {
    script waits.yaml --nodes 3
    grep -qx '#SBATCH --nodes=3' job.sh
    grep -qx '#SBATCH --ntasks-per-node=2' job.sh
    grep -qx '#SBATCH --signal=USR1@120' job.sh
    grep -qx '#SBATCH --output=waits-%j.log' job.sh
    grep -q '3 nodes, 2 ranks a node; 24 jobs in 24 bundles' job.notes
    # Twelve jobs of 600 s and twelve of 100 s on six ranks: at least 1400 s.
    [ "$(field estimate_seconds waits.yaml --nodes 3 | cut -d . -f 1)" -ge 1400 ]
    [ "$(field pieces waits.yaml --nodes 3)" -eq 1 ]
}

@test "a shorter time makes pieces, and long bundles are noted" {
    [ "$(field pieces waits.yaml --nodes 3 --time 30)" -gt 1 ]
    [ "$(field seconds waits.yaml --nodes 3 --time 30)" = 1800 ]
    script waits.yaml --nodes 3 --time 30
    grep -qx '#SBATCH --time=00:30:00' job.sh
    script waits.yaml --nodes 3 --time 10
    grep -q 'the longest bundle takes about' job.notes
    [ "$(grep -c 'whole minutes' job.notes)" -eq 0 ]
    # Ten seconds, for sbatch; whoever meant minutes is told.
    script waits.yaml --time 0:10
    tr -s ' \n' ' ' <job.notes >notes.line
    grep -q -- '--time of 00:00:10 (hours:minutes:seconds) becomes 00:01:00' notes.line
    grep -qx '#SBATCH --time=00:01:00' job.sh
    [ "$(field restarts_most waits.yaml --time 2)" -gt 20 ]
    grep -q MODSWEEP_RESTARTS_MOST job.sh
}

@test "any names and values arrive as they were given" {
    "$MODSWEEP" run waits.yaml --set network.seconds=0 -o "old 'one'.h5" >/dev/null
    launcher srun
    write_sweep "-it's \$HOME.yaml"
    # shellcheck disable=SC2016 # as they are
    script -o "-o \"50%\" \$(id).h5" --set 'name="a # $b `c`"' --set "network.seconds=!grid [1, 2]" \
        --reuse "old 'one'.h5" --account 'two words' --notice 17 -- "-it's \$HOME.yaml"
    MODSWEEP=$PWD/bin/srun PATH=$PWD/bin:$PATH SLURM_JOB_ID=7 exits 0 bash job.sh
    diff <(printf '%s\n' "$output") - <<WORDS
--mpi=pmix
$PWD/bin/srun
run
./-it's \$HOME.yaml
-o
./-o "50%" \$(id).h5
--notice
90
--notice
17
--set
name="a # \$b \`c\`"
--set
network.seconds=!grid [1, 2]
--reuse
old 'one'.h5
WORDS
    grep -qxF '#SBATCH --account="two words"' job.sh
    # shellcheck disable=SC2016 # as it is
    grep -qxF '#SBATCH --output="./-o \"50%%\" $(id)-%j.log"' job.sh
}

@test "no other program is taken for the one that was named" {
    launcher srun
    script waits.yaml --mpi pmix --nodes 2
    MODSWEEP=/nowhere/modsweep PATH=$PWD/bin:$PATH SLURM_JOB_ID=7 exits 0 bash job.sh
    says '/nowhere/modsweep'
}

@test "texts that no script can hold are refused" {
    exits 2 "$MODSWEEP" "${dry[@]}" waits.yaml --account $'two\nlines'
    says 'account has a control character'
    exits 2 "$MODSWEEP" "${dry[@]}" waits.yaml -o $'two\nlines.h5'
    says 'control character'
}

@test "every kind of script" {
    script waits.yaml
    grep -qx '#SBATCH --ntasks=2' job.sh
    script waits.yaml --nodes 2 --mpi mpirun
    grep -q '^mpirun ' job.sh
    grep -q '^#SBATCH --signal=B:USR1@' job.sh
    script waits.yaml --shards 4
    grep -qx '#SBATCH --array=1-4' job.sh
    grep -qx '#SBATCH --output=waits-%A-%a.log' job.sh
    [ "$(field jobs waits.yaml --shards 5)" -eq 5 ]
    script waits.yaml --nodes 2 --preemptible --partition spare --sbatch=--exclusive
    grep -qx '#SBATCH --partition=spare' job.sh
    grep -qx '#SBATCH --exclusive' job.sh
    grep -q -- '--checkpoint-every 60' job.sh
    exits 2 "$MODSWEEP" "${dry[@]}" waits.yaml --shards 4 --mpi mpirun
    says 'srun starts shards'
}

@test "where nothing is missing there is no job" {
    "$MODSWEEP" run waits.yaml --set network.seconds=0 -o done.h5 >/dev/null
    exits 2 "$MODSWEEP" "${dry[@]}" waits.yaml --set network.seconds=0 -o done.h5
    says 'nothing is missing in done.h5'
    exits 2 "$MODSWEEP" "${dry[@]}" waits.yaml -o done.h5
    says 'done.h5'
    exits 3 "$MODSWEEP" "${dry[@]}" waits.yaml -o nowhere/r.h5 # as the run would
    says 'cannot create nowhere/r.h5: its folder does not exist'
}

@test "older files that cannot be reused are refused before a job waits for them" {
    exits 2 "$MODSWEEP" "${dry[@]}" waits.yaml --reuse nowhere.h5
    says 'nowhere.h5: cannot be read'
    exits 2 "$MODSWEEP" "${dry[@]}" waits.yaml --shards 4 --reuse waits.yaml
    says 'waits.yaml: is not an HDF5 file'
    "$MODSWEEP" run waits.yaml --set network.seconds=0 -o older.h5 >/dev/null
    script waits.yaml --reuse older.h5
    grep -q -- '--reuse older.h5' job.sh
}

@test "more ranks than bundles are noted" {
    exits 0 "$MODSWEEP" "${dry[@]}" waits.yaml --nodes 20
    says '12 nodes would be as fast'
}

@test "without SLURM nothing is submitted, and ranks must be given" {
    mkdir -p empty
    exits 2 env PATH="$PWD/empty" "$MODSWEEP" submit waits.yaml
    says 'there is no SLURM on this machine'
    says '--dry-run'
    exits 2 env PATH="$PWD/empty" "$MODSWEEP" submit waits.yaml --dry-run
    says '--ntasks-per-node'
    exits 0 env PATH="$PWD/empty" "$MODSWEEP" "${dry[@]}" waits.yaml
    says 'there is no SLURM on this machine'
}

@test "wrong times and numbers" {
    exits 2 "$MODSWEEP" "${dry[@]}" waits.yaml --time soon
    says "'soon' is no time"
    exits 2 "$MODSWEEP" "${dry[@]}" waits.yaml --time 1 --notice 60
    says 'a job of 60 s is too short'
    exits 2 "$MODSWEEP" "${dry[@]}" waits.yaml --nodes 0
    says '--nodes: 0 is out of range; expected from 1 to'
    exits 2 "$MODSWEEP" "${dry[@]}" waits.yaml --shards 25
    says 'the sweep has 24 jobs'
    exits 2 "$MODSWEEP" "${dry[@]}" waits.yaml --sbatch exclusive
    says 'expected an option of sbatch as one word'
    exits 2 "$MODSWEEP" "${dry[@]}" nothing.yaml
    says 'nothing.yaml'
}
