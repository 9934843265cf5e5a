#include "parameter/scalar.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { WRITTEN_BYTES = 96 };

static const char *scalar_written(const struct node *node, char buffer[static WRITTEN_BYTES]) {
    enum { SHOWN = 40 };
    if (node->kind != NODE_SCALAR) {
        return node->kind == NODE_LIST ? "a list" : "a mapping";
    }
    if (node->text[0] == '\0') {
        return "nothing";
    }
    (void)snprintf(buffer, WRITTEN_BYTES, node->plain ? "'%.*s%s'" : "the text \"%.*s%s\"", SHOWN,
                   node->text, strlen(node->text) > SHOWN ? "…" : "");
    return buffer;
}

enum status scalar_unexpected(const char *key, const struct node *node, const char *expected,
                              struct error *error) {
    char buffer[WRITTEN_BYTES];
    return node_error(node, error, "%s: expected %s, got %s", key, expected,
                      scalar_written(node, buffer));
}

enum status scalar_untagged(const char *key, const struct node *node, struct error *error) {
    return node->tag == NULL
               ? STATUS_OK
               : node_error(node, error, "%s: tag '%s' cannot stand here", key, node->tag);
}

/* `expected` is what a message says of anything but a number: "a number", "an integer". */
static enum status scalar_number(const char *key, const struct node *node, const char *expected,
                                 double *number, struct error *error) {
    static const char digits[] = "0123456789+-.eE";
    TRY(scalar_untagged(key, node, error));
    if (node->kind != NODE_SCALAR || !node->plain || node->text[0] == '\0') {
        return scalar_unexpected(key, node, expected, error);
    }
    const char *named = node->text + strspn(node->text, "+-.");
    if (strncasecmp(named, "nan", 3) == 0 || strncasecmp(named, "inf", 3) == 0) {
        return scalar_unexpected(key, node, "a finite number", error);
    }
    char *end = NULL;
    errno = 0;
    *number = strtod(node->text, &end);
    if (*end != '\0' || node->text[strspn(node->text, digits)] != '\0') {
        return scalar_unexpected(key, node, expected, error);
    }
    if (errno == ERANGE) {
        return node_error(node, error, "%s: %s is too %s for double precision", key, node->text,
                          isinf(*number) ? "large" : "small");
    }
    *number += 0.0; /* -0 and 0 are one value */
    return STATUS_OK;
}

enum status scalar_real(const char *key, const struct node *node, double *number,
                        struct error *error) {
    return scalar_number(key, node, "a number", number, error);
}

enum status scalar_integer(const char *key, const struct node *node, int64_t *number,
                           struct error *error) {
    static const double EXACT = 9007199254740992.0; /* 2^53 */
    if (node->kind == NODE_SCALAR && node->plain && node->tag == NULL && node->text[0] != '\0') {
        const char *digits = node->text + strspn(node->text, "+-");
        char *end = NULL;
        errno = 0;
        *number = strtoll(node->text, &end, 10);
        if (*end == '\0' && *digits != '\0') {
            return errno == ERANGE
                       ? node_error(node, error, "%s: %s does not fit in 64 bits", key, node->text)
                       : STATUS_OK;
        }
    }
    double real = 0;
    TRY(scalar_number(key, node, "an integer", &real, error));
    if (real != floor(real) || fabs(real) > EXACT) {
        return scalar_unexpected(key, node, "an integer", error);
    }
    *number = (int64_t)real;
    return STATUS_OK;
}
