/**
 * @file
 * A submission for tests.
 */
#pragma once

#include "check.h"
#include "submit/submission.h"

/** Two nodes with four ranks each; change what a test is about. */
static inline struct submission submission_of_two_nodes(void) {
    return (struct submission){
        .sweep = "s.yaml",
        .name = "waits",
        .results = "out/r.h5",
        .program = "/opt/modsweep",
        .mpi = "pmix",
        .nodes = 2,
        .ranks_per_node = 4,
        .jobs = 24,
        .estimate = {.bundles = 3, .seconds = 61.5},
        .schedule = {
            .seconds = 180.0, .warning = 40, .notice = 30, .pieces = 1, .restarts_max = 20}};
}
