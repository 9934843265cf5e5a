#include "data/variety.h"

#include "base/order.h"

enum status variety_of(const struct points *points, struct arena *arena, struct variety *variety,
                       struct error *error) {
    double *values;
    uint32_t *rows;
    TRY(ARENA_NEW(arena, values, points->rows, error));
    TRY(ARENA_NEW(arena, rows, points->rows, error));
    *variety = (struct variety){0};
    for (size_t j = 0; j < points->columns; j++) {
        for (size_t n = 0; n < points->rows; n++) {
            values[n] = points->values[n * points->columns + j];
        }
        TRY(order_reals(values, rows, points->rows, arena, error));
        size_t different = 1;
        for (size_t n = 1; n < points->rows; n++) {
            different += values[n] != values[n - 1];
        }
        if (different > variety->values) {
            *variety = (struct variety){j, different};
        }
    }
    return STATUS_OK;
}
