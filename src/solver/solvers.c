#include "solver/solver.h"

extern const struct solver solver_adam;
extern const struct solver solver_adamw;

const struct solver *const solvers[] = {
    &solver_adam,
    &solver_adamw,
    NULL,
};
