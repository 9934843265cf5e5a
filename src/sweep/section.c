#include "sweep/section.h"

#include <string.h>

static const struct section_info {
    const char *name;
    const char *selector; /* NULL: there is `only` one component */
    const char *fallback;
    const char *help;
    const struct component *only;
    size_t settings; /* offset of the settings struct */
} sections[SECTION_COUNT] = {
    [SECTION_DATA] = {.name = "data",
                      .selector = "data.kind",
                      .help = "data distribution",
                      .settings = offsetof(struct job, data)},
    [SECTION_NETWORK] = {.name = "network",
                         .selector = "network.kind",
                         .help = "type of network",
                         .settings = offsetof(struct job, network_settings)},
    [SECTION_TRAIN] = {.name = "train",
                       .only = &train_component,
                       .settings = offsetof(struct job, train)},
    [SECTION_SOLVER] = {.name = "train",
                        .selector = "train.solver",
                        .fallback = "adam",
                        .help = "solver",
                        .settings = offsetof(struct job, solver_settings)},
    [SECTION_LOSS] = {.name = "loss",
                      .only = &loss_component,
                      .settings = offsetof(struct job, loss)},
    [SECTION_SCORING] = {.name = "scoring",
                         .only = &scoring_component,
                         .settings = offsetof(struct job, scoring)},
};

const char *section_name(enum section section) {
    return sections[section].name;
}

bool section_holds(enum section section, const char *key) {
    const char *name = section_name(section);
    const size_t length = strlen(name);
    return strncmp(key, name, length) == 0 && key[length] == '.';
}

const char *section_parameter_name(const char *key) {
    return key + strcspn(key, ".") + 1;
}

const char *section_selector(enum section section) {
    return sections[section].selector;
}

const char *section_default(enum section section) {
    return sections[section].fallback;
}

const char *section_help(enum section section) {
    return sections[section].help;
}

const struct component *section_component(enum section section, size_t index) {
    switch (section) {
    case SECTION_DATA:
        return distributions[index] == NULL ? NULL : &distributions[index]->component;
    case SECTION_NETWORK:
        return networks[index] == NULL ? NULL : &networks[index]->component;
    case SECTION_SOLVER:
        return solvers[index] == NULL ? NULL : &solvers[index]->component;
    default:
        return index == 0 ? sections[section].only : NULL;
    }
}

size_t section_component_count(enum section section) {
    size_t count = 0;
    while (section_component(section, count) != NULL) {
        count++;
    }
    return count;
}

void *section_settings(enum section section, struct job *job) {
    return (unsigned char *)job + sections[section].settings;
}

void section_choose(enum section section, size_t index, struct job *job) {
    if (section == SECTION_DATA) {
        job->distribution = distributions[index];
    } else if (section == SECTION_NETWORK) {
        job->network = networks[index];
    } else if (section == SECTION_SOLVER) {
        job->solver = solvers[index];
    }
}
