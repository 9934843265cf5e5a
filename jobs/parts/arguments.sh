set -euo pipefail

if [ $# -lt 2 ]; then
    echo "usage: sbatch $0 SWEEP.yaml RESULTS.h5 [options of 'modsweep run']" >&2
    exit 2
fi
sweep=$1
results=$2
shift 2
