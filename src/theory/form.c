#include "theory/form.h"

#include "theory/matrix.h"

#include <string.h>

static enum status share(const struct fan *fan, const struct form *form, struct arena *arena,
                         struct plain_form *plain, struct error *error) {
    size_t width = fan->width;
    plain->fan = *fan;
    TRY(ARENA_NEW(arena, plain->back, width * width, error));
    for (size_t i = 0; i < width; i++) {
        plain->back[i * width + i] = 1.0;
    }
    memcpy(plain->quadratic, form->quadratic, width * width * sizeof *plain->quadratic);
    return STATUS_OK;
}

static void transpose(size_t width, const double *matrix, double *transposed) {
    for (size_t i = 0; i < width; i++) {
        for (size_t j = 0; j < width; j++) {
            transposed[j * width + i] = matrix[i * width + j];
        }
    }
}

enum status form_plain(const struct fan *fan, const struct form *form, struct arena *arena,
                       struct plain_form *plain, struct error *error) {
    size_t width = fan->width;
    double *transposed;
    double *product;
    *plain = (struct plain_form){.support = form->support};
    TRY(ARENA_NEW(arena, plain->quadratic, width * width, error));
    if (form->root == NULL) {
        return share(fan, form, arena, plain, error);
    }
    TRY(ARENA_NEW(arena, plain->back, width * width, error));
    TRY(ARENA_NEW(arena, transposed, width * width, error));
    TRY(ARENA_NEW(arena, product, width * width, error));
    memcpy(plain->back, form->inverse_root, width * width * sizeof *plain->back);
    transpose(width, plain->back, transposed);
    matrix_multiply(width, width, width, transposed, form->quadratic, product);
    matrix_multiply(width, width, width, product, plain->back, plain->quadratic);
    for (size_t i = 0; i < width; i++) {
        for (size_t j = 0; j < i; j++) {
            plain->quadratic[i * width + j] = plain->quadratic[j * width + i];
        }
    }
    return fan_map(fan, width, transposed, form->root, arena, &plain->fan, error);
}

double form_value(const struct plain_form *plain, const double *unit, size_t lowest) {
    size_t width = plain->fan.width;
    double height = matrix_dot(width, unit, plain->fan.vertices + lowest * width);
    return plain->support * height * height + matrix_form(width, plain->quadratic, unit, unit);
}

void form_on_cone(const struct plain_form *plain, size_t vertex, double *matrix) {
    size_t width = plain->fan.width;
    const double *point = plain->fan.vertices + vertex * width;
    for (size_t i = 0; i < width; i++) {
        for (size_t j = 0; j < width; j++) {
            matrix[i * width + j] =
                plain->support * point[i] * point[j] + plain->quadratic[i * width + j];
        }
    }
}
