#include "kernel/denormals.h"

#if defined(__x86_64__)
#include <xmmintrin.h>

enum { FLUSH_RESULTS = 1u << 15, FLUSH_OPERANDS = 1u << 6 }; /* of the MXCSR register */

uint64_t denormals_to_zero(void) {
    unsigned saved = _mm_getcsr();
    _mm_setcsr(saved | FLUSH_RESULTS | FLUSH_OPERANDS);
    return saved;
}

void denormals_restore(const uint64_t *saved) {
    _mm_setcsr((unsigned)*saved);
}

#elif defined(__aarch64__)

enum { FLUSH = 1u << 24 }; /* of the FPCR register */

uint64_t denormals_to_zero(void) {
    uint64_t saved;
    __asm__ volatile("mrs %0, fpcr" : "=r"(saved));
    __asm__ volatile("msr fpcr, %0" : : "r"(saved | FLUSH));
    return saved;
}

void denormals_restore(const uint64_t *saved) {
    __asm__ volatile("msr fpcr, %0" : : "r"(*saved));
}

#else

uint64_t denormals_to_zero(void) {
    return 0;
}

void denormals_restore(const uint64_t *saved) {
    (void)saved;
}

#endif
