# sbatch starts the job in the folder where it was called. An installed program is found in PATH.
program=${MODSWEEP:-build/modsweep}
if [ -z "${MODSWEEP:-}" ] && [ ! -x "$program" ]; then
    program=modsweep
fi
