#include "score/spectrum.h"

#include <math.h>
#include <string.h>

/* Columns side by side, so that their sums stay in registers while the roots are read once. */
enum { BLOCK = 8 };

/* exp(2πi k / count) for k = 0 … count − 1. */
struct roots {
    size_t count;
    double *cosine, *sine;
};

static enum status spectrum_make_roots(size_t count, struct arena *arena, struct roots *roots,
                                       struct error *error) {
    roots->count = count;
    TRY(ARENA_NEW(arena, roots->cosine, count, error));
    TRY(ARENA_NEW(arena, roots->sine, count, error));
    for (size_t k = 0; k < count; k++) {
        double angle = 2.0 * M_PI * (double)k / (double)count;
        roots->cosine[k] = cos(angle);
        roots->sine[k] = sin(angle);
    }
    return STATUS_OK;
}

/* A column into its lane of block[steps][BLOCK], without its mean. Differences from the first step
 * are exactly 0 for a constant column, whatever its size. */
static void spectrum_load_column(const double *column, size_t steps, size_t stride, double *lane) {
    double mean = 0.0;
    for (size_t t = 0; t < steps; t++) {
        lane[t * BLOCK] = column[t * stride] - column[0];
        mean += lane[t * BLOCK];
    }
    mean /= (double)steps;
    for (size_t t = 0; t < steps; t++) {
        lane[t * BLOCK] -= mean;
    }
}

/* One bin of all columns of a block. */
static void spectrum_transform(const double *restrict block, const struct roots *roots, size_t bin,
                               double *restrict real, double *restrict imaginary) {
    double cosines[BLOCK] = {0};
    double sines[BLOCK] = {0};
    size_t turn = 0; /* bin · t modulo the steps */
    for (size_t t = 0; t < roots->count; t++) {
        const double cosine = roots->cosine[turn];
        const double sine = roots->sine[turn];
        for (size_t u = 0; u < BLOCK; u++) {
            cosines[u] += block[t * BLOCK + u] * cosine;
            sines[u] += block[t * BLOCK + u] * sine;
        }
        turn += bin;
        turn = turn < roots->count ? turn : turn - roots->count;
    }
    for (size_t u = 0; u < BLOCK; u++) {
        real[u] = cosines[u];
        imaginary[u] = -sines[u];
    }
}

static void spectrum_transform_block(const double *block, const struct roots *roots, size_t first,
                                     size_t columns, struct spectrum *spectrum) {
    double real[BLOCK];
    double imaginary[BLOCK];
    for (size_t k = 0; k < spectrum->bins; k++) {
        size_t at = k * spectrum->count + first;
        spectrum_transform(block, roots, k, real, imaginary);
        memcpy(spectrum->real + at, real, columns * sizeof *real);
        memcpy(spectrum->imaginary + at, imaginary, columns * sizeof *imaginary);
    }
}

enum status spectrum_make(const double *series, size_t steps, size_t count, struct arena *arena,
                          struct spectrum *spectrum, struct error *error) {
    struct roots roots;
    double *block;
    *spectrum = (struct spectrum){.steps = steps, .bins = (steps + 1) / 2, .count = count};
    TRY(ARENA_NEW(arena, spectrum->real, spectrum->bins * count, error));
    TRY(ARENA_NEW(arena, spectrum->imaginary, spectrum->bins * count, error));
    TRY(spectrum_make_roots(steps, arena, &roots, error));
    TRY(ARENA_NEW(arena, block, steps * BLOCK, error));
    for (size_t first = 0; first < count; first += BLOCK) {
        size_t columns = count - first < BLOCK ? count - first : BLOCK;
        for (size_t u = 0; u < columns; u++) {
            spectrum_load_column(series + first + u, steps, count, block + u);
        }
        spectrum_transform_block(block, &roots, first, columns, spectrum);
    }
    return STATUS_OK;
}

double spectrum_frequency(const struct spectrum *spectrum, size_t bin, double time_step) {
    return 2.0 * M_PI * (double)bin / ((double)spectrum->steps * time_step);
}
