#include "base/clock.h"

#include <time.h>

static const double nanosecond = 1e-9;

static double clock_seconds_of(clockid_t clock) {
    struct timespec time = {0, 0};
    (void)clock_gettime(clock, &time);
    return (double)time.tv_sec + nanosecond * (double)time.tv_nsec;
}

double clock_seconds(void) {
    return clock_seconds_of(CLOCK_MONOTONIC);
}

double clock_of_day(void) {
    return clock_seconds_of(CLOCK_REALTIME);
}

void clock_sleep(double seconds) {
    time_t whole = (time_t)seconds;
    struct timespec time = {whole, (long)((seconds - (double)whole) / nanosecond)};
    (void)nanosleep(&time, NULL);
}
