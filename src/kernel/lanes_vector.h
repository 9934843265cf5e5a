/**
 * @file
 * Vectors of lanes, for what src/kernel/variants.mk compiles alone: the widest that the instruction
 * set has, which may hold fewer than the sixteen lanes of an array element.
 */
#pragma once

#include "kernel/kernel.h"

#ifdef __AVX2__
#include <immintrin.h>
#else
#include <math.h>
#endif

/*
 * Register tiles: UNITS units by ROWS samples, fewer units by ROWS_NARROW or ROWS_SINGLE samples,
 * NEGATIVE_UNITS latents over all samples, UNITS_OF_ROW of one sample; of gradients, UNITS outputs
 * by WIDE inputs. With sixteen registers 3 by 4 sums need the fewest loads. Tiles regroup
 * independent sums, so they may differ between variants without changing a bit.
 */
#if defined(__AVX512F__)
enum { VECTOR_LANES = 16, UNITS = 4, ROWS = 4, ROWS_NARROW = 8, NEGATIVE_UNITS = 4 };
#elif defined(__AVX2__)
enum { VECTOR_LANES = 8, UNITS = 3, ROWS = 4, ROWS_NARROW = 4, NEGATIVE_UNITS = 2 };
#else
enum { VECTOR_LANES = 4, UNITS = 3, ROWS = 4, ROWS_NARROW = 4, NEGATIVE_UNITS = 2 };
#endif
enum { L = KERNEL_LANES, WIDE = 4, ROWS_SINGLE = 8, TILE_MAX = 8 };
enum { PARTS = L / VECTOR_LANES, UNITS_OF_ROW = TILE_MAX / PARTS };

typedef float vector __attribute__((vector_size(VECTOR_LANES * sizeof(float)), may_alias));
typedef int mask __attribute__((vector_size(VECTOR_LANES * sizeof(int)), may_alias));

#define INLINE static inline __attribute__((always_inline))
#ifdef __clang__
#define UNROLL _Pragma("clang loop unroll(full)")
#else
#define UNROLL _Pragma("GCC unroll 16")
#endif
#define FOR_PARTS for (size_t part = 0; part < L; part += VECTOR_LANES)

INLINE vector lanes_load(const float *array, size_t index) {
    return *(const vector *)(array + index * L);
}

INLINE void lanes_store(float *array, size_t index, vector value) {
    *(vector *)(array + index * L) = value;
}

/*
 * Intrinsics only for what GNU vectors cannot say: a·b + c rounded once, √a, and masked sums. Loops
 * over elements are not reliably put together again.
 */
#if defined(__AVX512F__)
INLINE vector lanes_fused(vector a, vector b, vector c) {
    return (vector)_mm512_fmadd_ps((__m512)a, (__m512)b, (__m512)c);
}

INLINE vector lanes_square_root(vector a) {
    return (vector)_mm512_sqrt_ps((__m512)a);
}
#elif defined(__AVX2__)
INLINE vector lanes_fused(vector a, vector b, vector c) {
    return (vector)_mm256_fmadd_ps((__m256)a, (__m256)b, (__m256)c);
}

INLINE vector lanes_square_root(vector a) {
    return (vector)_mm256_sqrt_ps((__m256)a);
}
#else
INLINE vector lanes_fused(vector a, vector b, vector c) {
    vector result = c;
    for (int l = 0; l < VECTOR_LANES; l++) {
        result[l] = fmaf(a[l], b[l], c[l]);
    }
    return result;
}

INLINE vector lanes_square_root(vector a) {
    vector result = a;
    for (int l = 0; l < VECTOR_LANES; l++) {
        result[l] = sqrtf(a[l]);
    }
    return result;
}
#endif

INLINE vector lanes_where(mask chosen, vector yes) {
    return (vector)(chosen & (mask)yes);
}

INLINE vector lanes_choose(mask chosen, vector yes, vector no) {
    return (vector)((chosen & (mask)yes) | (~chosen & (mask)no));
}

/* sum + value in the lanes where z is negative, sum elsewhere. */
INLINE vector lanes_add_where_negative(vector z, vector sum, vector value) {
#ifdef __AVX512F__
    __mmask16 negative = _mm512_cmp_ps_mask((__m512)z, _mm512_setzero_ps(), _CMP_LT_OQ);
    return (vector)_mm512_mask_add_ps((__m512)sum, negative, (__m512)sum, (__m512)value);
#else
    return sum + lanes_where(z < 0.0f, value);
#endif
}
