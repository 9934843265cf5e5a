#include "sweep/section.h"

#include <string.h>

const struct section_info sections[SECTION_COUNT] = {
    [SECTION_DATA] = {.name = "data",
                      .selector = "data.kind",
                      .help = "data distribution",
                      .settings = offsetof(struct job, data)},
    [SECTION_NETWORK] = {.name = "network",
                         .selector = "network.kind",
                         .help = "type of network",
                         .settings = offsetof(struct job, network_settings)},
    [SECTION_TRAIN] = {.name = "train", .settings = offsetof(struct job, train)},
    [SECTION_SOLVER] = {.name = "train",
                        .selector = "train.solver",
                        .fallback = "adam",
                        .help = "solver",
                        .settings = offsetof(struct job, solver_settings)},
    [SECTION_LOSS] = {.name = "loss", .settings = offsetof(struct job, loss)},
    [SECTION_SCORING] = {.name = "scoring", .settings = offsetof(struct job, scoring)},
};

bool section_holds(enum section section, const char *key) {
    const char *name = sections[section].name;
    const size_t length = strlen(name);
    return strncmp(key, name, length) == 0 && key[length] == '.';
}

const char *section_parameter_name(const char *key) {
    return key + strcspn(key, ".") + 1;
}

const struct component *section_component(enum section section, size_t index) {
    switch (section) {
    case SECTION_DATA:
        return distributions[index] == NULL ? NULL : &distributions[index]->component;
    case SECTION_NETWORK:
        return networks[index] == NULL ? NULL : &networks[index]->component;
    case SECTION_SOLVER:
        return solvers[index] == NULL ? NULL : &solvers[index]->component;
    case SECTION_TRAIN:
        return index == 0 ? &train_component : NULL;
    case SECTION_LOSS:
        return index == 0 ? &loss_component : NULL;
    default:
        return index == 0 ? &scoring_component : NULL;
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
