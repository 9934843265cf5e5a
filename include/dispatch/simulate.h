/**
 * @file
 * A run without training, MPI or waiting: the distributor that serves a real run serves simulated
 * ranks on a virtual clock, rank 0 being one server that also works and looks for messages at its
 * pace. Bundles take given times; deciding takes what it really takes on this machine.
 */
#pragma once

#include "dispatch/distributor.h"

enum { SIMULATED_RANKS_MAX = 1000000 };

/** What is assumed. All times are seconds. */
struct simulation_settings {
    int ranks;
    double latency;  /**< of a message, from being sent to lying there */
    double handling; /**< rank 0's, for receiving a message and sending the answer */
    double deciding; /**< rank 0's, for what the answer is; NaN: measured each time */
    /** How long a bundle takes. */
    double (*seconds)(void *context, const struct plan_bundle *bundle);
    void *context;
};

/** What came of it. Times are seconds. */
struct simulation {
    int ranks;
    double makespan;  /**< from the first question until rank 0 knows that all is done */
    double busy;      /**< time in bundles, of all ranks together */
    double bound;     /**< no order of the same bundles ends earlier */
    double idle_most; /**< of the rank that did least; answering is no idling */
    double wait_most; /**< longest wait for an answer that held work */
    int64_t bundles, bundles_fewest, bundles_most; /**< in all, and of a rank */
    int64_t answers;                               /**< to other ranks than rank 0 */
    double answering;                              /**< rank 0's time for them */
};

/** Default of `latency`, and of `handling`: as measured, see docs/dispatch.md. */
double simulation_latency(void);
double simulation_handling(void);

/** Share of the ranks' time that was spent in bundles, 0 … 1. */
double simulation_utilisation(const struct simulation *simulation);

/** Share of its time that rank 0 spent on answers, 0 … 1. */
double simulation_load(const struct simulation *simulation);

/**
 * Runs the `pending` jobs of a plan. With a fixed time for deciding the outcome is a function of
 * the arguments.
 */
enum status simulate(const struct plan *plan, struct plan_progress known, int64_t pending,
                     const struct simulation_settings *settings, struct simulation *simulation,
                     struct error *error) CHECKED;
