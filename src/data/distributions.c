#include "data/distribution.h"

/* One line per distribution, in the order of `modsweep list`; each is defined in a file of this
 * folder. */
#define EVERY_DISTRIBUTION(DO)                                                                     \
    DO(uniform)                                                                                    \
    DO(grid)                                                                                       \
    DO(correlated)                                                                                 \
    DO(what_where)                                                                                 \
    DO(oscillation)                                                                                \
    DO(teacher)                                                                                    \
    DO(file)

#define DECLARE(name) extern const struct distribution name##_distribution;
#define ENTRY(name) &name##_distribution,

EVERY_DISTRIBUTION(DECLARE)

const struct distribution *const distributions[] = {EVERY_DISTRIBUTION(ENTRY) NULL};
