#include "dispatch/signals.h"

#include <errno.h>
#include <string.h>

static const int asking[] = {SIGUSR1, SIGTERM};
enum { ASKING = sizeof asking / sizeof asking[0] };

/* A signal handler can be handed nothing: this is the one thing that it leaves behind. */
/* NOLINTNEXTLINE(cppcoreguidelines-avoid-non-const-global-variables) */
static volatile sig_atomic_t first_seen;

static void on_signal(int number) {
    if (first_seen == 0) {
        first_seen = number;
    }
}

enum status signals_install(struct signals *signals, struct error *error) {
    _Static_assert(sizeof signals->before / sizeof signals->before[0] == ASKING, "one each");
    /* System calls of libraries go on. */
    struct sigaction action = {.sa_handler = on_signal, .sa_flags = SA_RESTART};
    (void)sigemptyset(&action.sa_mask);
    first_seen = 0;
    for (size_t k = 0; k < ASKING; k++) {
        if (sigaction(asking[k], &action, &signals->before[k]) != 0) {
            return error_set(error, STATUS_SYSTEM, "no handler for %s: %s", signals_name(asking[k]),
                             strerror(errno));
        }
    }
    return STATUS_OK;
}

int signals_seen(void) {
    return (int)first_seen;
}

const char *signals_name(int number) {
    return number == SIGUSR1 ? "SIGUSR1" : number == SIGTERM ? "SIGTERM" : "a signal";
}

void signals_remove(const struct signals *signals) {
    for (size_t k = 0; k < ASKING; k++) {
        (void)sigaction(asking[k], &signals->before[k], NULL);
    }
}
