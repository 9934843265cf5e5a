#include "show/duration.h"

#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <time.h>

enum { MINUTE = 60, HOUR = 60 * MINUTE, DAY = 24 * HOUR };

const char *duration_text(double seconds, char text[static DURATION_BYTES]) {
    static const double brief = 10;          /* seconds */
    static const double endless = 1e4 * DAY; /* hours no longer matter */
    if (isnan(seconds)) {
        (void)snprintf(text, DURATION_BYTES, "–");
        return text;
    }
    long long whole = llround(seconds);
    if (seconds >= endless) {
        (void)snprintf(text, DURATION_BYTES, "%.3g days", seconds / DAY);
    } else if (seconds < brief) {
        (void)snprintf(text, DURATION_BYTES, "%.2g s", seconds);
    } else if (whole < 2LL * MINUTE) {
        (void)snprintf(text, DURATION_BYTES, "%lld s", whole);
    } else if (whole < 2LL * HOUR) {
        (void)snprintf(text, DURATION_BYTES, "%lld min", whole / MINUTE);
    } else if (whole < 2LL * DAY) {
        (void)snprintf(text, DURATION_BYTES, "%lld h %02lld min", whole / HOUR,
                       whole % HOUR / MINUTE);
    } else {
        (void)snprintf(text, DURATION_BYTES, "%lld days %lld h", whole / DAY, whole % DAY / HOUR);
    }
    return text;
}

const char *duration_figures(double seconds, char text[static DURATION_BYTES]) {
    static const double long_time = 1e4; /* seconds; from here on in hours */
    bool is_long = seconds >= long_time;
    (void)snprintf(text, DURATION_BYTES, is_long ? "%.4g h" : "%.3g s",
                   is_long ? seconds / HOUR : seconds);
    return text;
}

const char *duration_clock(double seconds, char text[static DURATION_BYTES]) {
    long long whole = llround(seconds);
    if (whole >= HOUR) {
        (void)snprintf(text, DURATION_BYTES, "%lld:%02lld:%02lld", whole / HOUR,
                       whole % HOUR / MINUTE, whole % MINUTE);
    } else {
        (void)snprintf(text, DURATION_BYTES, "%lld:%02lld", whole / MINUTE, whole % MINUTE);
    }
    return text;
}

static const char *duration_format_time(double seconds, const char *format,
                                        char text[static DURATION_BYTES]) {
    time_t whole = (time_t)seconds;
    struct tm utc;
    text[0] = '\0';
    if (gmtime_r(&whole, &utc) != NULL) {
        (void)strftime(text, DURATION_BYTES, format, &utc);
    }
    return text;
}

const char *duration_time_of_day(double seconds, char text[static DURATION_BYTES]) {
    return duration_format_time(seconds, "%Y-%m-%d %H:%M:%S UTC", text);
}

const char *duration_iso_time(double seconds, char text[static DURATION_BYTES]) {
    return duration_format_time(seconds, "%Y-%m-%dT%H:%M:%SZ", text);
}
