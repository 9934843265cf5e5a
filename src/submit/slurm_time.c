#include "submit/slurm_time.h"

#include "base/text.h"

#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <strings.h>

enum { PARTS_MAX = 3, NUMBER_MAX = 999999999 };

static const double minute = 60.0, hour = 3600.0, day = 86400.0;

/* Reads "a:b:c"; false when it is anything else. */
static bool slurm_time_read_parts(const char *text, double *parts, size_t *count) {
    *count = 0;
    while (*count < PARTS_MAX) {
        int64_t number;
        if (!text_integer_from(&text, 0, NUMBER_MAX, &number)) {
            return false;
        }
        parts[(*count)++] = (double)number;
        if (*text == '\0') {
            return true;
        }
        if (*text++ != ':') {
            return false;
        }
    }
    return false;
}

static bool slurm_time_read(const char *text, double *seconds) {
    double parts[PARTS_MAX] = {0};
    int64_t days = 0;
    size_t count;
    const char *rest = text;
    bool has_days = text_integer_from(&rest, 0, NUMBER_MAX, &days) && *rest == '-';
    if (!slurm_time_read_parts(has_days ? rest + 1 : text, parts, &count)) {
        return false;
    }
    if (has_days) {
        *seconds = (double)days * day + parts[0] * hour + parts[1] * minute + parts[2];
    } else {
        *seconds = count == PARTS_MAX ? parts[0] * hour + parts[1] * minute + parts[2]
                                      : parts[0] * minute + parts[1];
    }
    return true;
}

enum status slurm_time_parse(const char *text, double *seconds, struct error *error) {
    if (strcasecmp(text, "infinite") == 0 || strcasecmp(text, "unlimited") == 0) {
        *seconds = INFINITY;
        return STATUS_OK;
    }
    if (!slurm_time_read(text, seconds) || *seconds <= 0.0) {
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
