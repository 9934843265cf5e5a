/**
 * @file
 * What the tests of kernels share: arrays of random numbers aligned as kernels want them.
 */
#pragma once

#include "base/arena.h"
#include "base/random.h"
#include "check.h"
#include "kernel/kernel.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/** Memory and random numbers of one test. */
struct arrays {
    struct arena arena;
    struct random_stream stream;
};

static inline struct arrays arrays_begin(uint64_t seed) {
    return (struct arrays){.stream =
                               random_stream_of((struct job_hash){{seed, ~seed}}, RANDOM_DATA)};
}

static inline float *zeros(struct arrays *arrays, size_t count) {
    struct error error = {0};
    float *numbers = NULL;
    if (ARENA_NEW(&arrays->arena, numbers, count, &error) != STATUS_OK) {
        abort(); /* which analysers know not to return */
    }
    return numbers;
}

/** Normal numbers. */
static inline float *normals(struct arrays *arrays, size_t count) {
    float *numbers = zeros(arrays, count);
    for (size_t k = 0; k < count; k++) {
        numbers[k] = (float)random_normal(&arrays->stream);
    }
    return numbers;
}

/** Numbers in (0, 1). */
static inline float *uniforms(struct arrays *arrays, size_t count) {
    float *numbers = zeros(arrays, count);
    for (size_t k = 0; k < count; k++) {
        numbers[k] = (float)random_uniform(&arrays->stream);
    }
    return numbers;
}

static inline float *copy_of(struct arrays *arrays, const float *numbers, size_t count) {
    float *copy = zeros(arrays, count);
    memcpy(copy, numbers, count * sizeof *copy);
    return copy;
}
