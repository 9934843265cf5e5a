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
/* Of the handler, so that it also runs after a stack overflow. */
enum { STACK_BYTES = 64 * 1024, STACK_ALIGNMENT_BYTES = 64 };

struct crash_counter {
    int file;
    off_t offset;
    struct shard shard;
    int64_t rows[PLAN_WIDTH_MAX]; /* of the jobs being run */
    volatile sig_atomic_t count;
    size_t installed; /* handlers */
    struct sigaction before[FAULTS];
    stack_t stack_before;
    _Alignas(STACK_ALIGNMENT_BYTES) unsigned char stack[STACK_BYTES];
};

/* A signal handler takes no arguments, so what it needs has to be global. */
/* NOLINTNEXTLINE(cppcoreguidelines-avoid-non-const-global-variables) */
static struct crash_counter the_counter;

static void crash_counter_handle(int signal_number) {
    for (int k = 0; k < the_counter.count; k++) {
        off_t offset = the_counter.offset + (off_t)the_counter.rows[k];
        uint8_t attempts;
        if (pread(the_counter.file, &attempts, 1, offset) == 1 && attempts < UINT8_MAX) {
            attempts++;
            ssize_t written = pwrite(the_counter.file, &attempts, 1, offset);
            (void)written; /* the process dies either way */
        }
    }
    if (the_counter.count > 0) {
        static const char line[] = "modsweep: a job crashed its process; the same command resumes, "
                                   "trains such jobs alone, and gives one up after three crashes\n";
        ssize_t written = write(STDERR_FILENO, line, sizeof line - 1);
        (void)written;
    }
    (void)raise(signal_number); /* SA_RESETHAND: the default action follows */
}

static enum status crash_counter_install_handlers(struct error *error) {
    struct sigaction action = {.sa_handler = crash_counter_handle,
                               .sa_flags = (int)(SA_RESETHAND | SA_ONSTACK)};
    (void)sigemptyset(&action.sa_mask);
    for (; the_counter.installed < FAULTS; the_counter.installed++) {
        size_t k = the_counter.installed;
        if (sigaction(faults[k], &action, &the_counter.before[k]) != 0) {
            return error_set(error, STATUS_SYSTEM, "no handler for signal %d: %s", faults[k],
                             strerror(errno));
        }
    }
    return STATUS_OK;
}

enum status crash_counter_install(const char *path, off_t offset, const struct shard *shard,
                                  const struct crash_counter **counter, struct error *error) {
    *counter = NULL;
    the_counter.installed = 0;
    the_counter.count = 0;
    the_counter.offset = offset;
    the_counter.shard = *shard;
    the_counter.file = open(path, O_RDWR | O_CLOEXEC);
    if (the_counter.file < 0) {
        return error_set(error, STATUS_STORAGE, "%s: cannot be opened for writing: %s", path,
                         strerror(errno));
    }
    stack_t stack = {.ss_sp = the_counter.stack, .ss_size = sizeof the_counter.stack};
    if (sigaltstack(&stack, &the_counter.stack_before) != 0) {
        (void)close(the_counter.file);
        return error_set(error, STATUS_SYSTEM, "no stack for signals: %s", strerror(errno));
    }
    enum status status = crash_counter_install_handlers(error);
    if (status != STATUS_OK) {
        crash_counter_remove(&the_counter);
        return status;
    }
    *counter = &the_counter;
    return STATUS_OK;
}

void crash_counter_begin(const struct crash_counter *counter, const int64_t *jobs, size_t count) {
    if (counter == NULL) {
        return;
    }
    for (size_t k = 0; k < count; k++) {
        the_counter.rows[k] = shard_row(&the_counter.shard, jobs[k]);
    }
    atomic_signal_fence(memory_order_release);
    the_counter.count = (sig_atomic_t)count;
}

void crash_counter_end(const struct crash_counter *counter) {
    if (counter != NULL) {
        the_counter.count = 0;
    }
}

void crash_counter_remove(const struct crash_counter *counter) {
    if (counter == NULL) {
        return;
    }
    for (size_t k = 0; k < the_counter.installed; k++) {
        (void)sigaction(faults[k], &the_counter.before[k], NULL);
    }
    (void)sigaltstack(&the_counter.stack_before, NULL);
    (void)close(the_counter.file);
}
