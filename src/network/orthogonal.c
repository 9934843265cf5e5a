#include "network/orthogonal.h"

#include <math.h>
#include <stdbool.h>

/* `count` vectors of `length` numbers, each number `step` after the one before. */
struct vectors {
    double *numbers;
    size_t count, length, next, step;
};

static double *orthogonal_number(const struct vectors *vectors, size_t which, size_t k) {
    return &vectors->numbers[which * vectors->next + k * vectors->step];
}

static double orthogonal_product(const struct vectors *vectors, size_t a, size_t b) {
    double sum = 0.0;
    for (size_t k = 0; k < vectors->length; k++) {
        sum += *orthogonal_number(vectors, a, k) * *orthogonal_number(vectors, b, k);
    }
    return sum;
}

/* Takes the directions of the vectors before it away. */
static void orthogonal_make(const struct vectors *vectors, size_t which) {
    for (size_t before = 0; before < which; before++) {
        double share = orthogonal_product(vectors, before, which);
        for (size_t k = 0; k < vectors->length; k++) {
            *orthogonal_number(vectors, which, k) -= share * *orthogonal_number(vectors, before, k);
        }
    }
}

static void orthogonal_draw_vector(const struct vectors *vectors, size_t which,
                                   struct random_stream *stream) {
    for (size_t k = 0; k < vectors->length; k++) {
        *orthogonal_number(vectors, which, k) = random_normal(stream);
    }
    orthogonal_make(vectors, which);
    orthogonal_make(vectors, which); /* twice is enough (Giraud & Langou 2005) */
    double norm = sqrt(orthogonal_product(vectors, which, which));
    for (size_t k = 0; k < vectors->length; k++) {
        *orthogonal_number(vectors, which, k) /= norm;
    }
}

void orthogonal_draw(size_t rows, size_t columns, struct random_stream *stream, double *matrix) {
    bool by_rows = rows <= columns;
    struct vectors vectors = {.count = by_rows ? rows : columns,
                              .length = by_rows ? columns : rows,
                              .next = by_rows ? columns : 1,
                              .step = by_rows ? 1 : columns};
    vectors.numbers = matrix;
    for (size_t which = 0; which < vectors.count; which++) {
        orthogonal_draw_vector(&vectors, which, stream);
    }
}
