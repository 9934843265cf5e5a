#include "kernel/kernel.h"

#include <cblas.h>
#include <string.h>

extern const struct kernel kernel_wide;
extern const struct kernel kernel_lanes_portable;

#ifdef __x86_64__
extern const struct kernel kernel_lanes_avx2;
extern const struct kernel kernel_lanes_avx512;

static bool has_avx512(void) {
    return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
           __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl") &&
           __builtin_cpu_supports("avx512cd");
}

static bool has_avx2(void) {
    return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") &&
           __builtin_cpu_supports("bmi") && __builtin_cpu_supports("bmi2");
}
#endif

const struct kernel *kernel_named(const char *name) {
#ifdef __x86_64__
    if (strcmp(name, kernel_lanes_avx512.name) == 0) {
        return has_avx512() ? &kernel_lanes_avx512 : NULL;
    }
    if (strcmp(name, kernel_lanes_avx2.name) == 0) {
        return has_avx2() ? &kernel_lanes_avx2 : NULL;
    }
#endif
    if (strcmp(name, kernel_lanes_portable.name) == 0) {
        return &kernel_lanes_portable;
    }
    return strcmp(name, kernel_wide.name) == 0 ? &kernel_wide : NULL;
}

const struct kernel *kernel_best(bool wide) {
    static const char *const fastest_first[] = {"avx512", "avx2"};
    if (wide) {
        return &kernel_wide;
    }
    for (size_t i = 0; i < sizeof fastest_first / sizeof fastest_first[0]; i++) {
        const struct kernel *kernel = kernel_named(fastest_first[i]);
        if (kernel != NULL) {
            return kernel;
        }
    }
    return &kernel_lanes_portable;
}

void kernel_prepare(void) {
    openblas_set_num_threads(1);
}
