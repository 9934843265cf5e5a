#!/usr/bin/env bats
# `modsweep submit` on a real SLURM.

load ../lib
load ../mpi/sweeps
load slurm

setup_file() {
    load ../lib
    load slurm
    cd "$BATS_FILE_TMPDIR" || return
    cat >waits.yaml <<'YAML'
replicates: 12
network: {kind: dummy, seconds: !grid [0.05, 0.2]}
YAML
    start_cluster
}

teardown_file() {
    stop_cluster
}

setup() {
    enter_cluster
}

# submitted ARGUMENT...: submits waits.yaml; sets `job` and `log`, as submit tells them.
submitted() {
    exits 0 "$MODSWEEP" submit waits.yaml "$@"
    # shellcheck disable=SC2154 # set by exits
    job=$(sed -nE 's/^job +([0-9]+), .*/\1/p' <<<"$output")
    log=$(sed -nE 's/^ +tail -f (.*)/\1/p' <<<"$output")
    says "squeue -j $job"
}

# field NAME ARGUMENT...: of the JSON of a submission that is only shown.
field() {
    local name=$1
    shift
    "$MODSWEEP" submit waits.yaml --dry-run --json "$@" |
        "$PYTHON" -c 'import json, sys; print(json.load(sys.stdin)[sys.argv[1]])' "$name"
}

@test "several nodes, as many ranks as they have cores" {
    submitted --nodes 3 -o nodes.h5
    says '3 nodes, 2 ranks a node, partition normal'
    says 'modsweep status nodes.h5'
    [ -s nodes.sbatch ]
    ends "$job" 0 "$log"
    grep -q '24 of 24 jobs done in .* on 6 ranks' "$log"
    [ "$(job_field "$job" NumNodes)" = 3 ]
}

@test "one node, and mpirun" {
    submitted -o one.h5
    local first=$job first_log=$log
    submitted --nodes 2 --ntasks-per-node 1 --mpi mpirun -o mpirun.h5
    ends "$first" 0 "$first_log"
    grep -q '24 of 24 jobs done in .* on 2 ranks' "$first_log"
    ends "$job" 0 "$log"
    grep -q '24 of 24 jobs done in .* on 2 ranks' "$log"
}

@test "names that are hard to write down" {
    local results="-it's 50% \$(x) \"#\".h5"
    exits 0 "$MODSWEEP" submit waits.yaml --set 'name="a # b"' -o "$results" --json
    job=$("$PYTHON" -c 'import json, sys; print(json.loads(sys.argv[1])["job"])' "$output")
    log=$("$PYTHON" -c 'import json, sys; print(json.loads(sys.argv[1])["log"])' "$output")
    ends "$job" 0 "$log"
    [ -s "./$results" ]
    grep -q '24 of 24 jobs done' "$log"
}

@test "a script that was only shown can be submitted" {
    "$MODSWEEP" submit waits.yaml --dry-run -o shown.h5 >shown.sh 2>shown.notes
    grep -q 'partition normal' shown.notes
    job=$(sbatch --parsable shown.sh)
    ends "$job" 0 "shown-$job.log"
    [ ! -e shown.sbatch ]
}

@test "limits and modes of partitions" {
    [ "$(field partition)" = normal ]
    [ "$(field seconds --partition short)" = 60 ]
    [ "$(field seconds --partition short --time 2:00:00)" = 60 ]
    [ "$(field pieces --partition short --set network.seconds=20)" -gt 5 ]
    # GraceTime is ten seconds there.
    [ "$(field notice_seconds --partition low --time 30)" -lt 10 ]
    "$MODSWEEP" submit waits.yaml --dry-run --partition low 2>/dev/null | grep -q checkpoint-every
}

@test "shards and the job that joins them" {
    exits 0 "$MODSWEEP" submit waits.yaml --shards 3 --ntasks-per-node 1 -o sharded.h5 --json
    local merge
    job=$("$PYTHON" -c 'import json, sys; print(json.loads(sys.argv[1])["job"])' "$output")
    merge=$("$PYTHON" -c 'import json, sys; print(json.loads(sys.argv[1])["merge_job"])' "$output")
    ends "$merge" 0 "sharded-merge-$merge.log"
    for shard in 1 2 3; do
        ends "${job}_$shard" 0 "sharded-$job-$shard.log"
    done
    exits 0 "$MODSWEEP" status sharded.h5
    says '24 done'
    # Submitted again, what was missing joins what is there.
    rm sharded.h5 sharded.shard-2-of-3.h5
    exits 0 "$MODSWEEP" merge sharded.h5 sharded.shard-*-of-3.h5
    says '8 missing'
    exits 0 "$MODSWEEP" submit waits.yaml --shards 3 --ntasks-per-node 1 -o sharded.h5 --json
    merge=$("$PYTHON" -c 'import json, sys; print(json.loads(sys.argv[1])["merge_job"])' "$output")
    ends "$merge" 0 "sharded-merge-$merge.log"
    exits 0 "$MODSWEEP" status sharded.h5
    says '24 done'
    [ ! -e sharded.h5.joined ]
    exits 2 "$MODSWEEP" submit waits.yaml --shards 3 --ntasks-per-node 1 -o sharded.h5
    says 'nothing is missing in sharded.h5'
}

@test "what SLURM does not have is told" {
    exits 2 "$MODSWEEP" submit waits.yaml --partition sort
    says "there is no partition 'sort'; did you mean 'short'? there are normal, short, low, high"
    exits 2 "$MODSWEEP" submit waits.yaml --nodes 4
    says "partition 'normal' has 3"
    exits 2 "$MODSWEEP" submit waits.yaml --ntasks-per-node 3
    says 'have 2 cores'
    exits 2 "$MODSWEEP" submit waits.yaml --mpi pmi
    says '--mpi pmi: srun has no such type'
    exits 2 "$MODSWEEP" submit waits.yaml --sbatch=--nodelist=n9
    says 'sbatch refuses the job: sbatch: error: Batch job submission failed'
    exits 2 "$MODSWEEP" submit waits.yaml --partition short --notice 60
    says 'a job of 60 s is too short'
}

@test "no other file is written over" {
    echo mine >taken.sbatch
    exits 2 "$MODSWEEP" submit waits.yaml -o taken.h5
    says "'taken.sbatch', where the batch script belongs, is another file"
    [ "$(cat taken.sbatch)" = mine ]
}
