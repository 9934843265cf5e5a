#include "plan/shape_key.h"

#include "solver/solver.h"

#include <string.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

static uint64_t shape_key_add_bytes(uint64_t key, const void *bytes, size_t count) {
    return XXH3_64bits_withSeed(bytes, count, key);
}

static uint64_t shape_key_add_parameter(uint64_t key, const struct parameter *parameter,
                                        const unsigned char *field) {
    switch (parameter->type) {
    case PARAMETER_INTEGER:
        return shape_key_add_bytes(key, field, sizeof(int64_t));
    case PARAMETER_REAL:
        return shape_key_add_bytes(key, field, sizeof(double));
    case PARAMETER_CHOICE:
        return shape_key_add_bytes(key, field, sizeof(int));
    case PARAMETER_INTEGERS: /* laid out like reals */
    case PARAMETER_CHOICES:
    case PARAMETER_REALS: {
        struct reals list;
        memcpy(&list, field, sizeof list);
        return shape_key_add_bytes(key, list.values, list.count * sizeof *list.values);
    }
    case PARAMETER_TEXT:
    case PARAMETER_FILE: {
        /* A file reference starts with its path. */
        const char *text = *(const char *const *)(const void *)field;
        return shape_key_add_bytes(key, text, strlen(text));
    }
    case PARAMETER_FLAG:
    case PARAMETER_TEXTS:
        break; /* not in jobs */
    }
    return key;
}

static uint64_t shape_key_add_component(uint64_t key, const struct component *component,
                                        const void *settings) {
    key = shape_key_add_bytes(key, component->name, strlen(component->name));
    for (size_t p = 0; p < component->parameter_count; p++) {
        const struct parameter *parameter = &component->parameters[p];
        if ((parameter->flags & PARAMETER_SHAPES) != 0) {
            key = shape_key_add_parameter(key, parameter,
                                          (const unsigned char *)settings + parameter->offset);
        }
    }
    return key;
}

uint64_t shape_key_of(const struct sized_job *sized) {
    const struct job *job = &sized->job;
    const struct network_shape *network = &sized->network;
    uint64_t key = shape_key_add_component(0, &job->network->component, &job->network_settings);
    if (!job->network->trains) {
        return key;
    }
    size_t widths[] = {network->inputs, network->outputs, network->latents, network->steps};
    bool is_wide = sized_job_is_wide(sized);
    key = shape_key_add_bytes(key, widths, sizeof widths);
    key = shape_key_add_bytes(key, &is_wide, sizeof is_wide);
    key = shape_key_add_bytes(key, &network->one_hot, sizeof network->one_hot);
    key = shape_key_add_component(key, &job->solver->component, &job->solver_settings);
    key = shape_key_add_component(key, &train_component, &job->train);
    return shape_key_add_component(key, &loss_component, &job->loss);
}
