/**
 * @file
 * Mutual information of a label and a number from distances to nearest neighbours (B. Ross, *Mutual
 * information between discrete and continuous data sets*, PLoS ONE 9 (2014) e87357).
 *
 * Points with a label that occurs once are dropped; n are left. Of point i, let n_i be the number
 * of points with its label, k_i = min(k, n_i − 1), r_i the distance to its k_i-th nearest other
 * point of the label, and m_i the number of points, itself included, at distance below r_i. Then
 *
 *     I = ψ(n) + mean ψ(k_i) − mean ψ(n_i) − mean ψ(m_i), in nats, and at least 0.
 *
 * The formula supposes that no two points are equal. Where r_i = 0, k_i and m_i are instead the
 * numbers of points equal to i, itself included, with its label and with any: for points of few
 * different values this becomes the information of counts (as in W. Gao, S. Kannan, S. Oh, P.
 * Viswanath, *Estimating mutual information for discrete-continuous mixtures*, NeurIPS 2017). So a
 * constant tells nothing, and copies of a label tell all of it.
 */
#pragma once

#include "base/arena.h"

#include <stddef.h>
#include <stdint.h>

/** Points on a line in ascending order. Owned by the arena. */
struct line {
    size_t points;
    double *at;            /**< [points], ascending */
    uint32_t *samples;     /**< [points]; the sample that each point belongs to */
    const double *digamma; /**< [points + 1]; ψ of 1, 2, …; [0] is unused */
};

/** ψ(n) for n = 1 … most, into table[most + 1]. */
enum status digamma_table(size_t most, struct arena *arena, const double **table,
                          struct error *error) CHECKED;

/**
 * Sorts points, of which points[p] belongs to sample owners[p]; all arrays have `count` elements
 * and are copied. `digamma` is a table for at least `count`, kept by reference.
 */
enum status line_make(const double *points, const uint32_t *owners, size_t count,
                      const double *digamma, struct arena *arena, struct line *line,
                      struct error *error) CHECKED;

/**
 * I, of the points and the codes[sample] < labels of their samples, with the k-th neighbour; NaN
 * when all labels occur once. Takes time O(n log n) and exactly the neighbours that a comparison of
 * all pairs finds. Scratch memory comes from the arena.
 */
enum status line_information(const struct line *line, const uint32_t *codes, size_t labels,
                             size_t k, struct arena *arena, double *information,
                             struct error *error) CHECKED;
