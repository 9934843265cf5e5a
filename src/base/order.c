/* Radix sort, from the least digit of the bits of a double to the greatest. */
#include "base/order.h"

#include <string.h>

enum { DIGIT_BITS = 11, DIGITS = 1 << DIGIT_BITS, KEY_BITS = 64 };

static const uint64_t SIGN = UINT64_C(1) << 63;

struct item {
    uint64_t key;
    uint32_t carried;
};

/* Bits that are ordered as the numbers are. */
static uint64_t key_of(double value) {
    uint64_t bits;
    double number = value + 0.0; /* no −0 */
    memcpy(&bits, &number, sizeof bits);
    return (bits & SIGN) != 0 ? ~bits : bits | SIGN;
}

static double value_of(uint64_t key) {
    double value;
    uint64_t bits = (key & SIGN) != 0 ? key & ~SIGN : ~key;
    memcpy(&value, &bits, sizeof value);
    return value;
}

/* Sorts by one digit, stably, into `to`. */
static void sort_by_digit(const struct item *from, struct item *to, size_t count, int shift) {
    size_t places[DIGITS] = {0};
    for (size_t n = 0; n < count; n++) {
        places[(from[n].key >> shift) % DIGITS]++;
    }
    size_t before = 0;
    for (size_t digit = 0; digit < DIGITS; digit++) {
        size_t own = places[digit];
        places[digit] = before;
        before += own;
    }
    for (size_t n = 0; n < count; n++) {
        to[places[(from[n].key >> shift) % DIGITS]++] = from[n];
    }
}

enum status order_reals(double *values, uint32_t *carried, size_t count, struct arena *arena,
                        struct error *error) {
    struct item *from;
    struct item *to;
    TRY(ARENA_NEW(arena, from, count, error));
    TRY(ARENA_NEW(arena, to, count, error));
    for (size_t n = 0; n < count; n++) {
        from[n] = (struct item){key_of(values[n]), carried[n]};
    }
    for (int shift = 0; shift < KEY_BITS; shift += DIGIT_BITS) {
        sort_by_digit(from, to, count, shift);
        struct item *sorted = to;
        to = from;
        from = sorted;
    }
    for (size_t n = 0; n < count; n++) {
        values[n] = value_of(from[n].key);
        carried[n] = from[n].carried;
    }
    return STATUS_OK;
}
