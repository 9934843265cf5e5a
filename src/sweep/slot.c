#include "sweep/slot.h"

#include <string.h>

static const struct component *distribution_at(size_t index) {
    return distributions[index] == NULL ? NULL : &distributions[index]->component;
}

static const struct component *network_at(size_t index) {
    return networks[index] == NULL ? NULL : &networks[index]->component;
}

static const struct component *solver_at(size_t index) {
    return solvers[index] == NULL ? NULL : &solvers[index]->component;
}

static const struct component *train_at(size_t index) {
    return index == 0 ? &train_component : NULL;
}

static const struct component *loss_at(size_t index) {
    return index == 0 ? &loss_component : NULL;
}

static const struct component *scoring_at(size_t index) {
    return index == 0 ? &scoring_component : NULL;
}

static const struct slot_info {
    const char *section;
    const char *selector;
    const char *fallback;
    const struct component *(*component)(size_t index);
} slots[SLOT_COUNT] = {
    [SLOT_DATA] = {"data", "data.kind", NULL, distribution_at},
    [SLOT_NETWORK] = {"network", "network.kind", NULL, network_at},
    [SLOT_TRAIN] = {"train", NULL, NULL, train_at},
    [SLOT_SOLVER] = {"train", "train.solver", "adam", solver_at},
    [SLOT_LOSS] = {"loss", NULL, NULL, loss_at},
    [SLOT_SCORING] = {"scoring", NULL, NULL, scoring_at},
};

const char *slot_section(enum slot slot) {
    return slots[slot].section;
}

bool slot_holds(enum slot slot, const char *key) {
    const char *section = slot_section(slot);
    const size_t length = strlen(section);
    return strncmp(key, section, length) == 0 && key[length] == '.';
}

const char *slot_name(const char *key) {
    return key + strcspn(key, ".") + 1;
}

const char *slot_selector(enum slot slot) {
    return slots[slot].selector;
}

const char *slot_default(enum slot slot) {
    return slots[slot].fallback;
}

const struct component *slot_component(enum slot slot, size_t index) {
    return slots[slot].component(index);
}

size_t slot_component_count(enum slot slot) {
    size_t count = 0;
    while (slot_component(slot, count) != NULL) {
        count++;
    }
    return count;
}

void *slot_settings(enum slot slot, struct job *job) {
    switch (slot) {
    case SLOT_DATA:
        return job->data.bytes;
    case SLOT_NETWORK:
        return job->network_settings.bytes;
    case SLOT_SOLVER:
        return job->solver_settings.bytes;
    case SLOT_TRAIN:
        return &job->train;
    case SLOT_LOSS:
        return &job->loss;
    case SLOT_SCORING:
    case SLOT_COUNT:
        break;
    }
    return &job->scoring;
}

void slot_choose(enum slot slot, size_t index, struct job *job) {
    if (slot == SLOT_DATA) {
        job->distribution = distributions[index];
    } else if (slot == SLOT_NETWORK) {
        job->network = networks[index];
    } else if (slot == SLOT_SOLVER) {
        job->solver = solvers[index];
    }
}
