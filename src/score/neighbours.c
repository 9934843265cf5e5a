#include "score/neighbours.h"

#include "base/order.h"

#include <float.h>
#include <math.h>
#include <stdbool.h>
#include <string.h>

static const double EULER_MASCHERONI = 0.57721566490153286;

enum status digamma_table(size_t most, struct arena *arena, const double **table,
                          struct error *error) {
    double *values;
    TRY(ARENA_NEW(arena, values, most + 1, error));
    double harmonic = 0.0;
    for (size_t n = 1; n <= most; n++) {
        values[n] = harmonic - EULER_MASCHERONI;
        harmonic += 1.0 / (double)n;
    }
    *table = values;
    return STATUS_OK;
}

enum status line_make(const double *points, const uint32_t *owners, size_t count,
                      const double *digamma, struct arena *arena, struct line *line,
                      struct error *error) {
    *line = (struct line){.points = count, .digamma = digamma};
    TRY(ARENA_NEW(arena, line->at, count, error));
    TRY(ARENA_NEW(arena, line->samples, count, error));
    memcpy(line->at, points, count * sizeof *points);
    memcpy(line->samples, owners, count * sizeof *owners);
    return order_reals(line->at, line->samples, count, arena, error);
}

/* The points whose label occurs more than once, in ascending order, and by label. */
struct kept {
    size_t points;
    size_t labels;
    const double *digamma;
    double *at;       /* [points], ascending */
    uint32_t *ranks;  /* [points]: places in `at`, label after label, ascending within each */
    uint32_t *starts; /* [labels + 1]: where each label begins in `ranks` */
};

static enum status neighbours_keep(const struct line *line, const uint32_t *codes, size_t labels,
                                   struct arena *arena, struct kept *kept, struct error *error) {
    uint32_t *next;
    *kept = (struct kept){.labels = labels, .digamma = line->digamma};
    TRY(ARENA_NEW(arena, next, labels, error));
    TRY(ARENA_NEW(arena, kept->at, line->points, error));
    TRY(ARENA_NEW(arena, kept->ranks, line->points, error));
    TRY(ARENA_NEW(arena, kept->starts, labels + 1, error));
    for (size_t p = 0; p < line->points; p++) {
        next[codes[line->samples[p]]]++;
    }
    for (size_t l = 0; l < labels; l++) {
        uint32_t count = next[l] > 1 ? next[l] : 0;
        next[l] = kept->starts[l];
        kept->starts[l + 1] = kept->starts[l] + count;
    }
    for (size_t p = 0; p < line->points; p++) {
        uint32_t label = codes[line->samples[p]];
        if (kept->starts[label + 1] > kept->starts[label]) {
            kept->at[kept->points] = line->at[p];
            kept->ranks[next[label]++] = (uint32_t)kept->points++;
        }
    }
    return STATUS_OK;
}

/* Of the `most` points that stand after `from` in steps of `step`, how many are nearer to it than
 * `radius`: by doubling, then by halving, which does without branches that nothing predicts. */
static size_t neighbours_count_near(const double *from, ptrdiff_t step, size_t most,
                                    double radius) {
    size_t near = 0;
    size_t jump = 1;
    while (near + jump <= most && fabs(from[step * (ptrdiff_t)(near + jump)] - *from) < radius) {
        near += jump;
        jump *= 2;
    }
    for (jump /= 2; jump > 0; jump /= 2) {
        size_t next = near + jump < most ? near + jump : most;
        near = fabs(from[step * (ptrdiff_t)next] - *from) < radius ? next : near;
    }
    return near;
}

/* How many points of the label are equal, from the first of them on. */
static size_t neighbours_count_equal(const struct kept *kept, const uint32_t *ranks, size_t count) {
    size_t equal = 1;
    while (equal < count && kept->at[ranks[equal]] == kept->at[ranks[0]]) {
        equal++;
    }
    return equal;
}

/* ψ(k_i) − ψ(m_i) of the point at `rank`, whose k nearest and itself begin at nearest[0]; `count`
 * points of the label stand there. */
static double neighbours_term(const struct kept *kept, size_t rank, const uint32_t *nearest,
                              size_t count, size_t k) {
    const double *here = &kept->at[rank];
    double radius = fmax(*here - kept->at[nearest[0]], kept->at[nearest[k]] - *here);
    bool ties = radius == 0.0;
    double limit = ties ? DBL_MIN : radius;
    size_t within = 1 + neighbours_count_near(here, -1, rank, limit) +
                    neighbours_count_near(here, 1, kept->points - 1 - rank, limit);
    size_t neighbours = ties ? neighbours_count_equal(kept, nearest, count) : k;
    return kept->digamma[neighbours] - kept->digamma[within];
}

/* Sum of the terms of one label, of which there are `count` > k points. */
static double neighbours_sum_label(const struct kept *kept, const uint32_t *ranks, size_t count,
                                   size_t k) {
    const double *at = kept->at;
    double sum = 0.0;
    double last = 0.0;
    size_t low = 0;
    for (size_t a = 0; a < count; a++) {
        double here = at[ranks[a]];
        if (a == 0 || here != at[ranks[a - 1]]) {
            while (low + k + 1 < count && here - at[ranks[low]] > at[ranks[low + k + 1]] - here) {
                low++;
            }
            last = neighbours_term(kept, ranks[a], &ranks[low], count - low, k);
        }
        sum += last;
    }
    return sum;
}

enum status line_information(const struct line *line, const uint32_t *codes, size_t labels,
                             size_t k, struct arena *arena, double *information,
                             struct error *error) {
    struct kept kept;
    TRY(neighbours_keep(line, codes, labels, arena, &kept, error));
    *information = kept.points == 0 ? NAN : 0.0;
    if (kept.points == 0 || kept.at[0] == kept.at[kept.points - 1]) {
        return STATUS_OK; /* a constant tells nothing, without rounding */
    }
    double sum = 0.0;
    for (size_t l = 0; l < labels; l++) {
        size_t count = kept.starts[l + 1] - kept.starts[l];
        if (count > 0) {
            sum += neighbours_sum_label(&kept, &kept.ranks[kept.starts[l]], count,
                                        k < count ? k : count - 1) -
                   (double)count * kept.digamma[count];
        }
    }
    *information = fmax(kept.digamma[kept.points] + sum / (double)kept.points, 0.0);
    return STATUS_OK;
}
