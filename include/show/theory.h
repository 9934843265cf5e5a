/**
 * @file
 * What the theory says of a data set.
 */
#pragma once

#include "document/document.h"
#include "theory/margin.h"
#include "theory/optimum.h"

/** Everything that `modsweep theory` shows; nothing is owned. */
struct theory_report {
    const char *name;         /**< of the table of points */
    const char *const *names; /**< [S] of the sources */
    const struct geometry *geometry;
    const struct margin *margin;
    double tolerance;
    size_t lambda_count;
    const double *lambdas;        /**< [lambda_count] */
    const struct optimum *optima; /**< [lambda_count] with exact reproduction */
    const struct costs *loss;     /**< of a penalised loss, fit summed over sources, or NULL */
    const struct optimum *penalised;
    double negativity; /**< from which on the penalised optimum is that of the loss */
};

/** Appends margin, direction, optima and their neurons. The report must outlive the document. */
enum status theory_document(const struct theory_report *report, struct document *document,
                            struct error *error) CHECKED;
