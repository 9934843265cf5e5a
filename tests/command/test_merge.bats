#!/usr/bin/env bats
# `modsweep merge`: shards, partial runs and overlapping sweeps become one file.

load ../lib
load ../mpi/sweeps

# setup sees what setup_file has made: the sweep whole, in three shards, and a larger one with four
# times its cells and more replicates.
setup_file() {
    load ../lib
    load ../mpi/sweeps
    cd "$BATS_FILE_TMPDIR" || return
    write_varied_sweep varied.yaml
    exits 1 "$MODSWEEP" run varied.yaml -o one.h5
    exits 1 "$MODSWEEP" run varied.yaml --shard 1/3
    exits 1 mpi 2 "$MODSWEEP" run varied.yaml --shard 2/3
    exits 1 mpi 3 "$MODSWEEP" run varied.yaml --shard 3/3
    exits 1 mpi 2 "$MODSWEEP" run varied.yaml -o larger.h5 --set replicates=5 \
        --set network.hidden='!grid [2, 6, 4, 5]'
}

setup() {
    cd "$BATS_FILE_TMPDIR" || return
    # Merged files are a test's own.
    OUT=$BATS_TEST_TMPDIR
}

@test "three shards are the same bits as a run of all" {
    exits 0 "$MODSWEEP" merge "$OUT/all.h5" varied.shard-3-of-3.h5 varied.shard-1-of-3.h5 \
        varied.shard-2-of-3.h5
    says '40 jobs: 32 done, 8 diverged, 0 quarantined, 0 missing'
    says 'varied.shard-2-of-3.h5 (shard 2/3): 14 of 14 rows taken'
    compare whole one.h5 "$OUT/all.h5" 40
    exits 1 "$MODSWEEP" run varied.yaml -o "$OUT/all.h5"
    says 'nothing was missing, 40 jobs are there'
    exits 0 "$MODSWEEP" status "$OUT/all.h5"
    says 'part 1    varied.shard-3-of-3.h5 (shard 3/3), 13 rows'
    exits 0 "$MODSWEEP" status "$OUT/all.h5" --json
    exits 0 "$PYTHON" -c '
import json, sys
parts = json.loads(sys.argv[1])["parts"]
assert [(p["shard"], p["rows"], p["runs"]) for p in parts] == [(3, 13, 1), (1, 13, 1), (2, 14, 1)], parts
' "$output"
    # Axes, too, look alike to readers.
    exits 0 "$PYTHON" -W error -c '
import sys, xarray
for engine in "netcdf4", "h5netcdf":
    one = xarray.open_dataset("one.h5", engine=engine)
    all = xarray.open_dataset(sys.argv[1], engine=engine)
    for name in one.variables:
        if not name.startswith(("run", "incarnation")) and name != "seconds":
            xarray.testing.assert_identical(one[name], all[name])
    part = xarray.open_dataset(sys.argv[1], group="parts/2", engine=engine)
    assert part.attrs["path"] == "varied.shard-1-of-3.h5" and str(part.run_hosts[0].values)
    assert part.attrs["sweep_yaml"] == open("varied.yaml").read()
' "$OUT/all.h5"
}

@test "a run continues shards, some of which are missing" {
    exits 0 "$MODSWEEP" merge "$OUT/some.h5" varied.shard-3-of-3.h5
    says '27 missing'
    exits 1 "$MODSWEEP" run varied.yaml -o "$OUT/some.h5"
    says '13 were done before'
    compare whole one.h5 "$OUT/some.h5" 40
    mkdir "$OUT/elsewhere"
    sed 's/^data:.*/data: {kind: file, sources: points.csv}/; /^cases/,/1000/d' varied.yaml \
        >"$OUT/file.yaml"
    printf '%s\n' 'x,y' '0,1' '1,0' '1,1' '0,0' '2,1' >"$OUT/points.csv"
    cd "$OUT"
    exits 0 "$MODSWEEP" run file.yaml --shard 1/2
    cd elsewhere
    exits 2 "$MODSWEEP" merge some.h5 ../file.shard-1-of-2.h5
    says 'shards 2/2 are not given'
    says 'points.csv'
    [ ! -e some.h5 ]
}

@test "overlapping sweeps give every job once" {
    exits 0 "$MODSWEEP" merge "$OUT/both.h5" one.h5 larger.h5
    says '200 jobs of 2 sweeps: 160 done, 40 diverged, 0 quarantined, 0 missing'
    says 'larger.h5: 160 of 200 rows taken, 40 there already'
    compare cells one.h5 "$OUT/both.h5" 40
    compare cells larger.h5 "$OUT/both.h5" 200
    exits 0 "$MODSWEEP" table "$OUT/both.h5" --by network.hidden --csv
    table=$(sort <<<"$output")
    exits 0 "$MODSWEEP" table larger.h5 --by network.hidden --csv
    [ "$(cut -d, -f1 <<<"$table")" = "$(sort <<<"$output" | cut -d, -f1)" ]
    exits 0 "$MODSWEEP" table "$OUT/both.h5"
    says 'jobs of 2 sweeps'
    exits 0 "$MODSWEEP" table larger.h5
    [[ $output != *sweeps* ]]
    exits 0 "$MODSWEEP" plot "$OUT/both.h5" --y linear_cinfom --x network.hidden -o "$OUT/both.svg"
    says 'jobs of 2 sweeps'
    exits 2 "$MODSWEEP" run varied.yaml -o "$OUT/both.h5"
    says 'holds rows of 2 merged sweeps'
    exits 1 "$MODSWEEP" run varied.yaml -o "$OUT/again.h5" --reuse "$OUT/both.h5"
    says '40 were copied from older files'
    compare whole one.h5 "$OUT/again.h5" 40
    # Merging what was merged keeps the parts.
    exits 0 "$MODSWEEP" merge "$OUT/more.h5" "$OUT/both.h5" varied.shard-1-of-3.h5 --json
    exits 0 "$PYTHON" -c '
import json, sys
merged = json.loads(sys.argv[1])
assert (merged["jobs"], merged["missing"], merged["sweeps"]) == (200, 0, 2), merged
assert [(i["taken"], i["repeated"]) for i in merged["inputs"]] == [(200, 0), (0, 13)], merged
' "$output"
    exits 0 "$MODSWEEP" status "$OUT/more.h5"
    says 'part 1    one.h5, 40 rows'
    says 'part 2    larger.h5, 160 rows'
    says 'part 3    varied.shard-1-of-3.h5 (shard 1/3), 0 rows'
}

@test "settings in which sweeps differ keep their jobs apart" {
    cd "$OUT"
    cat >small.yaml <<'YAML'
replicates: 2
data: {kind: file, sources: points.csv}
network: {kind: linear_autoencoder, hidden: 2}
train: {steps: 50, learning_rate: 0.01}
YAML
    printf '%s\n' 'x,y' '0,1' '1,0' '1,1' '0,0' '2,1' >points.csv
    exits 0 "$MODSWEEP" run small.yaml -o 50.h5
    exits 0 "$MODSWEEP" run small.yaml -o 60.h5 --shard 1/2 --set train.steps=60
    exits 0 "$MODSWEEP" run small.yaml -o rates.h5 --set train.learning_rate='!grid [0.01, 0.02]' \
        --set train.solver=adamw
    # The same but for the seed: more replicates.
    exits 0 "$MODSWEEP" run small.yaml -o seed.h5 --set seed=7
    rm points.csv
    exits 0 "$MODSWEEP" merge two.h5 50.h5 60.h5
    exits 0 "$MODSWEEP" table two.h5 --csv
    [ "$(cut -d, -f1,2 <<<"$output" | tail -n +2)" = $'50,2\n60,1' ]
    exits 0 "$MODSWEEP" merge all.h5 two.h5 rates.h5 seed.h5
    exits 0 "$MODSWEEP" table all.h5 --csv
    [ "$(cut -d, -f1-4 <<<"$output" | tail -n +2 | sort)" = \
        $'50,0.01,adam,4\n50,0.01,adamw,2\n50,0.02,adamw,2\n60,0.01,adam,1' ]
    exits 0 "$MODSWEEP" table all.h5 --by part --csv
    [ "$(cut -d, -f1,2 <<<"$output" | tail -n +2)" = $'1,2\n2,1\n3,4\n4,2' ]
    exits 2 "$MODSWEEP" table 50.h5 --by part
    says "unknown key 'part'"
    exits 0 "$MODSWEEP" plot all.h5 --kind scatter --x steps --y loss -o all.svg
    says 'all.svg: 9 points'
    # Where an older program made no such axis, the part of each row tells.
    "$PYTHON" -c '
import h5py, numpy
with h5py.File("two.h5", "r+") as file:
    del file["train.steps"]
    file.attrs.modify("axes", numpy.bytes_(b""))'
    exits 0 "$MODSWEEP" merge again.h5 two.h5 rates.h5
    exits 0 "$MODSWEEP" table again.h5 --by train.steps --csv
    [ "$(cut -d, -f1,2 <<<"$output" | tail -n +2)" = $'50,6\n60,1' ]
    # What this program does not understand is told.
    "$PYTHON" -c '
import h5py
with h5py.File("rates.h5", "r+") as file:
    file.attrs["sweep_yaml"] = "speed: 1"'
    exits 0 "$MODSWEEP" merge odd.h5 50.h5 rates.h5
    says 'does not understand the sweep in rates.h5'
    exits 0 "$MODSWEEP" table odd.h5
    says '6 of 6 jobs done'
}

# write_other FILE: another loss in row 5, with a checksum that fits, as another program would give.
write_other() {
    "$MODSWEEP" run varied.yaml -o "$1" --set loss.activity=2e-2 >"$OUT/log" || [ $? -eq 1 ]
    "$PYTHON" - "$1" <<'PYTHON'
import sys
import h5py

with h5py.File("one.h5") as one, h5py.File(sys.argv[1], "r+") as other:
    other["hash"][...] = one["hash"][...]
    other.attrs["fingerprint"] = one.attrs["fingerprint"]
PYTHON
}

@test "rows that contradict each other are refused" {
    write_other "$OUT/other.h5"
    exits 2 "$MODSWEEP" merge "$OUT/out.h5" one.h5 "$OUT/other.h5"
    says "one.h5 and $OUT/other.h5 contradict each other"
    says 'row 0 (job 0) of the first and row 0 (job 0) of the second'
    says 'differ in '
    says 'loss'
    [ -z "$(find "$OUT" -name 'out.h5*')" ]
}

@test "files that an older program has made" {
    cp one.h5 "$OUT/old.h5"
    exits 0 "$PYTHON" - "$OUT/old.h5" <<'PYTHON'
import sys
import h5py

with h5py.File(sys.argv[1], "r+") as old:
    for name in "shard", "shards", "sweep_jobs", "sweeps":
        del old.attrs[name]
    for name in "incarnation", "incarnations", "run_incarnation":
        del old[name]
    old.attrs["format_version"] = 1
    old["state"][20:] = 0
PYTHON
    exits 0 "$MODSWEEP" merge "$OUT/out.h5" "$OUT/old.h5" varied.shard-3-of-3.h5
    says "$OUT/old.h5: 20 of 40 rows taken"
    exits 1 "$MODSWEEP" run varied.yaml -o "$OUT/out.h5"
    compare whole one.h5 "$OUT/out.h5" 40
}

@test "what cannot be merged" {
    exits 2 "$MODSWEEP" merge
    says 'usage: modsweep merge OUT.h5 IN.h5...'
    exits 2 "$MODSWEEP" merge "$OUT/out.h5"
    exits 2 "$MODSWEEP" merge one.h5 varied.shard-1-of-3.h5 one.h5
    says 'cannot merge a file into itself: one.h5'
    ln -s "$PWD/one.h5" "$OUT/link.h5"
    exits 2 "$MODSWEEP" merge "$OUT/link.h5" one.h5
    says 'into itself'
    exits 2 "$MODSWEEP" merge larger.h5 one.h5
    says 'larger.h5 exists already and is not replaced'
    exits 2 "$MODSWEEP" merge "$OUT/out.h5" nothing.h5
    says 'nothing.h5: cannot be read'
    exits 2 "$MODSWEEP" merge "$OUT/out.h5" varied.yaml
    says 'is not an HDF5 file'
    exits 3 "$MODSWEEP" merge "$OUT/nowhere/out.h5" one.h5
    says 'its folder does not exist'
    exits 1 "$MODSWEEP" run varied.yaml -o "$OUT/quarter.h5" --shard 1/4
    exits 2 "$MODSWEEP" merge "$OUT/out.h5" varied.shard-1-of-3.h5 "$OUT/quarter.h5"
    says 'is one of 3 shards'
    "$MODSWEEP" run varied.yaml -o "$OUT/strange.h5" --shard 1/3 --set seed=9 >"$OUT/log" || [ $? -eq 1 ]
    exits 2 "$MODSWEEP" merge "$OUT/out.h5" varied.shard-1-of-3.h5 "$OUT/strange.h5"
    says 'shards of different sweeps: varied.shard-1-of-3.h5'
    says 'strange.h5'
    [ ! -e "$OUT/out.h5" ]
}

@test "a full disk leaves nothing" {
    exits 3 bash -c "ulimit -f 100; exec '$MODSWEEP' merge '$OUT/out.h5' one.h5 larger.h5"
    says 'no room'
    [ -z "$(find "$OUT" -name 'out.h5*')" ]
}

# merge_bounded OUT IN...: fails if merging takes more than half of the memory that the rows would.
merge_bounded() {
    exits 0 "$PYTHON" -c '
import os, resource, subprocess, sys
subprocess.run([os.environ["MODSWEEP"], "merge", *sys.argv[1:]], check=True)
peak = 1024 * resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
size = os.path.getsize(sys.argv[1])
assert size > 200e6 and peak < size / 2, (peak, size)' "$@"
}

@test "memory is bounded" {
    cat >"$OUT/wide.yaml" <<'YAML'
replicates: 7
data: {kind: uniform, points: 1500, sources: 4}
network: {kind: linear_autoencoder, hidden: 1}
train: {learning_rate: !linspace [1e-3, 1e-2, 600], steps: 1}
loss: {activity: 1e-2}
scores: []
save: [activity, sources]
YAML
    cd "$OUT"
    for shard in 1/2 2/2; do
        exits 0 mpi 2 "$MODSWEEP" run wide.yaml --shard "$shard"
    done
    merge_bounded all.h5 wide.shard-1-of-2.h5 wide.shard-2-of-2.h5
    says '4200 jobs: 4200 done'
    exits 0 "$MODSWEEP" run wide.yaml -o few.h5 --set train.learning_rate=1e-3
    merge_bounded both.h5 few.h5 all.h5
    says '4200 jobs of 2 sweeps: 4200 done'
    rm -f ./*.h5
}

@test "a file whose hash of a job is damaged is named" {
    cd "$OUT"
    cat >hashes.yaml <<'YAML'
network: {kind: dummy, seconds: !grid [0, 1e-6, 2e-6]}
YAML
    exits 0 "$MODSWEEP" run hashes.yaml -o sound.h5
    cp sound.h5 damaged.h5
    exits 0 "$PYTHON" -c 'import h5py
h5py.File("damaged.h5", "r+")["hash"][1] = (1, 2)'
    exits 3 "$MODSWEEP" merge merged.h5 sound.h5 damaged.h5
    says "job 1 has another hash in damaged.h5"
    [ ! -e merged.h5 ]
}
