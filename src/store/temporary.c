#include "store/temporary.h"

#include "base/file.h"
#include "base/text.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdbool.h>
#include <string.h>
#include <unistd.h>

enum { HOST_BYTES = 64 };

/* "FILE.h5.tmp-HOST-", to which a process adds its number. */
static enum status temporary_prefix(struct arena *arena, const char *path, const char **prefix,
                                    struct error *error) {
    char host[HOST_BYTES] = "";
    (void)gethostname(host, sizeof host - 1);
    return arena_printf(arena, prefix, error, "%s.tmp-%s-", path, host);
}

enum status temporary_name(struct arena *arena, const char *path, const char **name,
                           struct error *error) {
    const char *prefix;
    TRY(temporary_prefix(arena, path, &prefix, error));
    return arena_printf(arena, name, error, "%s%ld", prefix, (long)getpid());
}

enum status temporary_settle(const char *path, struct error *error) {
    SCOPED(arena_free) struct arena arena = {0};
    const char *name;
    TRY(file_folder(path, &arena, &name, error));
    SCOPED(file_release_descriptor)
    int folder = open(name[0] == '\0' ? "." : name, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    return folder >= 0 && fsync(folder) == 0
               ? STATUS_OK
               : error_set(error, STATUS_STORAGE, "cannot sync the folder of %s: %s", path,
                           strerror(errno));
}

/* Whether `name` is `prefix` and the number of a process that is gone. */
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
    SCOPED(arena_free) struct arena arena = {0};
    struct error ignored;
    const char *prefix;
    const char *folder;
    if (temporary_prefix(&arena, path, &prefix, &ignored) != STATUS_OK ||
        file_folder(path, &arena, &folder, &ignored) != STATUS_OK) {
        return;
    }
    SCOPED(file_release_folder) DIR *listing = opendir(folder[0] == '\0' ? "." : folder);
    if (listing == NULL) {
        return;
    }
    for (const struct dirent *entry = readdir(listing); entry != NULL; entry = readdir(listing)) {
        if (temporary_is_orphan(entry->d_name, prefix + strlen(folder))) {
            (void)unlinkat(dirfd(listing), entry->d_name, 0);
        }
    }
}
