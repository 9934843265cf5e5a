/**
 * @file
 * Being asked to end: a handler of SIGUSR1 and SIGTERM that notes which came first. Further signals
 * change nothing.
 */
#pragma once

#include "base/error.h"

#include <signal.h>

struct signals {
    struct sigaction before[2]; /**< of SIGUSR1 and SIGTERM */
};

/** Installs the handlers and forgets earlier signals. At most one at a time in a process. */
enum status signals_install(struct signals *signals, struct error *error) CHECKED;

/** The first signal that came, or 0. */
int signals_seen(void);

/** "SIGUSR1", "SIGTERM", or "a signal" when it was another rank's. */
const char *signals_name(int number);

/** Puts the old handlers back. */
void signals_remove(const struct signals *signals);
