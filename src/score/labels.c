#include "score/labels.h"

#include "base/order.h"

#include <math.h>

enum status labels_none(const struct score_input *input, struct arena *arena, struct labels *labels,
                        struct error *error) {
    if (input->samples > UINT32_MAX) {
        return error_set(error, STATUS_BAD_INPUT, "%zu samples are too many to be labelled",
                         input->samples);
    }
    labels->count = 1;
    TRY(ARENA_NEW(arena, labels->codes, input->samples, error));
    TRY(ARENA_NEW(arena, labels->mass, 1, error));
    for (size_t n = 0; n < input->samples; n++) {
        labels->mass[0] += input->weights[n];
    }
    return STATUS_OK;
}

/* Samples in the order of source i, in order[samples], with its values. */
static enum status labels_order_samples(const struct score_input *input, size_t i,
                                        struct arena *arena, double **values, uint32_t **order,
                                        struct error *error) {
    TRY(ARENA_NEW(arena, *values, input->samples, error));
    TRY(ARENA_NEW(arena, *order, input->samples, error));
    for (size_t n = 0; n < input->samples; n++) {
        (*values)[n] = input->source[n * input->sources + i];
        (*order)[n] = (uint32_t)n;
    }
    return order_reals(*values, *order, input->samples, arena, error);
}

/* Turns places in an order by value into places in an order by label, then value. */
static enum status labels_order_by_label(const struct labels *labels, const uint32_t *by_value,
                                         size_t samples, struct arena *arena, uint32_t **places,
                                         struct error *error) {
    uint32_t *next;
    TRY(ARENA_NEW(arena, next, labels->count + 1, error));
    TRY(ARENA_NEW(arena, *places, samples, error));
    for (size_t n = 0; n < samples; n++) {
        next[labels->codes[n] + 1]++;
    }
    for (size_t l = 1; l < labels->count; l++) {
        next[l] += next[l - 1];
    }
    for (size_t n = 0; n < samples; n++) {
        (*places)[next[labels->codes[by_value[n]]]++] = (uint32_t)n;
    }
    return STATUS_OK;
}

enum status labels_split(const struct score_input *input, size_t i, struct arena *arena,
                         struct labels *labels, struct error *error) {
    double *values;
    uint32_t *by_value;
    uint32_t *places;
    TRY(labels_order_samples(input, i, arena, &values, &by_value, error));
    TRY(labels_order_by_label(labels, by_value, input->samples, arena, &places, error));
    uint32_t code = 0;
    uint32_t group = 0;
    for (size_t n = 0; n < input->samples; n++) {
        uint32_t sample = by_value[places[n]];
        bool splits =
            n > 0 && (labels->codes[sample] != group || values[places[n]] != values[places[n - 1]]);
        code += splits;
        group = labels->codes[sample];
        labels->codes[sample] = code;
    }
    labels->count = (size_t)code + 1;
    TRY(ARENA_NEW(arena, labels->mass, labels->count, error));
    for (size_t n = 0; n < input->samples; n++) {
        labels->mass[labels->codes[n]] += input->weights[n];
    }
    return STATUS_OK;
}

enum status labels_without(const struct score_input *input, size_t i, struct arena *arena,
                           struct labels *labels, struct error *error) {
    TRY(labels_none(input, arena, labels, error));
    for (size_t k = 0; k < input->sources; k++) {
        if (k != i) {
            TRY(labels_split(input, k, arena, labels, error));
        }
    }
    return STATUS_OK;
}

double labels_entropy(const struct labels *labels) {
    double entropy = 0.0;
    for (size_t l = 0; l < labels->count && labels->count > 1; l++) {
        entropy -= labels->mass[l] > 0.0 ? labels->mass[l] * log(labels->mass[l]) : 0.0;
    }
    return entropy;
}
