#include "theory/quotient.h"

#include "theory/matrix.h"

#include <string.h>

static void quotient_transpose(size_t width, const double *matrix, double *transposed) {
    for (size_t i = 0; i < width; i++) {
        for (size_t j = 0; j < width; j++) {
            transposed[j * width + i] = matrix[i * width + j];
        }
    }
}

enum status quotient_standardise(const struct fan *fan, const struct quotient *quotient,
                                 struct arena *arena, struct standard_quotient *standard,
                                 struct error *error) {
    size_t width = fan->width;
    double *transposed;
    double *product;
    *standard = (struct standard_quotient){.support = quotient->support};
    TRY(ARENA_NEW(arena, standard->quadratic, width * width, error));
    TRY(ARENA_NEW(arena, standard->back, width * width, error));
    if (quotient->root == NULL) {
        standard->fan = *fan;
        for (size_t i = 0; i < width; i++) {
            standard->back[i * width + i] = 1.0;
        }
        memcpy(standard->quadratic, quotient->quadratic,
               width * width * sizeof *standard->quadratic);
        return STATUS_OK;
    }
    TRY(ARENA_NEW(arena, transposed, width * width, error));
    TRY(ARENA_NEW(arena, product, width * width, error));
    memcpy(standard->back, quotient->inverse_root, width * width * sizeof *standard->back);
    quotient_transpose(width, standard->back, transposed);
    matrix_multiply(width, width, width, transposed, quotient->quadratic, product);
    matrix_multiply(width, width, width, product, standard->back, standard->quadratic);
    for (size_t i = 0; i < width; i++) {
        for (size_t j = 0; j < i; j++) {
            standard->quadratic[i * width + j] = standard->quadratic[j * width + i];
        }
    }
    return fan_map(fan, width, transposed, quotient->root, arena, &standard->fan, error);
}

double quotient_value(const struct standard_quotient *standard, const double *unit, size_t lowest) {
    size_t width = standard->fan.width;
    double height = matrix_dot(width, unit, standard->fan.vertices + lowest * width);
    return standard->support * height * height +
           matrix_quadratic_form(width, standard->quadratic, unit, unit);
}

void quotient_on_cone(const struct standard_quotient *standard, size_t vertex, double *matrix) {
    size_t width = standard->fan.width;
    const double *point = standard->fan.vertices + vertex * width;
    for (size_t i = 0; i < width; i++) {
        for (size_t j = 0; j < width; j++) {
            matrix[i * width + j] =
                standard->support * point[i] * point[j] + standard->quadratic[i * width + j];
        }
    }
}

/* One more than is kept, so that an insertion needs no special case. */
enum status local_minima_make(size_t most, size_t width, struct arena *arena,
                              struct local_minima *minima, struct error *error) {
    *minima = (struct local_minima){.most = most, .width = width};
    TRY(ARENA_NEW(arena, minima->values, most + 1, error));
    return ARENA_NEW(arena, minima->directions, (most + 1) * width, error);
}

void local_minima_add(struct local_minima *minima, double threshold, double value,
                      const double *direction) {
    size_t width = minima->width;
    if (!(value < threshold)) {
        return;
    }
    size_t place = minima->count;
    for (; place > 0 && minima->values[place - 1] > value; place--) {
        minima->values[place] = minima->values[place - 1];
        memcpy(minima->directions + place * width, minima->directions + (place - 1) * width,
               width * sizeof *direction);
    }
    minima->values[place] = value;
    memcpy(minima->directions + place * width, direction, width * sizeof *direction);
    minima->count += minima->count < minima->most;
}
