#include "base/error.h"

#include <stdio.h>
#include <string.h>

enum status(error_set)(struct error *error, enum status status, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    (void)error_vset(error, status, format, arguments);
    va_end(arguments);
    return status;
}

enum status(error_refuse)(struct error *error, const char *culprit, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    (void)error_vset(error, STATUS_BAD_INPUT, format, arguments);
    va_end(arguments);
    error_set_culprit(error, culprit);
    return STATUS_BAD_INPUT;
}

enum status error_vset(struct error *error, enum status status, const char *format,
                       va_list arguments) {
    error->status = status;
    error->culprit[0] = '\0';
    (void)vsnprintf(error->message, sizeof error->message, format, arguments);
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

enum status error_append(struct error *error, const char *format, ...) {
    size_t used = strlen(error->message);
    va_list arguments;
    va_start(arguments, format);
    (void)vsnprintf(error->message + used, sizeof error->message - used, format, arguments);
    va_end(arguments);
    return error->status;
}

void error_set_culprit(struct error *error, const char *culprit) {
    if (error->culprit[0] == '\0') {
        (void)snprintf(error->culprit, sizeof error->culprit, "%s", culprit);
    }
}
