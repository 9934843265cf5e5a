/* Names of files in the making, and what remains of those whose process was killed. */
#include "store/temporary.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

enum { PATH_BYTES = 512 };

static void touch(const char *path) {
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    assert_int_equal(fclose(file), 0);
}

static bool exists(const char *path) {
    return access(path, F_OK) == 0;
}

/* The number of a process that has come and gone. */
static pid_t dead_process(void) {
    pid_t child = fork();
    if (child == 0) {
        _exit(0);
    }
    assert_int_equal(waitpid(child, NULL, 0), child);
    return child;
}

/* The temporary name of `path`, with another process's number. */
static void name_of(const char *path, pid_t process, char name[PATH_BYTES]) {
    struct arena arena = {0};
    struct error error;
    const char *own = temporary_name(&arena, path, &error);
    assert_non_null(own);
    size_t length = (size_t)(strrchr(own, '-') - own) + 1;
    (void)snprintf(name, PATH_BYTES, "%.*s%ld", (int)length, own, (long)process);
    arena_free(&arena);
}

static void test_only_files_of_dead_processes_go(void **state) {
    (void)state;
    char folder[] = "/tmp/modsweep-temporary-XXXXXX";
    assert_non_null(mkdtemp(folder));
    char path[PATH_BYTES];
    char other[PATH_BYTES];
    char dead[PATH_BYTES];
    char alive[PATH_BYTES];
    char foreign[PATH_BYTES + 1];
    (void)snprintf(path, sizeof path, "%s/a.h5", folder);
    (void)snprintf(other, sizeof other, "%s/b.h5", folder);
    name_of(path, dead_process(), dead);
    name_of(path, getpid(), alive);
    name_of(other, dead_process(), other);
    (void)snprintf(foreign, sizeof foreign, "%sx", dead);
    touch(path);
    touch(dead);
    touch(alive);
    touch(other);
    touch(foreign);
    temporary_remove_old(path);
    assert_false(exists(dead));
    assert_true(exists(path) && exists(alive) && exists(other) && exists(foreign));
    assert_true(unlink(path) == 0 && unlink(alive) == 0 && unlink(other) == 0 &&
                unlink(foreign) == 0 && rmdir(folder) == 0);
}

static void test_a_missing_folder_is_no_matter(void **state) {
    (void)state;
    temporary_remove_old("/nonexistent/a.h5");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_only_files_of_dead_processes_go),
        cmocka_unit_test(test_a_missing_folder_is_no_matter),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
