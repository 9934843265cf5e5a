/**
 * @file
 * Data sets whose inputs and targets are the sources themselves, as most distributions make them.
 */
#pragma once

#include "data/distribution.h"

/** Largest numbers of samples and of sources that a distribution accepts. */
enum { SAMPLES_MAX = 1 << 24, SOURCES_MAX = 1024 };

/** The size of a data set in which inputs and targets are the sources. */
struct dataset_size sources_size(size_t samples, size_t sources);

/**
 * Makes a data set of sources[samples][sources], which serve as inputs and targets too, with equal
 * weights. The weights come from the arena; sources are not copied.
 */
enum status sources_dataset(const double *sources, struct dataset_size size, struct arena *arena,
                            struct dataset *dataset, struct error *error) CHECKED;
