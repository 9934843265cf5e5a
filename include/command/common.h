/**
 * @file
 * Options that several commands have, as entries of their tables. Each takes the name of the
 * command's settings struct and expects a field of the option's name in it.
 */
#pragma once

#include "command/command.h"

/** bool json */
#define OPTION_JSON(settings)                                                                      \
    { OPTION(settings, json, "json", FLAG, .help = "print JSON") }

/** struct texts set */
#define OPTION_SET(settings)                                                                       \
    {                                                                                              \
        OPTION(settings, set, "set", TEXTS, .flags = PARAMETER_REPEATED,                           \
               .help = "replace a value of the sweep, e.g. train.steps=100"),                      \
            .retired = 's', .argument = "KEY=VALUE"                                                \
    }

/** struct texts reuse */
#define OPTION_REUSE(settings)                                                                     \
    {                                                                                              \
        OPTION(settings, reuse, "reuse", TEXTS, .flags = PARAMETER_REPEATED,                       \
               .help = "copy finished jobs that match from an older file"),                        \
            .letter = 'r', .argument = "FILE.h5"                                                   \
    }

/** const char *output: a results file */
#define OPTION_RESULTS(settings)                                                                   \
    {                                                                                              \
        OPTION(settings, output, "output", TEXT, .help = "results file"),                          \
            .letter = 'o', .argument = "FILE.h5",                                                  \
            .otherwise = "the sweep's name with .h5, in this folder"                               \
    }

/** struct file_reference weights */
#define OPTION_WEIGHTS(settings)                                                                   \
    {                                                                                              \
        OPTION(settings, weights, "weights", FILE, .fallback = "",                                 \
               .help = "a weight for each sample"),                                                \
            .letter = 'w', .argument = "POINTS", .otherwise = "all equal"                          \
    }
