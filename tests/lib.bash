# shellcheck shell=bash
# For every tests/ROOM/test_*.bats: `load ../lib`. A test has $BATS_TEST_TMPDIR to itself.

ROOT=$(cd "$BATS_TEST_DIRNAME/../.." && pwd)
MODSWEEP=${MODSWEEP:-$ROOT/build/modsweep}
# The one that sees Debian's h5py, xarray and netCDF4.
PYTHON=${PYTHON:-/usr/bin/python3}
export ROOT MODSWEEP PYTHON

# Tests often run as root in a container, with fewer cores than ranks.
export OMPI_ALLOW_RUN_AS_ROOT=1 OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1
export OMPI_MCA_rmaps_base_oversubscribe=1 OMPI_MCA_hwloc_base_binding_policy=none
export NO_COLOR=1

# mpi N COMMAND...: runs the command on N ranks.
mpi() {
    local ranks=$1
    shift
    mpirun --oversubscribe -n "$ranks" "$@" </dev/null
}

# exits STATUS COMMAND...: fails, showing the output, unless the command exits with that status;
# leaves $status, $output and $lines as bats' `run` does.
exits() {
    local expected=$1
    shift
    run "$@"
    # shellcheck disable=SC2154 # set by run
    if [ "$status" -ne "$expected" ]; then
        printf 'exit status %s instead of %s: %s\n%s\n' "$status" "$expected" "$*" "$output"
        return 1
    fi
}

# says TEXT: fails, showing it, unless $output of the last `run` contains the text.
says() {
    if [[ $output != *"$1"* ]]; then
        printf 'expected to read: %s\nbut the output was:\n%s\n' "$1" "$output"
        return 1
    fi
}
