/* Which jobs a fault counts against. Each fault happens in a child. */

#include "dispatch/crash_counter.h"

#include "check.h"

#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

enum { OFFSET = 100, JOBS = 8, FILE_BYTES = OFFSET + JOBS + 5 };

struct counts {
    struct scratch_file file;
};

static int set_up(void **state) {
    struct counts *counts = calloc(1, sizeof *counts);
    char bytes[FILE_BYTES] = {0};
    assert_non_null(counts);
    counts->file = scratch_bytes("", bytes, sizeof bytes);
    *state = counts;
    return 0;
}

static int tear_down(void **state) {
    struct counts *counts = *state;
    (void)unlink(counts->file.path);
    free(counts);
    return 0;
}

/* Changes nothing but the counts of the jobs in `crashed`, each to `count`. */
static void assert_counts(const struct counts *counts, unsigned crashed, uint8_t count) {
    unsigned char bytes[FILE_BYTES];
    int file = open(counts->file.path, O_RDONLY);
    assert_int_equal(read(file, bytes, sizeof bytes), sizeof bytes);
    assert_int_equal(close(file), 0);
    for (size_t k = 0; k < FILE_BYTES; k++) {
        bool counted = k >= OFFSET && k < OFFSET + JOBS && (crashed >> (k - OFFSET) & 1u) != 0;
        assert_int_equal(bytes[k], counted ? count : 0);
    }
}

enum moment { BEFORE, DURING, AFTER, REMOVED };

/* A child does jobs 6, 1 and 4 and gets the signal at that moment; returns the signal it died of.
 */
static int die(const struct counts *counts, int signal_number, enum moment moment) {
    static const int64_t jobs[] = {6, 1, 4};
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        const struct rlimit no_core = {0, 0};
        const struct crash_counter *crash_counter = NULL;
        struct error error;
        const struct shard whole = shard_whole(JOBS);
        (void)setrlimit(RLIMIT_CORE, &no_core);
        (void)signal(signal_number, SIG_DFL); /* not the one of cmocka or a sanitizer */
        if (crash_counter_install(counts->file.path, OFFSET, &whole, &crash_counter, &error) !=
            STATUS_OK) {
            _exit(EXIT_FAILURE);
        }
        if (moment != BEFORE) {
            crash_counter_begin(crash_counter, jobs, sizeof jobs / sizeof jobs[0]);
        }
        if (moment == AFTER) {
            crash_counter_end(crash_counter);
        }
        if (moment == REMOVED) {
            crash_counter_remove(crash_counter);
        }
        (void)raise(signal_number);
        _exit(EXIT_SUCCESS);
    }
    int status = 0;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFSIGNALED(status));
    return WTERMSIG(status);
}

static const unsigned running_jobs = 1u << 6 | 1u << 1 | 1u << 4;

static void test_faults_raise_the_counts_of_running_jobs(void **state) {
    static const int faults[] = {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT};
    for (size_t k = 0; k < sizeof faults / sizeof faults[0]; k++) {
        assert_int_equal(die(*state, faults[k], DURING), faults[k]);
        assert_counts(*state, running_jobs, (uint8_t)(k + 1));
    }
}

static void test_being_killed_counts_for_nothing(void **state) {
    static const int signals[] = {SIGKILL, SIGTERM, SIGINT};
    for (size_t k = 0; k < sizeof signals / sizeof signals[0]; k++) {
        assert_int_equal(die(*state, signals[k], DURING), signals[k]);
        assert_counts(*state, 0, 0);
    }
}

static void test_only_running_jobs_count(void **state) {
    assert_int_equal(die(*state, SIGABRT, BEFORE), SIGABRT);
    assert_int_equal(die(*state, SIGABRT, AFTER), SIGABRT);
    assert_int_equal(die(*state, SIGABRT, REMOVED), SIGABRT);
    assert_counts(*state, 0, 0);
}

static void test_counts_stop_at_their_limit(void **state) {
    const struct counts *counts = *state;
    const uint8_t most = UINT8_MAX;
    int file = open(counts->file.path, O_WRONLY);
    for (int job = 0; job < JOBS; job++) {
        if ((running_jobs >> job & 1u) != 0) {
            assert_int_equal(pwrite(file, &most, 1, OFFSET + job), 1);
        }
    }
    assert_int_equal(close(file), 0);
    assert_int_equal(die(counts, SIGSEGV, DURING), SIGSEGV);
    assert_counts(counts, running_jobs, UINT8_MAX);
}

static void test_an_unusable_file_is_told(void **state) {
    (void)state;
    const struct crash_counter *crash_counter;
    const struct shard whole = shard_whole(JOBS);
    struct error error;
    assert_int_equal(
        crash_counter_install("/nowhere/results.h5", 0, &whole, &crash_counter, &error),
        STATUS_STORAGE);
    assert_message(&error, "/nowhere/results.h5");
    assert_null(crash_counter);
    crash_counter_begin(NULL, NULL, 0);
    crash_counter_end(NULL);
    crash_counter_remove(NULL);
}

/* What crash_counter_install said on the alternate stack, where none other can be installed. */
struct refusal {
    const char *path;
    enum status status;
    const struct crash_counter *crash_counter;
};

/* NOLINTNEXTLINE(cppcoreguidelines-avoid-non-const-global-variables): a handler has no arguments */
static struct refusal refused;

static void install_on_the_alternate_stack(int signal_number) {
    struct error error;
    const struct shard whole = shard_whole(JOBS);
    (void)signal_number;
    refused.status =
        crash_counter_install(refused.path, OFFSET, &whole, &refused.crash_counter, &error);
}

static int next_descriptor(void) {
    int next = dup(STDIN_FILENO);
    assert_true(next >= 0 && close(next) == 0);
    return next;
}

static void test_a_failed_installation_leaves_nothing_behind(void **state) {
    enum { STACK_BYTES = 1 << 18 };
    const struct counts *counts = *state;
    struct sigaction before[2];
    struct sigaction handler = {.sa_handler = install_on_the_alternate_stack,
                                .sa_flags = (int)SA_ONSTACK};
    struct sigaction after;
    stack_t stack_before;
    stack_t stack = {.ss_sp = calloc(1, STACK_BYTES), .ss_size = STACK_BYTES};
    int descriptor = next_descriptor();
    refused.path = counts->file.path;
    refused.status = STATUS_OK;
    assert_non_null(stack.ss_sp);
    assert_int_equal(sigaltstack(&stack, &stack_before), 0);
    assert_int_equal(sigaction(SIGUSR2, &handler, &before[0]), 0);
    assert_int_equal(sigaction(SIGSEGV, NULL, &before[1]), 0);
    assert_int_equal(raise(SIGUSR2), 0);
    assert_int_equal(refused.status, STATUS_SYSTEM);
    assert_null(refused.crash_counter);
    assert_int_equal(next_descriptor(), descriptor);
    assert_int_equal(sigaction(SIGSEGV, NULL, &after), 0);
    assert_true(after.sa_handler == before[1].sa_handler);
    assert_int_equal(sigaction(SIGUSR2, &before[0], NULL), 0);
    assert_int_equal(sigaltstack(&stack_before, NULL), 0);
    free(stack.ss_sp);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test_setup_teardown(test_faults_raise_the_counts_of_running_jobs, set_up,
                                    tear_down),
    cmocka_unit_test_setup_teardown(test_being_killed_counts_for_nothing, set_up, tear_down),
    cmocka_unit_test_setup_teardown(test_only_running_jobs_count, set_up, tear_down),
    cmocka_unit_test_setup_teardown(test_counts_stop_at_their_limit, set_up, tear_down),
    cmocka_unit_test(test_an_unusable_file_is_told),
    cmocka_unit_test_setup_teardown(test_a_failed_installation_leaves_nothing_behind, set_up,
                                    tear_down),
};

int main(void) {
    return cmocka_run_group_tests(tests, NULL, NULL);
}
