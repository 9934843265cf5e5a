#include "show/size.h"

#include <stddef.h>
#include <stdio.h>

const char *size_text(double bytes, char text[static SIZE_BYTES]) {
    static const char *const units[] = {"bytes", "kB", "MB", "GB", "TB", "PB"};
    static const double step = 1000.0;
    static const double rounded_up = 999.5; /* is written as 1000 */
    size_t unit = 0;
    while (bytes >= rounded_up && unit + 1 < sizeof units / sizeof *units) {
        bytes /= step;
        unit++;
    }
    (void)snprintf(text, SIZE_BYTES, unit == 0 ? "%.0f %s" : "%.3g %s", bytes, units[unit]);
    return text;
}
