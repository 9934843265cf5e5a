# shellcheck shell=bash
# Sweeps and comparisons that the tests of parallel runs share: `load sweeps` after `load ../lib`.

# Forty jobs of several shapes, sizes and rates, of which the eight of rate 1000 diverge.
write_varied_sweep() {
    cat >"$1" <<'YAML'
name: varied
seed: 7
replicates: 2
data: {kind: uniform, sources: 2}
network: {kind: linear_autoencoder, hidden: !grid [4, 6]}
train: {learning_rate: !grid [1e-3, 1e-2], steps: 300}
loss: {fit: 1, activity: 1e-2, negativity: 1, weights: 1e-4}
cases:
  - {data.points: !grid [8, 32]}
  - {data.points: 16, data.sources: 3, train.steps: 200}
  - {data.points: !grid [8, 16], train.solver: adamw, train.weight_decay: 1,
     train.learning_rate: !grid [1e-3, 1000]}
scores: [linear_cinfom, multiinformation, mixing_angle]
save: [weights, activity, sources, history]
YAML
}

# Twelve jobs of one shape, of which the sixth, number 5, aborts.
write_faulty_sweep() {
    cat >"$1" <<'YAML'
name: faulty
data: {kind: uniform, sources: 2}
network: {kind: dummy}
cases:
  - {data.points: !range [5, 10]}
  - {data.points: 10, network.fault: abort}
  - {data.points: !range [11, 17]}
YAML
}

# compare HOW A.h5 B.h5 ROWS: fails unless compare.py finds so many rows, and all of them equal.
compare() {
    exits 0 "$PYTHON" "$ROOT/tests/mpi/compare.py" "$1" "$2" "$3"
    # shellcheck disable=SC2154 # set by run
    if [ "$output" != "$4" ]; then
        printf '%s rows of %s and %s compared instead of %s\n' "$output" "$2" "$3" "$4"
        return 1
    fi
}

# finished FILE.h5: the number of rows that are not missing.
finished() {
    "$MODSWEEP" status "$1" | sed -n 's/^finished *\([0-9]*\).*/\1/p'
}
