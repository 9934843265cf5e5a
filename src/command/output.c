#include "command/output.h"

#include "base/text.h"

#include <string.h>

char *output_name(const char *sweep, const struct shard *shard, struct arena *arena,
                  struct error *error) {
    const char *slash = strrchr(sweep, '/');
    const char *name = slash == NULL ? sweep : slash + 1;
    const char *dot = strrchr(name, '.');
    int length = (int)(dot == NULL || dot == name ? strlen(name) : (size_t)(dot - name));
    return shard->count == 1
               ? arena_format(arena, error, "%.*s.h5", length, name)
               : arena_format(arena, error, "%.*s.shard-%lld-of-%lld.h5", length, name,
                              (long long)shard->index + 1, (long long)shard->count);
}

char *output_beside(const char *results, const char *ending, struct arena *arena,
                    struct error *error) {
    static const char own[] = ".h5";
    size_t tail = text_ends_with(results, own) ? sizeof own - 1 : 0;
    return arena_format(arena, error, "%.*s%s", (int)(strlen(results) - tail), results, ending);
}
