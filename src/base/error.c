#include "base/error.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum status(error_set)(struct error *error, enum status status, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    error->status = status;
    (void)vsnprintf(error->message, sizeof error->message, format, arguments);
    va_end(arguments);
    return status;
}

int error_exit_code(enum status status) {
    return status == STATUS_NO_MEMORY ? (int)STATUS_SYSTEM : (int)status;
}

enum status error_prefix(struct error *error, const char *format, ...) {
    char old[ERROR_MESSAGE_BYTES];
    memcpy(old, error->message, sizeof old);
    va_list arguments;
    va_start(arguments, format);
    int used = vsnprintf(error->message, sizeof error->message, format, arguments);
    va_end(arguments);
    size_t start = used < 0 ? 0 : (size_t)used;
    if (start < sizeof error->message) {
        (void)snprintf(error->message + start, sizeof error->message - start, ": %s", old);
    }
    return error->status;
}
