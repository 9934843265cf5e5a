#include "submit/templates.h"

#include <stddef.h>

const struct template templates[] = {
#include "jobs.inc"
    {NULL, NULL},
};
