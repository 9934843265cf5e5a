#include "base/version.h"

/* The Makefile defines both for this file alone, so that a commit rebuilds nothing else. */

const char *version_number(void) {
    return MODSWEEP_VERSION;
}

const char *version_commit(void) {
    return MODSWEEP_COMMIT;
}
