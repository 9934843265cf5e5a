#include "sweep/axis.h"

#include "base/random.h"
#include "base/text.h"
#include "parameter/scalar.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <xxhash.h>

enum { AXIS_LENGTH_MAX = 10 * 1000 * 1000, NUMBER_BYTES = 32, NUMBERS_MAX = 3 };

static const char ZIP[] = "!zip:";

static enum status axis_set_length(const char *key, const struct node *node, int64_t length,
                                   struct axis *axis, struct error *error) {
    if (length < 1) {
        return node_error(node, error, "%s: an axis without values", key);
    }
    if (length > AXIS_LENGTH_MAX) {
        return node_error(node, error, "%s: an axis of more than %d values", key, AXIS_LENGTH_MAX);
    }
    axis->length = (size_t)length;
    return STATUS_OK;
}

static enum status axis_read_list(const char *key, const struct node *node, int64_t samples,
                                  struct axis *axis, struct error *error) {
    (void)samples;
    axis->kind = AXIS_LIST;
    axis->group = strncmp(node->tag, ZIP, sizeof ZIP - 1) == 0 ? node->tag : NULL;
    if (node->kind != NODE_LIST) {
        return node_error(node, error, "%s: %s takes a list of values: %s [1, 2, 3]", key,
                          node->tag, node->tag);
    }
    return axis_set_length(key, node, (int64_t)node->count, axis, error);
}

/* A list of `least` to `most` numbers. */
static enum status axis_read_numbers(const char *key, const struct node *node, size_t least,
                                     size_t most, const char *form,
                                     double numbers[static NUMBERS_MAX], struct error *error) {
    if (node->kind != NODE_LIST || node->count < least || node->count > most) {
        return node_error(node, error, "%s: expected %s", key, form);
    }
    for (size_t i = 0; i < node->count; i++) {
        TRY(scalar_real(key, &node->items[i], &numbers[i], error));
    }
    return STATUS_OK;
}

static enum status axis_read_spaced(const char *key, const struct node *node, const char *form,
                                    struct axis *axis, struct error *error) {
    double numbers[NUMBERS_MAX];
    int64_t length = 0;
    TRY(axis_read_numbers(key, node, 3, 3, form, numbers, error));
    TRY(scalar_integer(key, &node->items[2], &length, error));
    axis->first = numbers[0];
    axis->last = numbers[1];
    if (length > 1 && axis->first == axis->last) {
        return node_error(node, error, "%s: %" PRId64 " values from %s to the same number", key,
                          length, node->items[0].text);
    }
    return axis_set_length(key, &node->items[2], length, axis, error);
}

static enum status axis_read_linspace(const char *key, const struct node *node, int64_t samples,
                                      struct axis *axis, struct error *error) {
    (void)samples;
    axis->kind = AXIS_LINSPACE;
    return axis_read_spaced(key, node, "!linspace [first, last, how many]", axis, error);
}

static enum status axis_read_logspace(const char *key, const struct node *node, int64_t samples,
                                      struct axis *axis, struct error *error) {
    (void)samples;
    axis->kind = AXIS_LOGSPACE;
    TRY(axis_read_spaced(key, node, "!logspace [first, last, how many]", axis, error));
    for (size_t i = 0; i < 2; i++) {
        if (!((i == 0 ? axis->first : axis->last) > 0)) {
            return node_error(&node->items[i], error,
                              "%s: !logspace takes its first and last value, above 0, got %s", key,
                              node->items[i].text);
        }
    }
    return STATUS_OK;
}

/* Python's range: the end is excluded. */
static enum status axis_read_range(const char *key, const struct node *node, int64_t samples,
                                   struct axis *axis, struct error *error) {
    /* (1.3 - 1) / 0.1 comes out a hair above 3 and must give 3 values. */
    static const double SLACK = 1e-9;
    (void)samples;
    double numbers[NUMBERS_MAX];
    TRY(axis_read_numbers(key, node, 1, 3, "!range [stop], [start, stop] or [start, stop, step]",
                          numbers, error));
    axis->kind = AXIS_RANGE;
    axis->first = node->count == 1 ? 0 : numbers[0];
    axis->last = node->count == 1 ? numbers[0] : numbers[1];
    axis->step = node->count == 3 ? numbers[2] : 1;
    if (axis->step == 0) {
        return node_error(&node->items[2], error, "%s: the step of !range is 0", key);
    }
    double length = ceil((axis->last - axis->first) / axis->step - SLACK);
    double bounded = fmin(fmax(length, 0), AXIS_LENGTH_MAX + 1.0);
    return axis_set_length(key, node, (int64_t)bounded, axis, error);
}

/* {low: , high: , samples: } */
static enum status axis_read_uniform_map(const char *key, const struct node *node, int64_t *samples,
                                         struct axis *axis, struct error *error) {
    static const char *const names[] = {"low", "high", "samples"};
    bool seen[NUMBERS_MAX] = {false};
    for (size_t i = 0; i < node->count; i++) {
        const struct node *name = &node->items[2 * i];
        const struct node *value = name + 1;
        size_t which = 0;
        while (which < NUMBERS_MAX && strcmp(names[which], name->text) != 0) {
            which++;
        }
        if (which == NUMBERS_MAX || seen[which]) {
            return node_error(name, error, "%s: %s '%s'; expected !uniform {low, high, samples}",
                              key, which == NUMBERS_MAX ? "unknown" : "duplicate", name->text);
        }
        seen[which] = true;
        if (which == 2) {
            TRY(scalar_integer(key, value, samples, error));
        } else {
            TRY(scalar_real(key, value, which == 0 ? &axis->first : &axis->last, error));
        }
    }
    if (!seen[0] || !seen[1]) {
        return node_error(node, error, "%s: !uniform needs %s", key, seen[0] ? "high" : "low");
    }
    axis->group = seen[2] ? NULL : node->tag;
    return STATUS_OK;
}

static enum status axis_read_uniform(const char *key, const struct node *node, int64_t samples,
                                     struct axis *axis, struct error *error) {
    double numbers[NUMBERS_MAX];
    axis->kind = AXIS_UNIFORM;
    if (node->kind == NODE_MAP) {
        TRY(axis_read_uniform_map(key, node, &samples, axis, error));
    } else {
        TRY(axis_read_numbers(key, node, 2, 3, "!uniform [low, high] or [low, high, samples]",
                              numbers, error));
        axis->first = numbers[0];
        axis->last = numbers[1];
        axis->group = node->count == 3 ? NULL : node->tag;
        if (node->count == 3) {
            TRY(scalar_integer(key, &node->items[2], &samples, error));
        }
    }
    if (axis->group != NULL && samples == 0) {
        return node_error(node, error,
                          "%s: how many? Give 'samples: N' at the top level, or here: "
                          "!uniform [low, high, samples]",
                          key);
    }
    if (!(axis->first < axis->last)) {
        return node_error(node, error, "%s: !uniform needs low below high", key);
    }
    return axis_set_length(key, node, samples, axis, error);
}

static const struct tag {
    const char *name;
    enum status (*read)(const char *key, const struct node *node, int64_t samples,
                        struct axis *axis, struct error *error);
} tags[] = {
    {"!grid", axis_read_list},         {"!linspace", axis_read_linspace},
    {"!logspace", axis_read_logspace}, {"!range", axis_read_range},
    {"!uniform", axis_read_uniform},   {"!zip:label", axis_read_list},
};

enum { TAG_COUNT = sizeof tags / sizeof tags[0] };

static enum status axis_unknown_tag(const char *key, const struct node *node, struct error *error) {
    const char *names[TAG_COUNT];
    for (size_t i = 0; i < TAG_COUNT; i++) {
        names[i] = tags[i].name;
    }
    if (strcmp(node->tag, "!zip") == 0 || strcmp(node->tag, ZIP) == 0) {
        return node_error(node, error, "%s: !zip needs a label: !zip:pair [1, 2]", key);
    }
    const char *nearest = text_nearest(node->tag, names, TAG_COUNT);
    return node_error(node, error,
                      "%s: unknown tag '%s'; %s%s%sknown are !grid, !linspace, !logspace, !range, "
                      "!uniform and !zip:label",
                      key, node->tag, nearest == NULL ? "" : "did you mean '",
                      nearest == NULL ? "" : nearest, nearest == NULL ? "" : "'? ");
}

enum status axis_read(const char *key, const struct node *node, int64_t samples, struct axis *axis,
                      struct error *error) {
    *axis = (struct axis){.kind = AXIS_NONE, .node = node, .length = 1};
    if (node->tag == NULL) {
        return STATUS_OK;
    }
    if (strncmp(node->tag, ZIP, sizeof ZIP - 1) == 0 && node->tag[sizeof ZIP - 1] != '\0') {
        return axis_read_list(key, node, samples, axis, error);
    }
    for (size_t i = 0; i < TAG_COUNT; i++) {
        if (strcmp(node->tag, tags[i].name) == 0) {
            return tags[i].read(key, node, samples, axis, error);
        }
    }
    return axis_unknown_tag(key, node, error);
}

/* The stream of an axis's random values. */
static struct random_stream axis_stream_of(const char *key, int64_t seed) {
    char text[256];
    int length = snprintf(text, sizeof text, "axis %" PRId64 " %s", seed, key);
    size_t used = length < 0 ? 0 : (size_t)length < sizeof text ? (size_t)length : sizeof text - 1;
    XXH128_hash_t digest = XXH3_128bits(text, used);
    return random_stream_of((struct job_hash){{digest.low64, digest.high64}}, RANDOM_AXIS);
}

/*
 * The number that a person would have written: 15 digits, enough below the 17 of a double to shed
 * its errors. Where terms cancel (-0.3 + 3 * 0.1), they are counted from the larger term, `scale`;
 * elsewhere `scale` is 0. Beyond 10^14 nothing is rounded.
 */
static void axis_rounded_text(long double number, long double scale,
                              char text[static NUMBER_BYTES]) {
    static const long double UNROUNDED = 1e14L;
    enum { DIGITS = 15 };
    if (fabsl(number) >= UNROUNDED || scale >= UNROUNDED) {
        (void)text_of_real((double)number, text);
        return;
    }
    if (scale > 0) {
        long double quantum = powl(10, floorl(log10l(scale)) - (DIGITS - 1));
        number = roundl(number / quantum) * quantum;
    }
    (void)snprintf(text, NUMBER_BYTES, "%.*Lg", DIGITS, number);
}

/* Value i of an evenly or logarithmically spaced axis as text. The ends stay as given. */
static void axis_spaced_text(const struct axis *axis, size_t i, char text[static NUMBER_BYTES]) {
    long double first = axis->first;
    long double last = axis->last;
    long double part = axis->length == 1 ? 0 : (long double)i / (long double)(axis->length - 1);
    long double larger = fmaxl(fabsl(first), fabsl(last));
    if (i == 0) {
        (void)text_of_real(axis->first, text);
    } else if (axis->kind == AXIS_RANGE) {
        bool cancels = axis->first * axis->step < 0;
        axis_rounded_text(first + (long double)i * (long double)axis->step, cancels ? larger : 0,
                          text);
    } else if (i + 1 == axis->length) {
        (void)text_of_real(axis->last, text);
    } else if (axis->kind == AXIS_LINSPACE) {
        bool cancels = axis->first * axis->last < 0;
        axis_rounded_text((1 - part) * first + part * last, cancels ? larger : 0, text);
    } else {
        axis_rounded_text(first * powl(last / first, part), 0, text);
    }
}

/* The next draw of a !uniform axis as text. */
static void axis_drawn_text(const struct axis *axis, struct random_stream *stream, bool integral,
                            char text[static NUMBER_BYTES]) {
    double number = axis->first;
    if (integral) {
        uint64_t span = (uint64_t)(floor(axis->last) - ceil(axis->first)) + 1;
        number = ceil(axis->first) + (double)random_below(stream, span);
    } else {
        number += (axis->last - axis->first) * random_uniform(stream);
    }
    (void)text_of_real(number, text);
}

/* Integers are drawn from both ends included; there must be one, and doubles must hold them. */
static enum status axis_check_uniform(const struct axis *axis, const struct parameter *parameter,
                                      const char *key, bool integral, struct error *error) {
    static const double EXACT = 9007199254740992.0; /* 2^53 */
    if (!integral && parameter->type != PARAMETER_REAL && parameter->type != PARAMETER_REALS) {
        return node_error(axis->node, error, "%s: !uniform draws numbers; expected a !grid", key);
    }
    bool none = ceil(axis->first) > floor(axis->last);
    if (integral && (none || fmax(fabs(axis->first), fabs(axis->last)) > EXACT)) {
        return node_error(axis->node, error,
                          "%s: expected integers between low and high, within ±2^53", key);
    }
    return STATUS_OK;
}

static enum status axis_list_values(const struct axis *axis, struct value_reader *reader,
                                    const struct parameter *parameter, const char *key,
                                    struct value *values, struct error *error) {
    for (size_t i = 0; i < axis->length; i++) {
        TRY(value_read(reader, parameter, key, axis_place(axis, i), &values[i], error));
    }
    return STATUS_OK;
}

enum status axis_values(const struct axis *axis, struct value_reader *reader,
                        const struct parameter *parameter, const char *key, int64_t seed,
                        struct value *values, struct error *error) {
    if (axis->kind == AXIS_NONE || axis->kind == AXIS_LIST) {
        return axis_list_values(axis, reader, parameter, key, values, error);
    }
    bool integral = parameter->type == PARAMETER_INTEGER || parameter->type == PARAMETER_INTEGERS;
    struct random_stream stream = axis_stream_of(key, seed);
    if (axis->kind == AXIS_UNIFORM) {
        TRY(axis_check_uniform(axis, parameter, key, integral, error));
    }
    char text[NUMBER_BYTES];
    struct node number = *axis->node;
    number.kind = NODE_SCALAR;
    number.plain = true;
    number.tag = NULL;
    number.text = text;
    for (size_t i = 0; i < axis->length; i++) {
        if (axis->kind == AXIS_UNIFORM) {
            axis_drawn_text(axis, &stream, integral, text);
        } else {
            axis_spaced_text(axis, i, text);
        }
        TRY(value_read(reader, parameter, key, &number, &values[i], error));
    }
    return STATUS_OK;
}

const struct node *axis_place(const struct axis *axis, size_t i) {
    return axis->kind == AXIS_LIST ? &axis->node->items[i] : axis->node;
}
