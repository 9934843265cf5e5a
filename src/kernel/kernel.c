#include "kernel/kernel.h"

#include <cblas.h>
#include <string.h>

extern const struct kernel kernel_lanes_portable;
extern const struct kernel kernel_wide_portable;

#ifdef __x86_64__
extern const struct kernel kernel_lanes_avx2;
extern const struct kernel kernel_lanes_avx512;
extern const struct kernel kernel_wide_avx2;
extern const struct kernel kernel_wide_avx512;

static bool kernel_has_avx512(void) {
    return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
           __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl") &&
           __builtin_cpu_supports("avx512cd");
}

static bool kernel_has_avx2(void) {
    return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") &&
           __builtin_cpu_supports("bmi") && __builtin_cpu_supports("bmi2");
}
#endif

static bool kernel_has_all(void) {
    return true;
}

/* Of each family the fastest first. */
struct variant {
    const struct kernel *kernel;
    bool (*is_supported)(void);
};

static const struct variant variants[] = {
#ifdef __x86_64__
    {&kernel_lanes_avx512, kernel_has_avx512}, {&kernel_lanes_avx2, kernel_has_avx2},
    {&kernel_wide_avx512, kernel_has_avx512},  {&kernel_wide_avx2, kernel_has_avx2},
#endif
    {&kernel_lanes_portable, kernel_has_all},  {&kernel_wide_portable, kernel_has_all},
};

enum { VARIANTS = sizeof variants / sizeof variants[0] };

const struct kernel *kernel_named(const char *name) {
    for (size_t i = 0; i < VARIANTS; i++) {
        if (strcmp(name, variants[i].kernel->name) == 0) {
            return variants[i].is_supported() ? variants[i].kernel : NULL;
        }
    }
    return NULL;
}

const struct kernel *kernel_best(bool wide) {
    size_t lanes = wide ? 1 : KERNEL_LANES;
    for (size_t i = 0; i < VARIANTS; i++) {
        if (variants[i].kernel->lanes == lanes && variants[i].is_supported()) {
            return variants[i].kernel;
        }
    }
    return NULL;
}

void kernel_prepare(void) {
    openblas_set_num_threads(1);
}
