#include "command/output.h"

#include "base/text.h"

#include <string.h>
#include <sys/stat.h>

enum status output_name(const char *sweep, const struct shard *shard, struct arena *arena,
                        const char **name, struct error *error) {
    const char *slash = strrchr(sweep, '/');
    const char *stem = slash == NULL ? sweep : slash + 1;
    const char *dot = strrchr(stem, '.');
    int length = (int)(dot == NULL || dot == stem ? strlen(stem) : (size_t)(dot - stem));
    return shard->count == 1
               ? arena_printf(arena, name, error, "%.*s.h5", length, stem)
               : arena_printf(arena, name, error, "%.*s.shard-%lld-of-%lld.h5", length, stem,
                              (long long)shard->index + 1, (long long)shard->count);
}

enum status output_beside(const char *results, const char *ending, struct arena *arena,
                          const char **name, struct error *error) {
    static const char own[] = ".h5";
    size_t tail = text_ends_with(results, own) ? sizeof own - 1 : 0;
    return arena_printf(arena, name, error, "%.*s%s", (int)(strlen(results) - tail), results,
                        ending);
}

enum status output_check(const char *results, const char *output, const char *what,
                         struct error *error) {
    struct stat about_results;
    struct stat about_output;
    bool same = stat(results, &about_results) == 0 && stat(output, &about_output) == 0 &&
                about_results.st_dev == about_output.st_dev &&
                about_results.st_ino == about_output.st_ino;
    return same ? error_set(error, STATUS_BAD_INPUT,
                            "'%s' is the results file; %s must not replace it", output, what)
                : STATUS_OK;
}
