#include "data/distinct_values.h"

#include "base/order.h"

enum status distinct_values_most(const struct points *points, struct arena *arena,
                                 struct distinct_values *distinct, struct error *error) {
    double *values;
    uint32_t *rows;
    TRY(ARENA_NEW(arena, values, points->rows, error));
    TRY(ARENA_NEW(arena, rows, points->rows, error));
    *distinct = (struct distinct_values){0};
    for (size_t j = 0; j < points->columns; j++) {
        for (size_t n = 0; n < points->rows; n++) {
            values[n] = points->values[n * points->columns + j];
        }
        TRY(order_reals(values, rows, points->rows, arena, error));
        size_t different = 1;
        for (size_t n = 1; n < points->rows; n++) {
            different += values[n] != values[n - 1];
        }
        if (different > distinct->values) {
            *distinct = (struct distinct_values){j, different};
        }
    }
    return STATUS_OK;
}
