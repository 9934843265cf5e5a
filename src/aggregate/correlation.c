#include "aggregate/correlation.h"

#include "base/order.h"

#include <math.h>
#include <string.h>

/* Ranks less their mean, so from −(count − 1) / 2. */
static enum status correlation_find_ranks(const double *values, size_t count, struct arena *arena,
                                          double **ranks, struct error *error) {
    double *sorted;
    uint32_t *order;
    TRY(ARENA_NEW(arena, sorted, count, error));
    TRY(ARENA_NEW(arena, order, count, error));
    TRY(ARENA_NEW(arena, *ranks, count, error));
    memcpy(sorted, values, count * sizeof *sorted);
    for (size_t k = 0; k < count; k++) {
        order[k] = (uint32_t)k;
    }
    TRY(order_reals(sorted, order, count, arena, error));
    for (size_t first = 0, end = 0; first < count; first = end) {
        while (end < count && sorted[end] == sorted[first]) {
            end++;
        }
        for (size_t k = first; k < end; k++) {
            (*ranks)[order[k]] = ((double)first + (double)end - (double)count) / 2.0;
        }
    }
    return STATUS_OK;
}

enum status correlation_of_ranks(const double *x, const double *y, size_t count, double *answer,
                                 struct error *error) {
    SCOPED(arena_free) struct arena arena = {0};
    double *a;
    double *b;
    double aa = 0.0;
    double bb = 0.0;
    double ab = 0.0;
    TRY(correlation_find_ranks(x, count, &arena, &a, error));
    TRY(correlation_find_ranks(y, count, &arena, &b, error));
    for (size_t k = 0; k < count; k++) {
        aa += a[k] * a[k];
        bb += b[k] * b[k];
        ab += a[k] * b[k];
    }
    *answer = aa > 0.0 && bb > 0.0 ? ab / sqrt(aa * bb) : (double)NAN;
    return STATUS_OK;
}
