/* Names of files in the making, and what remains of those whose process was killed. */
#include "store/temporary.h"

#include "check.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

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
    SCOPED(arena_free) struct arena arena = {0};
    struct error error;
    const char *own;
    assert_ok(&error, temporary_name(&arena, path, &own, &error));
    size_t length = (size_t)(strrchr(own, '-') - own) + 1;
    (void)snprintf(name, PATH_BYTES, "%.*s%ld", (int)length, own, (long)process);
}

static void test_only_files_of_dead_processes_go(void **state) {
    (void)state;
    char folder[PATH_BYTES];
    folder_make(folder);
    char path[PATH_BYTES];
    char other[PATH_BYTES];
    char dead[PATH_BYTES];
    char alive[PATH_BYTES];
    char foreign[PATH_BYTES + 1];
    (void)snprintf(path, sizeof path, "%.200s/a.h5", folder);
    (void)snprintf(other, sizeof other, "%.200s/b.h5", folder);
    name_of(path, dead_process(), dead);
    name_of(path, getpid(), alive);
    name_of(other, dead_process(), other);
    (void)snprintf(foreign, sizeof foreign, "%sx", dead);
    file_write_text(path, "");
    file_write_text(dead, "");
    file_write_text(alive, "");
    file_write_text(other, "");
    file_write_text(foreign, "");
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
