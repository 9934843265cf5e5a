/**
 * @file
 * Shards: parts of a sweep that run independently. Of every N successive jobs, each of N shards
 * gets one. Which one changes from block to block by a fixed hash, so that no axis of the grid
 * falls in step with the shards. Both directions between a job and its row in the shard's file take
 * constant time.
 */
#pragma once

#include "base/error.h"

#include <stdbool.h>
#include <stdint.h>

/** The largest number of shards of a sweep. */
enum { SHARDS_MAX = 1000000 };

/** Shard number `index` of `count` (0 ≤ index < count) of a sweep of `jobs` jobs. */
struct shard {
    int64_t index;
    int64_t count; /**< 1: the whole sweep; a job's row is its index */
    int64_t jobs;
};

/** The whole sweep as one shard. */
struct shard shard_whole(int64_t jobs);

/** Reads "I/N", I = 1…N; the number of jobs stays unset. STATUS_BAD_INPUT says what was expected.
 */
enum status shard_parse(const char *text, struct shard *shard, struct error *error) CHECKED;

/** Sets the number of jobs. STATUS_BAD_INPUT when there are fewer jobs than shards. */
enum status shard_measure(struct shard *shard, int64_t jobs, struct error *error) CHECKED;

/** The number of jobs of the shard, at least 1. */
int64_t shard_rows(const struct shard *shard);

/** Whether the job belongs to the shard. */
bool shard_has(const struct shard *shard, int64_t job);

/** The row of a job of the shard: how many of its jobs come before. */
int64_t shard_row(const struct shard *shard, int64_t job);

/** The job of a row, 0 ≤ row < shard_rows. */
int64_t shard_job(const struct shard *shard, int64_t row);
