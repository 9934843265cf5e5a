#include "store/temporary.h"

#include "base/text.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <limits.h>
#include <signal.h>
#include <stdbool.h>
#include <string.h>
#include <unistd.h>

enum { HOST_BYTES = 64 };

/* "FILE.h5.tmp-HOST-", to which a process adds its number. */
static char *temporary_prefix(struct arena *arena, const char *path, struct error *error) {
    char host[HOST_BYTES] = "";
    (void)gethostname(host, sizeof host - 1);
    return arena_format(arena, error, "%s.tmp-%s-", path, host);
}

const char *temporary_name(struct arena *arena, const char *path, struct error *error) {
    const char *prefix = temporary_prefix(arena, path, error);
    return prefix == NULL ? NULL : arena_format(arena, error, "%s%ld", prefix, (long)getpid());
}

enum status temporary_settle(const char *path, struct error *error) {
    struct arena arena = {0};
    char *copy = arena_string(&arena, path, error);
    enum status status = copy == NULL ? error_status(error) : STATUS_OK;
    if (status == STATUS_OK) {
        int folder = open(dirname(copy), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
        if (folder < 0 || fsync(folder) != 0) {
            status = error_set(error, STATUS_STORAGE, "cannot sync the folder of %s: %s", path,
                               strerror(errno));
        }
        (void)(folder >= 0 && close(folder) == 0);
    }
    arena_free(&arena);
    return status;
}

/* Whether `name` is `prefix` and the number of a process that is no more. */
static bool temporary_is_orphan(const char *name, const char *prefix) {
    size_t length = strlen(prefix);
    if (strncmp(name, prefix, length) != 0) {
        return false;
    }
    int64_t process;
    return text_integer(name + length, 1, INT_MAX, &process) && kill((pid_t)process, 0) != 0 &&
           errno == ESRCH;
}

void temporary_remove_old(const char *path) {
    struct arena arena = {0};
    struct error error;
    char *prefix = temporary_prefix(&arena, path, &error);
    char *copy = prefix == NULL ? NULL : arena_string(&arena, prefix, &error);
    DIR *folder = copy == NULL ? NULL : opendir(dirname(copy));
    if (folder != NULL) {
        const char *slash = strrchr(prefix, '/');
        const char *name = slash == NULL ? prefix : slash + 1;
        for (const struct dirent *entry = readdir(folder); entry != NULL; entry = readdir(folder)) {
            if (temporary_is_orphan(entry->d_name, name)) {
                (void)unlinkat(dirfd(folder), entry->d_name, 0);
            }
        }
        (void)closedir(folder);
    }
    arena_free(&arena);
}
