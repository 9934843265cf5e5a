#include "sweep/root_keys.h"

#include <stddef.h>
#include <string.h>

enum { REPLICATES_MAX = 1000 * 1000 * 1000 };

static const char *const savable[] = {"weights", "activity", "sources", "history", NULL};

static const struct parameter parameters[] = {
    {.type = PARAMETER_TEXT,
     PARAMETER_FIELD(struct root_settings, name),
     .fallback = "",
     .help = "name of the sweep; by default the file's name"},
    {.type = PARAMETER_INTEGER,
     PARAMETER_FIELD(struct root_settings, seed),
     PARAMETER_RANGE((double)INT64_MIN, (double)INT64_MAX),
     .fallback = "0",
     .help = "seed of all random numbers of the sweep"},
    {.type = PARAMETER_INTEGER,
     PARAMETER_FIELD(struct root_settings, replicates),
     PARAMETER_RANGE(1, REPLICATES_MAX),
     .fallback = "1",
     .help = "repetitions of every cell, each with its own randomness"},
    {.type = PARAMETER_INTEGER,
     PARAMETER_FIELD(struct root_settings, samples),
     PARAMETER_RANGE(0, (double)INT64_MAX),
     .fallback = "0",
     .help = "draws of !uniform axes that do not say how many"},
    {.type = PARAMETER_CHOICES,
     PARAMETER_FIELD(struct root_settings, save),
     .fallback = "[]",
     .choices = savable,
     .help = "what the results file keeps besides the scores"},
};

enum { PARAMETER_COUNT = sizeof parameters / sizeof parameters[0] };

const struct component root_component = {
    .name = "sweep",
    .help = "the top level of a sweep",
    COMPONENT_PARAMETERS(parameters),
    .settings_size = sizeof(struct root_settings),
};

const char *root_key_name(size_t index) {
    static const char *const others[] = {"cases", "scores"};
    if (index < PARAMETER_COUNT) {
        return parameters[index].name;
    }
    index -= PARAMETER_COUNT;
    return index < sizeof others / sizeof others[0] ? others[index] : NULL;
}

bool root_key_exists(const char *name) {
    for (size_t i = 0; root_key_name(i) != NULL; i++) {
        if (strcmp(root_key_name(i), name) == 0) {
            return true;
        }
    }
    return false;
}
