/**
 * @file
 * How modsweep reports errors: a status to return and a message for the user.
 */
#pragma once

#include <stdarg.h>
#include <stddef.h>

/** What a function returns. error_exit_code gives the exit status of the program. */
enum status {
    STATUS_OK = 0,
    STATUS_JOBS_FAILED = 1, /**< everything ran; some jobs diverged or crashed too often */
    STATUS_BAD_INPUT = 2,   /**< the user's files or arguments cannot be used */
    STATUS_STORAGE = 3,     /**< a results file cannot be read or written */
    STATUS_SYSTEM = 71,     /**< the machine or MPI failed */
    STATUS_NO_MEMORY = 72,  /**< out of memory; the program exits with STATUS_SYSTEM */
    STATUS_STOPPED = 75,    /**< stopped early; the same command resumes */
};

enum { ERROR_MESSAGE_BYTES = 2048, ERROR_CULPRIT_BYTES = 64 };

/** A status with a message fit for a user: what, where, and what was expected instead. */
struct error {
    enum status status;
    char message[ERROR_MESSAGE_BYTES];
    char culprit[ERROR_CULPRIT_BYTES]; /**< name of the parameter at fault, or "" */
};

#define CHECKED __attribute__((warn_unused_result))
#define PRINTF_LIKE(text, first) __attribute__((format(printf, text, first)))

/**
 * Calls `release` with the variable's address when its scope ends, after the value of a `return` is
 * known: SCOPED(arena_free) struct arena scratch = {0}; (`unused`, since clang does not count the
 * release as a use.)
 */
#define SCOPED(release) __attribute__((cleanup(release), unused))

/** Returns from the calling function with the status of `call` unless that is STATUS_OK. */
#define TRY(call)                                                                                  \
    do {                                                                                           \
        enum status try_status_ = (call);                                                          \
        if (try_status_ != STATUS_OK) {                                                            \
            return try_status_;                                                                    \
        }                                                                                          \
    } while (0)

/** As TRY, and puts a printf-like place before the message of the error. */
#define TRY_WITHIN(call, error, ...)                                                               \
    do {                                                                                           \
        enum status try_status_ = (call);                                                          \
        if (try_status_ != STATUS_OK) {                                                            \
            (void)error_prefix((error), __VA_ARGS__);                                              \
            return try_status_;                                                                    \
        }                                                                                          \
    } while (0)

/** Sets status and message (printf-like) and returns the status. Clears the culprit. */
enum status error_set(struct error *error, enum status status, const char *format, ...)
    PRINTF_LIKE(3, 4);

/** As error_set with STATUS_BAD_INPUT, and names the parameter at fault. */
enum status error_refuse(struct error *error, const char *culprit, const char *format, ...)
    PRINTF_LIKE(3, 4);

/** As error_set, with the arguments of a variadic caller. */
enum status error_vset(struct error *error, enum status status, const char *format,
                       va_list arguments) PRINTF_LIKE(3, 0);

#ifdef __clang_analyzer__
/* The analyser does not see error.c and would take errors for STATUS_OK. */
#define error_set(error, status, ...) ((void)error_set((error), (status), __VA_ARGS__), (status))
#define error_refuse(error, culprit, ...)                                                          \
    ((void)error_refuse((error), (culprit), __VA_ARGS__), STATUS_BAD_INPUT)
#endif

/** The exit status of the program that ends with `status`. */
int error_exit_code(enum status status);

/** Puts a place or a cause before the message already there: "PREFIX: message". Returns the status.
 */
enum status error_prefix(struct error *error, const char *format, ...) PRINTF_LIKE(2, 3);

/** Adds printf-like text to the end of the message. Returns the status. */
enum status error_append(struct error *error, const char *format, ...) PRINTF_LIKE(2, 3);

/** Sets the culprit of an error that has none yet. */
void error_set_culprit(struct error *error, const char *culprit);

/** Returns the status; if it is an error, names the parameter at fault. */
static inline enum status error_at_parameter(enum status status, const char *culprit,
                                             struct error *error) {
    if (status != STATUS_OK) {
        error_set_culprit(error, culprit);
    }
    return status;
}
