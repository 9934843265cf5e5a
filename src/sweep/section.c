#include "sweep/section.h"

#include <string.h>

static const struct component *section_distribution_at(size_t index) {
    return distributions[index] == NULL ? NULL : &distributions[index]->component;
}

static const struct component *section_network_at(size_t index) {
    return networks[index] == NULL ? NULL : &networks[index]->component;
}

static const struct component *section_solver_at(size_t index) {
    return solvers[index] == NULL ? NULL : &solvers[index]->component;
}

static const struct component *section_train_at(size_t index) {
    return index == 0 ? &train_component : NULL;
}

static const struct component *section_loss_at(size_t index) {
    return index == 0 ? &loss_component : NULL;
}

static const struct component *section_scoring_at(size_t index) {
    return index == 0 ? &scoring_component : NULL;
}

static const struct slot_info {
    const char *name;
    const char *selector;
    const char *fallback;
    const struct component *(*component)(size_t index);
} sections[SECTION_COUNT] = {
    [SECTION_DATA] = {"data", "data.kind", NULL, section_distribution_at},
    [SECTION_NETWORK] = {"network", "network.kind", NULL, section_network_at},
    [SECTION_TRAIN] = {"train", NULL, NULL, section_train_at},
    [SECTION_SOLVER] = {"train", "train.solver", "adam", section_solver_at},
    [SECTION_LOSS] = {"loss", NULL, NULL, section_loss_at},
    [SECTION_SCORING] = {"scoring", NULL, NULL, section_scoring_at},
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

const struct component *section_component(enum section section, size_t index) {
    return sections[section].component(index);
}

size_t section_component_count(enum section section) {
    size_t count = 0;
    while (section_component(section, count) != NULL) {
        count++;
    }
    return count;
}

void *section_settings(enum section section, struct job *job) {
    switch (section) {
    case SECTION_DATA:
        return job->data.bytes;
    case SECTION_NETWORK:
        return job->network_settings.bytes;
    case SECTION_SOLVER:
        return job->solver_settings.bytes;
    case SECTION_TRAIN:
        return &job->train;
    case SECTION_LOSS:
        return &job->loss;
    case SECTION_SCORING:
    case SECTION_COUNT:
        break;
    }
    return &job->scoring;
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
