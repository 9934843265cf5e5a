#!/usr/bin/env bats
# `modsweep run --shard` and `modsweep plan --shard`: parts of a sweep that run by themselves.

load ../lib
load ../mpi/sweeps

# setup sees the file that setup_file has made.
setup_file() {
    load ../lib
    load ../mpi/sweeps
    cd "$BATS_FILE_TMPDIR" || return
    write_varied_sweep varied.yaml
    exits 1 "$MODSWEEP" run varied.yaml -o one.h5
    exits 1 "$MODSWEEP" run varied.yaml --shard 2/3
}

setup() {
    cd "$BATS_FILE_TMPDIR" || return
}

@test "a shard's file has its jobs alone, by their numbers in the sweep" {
    exits 0 "$MODSWEEP" status varied.shard-2-of-3.h5
    says 'jobs      14 of shard 2/3, of 40 in all'
    says 'finished  14 (100.0 %): 11 done, 3 diverged'
    exits 0 "$PYTHON" -c '
import h5py
part, whole = h5py.File("varied.shard-2-of-3.h5"), h5py.File("one.h5")
jobs = part["job"][...]
assert len(jobs) == 14 and (part["hash"][...] == whole["hash"][...][jobs]).all()
failed = jobs[part["state"][...] == 2]
print(*(f"job {j} diverged" for j in failed), sep="\n")'
    diverged=$output
    exits 0 "$MODSWEEP" status varied.shard-2-of-3.h5
    while read -r line; do says "$line"; done <<<"$diverged"
    compare cells varied.shard-2-of-3.h5 one.h5 14
}

@test "a shard on several ranks, killed and resumed, is the same" {
    exits 1 mpi 3 "$MODSWEEP" run varied.yaml --shard 2/3 -o ranks.h5
    says '11 of 14 jobs done'
    compare whole varied.shard-2-of-3.h5 ranks.h5 14
    # As a killed run leaves it: some rows have no state.
    exits 0 "$PYTHON" -c '
import h5py
with h5py.File("ranks.h5", "r+") as file:
    file["state"][3:9] = 0'
    exits 1 mpi 2 "$MODSWEEP" run varied.yaml --shard 2/3 -o ranks.h5
    says '8 were done before'
    compare whole varied.shard-2-of-3.h5 ranks.h5 14
    exits 1 "$MODSWEEP" run varied.yaml --shard 2/3
    says 'nothing was missing, 14 jobs are there'
}

# Blame is laid by signal handlers, straight in the file, on rows.
@test "a job that kills its process is given up in a shard as well" {
    ulimit -c 0
    write_faulty_sweep faulty.yaml
    for shard in 1/2 2/2; do
        for ((deaths = 0; deaths < 4; deaths++)); do
            "$MODSWEEP" run faulty.yaml --shard "$shard" >run.log 2>&1 || [ $? -ne 134 ] || continue
            break
        done
    done
    exits 0 "$PYTHON" -c '
import h5py
for shard in 1, 2:
    file = h5py.File(f"faulty.shard-{shard}-of-2.h5")
    for job, state, attempts in zip(file["job"], file["state"], file["attempts"]):
        print(job, state, attempts)'
    says '5 3 3'
    [ "$(grep -c ' 1 [01]$' <<<"$output")" -eq 11 ]
}

@test "table and plan of a shard" {
    exits 0 "$MODSWEEP" table varied.shard-2-of-3.h5 --by data.points
    says '14 jobs'
    exits 0 "$MODSWEEP" plan varied.yaml --shard 2/3 -o varied.shard-2-of-3.h5
    says 'shard     2/3: 14 jobs, 14 of them finished'
    says 'nothing is missing'
    exits 0 "$MODSWEEP" plan varied.yaml --shard 1/3 --json
    exits 0 "$PYTHON" -c '
import json, sys
plan = json.loads(sys.argv[1])
assert (plan["jobs"], plan["shard"], plan["shards"], plan["shard_jobs"]) == (40, 1, 3, 13), plan
' "$output"
}

@test "another shard, or the whole sweep, is not written into a shard's file" {
    exits 2 "$MODSWEEP" run varied.yaml --shard 1/3 -o varied.shard-2-of-3.h5
    says 'holds shard 2/3, not shard 1/3'
    exits 2 "$MODSWEEP" run varied.yaml -o varied.shard-2-of-3.h5
    says 'holds shard 2/3, not the whole sweep'
    exits 2 "$MODSWEEP" run varied.yaml --shard 2/3 -o one.h5
    says 'holds the whole sweep, not shard 2/3'
}

@test "bad shards" {
    for bad in 0/3 4/3 3 a/b 1/0 -1/3 1/3/5 ''; do
        exits 2 "$MODSWEEP" run varied.yaml "--shard=$bad" -o bad.h5
        says "--shard is I/N"
        exits 2 "$MODSWEEP" plan varied.yaml "--shard=$bad"
    done
    exits 2 "$MODSWEEP" run varied.yaml --shard 3/41 -o bad.h5
    says 'the sweep has only 40 jobs'
    [ ! -e bad.h5 ]
}
