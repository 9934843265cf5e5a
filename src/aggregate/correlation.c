#include "aggregate/correlation.h"

#include <math.h>
#include <stdlib.h>

struct key_value {
    double value;
    size_t index;
};

static int correlation_by_value(const void *left, const void *right) {
    double a = ((const struct key_value *)left)->value;
    double b = ((const struct key_value *)right)->value;
    return (a > b) - (a < b);
}

/* Ranks less their mean, so from −(count − 1) / 2. */
static enum status correlation_find_ranks(const double *values, size_t count, struct arena *arena,
                                          double **ranks, struct error *error) {
    struct key_value *order;
    TRY(ARENA_NEW(arena, order, count, error));
    TRY(ARENA_NEW(arena, *ranks, count, error));
    for (size_t k = 0; k < count; k++) {
        order[k] = (struct key_value){values[k], k};
    }
    qsort(order, count, sizeof *order, correlation_by_value);
    for (size_t first = 0, end = 0; first < count; first = end) {
        while (end < count && order[end].value == order[first].value) {
            end++;
        }
        for (size_t k = first; k < end; k++) {
            (*ranks)[order[k].index] = ((double)first + (double)end - (double)count) / 2.0;
        }
    }
    return STATUS_OK;
}

static enum status correlation_correlate(const double *x, const double *y, size_t count,
                                         struct arena *arena, double *answer, struct error *error) {
    double *a;
    double *b;
    double aa = 0.0;
    double bb = 0.0;
    double ab = 0.0;
    TRY(correlation_find_ranks(x, count, arena, &a, error));
    TRY(correlation_find_ranks(y, count, arena, &b, error));
    for (size_t k = 0; k < count; k++) {
        aa += a[k] * a[k];
        bb += b[k] * b[k];
        ab += a[k] * b[k];
    }
    *answer = aa > 0.0 && bb > 0.0 ? ab / sqrt(aa * bb) : (double)NAN;
    return STATUS_OK;
}

enum status correlation_of_ranks(const double *x, const double *y, size_t count, double *answer,
                                 struct error *error) {
    SCOPED(arena_free) struct arena arena = {0};
    *answer = (double)NAN;
    return count == 0 ? STATUS_OK : correlation_correlate(x, y, count, &arena, answer, error);
}
