#!/usr/bin/env bats
# A node that SLURM gave up: its ranks still run while the job starts again elsewhere.

load ../lib
load ../mpi/sweeps
load slurm

setup_file() {
    load ../lib
    load slurm
    start_cluster
}

teardown_file() {
    stop_cluster
}

setup() {
    enter_cluster
}

# writers: the numbers of the runs that wrote the rows of r.h5.
writers() {
    "$PYTHON" -c '
import h5py
with h5py.File("r.h5", "r") as file:
    print(*sorted(set(file["incarnation"][...])))'
}

# ranks_are N: whether so many ranks, of whichever run, are alive.
ranks_are() {
    [ "$(pgrep -f "^$MODSWEEP run lasting.yaml -o r.h5" | wc -l)" -eq "$1" ]
}

# The first run lasts for half a minute, longer than SLURM takes to give a node up.
@test "ranks that live on do no harm, and the results are the same bits" {
    cat >lasting.yaml <<'YAML'
name: lasting
seed: 5
replicates: 16
data: {kind: uniform, points: 40, sources: 3}
scores: [multiinformation]
save: [weights, history]
cases:
  - {network.kind: linear_autoencoder, network.hidden: 12, train.steps: 30000, train.batch: 16}
  - {network.kind: dummy, network.seconds: !linspace [0.6, 0.7, 3]}
YAML
    local log=$PWD/r.log job node whole
    "$MODSWEEP" run lasting.yaml -o whole.h5 >/dev/null 2>&1 3>&- &
    whole=$!
    job=$(sbatch --parsable --nodes=1 --ntasks-per-node=1 --time=10 --output="$log" \
        "$ROOT/jobs/many_nodes_srun.sh" lasting.yaml r.h5)
    patiently test -e r.h5.live
    node=$(job_field "$job" NodeList)
    stop_node "$node"
    patiently ranks_are 2
    patiently ranks_are 1 # the old one has ended
    [ "$(job_field "$job" JobState)" = RUNNING ]
    ends "$job" 0 "$log"
    [ "$(job_field "$job" Restarts)" -eq 1 ]
    [ "$(job_field "$job" NodeList)" != "$node" ]
    [ "$(writers)" = '1 2' ]
    "$MODSWEEP" status r.h5 | grep -q 'finished  64 (100.0 %): 64 done'
    wait "$whole"
    compare whole r.h5 whole.h5 64
}
