#include "dispatch/signals.h"

#include <errno.h>
#include <string.h>

static const int handled[] = {SIGUSR1, SIGTERM};
enum { HANDLED = sizeof handled / sizeof handled[0] };

/* A signal handler takes no arguments, so what it records has to be global. */
/* NOLINTNEXTLINE(cppcoreguidelines-avoid-non-const-global-variables) */
static volatile sig_atomic_t first_received;

static void signals_handle(int number) {
    if (first_received == 0) {
        first_received = number;
    }
}

enum status signals_install(struct signals *signals, struct error *error) {
    _Static_assert(sizeof signals->before / sizeof signals->before[0] == HANDLED, "one each");
    /* System calls in libraries restart. */
    struct sigaction action = {.sa_handler = signals_handle, .sa_flags = SA_RESTART};
    (void)sigemptyset(&action.sa_mask);
    first_received = 0;
    for (size_t k = 0; k < HANDLED; k++) {
        if (sigaction(handled[k], &action, &signals->before[k]) != 0) {
            return error_set(error, STATUS_SYSTEM, "no handler for %s: %s",
                             signals_name(handled[k]), strerror(errno));
        }
    }
    return STATUS_OK;
}

int signals_received(void) {
    return (int)first_received;
}

const char *signals_name(int number) {
    return number == SIGUSR1 ? "SIGUSR1" : number == SIGTERM ? "SIGTERM" : "a signal";
}

void signals_remove(const struct signals *signals) {
    for (size_t k = 0; k < HANDLED; k++) {
        (void)sigaction(handled[k], &signals->before[k], NULL);
    }
}
