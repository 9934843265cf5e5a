/**
 * @file
 * What the tests of scores share: finding a score by name and computing it alone.
 */
#pragma once

#include "score/score.h"

#include "check.h"

#include <math.h>
#include <stdbool.h>
#include <string.h>

static inline const struct score *score_named(const char *name) {
    for (const struct score *const *score = scores; *score != NULL; score++) {
        if (strcmp((*score)->component.name, name) == 0) {
            return *score;
        }
    }
    fail_msg("no score '%s'", name);
    return NULL;
}

/* The score; its matrix is copied to `matrix` unless that is NULL. */
static inline double score_of(const char *name, const struct score_input *input, double *matrix) {
    SCOPED(arena_free) struct arena arena = {0};
    struct error error = {0};
    const struct score *score = score_named(name);
    const double *computed = NULL;
    double value = 0;
    assert_ok(&error, score_all(&score, 1, input, &arena, &value, &computed, &error));
    if (matrix != NULL) {
        memcpy(matrix, computed, input->sources * input->latents * sizeof *matrix);
    }
    return value;
}

/* NaN equals NaN. */
static inline bool same_within(double a, double b, double tolerance) {
    return (isnan(a) && isnan(b)) || fabs(a - b) <= tolerance;
}
