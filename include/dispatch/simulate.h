/**
 * @file
 * A run without training, MPI or waiting: the distributor of a real run dispatches to simulated
 * ranks on a virtual clock. Rank 0 is a single server that also works, and probes for messages at
 * intervals. Bundles take given times; deciding takes as long as it really takes on this machine.
 */
#pragma once

#include "dispatch/distributor.h"

enum { SIMULATED_RANKS_MAX = 1000000 };

/** What is assumed. All times are seconds. */
struct simulation_settings {
    int ranks;
    double latency;  /**< of a message, from sending to arrival */
    double handling; /**< rank 0's time for receiving a message and sending the answer */
    double deciding; /**< rank 0's time for choosing the answer; NaN: measured each time */
    /** How long a bundle takes. */
    double (*seconds)(void *context, const struct plan_bundle *bundle);
    void *context;
};

/** Results. Times are seconds. */
struct simulation {
    int ranks;
    double makespan;  /**< from the first ASK until rank 0 knows that all is done */
    double busy;      /**< time in bundles, of all ranks together */
    double bound;     /**< no order of the same bundles takes less */
    double idle_most; /**< of the rank that did least; answering is not idling */
    double wait_most; /**< longest wait for a packet with bundles */
    int64_t bundles, bundles_fewest, bundles_most; /**< in total, and of a rank */
    int64_t answers;                               /**< to workers */
    double answering;                              /**< rank 0's time for them */
};

/** Default of `latency`, and of `handling`: as measured, see docs/dispatch.md. */
extern const double simulation_latency, simulation_handling;

/** Share of the ranks' time that was spent in bundles, 0 … 1. */
double simulation_utilisation(const struct simulation *simulation);

/** Share of its time that rank 0 spent on answers, 0 … 1. */
double simulation_load(const struct simulation *simulation);

/**
 * Simulates the `pending` jobs of a plan. With a fixed `deciding` the results depend on the
 * arguments alone. STATUS_NO_MEMORY.
 */
enum status simulate_run(const struct plan *plan, struct plan_progress known, int64_t pending,
                         const struct simulation_settings *settings, struct simulation *simulation,
                         struct error *error) CHECKED;
