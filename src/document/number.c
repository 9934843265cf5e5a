#include "document/number.h"

#include <math.h>

enum { DIGITS_SHOWN = 4, DECIMALS_MAX = 9 };

/* Beyond these a fixed number of decimals would show zeros or hide digits. */
static const double least_fixed = 1e-4;
static const double largest_fixed = 1e6;
static const double rounding = 1e-9; /* of a column's largest mean */

struct number_format number_format_for(double largest) {
    if (largest != 0 && (largest < least_fixed || largest >= largest_fixed)) {
        return (struct number_format){true, DIGITS_SHOWN - 1, 0};
    }
    int magnitude = largest == 0 ? 0 : (int)floor(log10(largest));
    int decimals = DIGITS_SHOWN - 1 - magnitude;
    decimals = decimals < 0 ? 0 : decimals > DECIMALS_MAX ? DECIMALS_MAX : decimals;
    return (struct number_format){false, decimals, rounding * largest};
}

enum status number_text(struct number_format format, double value, struct arena *arena,
                        const char **text, struct error *error) {
    const double half = 0.5;
    if (fabs(value) < format.nothing) {
        value = 0;
    }
    if (!format.scientific && value != 0 && fabs(value) < half * pow(10, -format.decimals)) {
        format = (struct number_format){true, 0, 0}; /* zeros would hide the value */
    }
    return isnan(value) ? arena_strdup(arena, "–", text, error)
                        : arena_printf(arena, text, error, format.scientific ? "%.*e" : "%.*f",
                                       format.decimals, value);
}
