/**
 * @file
 * What the sweeps of a merge's inputs say of keys that are no axes of their files, so that jobs of
 * different sweeps stay apart in the merged one. For the room store only; serial.
 */
#pragma once

#include "store/axis.h"
#include "store/merge_input.h"
#include "sweep/setting.h"

/** The sweeps of the inputs' parts, each once. */
struct merge_settings {
    size_t count;
    const struct results_part **parts; /**< of each the first */
    const struct sweep *const *sweeps; /**< NULL where one cannot be read */
};

/** Finds the parts. */
enum status merge_settings_list(struct merge_settings *settings, const struct merge_inputs *inputs,
                                struct arena *arena, struct error *error) CHECKED;

/** Takes the sweeps of these parts, and tells the inputs which are theirs. */
enum status merge_settings_share(struct merge_settings *settings, const struct sweep *const *sweeps,
                                 struct merge_inputs *inputs, struct arena *arena,
                                 struct error *error) CHECKED;

/**
 * Appends axes[*axis_count] for keys in which the sweeps differ, and makes those that are there
 * wide enough for what the sweeps of files without them say.
 */
enum status merge_settings_axes(const struct merge_settings *settings,
                                const struct merge_inputs *inputs, struct arena *arena,
                                struct results_axis **axes, size_t *axis_count,
                                struct error *error) CHECKED;

/**
 * The values[rows] of an axis that the input's file has not, for its rows from `first` on, which
 * are of parts[rows]: what stands for none where their sweep has no such key or is not known.
 * scratch: [rows] of the file's widest text.
 */
enum status merge_settings_fill(const struct merge_input *input, const struct results_axis *axis,
                                int64_t first, int64_t rows, const int64_t *parts, char *scratch,
                                unsigned char *values, struct error *error) CHECKED;
