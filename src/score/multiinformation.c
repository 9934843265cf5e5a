/*
 * How dependent the sources are: (Σ_i H(s_i) − H(s)) / Σ_i H(s_i), entropies of weighted counts in
 * nats; 0 for independent sources. A source whose values are all integers is counted as it is; any
 * other is put into equal bins, as many as numpy's histogram_bin_edges(bins='auto') makes of the
 * samples: the narrower of the rules of Sturges and of Freedman and Diaconis. Weights enter the
 * counts; bins are made of the samples as they stand, without weights. So a sample of weight 2w
 * scores as two samples of weight w when sources are integers, and else once the bins agree.
 */
#include "score/score.h"

#include "base/order.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>

/* Less of the sources' entropies than this share is rounding: they are independent. */
static const double ROUNDING = 1e-12;

/* One sample's place while samples are sorted into groups. */
struct member {
    uint64_t group; /* found so far */
    double value;   /* of the source that splits the groups next */
    size_t sample;
};

static int multiinformation_compare_members(const void *left, const void *right) {
    const struct member *a = left;
    const struct member *b = right;
    if (a->group != b->group) {
        return a->group < b->group ? -1 : 1;
    }
    if (a->value != b->value) {
        return a->value < b->value ? -1 : 1;
    }
    return (a->sample > b->sample) - (a->sample < b->sample);
}

static double multiinformation_bin_count(const double *sorted, size_t count) {
    double range = sorted[count - 1] - sorted[0];
    double sturges = range / (log2((double)count) + 1);
    double quartiles = order_quantile(sorted, count, 0.75) - order_quantile(sorted, count, 0.25);
    double freedman_diaconis = 2 * quartiles / pow((double)count, 1.0 / 3.0);
    double width = freedman_diaconis > 0 ? fmin(freedman_diaconis, sturges) : sturges;
    return width > 0 ? ceil(range / width) : 1;
}

/* Number of the bin of `value` among equal bins over [low, high]; the last bin is closed. */
static double multiinformation_bin_of(double value, double low, double high, double bins) {
    double step = (high - low) / bins;
    double bin = fmin(fmax(floor((value - low) / step), 0), bins - 1);
    while (bin > 0 && value < low + bin * step) {
        bin--;
    }
    while (bin + 1 < bins && value >= low + (bin + 1) * step) {
        bin++;
    }
    return bin;
}

/* Replaces a source's values by what is counted: integers as they are, else numbers of bins. */
static void multiinformation_encode(double *values, double *sorted, size_t count) {
    bool integral = true;
    for (size_t n = 0; n < count; n++) {
        integral = integral && values[n] == floor(values[n]);
        sorted[n] = values[n];
    }
    if (integral) {
        return;
    }
    qsort(sorted, count, sizeof *sorted, order_compare);
    double low = sorted[0];
    double high = sorted[count - 1];
    double bins = multiinformation_bin_count(sorted, count);
    for (size_t n = 0; n < count; n++) {
        values[n] = high > low ? multiinformation_bin_of(values[n], low, high, bins) : 0;
    }
}

/* Splits the groups of all samples by one source's codes and numbers them anew; the entropy of the
 * groups then. */
static double multiinformation_split(struct member *members, size_t count, const double *codes,
                                     const double *weights, uint64_t *groups) {
    for (size_t n = 0; n < count; n++) {
        members[n] = (struct member){groups[n], codes[n], n};
    }
    qsort(members, count, sizeof *members, multiinformation_compare_members);
    double entropy = 0;
    uint64_t group = 0;
    for (size_t first = 0; first < count; group++) {
        double mass = 0;
        size_t next = first;
        while (next < count && members[next].group == members[first].group &&
               members[next].value == members[first].value) {
            mass += weights[members[next].sample];
            groups[members[next].sample] = group;
            next++;
        }
        entropy -= mass * log(mass);
        first = next;
    }
    return group > 1 ? entropy : 0;
}

static enum status multiinformation_compute(const struct score_input *input, const double *matrix,
                                            struct arena *arena, double *value,
                                            struct error *error) {
    (void)matrix;
    size_t samples = input->samples;
    struct member *members;
    double *codes;
    double *sorted;
    uint64_t *alone;
    uint64_t *joint;
    TRY(ARENA_NEW(arena, members, samples, error));
    TRY(ARENA_NEW(arena, codes, samples, error));
    TRY(ARENA_NEW(arena, sorted, samples, error));
    TRY(ARENA_NEW(arena, alone, samples, error));
    TRY(ARENA_NEW(arena, joint, samples, error));
    double sum = 0;
    double together = 0;
    for (size_t i = 0; i < input->sources; i++) {
        for (size_t n = 0; n < samples; n++) {
            codes[n] = input->source[n * input->sources + i];
            alone[n] = 0;
        }
        multiinformation_encode(codes, sorted, samples);
        sum += multiinformation_split(members, samples, codes, input->weights, alone);
        together = multiinformation_split(members, samples, codes, input->weights, joint);
    }
    double shared = sum - together;
    *value = sum > 0 ? (shared > ROUNDING * sum ? shared / sum : 0) : NAN;
    return STATUS_OK;
}

const struct score multiinformation_score = {
    .component = {.name = "multiinformation",
                  .help = "dependence of the sources: 1 - joint entropy / sum of entropies"},
    .compute = multiinformation_compute,
};
