/**
 * @file
 * Vectors of lanes, for src/kernel/lanes.c alone: the widest that the instruction set has, which
 * may hold fewer than the sixteen lanes of an array element.
 */
#pragma once

#include "kernel/kernel.h"

#ifdef __AVX2__
#include <immintrin.h>
#else
#include <math.h>
#endif

/*
 * Register tiles: WIDE units by ROWS samples, NARROW units by ROWS_NARROW samples, HIDDEN latents.
 * They regroup independent sums, so they may differ between variants without changing a bit.
 */
#if defined(__AVX512F__)
enum { VECTOR_LANES = 16, WIDE = 4, ROWS = 4, ROWS_NARROW = 8, HIDDEN = 2, ROWS_BOTTLENECK = 4 };
#elif defined(__AVX2__)
enum { VECTOR_LANES = 8, WIDE = 4, ROWS = 2, ROWS_NARROW = 4, HIDDEN = 1, ROWS_BOTTLENECK = 2 };
#else
enum { VECTOR_LANES = 4, WIDE = 4, ROWS = 2, ROWS_NARROW = 4, HIDDEN = 1, ROWS_BOTTLENECK = 2 };
#endif
enum { L = KERNEL_LANES, NARROW = 2, TILE_MAX = 8 };

typedef float vector __attribute__((vector_size(VECTOR_LANES * sizeof(float)), may_alias));
typedef int mask __attribute__((vector_size(VECTOR_LANES * sizeof(int)), may_alias));

#define INLINE static inline __attribute__((always_inline))
#ifdef __clang__
#define UNROLL _Pragma("clang loop unroll(full)")
#else
#define UNROLL _Pragma("GCC unroll 16")
#endif
#define FOR_PARTS for (size_t part = 0; part < L; part += VECTOR_LANES)

INLINE vector load(const float *array, size_t index) {
    return *(const vector *)(array + index * L);
}

INLINE void store(float *array, size_t index, vector value) {
    *(vector *)(array + index * L) = value;
}

/*
 * a·b + c rounded once, and √a: GNU vectors have neither, and loops over their elements are not
 * reliably put together again.
 */
#if defined(__AVX512F__)
INLINE vector fused(vector a, vector b, vector c) {
    return (vector)_mm512_fmadd_ps((__m512)a, (__m512)b, (__m512)c);
}

INLINE vector square_root(vector a) {
    return (vector)_mm512_sqrt_ps((__m512)a);
}
#elif defined(__AVX2__)
INLINE vector fused(vector a, vector b, vector c) {
    return (vector)_mm256_fmadd_ps((__m256)a, (__m256)b, (__m256)c);
}

INLINE vector square_root(vector a) {
    return (vector)_mm256_sqrt_ps((__m256)a);
}
#else
INLINE vector fused(vector a, vector b, vector c) {
    vector result = c;
    for (int l = 0; l < VECTOR_LANES; l++) {
        result[l] = fmaf(a[l], b[l], c[l]);
    }
    return result;
}

INLINE vector square_root(vector a) {
    vector result = a;
    for (int l = 0; l < VECTOR_LANES; l++) {
        result[l] = sqrtf(a[l]);
    }
    return result;
}
#endif

INLINE vector where(mask chosen, vector yes) {
    return (vector)(chosen & (mask)yes);
}
