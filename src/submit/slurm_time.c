#include "submit/slurm_time.h"

#include <ctype.h>
#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { PARTS_MOST = 3, DIGITS_MOST = 9 };

static const double minute = 60.0, hour = 3600.0, day = 86400.0;

/* Reads "a:b:c"; false when it is anything else. */
static bool read_parts(const char *text, double *parts, size_t *count) {
    *count = 0;
    while (*count < PARTS_MOST) {
        char *end;
        size_t digits = strspn(text, "0123456789");
        if (digits == 0 || digits > DIGITS_MOST) {
            return false;
        }
        parts[(*count)++] = (double)strtol(text, &end, 10);
        if (*end == '\0') {
            return true;
        }
        if (*end != ':') {
            return false;
        }
        text = end + 1;
    }
    return false;
}

static bool parse(const char *text, double *seconds) {
    double parts[PARTS_MOST] = {0};
    double days[PARTS_MOST] = {0};
    size_t count;
    const char *dash = strchr(text, '-');
    if (dash != NULL) {
        char before[DIGITS_MOST + 1] = "";
        size_t length = (size_t)(dash - text);
        size_t one;
        if (length > DIGITS_MOST) {
            return false;
        }
        memcpy(before, text, length);
        if (!read_parts(before, days, &one) || one != 1 || !read_parts(dash + 1, parts, &count)) {
            return false;
        }
        *seconds = days[0] * day + parts[0] * hour + parts[1] * minute + parts[2];
        return true;
    }
    if (!read_parts(text, parts, &count)) {
        return false;
    }
    *seconds = count == PARTS_MOST ? parts[0] * hour + parts[1] * minute + parts[2]
                                   : parts[0] * minute + parts[1];
    return true;
}

enum status slurm_time_parse(const char *text, double *seconds, struct error *error) {
    if (strcasecmp(text, "infinite") == 0 || strcasecmp(text, "unlimited") == 0) {
        *seconds = INFINITY;
        return STATUS_OK;
    }
    if (!parse(text, seconds) || *seconds <= 0.0) {
        return error_set(error, STATUS_BAD_INPUT,
                         "'%s' is no time: expected MINUTES, HOURS:MINUTES:SECONDS or "
                         "DAYS-HOURS:MINUTES:SECONDS, as sbatch --time takes it",
                         text);
    }
    return STATUS_OK;
}

const char *slurm_time_text(double seconds, char buffer[static SLURM_TIME_BYTES]) {
    int64_t whole = (int64_t)seconds;
    int64_t days = whole / (int64_t)day;
    long long hours = (whole % (int64_t)day) / (int64_t)hour;
    long long minutes = (whole % (int64_t)hour) / (int64_t)minute;
    long long rest = whole % (int64_t)minute;
    if (days > 0) {
        (void)snprintf(buffer, SLURM_TIME_BYTES, "%lld-%02lld:%02lld:%02lld", (long long)days,
                       hours, minutes, rest);
    } else {
        (void)snprintf(buffer, SLURM_TIME_BYTES, "%02lld:%02lld:%02lld", hours, minutes, rest);
    }
    return buffer;
}
