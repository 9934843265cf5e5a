/**
 * @file
 * JSON for --json, through json-c: every addition is checked, and NaN and infinity become null.
 */
#pragma once

#include "base/error.h"

#include <json-c/json.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

/** Gives an object and all in it back; *object may be NULL. For SCOPED. */
void json_release(struct json_object **object);

/** Adds a member. STATUS_NO_MEMORY. */
enum status json_add_text(struct json_object *object, const char *key, const char *value,
                          struct error *error) CHECKED;
enum status json_add_integer(struct json_object *object, const char *key, int64_t value,
                             struct error *error) CHECKED;
enum status json_add_flag(struct json_object *object, const char *key, bool value,
                          struct error *error) CHECKED;
/** With the fewest digits that read back as the same number. */
enum status json_add_real(struct json_object *object, const char *key, double value,
                          struct error *error) CHECKED;
enum status json_add_null(struct json_object *object, const char *key, struct error *error) CHECKED;

/** Adds an empty object or array, which belongs to its parent; *child points to it. */
enum status json_add_object(struct json_object *object, const char *key, struct json_object **child,
                            struct error *error) CHECKED;
enum status json_add_array(struct json_object *object, const char *key, struct json_object **child,
                           struct error *error) CHECKED;

/** Adds an array of numbers, each as by json_add_real. */
enum status json_add_reals(struct json_object *object, const char *key, const double *values,
                           size_t count, struct error *error) CHECKED;

/** Appends to an array; json_append_reals an array of numbers. */
enum status json_append_text(struct json_object *array, const char *value,
                             struct error *error) CHECKED;
enum status json_append_reals(struct json_object *array, const double *values, size_t count,
                              struct error *error) CHECKED;
enum status json_append_object(struct json_object *array, struct json_object **child,
                               struct error *error) CHECKED;

/** Writes the object, over many lines or in one, and a line's end. The stream remembers errors of
 * writing (ferror). */
enum status json_write(struct json_object *object, bool indented, FILE *stream,
                       struct error *error) CHECKED;
