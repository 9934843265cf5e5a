#include "command/output.h"

#include <string.h>

char *output_name(const char *sweep, struct arena *arena, struct error *error) {
    const char *slash = strrchr(sweep, '/');
    const char *name = slash == NULL ? sweep : slash + 1;
    const char *dot = strrchr(name, '.');
    size_t length = dot == NULL || dot == name ? strlen(name) : (size_t)(dot - name);
    return arena_format(arena, error, "%.*s.h5", (int)length, name);
}
