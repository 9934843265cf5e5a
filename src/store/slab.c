#include "store/slab.h"

static void slab_count(struct slab *slab) {
    const int64_t left = slab->rows - slab->first;
    slab->count = left < 0 ? 0 : left < slab->room ? left : slab->room;
}

struct slab slab_first(int64_t rows, int64_t room) {
    struct slab slab = {.room = room, .rows = rows};
    slab_count(&slab);
    return slab;
}

void slab_next(struct slab *slab) {
    slab->first += slab->room;
    slab_count(slab);
}
