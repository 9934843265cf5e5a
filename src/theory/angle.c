#include "theory/angle.h"

#include "theory/matrix.h"

#include <math.h>

/* Neurons with shorter directions hardly take part. */
static const double counted_share_of_longest = 0.1;

double angle_from_axis(const double *direction, size_t sources) {
    size_t nearest = 0;
    for (size_t i = 1; i < sources; i++) {
        if (fabs(direction[i]) > fabs(direction[nearest])) {
            nearest = i;
        }
    }
    double squares = 0.0;
    for (size_t i = 0; i < sources; i++) {
        squares += i == nearest ? 0.0 : direction[i] * direction[i];
    }
    return atan2(sqrt(squares), fabs(direction[nearest]));
}

double angle_most_mixed(const double *directions, size_t count, size_t sources) {
    double longest = 0.0;
    double angle = NAN;
    for (size_t k = 0; k < count; k++) {
        longest = fmax(longest, matrix_length(sources, directions + k * sources));
    }
    for (size_t k = 0; k < count; k++) {
        const double *direction = directions + k * sources;
        if (matrix_length(sources, direction) > counted_share_of_longest * longest) {
            angle = fmax(angle, angle_from_axis(direction, sources));
        }
    }
    return angle;
}
