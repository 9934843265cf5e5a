/**
 * @file
 * Values of parameters: read from YAML, checked against their declaration, written into settings.
 */
#pragma once

#include "parameter/node.h"
#include "parameter/parameter.h"

#include <stdbool.h>

/** A value. Texts and lists belong to the arena of its reader. */
struct value {
    union {
        int64_t integer;
        double real;
        int choice;
        const char *text;
        struct file_reference file;
        struct integers integers;
        struct reals reals;
        bool flag;
        struct texts texts;
    } as;
    const char *text; /**< as in YAML, in one spelling: "0.01", "corner", "[16, 16]" */
    /** What enters the job's hash: the text, or for a file the digest of its bytes. */
    const char *identity;
};

/** Reads values. Zero-initialise, then set arena and folder. */
struct value_reader {
    struct arena *arena;
    bool files_unread;  /**< files need not exist; their identity is their name */
    const char *folder; /**< relative file names begin here; "" or ending in '/' */
    struct file_digest *digests;
    char *room; /**< where the next short texts go */
    size_t room_left;
};

/**
 * Reads a value of the parameter from YAML. `key` is for messages. STATUS_BAD_INPUT, with the
 * place, for a wrong type, an unknown choice, a value out of range, and a file that cannot be read.
 */
enum status value_read(struct value_reader *reader, const struct parameter *parameter,
                       const char *key, const struct node *node, struct value *value,
                       struct error *error) CHECKED;

/** Reads the parameter's default, which must be there. */
enum status value_default(struct value_reader *reader, const struct parameter *parameter,
                          const char *key, struct value *value, struct error *error) CHECKED;

/** Writes the value into its field of a settings struct. */
void value_store(const struct parameter *parameter, const struct value *value, void *settings);

/** The value as a number; NaN for texts and for lists unless they have one element. */
double value_number(const struct parameter *parameter, const struct value *value);
