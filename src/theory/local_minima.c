#include "theory/local_minima.h"

#include <string.h>

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
