#include "base/order.h"

#include <stdlib.h>

struct item {
    double value;
    uint32_t carried;
    uint32_t place; /* before: equal values keep their order */
};

static int order_compare_items(const void *left, const void *right) {
    const struct item *a = left;
    const struct item *b = right;
    int by_value = (a->value > b->value) - (a->value < b->value);
    return by_value != 0 ? by_value : (a->place > b->place) - (a->place < b->place);
}

enum status order_reals(double *values, uint32_t *carried, size_t count, struct arena *arena,
                        struct error *error) {
    struct item *items;
    TRY(ARENA_NEW(arena, items, count, error));
    for (size_t n = 0; n < count; n++) {
        items[n] = (struct item){values[n], carried[n], (uint32_t)n};
    }
    qsort(items, count, sizeof *items, order_compare_items);
    for (size_t n = 0; n < count; n++) {
        values[n] = items[n].value;
        carried[n] = items[n].carried;
    }
    return STATUS_OK;
}

int order_compare(const void *left, const void *right) {
    double a = *(const double *)left;
    double b = *(const double *)right;
    return (a > b) - (a < b);
}

int order_compare_indices(const void *left, const void *right) {
    size_t a = *(const size_t *)left;
    size_t b = *(const size_t *)right;
    return (a > b) - (a < b);
}

double order_quantile(const double *sorted, size_t count, double share) {
    static const double half = 0.5;
    double place = share * (double)(count - 1);
    size_t below = (size_t)place;
    if (below + 1 >= count) {
        return sorted[count - 1];
    }
    double step = sorted[below + 1] - sorted[below];
    double part = place - (double)below;
    /* From the nearer end, as numpy does. */
    return part >= half ? sorted[below + 1] - step * (1 - part) : sorted[below] + step * part;
}
