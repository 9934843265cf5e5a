#include "dispatch/crash_counter.h"

#include "plan/plan.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdatomic.h>
#include <string.h>
#include <unistd.h>

static const int faults[] = {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT};
enum { FAULTS = sizeof faults / sizeof faults[0] };
/* Of the handler, so that a fault by lack of stack is caught, too. */
enum { STACK_BYTES = 64 * 1024, STACK_ALIGNMENT_BYTES = 64 };

struct crash_counter {
    int file;
    off_t place;
    struct shard shard;
    int64_t rows[PLAN_WIDTH_MAX]; /* of the jobs in hand */
    volatile sig_atomic_t count;
    struct sigaction before[FAULTS];
    stack_t stack_before;
    _Alignas(STACK_ALIGNMENT_BYTES) unsigned char stack[STACK_BYTES];
};

/* A signal handler can be handed nothing: this is the one thing that it must find by itself. */
/* NOLINTNEXTLINE(cppcoreguidelines-avoid-non-const-global-variables) */
static struct crash_counter the_blame;

static void crash_counter_on_fault(int signal_number) {
    for (int k = 0; k < the_blame.count; k++) {
        off_t place = the_blame.place + (off_t)the_blame.rows[k];
        uint8_t attempts;
        if (pread(the_blame.file, &attempts, 1, place) == 1 && attempts < UINT8_MAX) {
            attempts++;
            ssize_t written = pwrite(the_blame.file, &attempts, 1, place);
            (void)written; /* the process dies either way */
        }
    }
    if (the_blame.count > 0) {
        static const char line[] = "modsweep: a job killed its process; the same command goes on, "
                                   "trains such jobs alone, and gives one up after three times\n";
        ssize_t written = write(STDERR_FILENO, line, sizeof line - 1);
        (void)written;
    }
    (void)raise(signal_number); /* SA_RESETHAND: the default action follows */
}

enum status crash_counter_install(const char *path, off_t place, const struct shard *shard,
                                  const struct crash_counter **crash_counter, struct error *error) {
    *crash_counter = NULL;
    int file = open(path, O_RDWR | O_CLOEXEC);
    if (file < 0) {
        return error_set(error, STATUS_STORAGE, "%s: cannot be opened for writing: %s", path,
                         strerror(errno));
    }
    the_blame.file = file;
    the_blame.place = place;
    the_blame.shard = *shard;
    the_blame.count = 0;
    struct sigaction action = {.sa_handler = crash_counter_on_fault,
                               .sa_flags = (int)(SA_RESETHAND | SA_ONSTACK)};
    (void)sigemptyset(&action.sa_mask);
    stack_t stack = {.ss_sp = the_blame.stack, .ss_size = sizeof the_blame.stack};
    if (sigaltstack(&stack, &the_blame.stack_before) != 0) {
        return error_set(error, STATUS_SYSTEM, "no stack for signals: %s", strerror(errno));
    }
    for (size_t k = 0; k < FAULTS; k++) {
        if (sigaction(faults[k], &action, &the_blame.before[k]) != 0) {
            return error_set(error, STATUS_SYSTEM, "no handler for signal %d: %s", faults[k],
                             strerror(errno));
        }
    }
    *crash_counter = &the_blame;
    return STATUS_OK;
}

void crash_counter_begin(const struct crash_counter *crash_counter, const int64_t *jobs,
                         size_t count) {
    if (crash_counter == NULL) {
        return;
    }
    for (size_t k = 0; k < count; k++) {
        the_blame.rows[k] = shard_row(&the_blame.shard, jobs[k]);
    }
    atomic_signal_fence(memory_order_release);
    the_blame.count = (sig_atomic_t)count;
}

void crash_counter_end(const struct crash_counter *crash_counter) {
    if (crash_counter != NULL) {
        the_blame.count = 0;
    }
}

void crash_counter_remove(const struct crash_counter *crash_counter) {
    if (crash_counter == NULL) {
        return;
    }
    for (size_t k = 0; k < FAULTS; k++) {
        (void)sigaction(faults[k], &the_blame.before[k], NULL);
    }
    (void)sigaltstack(&the_blame.stack_before, NULL);
    (void)close(the_blame.file);
}
