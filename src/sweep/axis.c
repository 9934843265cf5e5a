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

/* A key with a tag. */
struct tagged {
    const char *key;
    const struct node *node;
    int64_t samples; /* of !uniform axes that do not say how many; 0: none */
};

/* `at`: where the length is written. */
static enum status axis_set_length(const struct tagged *in, const struct node *at, int64_t length,
                                   struct axis *axis, struct error *error) {
    if (length < 1) {
        return node_error(at, error, "%s: an axis without values", in->key);
    }
    if (length > AXIS_LENGTH_MAX) {
        return node_error(at, error, "%s: an axis of more than %d values", in->key,
                          AXIS_LENGTH_MAX);
    }
    axis->length = (size_t)length;
    return STATUS_OK;
}

static enum status axis_read_list(const struct tagged *in, struct axis *axis, struct error *error) {
    const struct node *node = in->node;
    axis->group = strncmp(node->tag, ZIP, sizeof ZIP - 1) == 0 ? node->tag : NULL;
    if (node->kind != NODE_LIST) {
        return node_error(node, error, "%s: %s takes a list of values: %s [1, 2, 3]", in->key,
                          node->tag, node->tag);
    }
    return axis_set_length(in, node, (int64_t)node->count, axis, error);
}

/* A list of `least` to `most` numbers; `form` says which, after the tag. */
static enum status axis_read_numbers(const struct tagged *in, size_t least, size_t most,
                                     const char *form, double numbers[static NUMBERS_MAX],
                                     struct error *error) {
    const struct node *node = in->node;
    if (node->kind != NODE_LIST || node->count < least || node->count > most) {
        return node_error(node, error, "%s: expected %s %s", in->key, node->tag, form);
    }
    for (size_t i = 0; i < node->count; i++) {
        TRY(scalar_real(in->key, &node->items[i], &numbers[i], error));
    }
    return STATUS_OK;
}

static enum status axis_read_spaced(const struct tagged *in, struct axis *axis,
                                    struct error *error) {
    double numbers[NUMBERS_MAX];
    int64_t length = 0;
    TRY(axis_read_numbers(in, 3, 3, "[first, last, how many]", numbers, error));
    const struct node *items = in->node->items;
    TRY(scalar_integer(in->key, &items[2], &length, error));
    axis->first = numbers[0];
    axis->last = numbers[1];
    if (length > 1 && axis->first == axis->last) {
        return node_error(in->node, error, "%s: %" PRId64 " values from %s to the same number",
                          in->key, length, items[0].text);
    }
    return axis_set_length(in, &items[2], length, axis, error);
}

static enum status axis_read_logspace(const struct tagged *in, struct axis *axis,
                                      struct error *error) {
    TRY(axis_read_spaced(in, axis, error));
    for (size_t i = 0; i < 2; i++) {
        if (!((i == 0 ? axis->first : axis->last) > 0)) {
            const struct node *item = &in->node->items[i];
            return node_error(item, error,
                              "%s: !logspace needs its first and last value above 0, got %s",
                              in->key, item->text);
        }
    }
    return STATUS_OK;
}

/* As Python's range: the end is excluded. */
static enum status axis_read_range(const struct tagged *in, struct axis *axis,
                                   struct error *error) {
    /* (1.3 - 1) / 0.1 is a little above 3, and must give 3 values. */
    static const double SLACK = 1e-9;
    const size_t count = in->node->count;
    double numbers[NUMBERS_MAX];
    TRY(axis_read_numbers(in, 1, 3, "[stop], [start, stop] or [start, stop, step]", numbers,
                          error));
    axis->first = count == 1 ? 0 : numbers[0];
    axis->last = count == 1 ? numbers[0] : numbers[1];
    axis->step = count == 3 ? numbers[2] : 1;
    if (axis->step == 0) {
        return node_error(&in->node->items[2], error, "%s: the step of !range is 0", in->key);
    }
    double length = ceil((axis->last - axis->first) / axis->step - SLACK);
    double bounded = fmin(fmax(length, 0), AXIS_LENGTH_MAX + 1.0);
    return axis_set_length(in, in->node, (int64_t)bounded, axis, error);
}

/* {low: , high: , samples: } */
static enum status axis_read_uniform_map(const struct tagged *in, int64_t *samples,
                                         struct axis *axis, struct error *error) {
    static const char *const names[] = {"low", "high", "samples"};
    bool seen[NUMBERS_MAX] = {false};
    for (size_t i = 0; i < in->node->count; i++) {
        const struct node *name = &in->node->items[2 * i];
        const struct node *value = name + 1;
        size_t which = 0;
        while (which < NUMBERS_MAX && strcmp(names[which], name->text) != 0) {
            which++;
        }
        if (which == NUMBERS_MAX || seen[which]) {
            return node_error(name, error, "%s: %s '%s'; expected !uniform {low, high, samples}",
                              in->key, which == NUMBERS_MAX ? "unknown" : "duplicate", name->text);
        }
        seen[which] = true;
        TRY(which == 2
                ? scalar_integer(in->key, value, samples, error)
                : scalar_real(in->key, value, which == 0 ? &axis->first : &axis->last, error));
    }
    if (!seen[0] || !seen[1]) {
        return node_error(in->node, error, "%s: !uniform needs %s", in->key,
                          seen[0] ? "high" : "low");
    }
    axis->group = seen[2] ? NULL : in->node->tag;
    return STATUS_OK;
}

/* [low, high] or [low, high, samples] */
static enum status axis_read_uniform_list(const struct tagged *in, int64_t *samples,
                                          struct axis *axis, struct error *error) {
    double numbers[NUMBERS_MAX];
    TRY(axis_read_numbers(in, 2, 3, "[low, high] or [low, high, samples]", numbers, error));
    axis->first = numbers[0];
    axis->last = numbers[1];
    axis->group = in->node->count == 3 ? NULL : in->node->tag;
    return axis->group == NULL ? scalar_integer(in->key, &in->node->items[2], samples, error)
                               : STATUS_OK;
}

static enum status axis_read_uniform(const struct tagged *in, struct axis *axis,
                                     struct error *error) {
    int64_t samples = in->samples;
    TRY(in->node->kind == NODE_MAP ? axis_read_uniform_map(in, &samples, axis, error)
                                   : axis_read_uniform_list(in, &samples, axis, error));
    if (axis->group != NULL && samples == 0) {
        return node_error(in->node, error,
                          "%s: how many? Give 'samples: N' at the top level, or here: "
                          "!uniform [low, high, samples]",
                          in->key);
    }
    if (!(axis->first < axis->last)) {
        return node_error(in->node, error, "%s: !uniform needs low below high", in->key);
    }
    return axis_set_length(in, in->node, samples, axis, error);
}

static const struct tag {
    const char *name;
    enum axis_kind kind;
    enum status (*read)(const struct tagged *in, struct axis *axis, struct error *error);
} tags[] = {
    {"!grid", AXIS_LIST, axis_read_list},
    {"!linspace", AXIS_LINSPACE, axis_read_spaced},
    {"!logspace", AXIS_LOGSPACE, axis_read_logspace},
    {"!range", AXIS_RANGE, axis_read_range},
    {"!uniform", AXIS_UNIFORM, axis_read_uniform},
    {"!zip:label", AXIS_LIST, axis_read_list},
};

enum { TAG_COUNT = sizeof tags / sizeof tags[0] };

static enum status axis_unknown_tag(const struct tagged *in, struct error *error) {
    const char *tag = in->node->tag;
    const char *names[TAG_COUNT];
    char meant[TEXT_SUGGESTION_BYTES];
    for (size_t i = 0; i < TAG_COUNT; i++) {
        names[i] = tags[i].name;
    }
    if (strcmp(tag, "!zip") == 0 || strcmp(tag, ZIP) == 0) {
        return node_error(in->node, error, "%s: !zip needs a label: !zip:pair [1, 2]", in->key);
    }
    return node_error(in->node, error,
                      "%s: unknown tag '%s'; %sknown are !grid, !linspace, !logspace, !range, "
                      "!uniform and !zip:label",
                      in->key, tag,
                      text_suggestion("did you mean '", tag, names, TAG_COUNT, "'? ", meant));
}

enum status axis_read(const char *key, const struct node *node, int64_t samples, struct axis *axis,
                      struct error *error) {
    const struct tagged in = {key, node, samples};
    *axis = (struct axis){.kind = AXIS_NONE, .node = node, .length = 1};
    if (node->tag == NULL) {
        return STATUS_OK;
    }
    if (strncmp(node->tag, ZIP, sizeof ZIP - 1) == 0 && node->tag[sizeof ZIP - 1] != '\0') {
        axis->kind = AXIS_LIST;
        return axis_read_list(&in, axis, error);
    }
    for (size_t i = 0; i < TAG_COUNT; i++) {
        if (strcmp(node->tag, tags[i].name) == 0) {
            axis->kind = tags[i].kind;
            return tags[i].read(&in, axis, error);
        }
    }
    return axis_unknown_tag(&in, error);
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
 * The number as a person would write it: with 15 digits, which hide the rounding errors in the 17
 * of a double. Where terms cancel (-0.3 + 3 * 0.1), digits count from the larger term, `scale`;
 * elsewhere `scale` is 0. Numbers from 10^14 on are not rounded.
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

/* Both ends can be drawn of integers. There must be one, and doubles must hold them. */
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
