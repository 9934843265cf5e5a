/**
 * @file
 * `modsweep plan`: what would run, how big, how long.
 */
#pragma once

#include "dispatch/simulate.h"
#include "document/document.h"
#include "plan/estimate.h"
#include "store/layout.h"
#include "sweep/shard.h"

struct plan_report {
    const struct plan *plan;
    struct shard shard; /**< of the sweep; the numbers below are of this shard */
    size_t row_bytes;   /**< of a job in the results file */
    double file_bytes;  /**< of the whole file, about */
    int64_t finished;   /**< jobs that an existing file holds already */
    struct estimate estimate;
    size_t simulation_count;
    const struct simulation *simulations;
};

/** Appends what the plan says. */
enum status plan_document(const struct plan_report *report, struct document *document,
                          struct error *error) CHECKED;
