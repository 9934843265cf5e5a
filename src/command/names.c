#include "command/names.h"

#include <string.h>

bool names_none(const struct texts *given) {
    return given->values != NULL && given->count == 0;
}

enum status names_once(const char *option, const struct texts *given, bool may_be_none,
                       struct arena *arena, struct texts *names, struct error *error) {
    const char **found;
    if (names_none(given) && !may_be_none) {
        return error_set(error, STATUS_BAD_INPUT, "--%s: expected names, got none", option);
    }
    TRY(ARENA_NEW(arena, found, given->count, error));
    *names = (struct texts){found, 0};
    for (size_t k = 0; k < given->count; k++) {
        size_t i = 0;
        while (i < names->count && strcmp(found[i], given->values[k]) != 0) {
            i++;
        }
        found[i] = given->values[k];
        names->count += i == names->count;
    }
    return STATUS_OK;
}
