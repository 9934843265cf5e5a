#include "base/launch.h"

#include <stdlib.h>
#include <string.h>

bool launch_is_first(void) {
    static const char *const ranks[] = {"OMPI_COMM_WORLD_RANK", "PMIX_RANK", "SLURM_PROCID"};
    for (size_t k = 0; k < sizeof ranks / sizeof ranks[0]; k++) {
        const char *rank = getenv(ranks[k]);
        if (rank != NULL) {
            return strcmp(rank, "0") == 0;
        }
    }
    return true;
}
