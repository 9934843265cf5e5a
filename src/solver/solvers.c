#include "solver/solver.h"

/* One line per solver, in the order of `modsweep list`; a file of this folder defines each.
 */
#define EVERY_SOLVER(DO)                                                                           \
    DO(adam)                                                                                       \
    DO(adamw)                                                                                      \
    DO(exact)

#define DECLARE(name) extern const struct solver name##_solver;
#define ENTRY(name) &name##_solver,

EVERY_SOLVER(DECLARE)

const struct solver *const solvers[] = {EVERY_SOLVER(ENTRY) NULL};
