/**
 * @file
 * What the theory says of a data set, for people and for programs.
 */
#pragma once

#include "base/json.h"
#include "theory/margin.h"
#include "theory/optimum.h"

/** Everything that `modsweep theory` shows; nothing is owned. */
struct theory_report {
    const char *name;         /**< of the table of points */
    const char *const *names; /**< [S] of the sources, or NULL */
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

/** Prints tables to standard output. */
void theory_print(const struct theory_report *report);

/** Adds margin, modular, direction, optimum, price, gap, neurons and the like to an object. */
enum status theory_fill_json(const struct theory_report *report, struct json_object *root,
                             struct error *error) CHECKED;
