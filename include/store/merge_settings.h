/**
 * @file
 * Turns settings in which the sweeps of a merge differ into axes, so that jobs of different sweeps
 * can be told apart in the merged file. For the room store only; serial.
 */
#pragma once

#include "store/axis.h"
#include "store/merge_input.h"
#include "sweep/setting.h"

/** The sweeps of the inputs' parts, each once. */
struct merge_settings {
    size_t count;
    const struct results_part **parts; /**< the first part of each */
    const struct sweep *const *sweeps; /**< NULL where one cannot be read */
};

/** Lists the first part of every sweep. */
enum status merge_settings_list(struct merge_settings *settings, const struct merge_inputs *inputs,
                                struct arena *arena, struct error *error) CHECKED;

/** Assigns the sweeps of these parts to the inputs. */
enum status merge_settings_share(struct merge_settings *settings, const struct sweep *const *sweeps,
                                 struct merge_inputs *inputs, struct arena *arena,
                                 struct error *error) CHECKED;

/**
 * Appends axes[*axis_count] for keys in which the sweeps differ, and widens the axes so that they
 * hold the settings of files without that axis.
 */
enum status merge_settings_axes(const struct merge_settings *settings,
                                const struct merge_inputs *inputs, struct arena *arena,
                                struct results_axis **axes, size_t *axis_count,
                                struct error *error) CHECKED;

/**
 * Fills values[rows] of an axis that the input's file lacks, for its rows from `first` on, which
 * belong to parts[rows]: the setting of their sweep, or absent where the sweep has no such key or
 * is unknown. scratch: [rows] of the file's widest text.
 */
enum status merge_settings_fill(const struct merge_input *input, const struct results_axis *axis,
                                int64_t first, int64_t rows, const int64_t *parts, char *scratch,
                                unsigned char *values, struct error *error) CHECKED;
