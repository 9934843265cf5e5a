# `srun --mpi=list` lists what the cluster supports; without pmix or pmi2, use many_nodes_mpirun.sh.
status=0
srun "--mpi=${MPI_TYPE:-pmix}" "${run[@]}" || status=$?
