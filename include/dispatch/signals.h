/**
 * @file
 * Requests to stop from outside: a handler of SIGUSR1 and SIGTERM that records which came first.
 * Later signals change nothing.
 */
#pragma once

#include "base/error.h"

#include <signal.h>

struct signals {
    struct sigaction before[2]; /**< of SIGUSR1 and SIGTERM */
};

/** Installs the handlers and forgets earlier signals. At most one at a time in a process. */
enum status signals_install(struct signals *signals, struct error *error) CHECKED;

/** The first signal received, or 0. */
int signals_received(void);

/** "SIGUSR1", "SIGTERM", or "a signal" when another rank received it. */
const char *signals_name(int number);

/** Restores the earlier handlers. */
void signals_remove(const struct signals *signals);
