#include "base/heap.h"

#include <math.h>
#include <stdbool.h>

enum status heap_make(struct heap *heap, struct arena *arena, size_t most, struct error *error) {
    *heap = (struct heap){.count = 0};
    return ARENA_NEW(arena, heap->entries, most, error);
}

static bool heap_is_before(const struct heap_entry *a, const struct heap_entry *b) {
    return a->key < b->key || (a->key == b->key && a->order < b->order);
}

void heap_add(struct heap *heap, double key, int64_t item) {
    struct heap_entry entry = {.key = key, .order = heap->added++, .item = item};
    size_t place = heap->count++;
    while (place > 0 && heap_is_before(&entry, &heap->entries[(place - 1) / 2])) {
        heap->entries[place] = heap->entries[(place - 1) / 2];
        place = (place - 1) / 2;
    }
    heap->entries[place] = entry;
}

double heap_least(const struct heap *heap) {
    return heap->count == 0 ? (double)INFINITY : heap->entries[0].key;
}

/* The child that comes first, or `count` when there is none. */
static size_t heap_first_child(const struct heap *heap, size_t place) {
    size_t child = 2 * place + 1;
    if (child >= heap->count) {
        return heap->count;
    }
    bool second =
        child + 1 < heap->count && heap_is_before(&heap->entries[child + 1], &heap->entries[child]);
    return second ? child + 1 : child;
}

struct heap_entry heap_take(struct heap *heap) {
    struct heap_entry first = heap->entries[0];
    struct heap_entry last = heap->entries[--heap->count];
    size_t place = 0;
    size_t child = heap_first_child(heap, place);
    while (child < heap->count && heap_is_before(&heap->entries[child], &last)) {
        heap->entries[place] = heap->entries[child];
        place = child;
        child = heap_first_child(heap, place);
    }
    heap->entries[place] = last;
    return first;
}
