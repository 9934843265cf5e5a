#include "base/json.h"

#include "base/text.h"

#include <math.h>
#include <stdio.h>

enum { REAL_BYTES = 32 };

void json_release(struct json_object **object) {
    (void)json_object_put(*object);
    *object = NULL;
}

static enum status json_no_memory(struct error *error) {
    return error_set(error, STATUS_NO_MEMORY, "out of memory for JSON");
}

/* Takes ownership of value, which is NULL only when there was no memory for it. */
static enum status json_add(struct json_object *object, const char *key, struct json_object *value,
                            struct error *error) {
    if (value == NULL || json_object_object_add(object, key, value) != 0) {
        (void)json_object_put(value);
        return json_no_memory(error);
    }
    return STATUS_OK;
}

static enum status json_append(struct json_object *array, struct json_object *value,
                               struct error *error) {
    if (value == NULL || json_object_array_add(array, value) != 0) {
        (void)json_object_put(value);
        return json_no_memory(error);
    }
    return STATUS_OK;
}

enum status json_add_text(struct json_object *object, const char *key, const char *value,
                          struct error *error) {
    return json_add(object, key, json_object_new_string(value), error);
}

enum status json_add_integer(struct json_object *object, const char *key, int64_t value,
                             struct error *error) {
    return json_add(object, key, json_object_new_int64(value), error);
}

enum status json_add_flag(struct json_object *object, const char *key, bool value,
                          struct error *error) {
    return json_add(object, key, json_object_new_boolean(value), error);
}

enum status json_add_real(struct json_object *object, const char *key, double value,
                          struct error *error) {
    char text[REAL_BYTES];
    return isfinite(value)
               ? json_add(object, key, json_object_new_double_s(value, text_of_real(value, text)),
                          error)
               : json_add_null(object, key, error);
}

/* json-c's null is NULL. */
enum status json_add_null(struct json_object *object, const char *key, struct error *error) {
    return json_object_object_add(object, key, NULL) == 0 ? STATUS_OK : json_no_memory(error);
}

enum status json_add_object(struct json_object *object, const char *key, struct json_object **child,
                            struct error *error) {
    *child = json_object_new_object();
    return json_add(object, key, *child, error);
}

enum status json_add_array(struct json_object *object, const char *key, struct json_object **child,
                           struct error *error) {
    *child = json_object_new_array();
    return json_add(object, key, *child, error);
}

static enum status json_append_real(struct json_object *array, double value, struct error *error) {
    char text[REAL_BYTES];
    if (isfinite(value)) {
        return json_append(array, json_object_new_double_s(value, text_of_real(value, text)),
                           error);
    }
    return json_object_array_add(array, NULL) == 0 ? STATUS_OK : json_no_memory(error);
}

static enum status json_fill_reals(struct json_object *array, const double *values, size_t count,
                                   struct error *error) {
    for (size_t k = 0; k < count; k++) {
        TRY(json_append_real(array, values[k], error));
    }
    return STATUS_OK;
}

enum status json_add_reals(struct json_object *object, const char *key, const double *values,
                           size_t count, struct error *error) {
    struct json_object *array = NULL;
    TRY(json_add_array(object, key, &array, error));
    return json_fill_reals(array, values, count, error);
}

enum status json_append_reals(struct json_object *array, const double *values, size_t count,
                              struct error *error) {
    struct json_object *child = json_object_new_array();
    TRY(json_append(array, child, error));
    return json_fill_reals(child, values, count, error);
}

enum status json_append_text(struct json_object *array, const char *value, struct error *error) {
    return json_append(array, json_object_new_string(value), error);
}

enum status json_append_object(struct json_object *array, struct json_object **child,
                               struct error *error) {
    *child = json_object_new_object();
    return json_append(array, *child, error);
}

enum status json_write(struct json_object *object, bool indented, FILE *stream,
                       struct error *error) {
    const int form = JSON_C_TO_STRING_SPACED | JSON_C_TO_STRING_NOSLASHESCAPE;
    const char *text =
        json_object_to_json_string_ext(object, indented ? form | JSON_C_TO_STRING_PRETTY : form);
    if (text == NULL) {
        return json_no_memory(error);
    }
    (void)fprintf(stream, "%s\n", text);
    return STATUS_OK;
}
