#include "store/lock.h"

#include "check.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static int setup(void **state) {
    static struct scratch_file file;
    file = scratch_name("");
    *state = file.path;
    return 0;
}

static int teardown(void **state) {
    return unlink(*state);
}

static void test_one_holder(void **state) {
    const char *path = *state;
    struct error error;
    int first;
    int second;
    assert_false(results_locked(path));
    assert_ok(&error, results_lock(path, &first, &error));
    assert_true(results_locked(path));
    assert_int_equal(results_lock(path, &second, &error), STATUS_STORAGE);
    assert_message(&error, "another run is writing");
    assert_int_equal(second, -1);
    results_unlock(first);
    assert_false(results_locked(path));
    assert_ok(&error, results_lock(path, &second, &error));
    results_unlock(second);
    results_unlock(-1);
}

/* HDF5 and readers open and close the file meanwhile; a plain POSIX lock would be lost by that. */
static void test_survives_other_descriptors(void **state) {
    const char *path = *state;
    struct error error;
    int lock;
    assert_ok(&error, results_lock(path, &lock, &error));
    int reader = open(path, O_RDWR);
    assert_true(reader >= 0 && write(reader, "row", 3) == 3 && close(reader) == 0);
    assert_true(results_locked(path));
    results_unlock(lock);
}

static void test_ends_with_its_process(void **state) {
    const char *path = *state;
    struct error error;
    int ready[2];
    char byte;
    assert_int_equal(pipe(ready), 0);
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        int lock;
        bool held = results_lock(path, &lock, &error) == STATUS_OK;
        (void)!write(ready[1], held ? "y" : "n", 1);
        (void)pause();
        _exit(EXIT_SUCCESS);
    }
    assert_int_equal(read(ready[0], &byte, 1), 1);
    assert_int_equal(byte, 'y');
    assert_true(results_locked(path));
    assert_int_equal(kill(child, SIGKILL), 0);
    assert_int_equal(waitpid(child, NULL, 0), child);
    assert_false(results_locked(path));
    assert_true(close(ready[0]) == 0 && close(ready[1]) == 0);
}

static void test_missing_file(void **state) {
    (void)state;
    struct error error;
    int lock;
    assert_int_equal(results_lock("/nowhere/r.h5", &lock, &error), STATUS_STORAGE);
    assert_false(results_locked("/nowhere/r.h5"));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_one_holder, setup, teardown),
        cmocka_unit_test_setup_teardown(test_survives_other_descriptors, setup, teardown),
        cmocka_unit_test_setup_teardown(test_ends_with_its_process, setup, teardown),
        cmocka_unit_test(test_missing_file),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
