#include "parameter/value.h"

#include "base/text.h"
#include "parameter/file_reference.h"
#include "parameter/parameter.h"
#include "parameter/scalar.h"

#include <errno.h>
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { REAL_BYTES = 32, WORDING_BYTES = 512, ROOM_BYTES = 64 * 1024 };

/* Packs texts, which the arena would align to cache lines. */
static enum status value_keep_text(struct value_reader *reader, const char *text, const char **kept,
                                   struct error *error) {
    size_t bytes = strlen(text) + 1;
    if (bytes > reader->room_left) {
        reader->room_left = bytes > ROOM_BYTES ? bytes : ROOM_BYTES;
        TRY(ARENA_NEW(reader->arena, reader->room, reader->room_left, error));
    }
    memcpy(reader->room, text, bytes);
    *kept = reader->room;
    reader->room += bytes;
    reader->room_left -= bytes;
    return STATUS_OK;
}

static enum status value_check_range(const struct parameter *parameter, const char *key,
                                     const struct node *node, double number, struct error *error) {
    bool low = (parameter->flags & PARAMETER_ABOVE_MINIMUM) != 0 ? number <= parameter->minimum
                                                                 : number < parameter->minimum;
    bool high = (parameter->flags & PARAMETER_BELOW_MAXIMUM) != 0 ? number >= parameter->maximum
                                                                  : number > parameter->maximum;
    if (!low && !high) {
        return STATUS_OK;
    }
    char range[WORDING_BYTES];
    return node_error(node, error, "%s: %s is out of range; expected %s%s%s", key, node->text,
                      parameter_range(parameter, range, sizeof range),
                      parameter_unit(parameter)[0] == '\0' ? "" : " ", parameter_unit(parameter));
}

static enum status value_read_integer(const struct parameter *parameter, const char *key,
                                      const struct node *node, int64_t *number,
                                      struct error *error) {
    TRY(scalar_integer(key, node, number, error));
    return value_check_range(parameter, key, node, (double)*number, error);
}

static enum status value_read_real(const struct parameter *parameter, const char *key,
                                   const struct node *node, double *number, struct error *error) {
    TRY(scalar_real(key, node, number, error));
    return value_check_range(parameter, key, node, *number, error);
}

static enum status value_read_choice(const struct parameter *parameter, const char *key,
                                     const struct node *node, int64_t *choice,
                                     struct error *error) {
    char expected[WORDING_BYTES];
    (void)parameter_expects(parameter, expected, sizeof expected);
    TRY(scalar_untagged(key, node, error));
    if (node->kind != NODE_SCALAR) {
        return scalar_unexpected(key, node, expected, error);
    }
    size_t count = 0;
    for (; parameter->choices[count] != NULL; count++) {
        if (strcmp(parameter->choices[count], node->text) == 0) {
            *choice = (int64_t)count;
            return STATUS_OK;
        }
    }
    const char *nearest = text_nearest(node->text, parameter->choices, count);
    if (nearest == NULL) {
        return scalar_unexpected(key, node, expected, error);
    }
    return node_error(node, error, "%s: unknown '%s'; did you mean '%s'? Expected %s", key,
                      node->text, nearest, expected);
}

static enum status value_read_text(const char *key, const struct node *node, const char *expected,
                                   const char **text, struct error *error) {
    TRY(scalar_untagged(key, node, error));
    if (node->kind != NODE_SCALAR || (node->plain && node->text[0] == '\0')) {
        return scalar_unexpected(key, node, expected, error);
    }
    for (const char *at = node->text; *at != '\0'; at++) {
        if ((unsigned char)*at < ' ') {
            return node_error(node, error,
                              "%s: a text must not contain line breaks or control characters", key);
        }
    }
    *text = node->text;
    return STATUS_OK;
}

/* Resolves the file against the sweep's folder and takes its digest. */
static enum status value_read_file(struct value_reader *reader, const char *key,
                                   const struct node *node, struct value *value,
                                   struct error *error) {
    const char *text = "";
    TRY(value_read_text(key, node, "a file name", &text, error));
    TRY(value_keep_text(reader, text, &value->text, error));
    value->as.file = (struct file_reference){.path = "", .dataset = ""};
    value->identity = "";
    if (text[0] == '\0') {
        return STATUS_OK;
    }
    struct file_reference *file = &value->as.file;
    const char *full;
    TRY(arena_printf(reader->arena, &full, error, "%s%s", text[0] == '/' ? "" : reader->folder,
                     text));
    TRY(file_reference_split(full, reader->arena, file, error));
    if (reader->files_unread) {
        value->identity = value->text;
        return STATUS_OK;
    }
    struct digest digest;
    if (file_reference_digest(&reader->digests, file->path, reader->arena, &digest, error) !=
        STATUS_OK) {
        (void)error_prefix(error, "%s", key);
        return node_prefix(node, error);
    }
    file->digest = digest;
    return arena_printf(reader->arena, &value->identity, error, "%016" PRIx64 "%016" PRIx64 "%s%s",
                        digest.high, digest.low, file->dataset[0] == '\0' ? "" : ":",
                        file->dataset);
}

/* A scalar is a list of one. */
static enum status value_read_list(struct value_reader *reader, const struct parameter *parameter,
                                   const char *key, const struct node *node, struct value *value,
                                   struct error *error) {
    char expected[WORDING_BYTES];
    const size_t count = node->kind == NODE_LIST ? node->count : 1;
    double *reals;
    int64_t *integers;
    TRY(scalar_untagged(key, node, error));
    if (node->kind == NODE_MAP) {
        return scalar_unexpected(key, node, parameter_expects(parameter, expected, sizeof expected),
                                 error);
    }
    if (parameter->type == PARAMETER_REALS) {
        TRY(ARENA_NEW(reader->arena, reals, count, error));
        value->as.reals = (struct reals){reals, count};
        for (size_t i = 0; i < count; i++) {
            TRY(value_read_real(parameter, key, node_element(node, i), &reals[i], error));
        }
        return STATUS_OK;
    }
    TRY(ARENA_NEW(reader->arena, integers, count, error));
    value->as.integers = (struct integers){integers, count};
    for (size_t i = 0; i < count; i++) {
        const struct node *item = node_element(node, i);
        TRY(parameter->type == PARAMETER_CHOICES
                ? value_read_choice(parameter, key, item, &integers[i], error)
                : value_read_integer(parameter, key, item, &integers[i], error));
    }
    return STATUS_OK;
}

static const char *value_element_text(const struct parameter *parameter, const struct value *value,
                                      size_t i, char buffer[static REAL_BYTES]) {
    if (parameter->type == PARAMETER_REALS) {
        return text_of_real(value->as.reals.values[i], buffer);
    }
    if (parameter->type == PARAMETER_CHOICES) {
        return parameter->choices[value->as.integers.values[i]];
    }
    (void)snprintf(buffer, REAL_BYTES, "%" PRId64, value->as.integers.values[i]);
    return buffer;
}

/* "[16, 16]"; a list of one is written as its element. */
static enum status value_list_text(struct value_reader *reader, const struct parameter *parameter,
                                   struct value *value, struct error *error) {
    char buffer[REAL_BYTES];
    size_t count =
        parameter->type == PARAMETER_REALS ? value->as.reals.count : value->as.integers.count;
    size_t bytes = sizeof "[]";
    for (size_t i = 0; i < count; i++) {
        bytes += strlen(value_element_text(parameter, value, i, buffer)) + sizeof ", ";
    }
    char *text = NULL;
    TRY(ARENA_NEW(reader->arena, text, bytes, error));
    char *end = stpcpy(text, count == 1 ? "" : "[");
    for (size_t i = 0; i < count; i++) {
        end = stpcpy(end, i == 0 ? "" : ", ");
        end = stpcpy(end, value_element_text(parameter, value, i, buffer));
    }
    (void)stpcpy(end, count == 1 ? "" : "]");
    value->text = text;
    return STATUS_OK;
}

static enum status value_read_by_type(struct value_reader *reader,
                                      const struct parameter *parameter, const char *key,
                                      const struct node *node, struct value *value,
                                      struct error *error) {
    char buffer[REAL_BYTES];
    int64_t choice = 0;
    switch (parameter->type) {
    case PARAMETER_INTEGER:
        TRY(value_read_integer(parameter, key, node, &value->as.integer, error));
        (void)snprintf(buffer, sizeof buffer, "%" PRId64, value->as.integer);
        return value_keep_text(reader, buffer, &value->text, error);
    case PARAMETER_REAL:
        TRY(value_read_real(parameter, key, node, &value->as.real, error));
        return value_keep_text(reader, text_of_real(value->as.real, buffer), &value->text, error);
    case PARAMETER_CHOICE:
        TRY(value_read_choice(parameter, key, node, &choice, error));
        value->as.choice = (int)choice;
        value->text = parameter->choices[choice];
        return STATUS_OK;
    case PARAMETER_TEXT:
        TRY(value_read_text(key, node, "a text", &value->as.text, error));
        value->text = value->as.text;
        return STATUS_OK;
    case PARAMETER_FILE:
        return value_read_file(reader, key, node, value, error);
    case PARAMETER_INTEGERS:
    case PARAMETER_CHOICES:
    case PARAMETER_REALS:
        TRY(value_read_list(reader, parameter, key, node, value, error));
        return value_list_text(reader, parameter, value, error);
    case PARAMETER_FLAG:
    case PARAMETER_TEXTS:
        break;
    }
    return node_error(node, error, "%s: an option of commands, not a key of sweeps", key);
}

enum status value_read(struct value_reader *reader, const struct parameter *parameter,
                       const char *key, const struct node *node, struct value *value,
                       struct error *error) {
    TRY(value_read_by_type(reader, parameter, key, node, value, error));
    if (value->identity == NULL) {
        value->identity = value->text;
    }
    return STATUS_OK;
}

enum status value_default(struct value_reader *reader, const struct parameter *parameter,
                          const char *key, struct value *value, struct error *error) {
    const char *origin;
    TRY(arena_printf(reader->arena, &origin, error, "default of %s", key));
    struct node node = {.origin = origin, .text = ""};
    if (parameter->fallback[0] != '\0') {
        TRY(node_read(parameter->fallback, origin, false, reader->arena, &node, error));
    }
    return value_read(reader, parameter, key, &node, value, error);
}

static const size_t field_bytes[] = {
    [PARAMETER_INTEGER] = sizeof(int64_t),
    [PARAMETER_REAL] = sizeof(double),
    [PARAMETER_CHOICE] = sizeof(int),
    [PARAMETER_TEXT] = sizeof(char *),
    [PARAMETER_FILE] = sizeof(struct file_reference),
    [PARAMETER_INTEGERS] = sizeof(struct integers),
    [PARAMETER_REALS] = sizeof(struct reals),
    [PARAMETER_CHOICES] = sizeof(struct integers),
    [PARAMETER_FLAG] = sizeof(bool),
    [PARAMETER_TEXTS] = sizeof(struct texts),
};

void value_store(const struct parameter *parameter, const struct value *value, void *settings) {
    memcpy((unsigned char *)settings + parameter->offset, &value->as, field_bytes[parameter->type]);
}

double value_number(const struct parameter *parameter, const struct value *value) {
    switch (parameter->type) {
    case PARAMETER_INTEGER:
        return (double)value->as.integer;
    case PARAMETER_REAL:
        return value->as.real;
    case PARAMETER_INTEGERS:
        return value->as.integers.count == 1 ? (double)value->as.integers.values[0] : NAN;
    case PARAMETER_REALS:
        return value->as.reals.count == 1 ? value->as.reals.values[0] : NAN;
    default:
        return NAN;
    }
}
