/* `modsweep list`: what a sweep may contain. */

#include "show/list.h"
#include "command/common.h"
#include "document/writers.h"

struct list_settings {
    bool json;
};

static const struct option options[] = {
    OPTION_JSON(list_settings),
};

static enum status list_run(const struct arguments *arguments, struct arena *arena,
                            struct error *error) {
    const struct list_settings *settings = arguments->settings;
    const char *kind = arguments->positional_count > 0 ? arguments->positional[0] : NULL;
    const char *name = arguments->positional_count > 1 ? arguments->positional[1] : NULL;
    struct document document = {.arena = arena};
    TRY(list_document(kind, name, &document, error));
    return document_print(&document, settings->json, error);
}

const struct command list_command = {
    .name = "list",
    .synopsis = "[KIND [NAME]]",
    .help = "list networks, distributions, solvers, scores and their parameters",
    .details = "KIND is networks, distributions, solvers or scores. With a NAME of that kind,\n"
               "the parameters follow: type, range, unit and default. 'list train', 'list\n"
               "loss', 'list scoring' and 'list sweep' show the parameters of those sections.\n"
               "\n"
               "An axis in a sweep is a value with a tag:\n"
               "  !grid [1, 2, 4]            these values; elements may be lists\n"
               "  !linspace [0.3, 1.0, 8]    8 evenly spaced values, both ends included\n"
               "  !logspace [1e-4, 1e-2, 3]  3 values from 1e-4 to 1e-2 at equal ratios\n"
               "  !range [0, 10, 2]          like Python's range: the stop is excluded\n"
               "  !zip:label [1, 2, 3]       axes with one label advance together\n"
               "  !uniform [0, 1]            random values, 'samples: N' of them\n",
    COMMAND_OPTIONS(options, list_settings),
    .positional_maximum = 2,
    .run = list_run,
};
